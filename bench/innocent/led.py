"""Who leads, and who is first, by the further mechanisms: all pairs that share lines are asked, as if they were tied.

    python -m bench.innocent.led                    8 corpora a mechanism
    python -m bench.innocent.led --corpora 20       so many
    python -m bench.innocent.led --only moods       one of them; may be repeated

A third of the sources, drawn by lot, have dates for times. What they hide is known here, so that a first that they do
not bear out can be counted: one source said to be first with a line that the other printed earlier.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from bench.innocent.asked import print_measured
from bench.innocent.further import FURTHER
from bench.innocent.more import MORE
from bench.innocent.worlds import World
from bench.rows import Row
from inchorus.relate.direction import Direction, Matched, When, directions, precision
from inchorus.relate.wording import Tested, TieOptions, judge_pairs

FIRST_SEED = 9300
DAY = 86_400_000_000


def asked(w: World) -> tuple[Direction, Tested, int]:
    """Who leads, of which pairs, and how many firsts the times do not bear out."""
    m = w.material(False)
    dated = (w.chance.random(len(m.names)) < 1 / 3)[m.source]
    told = np.where(dated, m.time // DAY * DAY, m.time)
    t = judge_pairs(m._replace(time=told), np.ones(len(m.labels), bool), TieOptions())
    when = When(m.source, told, m.known, precision(np.where(dated, "day", "second")))
    shared = Matched(t.matches, t.of, t.a, t.b)
    found = directions(shared, when, (m.point, m.document), np.ones(len(t.a), bool))
    first, second = t.matches.T
    really = np.bincount(t.of, m.time[first] < m.time[second], len(t.a))
    contrary = np.bincount(t.of, m.time[first] > m.time[second], len(t.a))
    wrong = np.maximum(found.first_a - really, 0).sum() + np.maximum(found.first_b - contrary, 0).sum()
    return found, t, int(wrong)


def measure(corpora: int = 8, first: int = FIRST_SEED, only: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of every mechanism: corpora in which a leader is named, and firsts that the times do not bear out."""
    makers: Mapping[str, Callable[[World], None]] = FURTHER | MORE
    for name, make in makers.items():
        if only and name not in only:
            continue
        named = wrong = pairs = 0
        for seed in range(first, first + corpora):
            world = World(np.random.default_rng(seed))
            make(world)
            found, _, untrue = asked(world)
            named += bool(found.lead.any())
            pairs += int((found.lead != 0).sum())
            wrong += untrue
        yield Row(f"corpora with a leader by chance, of {corpora}", name, named, low=True)
        yield Row("leaders by chance", name, pairs, low=True)
        yield Row("firsts that the times do not bear out", name, wrong, low=True)


def main() -> int:
    """Print a table of the figures."""
    return print_measured("bench.innocent.led", __doc__, FURTHER | MORE, 8, FIRST_SEED, measure)


if __name__ == "__main__":
    sys.exit(main())
