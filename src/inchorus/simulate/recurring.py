"""Wordings that are in use for as long as the corpus lasts: standing texts at any time, slogans in waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inchorus.simulate.plan import Planner

DAY = 86_400
SOURCES = (3, 6)
USES = (2, 4)  # by each of them
WAVES = (2, 4)
WAVE = 10 * DAY  # how long one lasts


def recurring(planner: Planner) -> None:
    """Place `standing` standing texts and as many `slogans` as asked for, each use in a document of its own.

    Both have as many sources and uses; a use of a standing text falls on any second, one of a slogan into
    one of its waves.
    """
    options, draw = planner.options, planner.draw
    end = options.days * DAY
    kinds = [("standing text", options.standing), ("slogan", options.slogans)]
    for kind, count in kinds:
        for k in range(count):
            users = planner.users(min(options.sources, _between(SOURCES, draw())))
            who = [source for source in users for _ in range(_between(USES, draw()))]
            waves = [draw() * max(0, end - WAVE) for _ in range(_between(WAVES, draw()))]
            times = [
                int(draw() * end if kind == "standing text" else waves[int(draw() * len(waves))] + draw() * WAVE)
                for _ in who
            ]
            seconds = sorted(zip(times, who, strict=True))
            carriers, second = [], -1
            for at, source in seconds:
                second = max(at, second + 1)
                carriers.append((planner.slots, source, second))
                planner.slots += 1
            planner.carry(f"{kind.split()[0]}{k + 1}", kind, carriers, None)


def _between(bounds: tuple[int, int], drawn: float) -> int:
    return bounds[0] + int(drawn * (bounds[1] - bounds[0] + 1))
