"""Wordings that are in use for as long as the corpus lasts: standing texts at any time, slogans in waves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inchorus.simulate.options import Simulation

DAY = 86_400
SOURCES = (3, 6)
USES = (2, 4)  # by each of them
WAVES = (2, 4)
WAVE = 10 * DAY  # how long one lasts


def recurring(
    options: Simulation, users_of: Callable[[int], list[int]], draw: Callable[[], float]
) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Of each of the `standing` standing texts and `slogans` asked for: id, kind, and (second, source) of each use.

    The one is to be placed before the next is asked for, as both draw from `draw`. Both have as many sources and
    uses; a use of a standing text falls on any second, one of a slogan into one of its waves.
    """
    end = options.days * DAY
    kinds = [("standing text", options.standing), ("slogan", options.slogans)]
    for kind, count in kinds:
        for k in range(count):
            users = users_of(min(options.sources, _between(SOURCES, draw())))
            who = [source for source in users for _ in range(_between(USES, draw()))]
            waves = [draw() * max(0, end - WAVE) for _ in range(_between(WAVES, draw()))]
            times = [
                int(draw() * end if kind == "standing text" else waves[int(draw() * len(waves))] + draw() * WAVE)
                for _ in who
            ]
            seconds = sorted(zip(times, who, strict=True))
            uses, second = [], -1
            for at, source in seconds:
                second = max(at, second + 1)
                uses.append((second, source))
            yield f"{kind.split()[0]}{k + 1}", kind, uses


def _between(bounds: tuple[int, int], drawn: float) -> int:
    return bounds[0] + int(drawn * (bounds[1] - bounds[0] + 1))
