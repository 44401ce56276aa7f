"""What separates where nobody has anything to do with anybody: a value that goes with when sources are there, or none.

python -m bench.innocent.separated                  20 corpora a row
python -m bench.innocent.separated --corpora 8      so many
python -m bench.innocent.separated --first 900      other seeds
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from bench.innocent.further import FURTHER
from bench.innocent.worlds import DAY, MECHANISMS, WEEK, World
from bench.rows import Row
from bench.table import print_table
from inchorus.compiled.kernel import F64, I64
from inchorus.relate.opportunity import opportunity
from inchorus.relate.separate import Separation, alike, goes_with, separation
from inchorus.relate.tables import strength
from inchorus.relate.wording import Material, TieOptions, judge_pairs

FIRST_SEED = 9100


def _older(w: World) -> None:
    """Half of the sources are older: they are there for the whole year, the others for its second half."""
    w.events(w.base(range(30), 40, 0, 52) + w.base(range(30, 60), 20, 26, 52), 300)


def _summers(w: World) -> None:
    """Two countries of which the one pauses for six weeks of summer, the other for three around the new year."""
    north, south = w.base(range(30), 45, 0, 52), w.base(range(30, 60), 45, 0, 52)
    gone = [d for d in north if 28 <= w.time[d] / WEEK < 34] + [d for d in south if w.time[d] / WEEK >= 49]
    for d in gone:
        w.time[d] = float(w.chance.uniform(0, 26)) * WEEK
    w.events(north + south, 350)


def _weekend(w: World) -> None:
    """Half of the papers have no Sunday issue, and one Saturday in two."""
    for s in range(60):
        for day in w.chance.integers(0, 182, 60).tolist():
            if s % 2 or day % 7 not in ((5, 6) if day // 7 % 2 else (6,)):
                w.add(s, (day + float(w.chance.uniform(0.2, 0.9))) * DAY)
    w.events(list(range(len(w.source))), 400, window=40)


BORN = "turnover, by the time of the first document"
WHEN: Mapping[str, tuple[Callable[[World], None], Callable[[I64], I64]]] = {
    "school holidays, by region": (FURTHER["school holidays"], lambda s: s // 20),
    "two cohorts": (MECHANISMS["two cohorts"], lambda s: s // 30),
    "half are older": (_older, lambda s: s // 30),
    "a long pause": (MECHANISMS["a long pause"], lambda s: s // 30),
    BORN: (MECHANISMS["turnover, 16 weeks"], lambda s: s * 0),
    "two time zones": (MECHANISMS["two time zones"], lambda s: s % 2),
    "two shifts": (FURTHER["two shifts"], lambda s: s % 2),
    "fortnightlies": (FURTHER["fortnightlies"], lambda s: s % 2),
    "summer time": (FURTHER["summer time"], lambda s: s % 2),
    "summers": (_summers, lambda s: s // 30),
    "no Sunday issue": (_weekend, lambda s: s % 2),
    "archives brought in": (FURTHER["archives brought in"], lambda s: s // 12 == 0),
    "papers that merge": (FURTHER["papers that merge"], lambda s: s // 40),
}


def values(name: str, m: Material, chance: np.random.Generator) -> I64:
    """The value of each source."""
    n = len(m.names)
    if name == BORN:
        first = np.full(n, np.inf)
        np.minimum.at(first, m.source, m.time.astype(np.float64))
        return np.asarray(np.argsort(np.argsort(first)) // (n // 3 + 1))
    if name not in WHEN:
        return chance.integers(0, 2, n)
    return np.asarray(WHEN[name][1](np.arange(n))).astype(np.int64)


def separated(m: Material, value: I64, seed: int) -> Separation:
    """How the value separates sources, as `inchorus separate` has it."""
    n = len(m.names)
    t = judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())
    every: F64 = np.zeros(n * (n - 1) // 2)
    every[t.a * n - t.a * (t.a + 1) // 2 + t.b - t.a - 1] = strength(t.p)
    documents = np.bincount(m.source, minlength=n).astype(np.int64)
    said = np.array([str(v) for v in value.tolist()], dtype=object)
    strata = alike(documents if goes_with(said, documents) else np.ones_like(documents))
    assert m.part is not None
    return separation(every, n, said, seed, strata, opportunity(m.time, m.known, m.source, m.part, n))


def real(w: World, value: I64) -> None:
    """Lines that sources of one value have from one another, four a value and twelve weeks apart at random."""
    last = max(w.time)
    for v in np.unique(value).tolist():
        who = np.flatnonzero(value == v)
        for _ in range(12):
            begin = float(w.chance.uniform(0, last - 2 * DAY))
            users = w.chance.choice(who, min(len(who), 5), replace=False).tolist()
            w.lines.append([w.add(int(s), begin + float(w.chance.uniform(0, 2)) * DAY) for s in users])


def measure(corpora: int = 20, first: int = FIRST_SEED) -> Iterator[Row]:
    """Rows of every mechanism: how many corpora have p <= 0.05; and the same where sources of one value share."""
    makers = {name: make for name, (make, _) in WHEN.items()}
    makers |= {f"{name}, a value by lot": MECHANISMS[name] for name in ("nothing", "turnover, 10 weeks", "five beats")}
    for name, make in makers.items():
        for planted in (False, True):
            small, areas = 0, []
            for seed in range(first, first + corpora):
                chance = np.random.default_rng(seed)
                world = World(chance)
                make(world)
                value = values(name, world.material(False), chance)
                if planted:
                    real(world, value)
                found = separated(world.material(False), value, seed)
                small += bool(found.p <= 0.05)
                areas.append(found.auc)
            if planted:
                yield Row("share of corpora separated where sources of one value share lines", name, small / corpora)
            else:
                yield Row(f"corpora with p <= 0.05, of {corpora}", name, small, low=True)
            yield Row(f"AUC{', planted' if planted else ''}", name, float(np.mean(areas)), low=not planted)


def main() -> int:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(prog="bench.innocent.separated", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpora", type=int, default=20)
    parser.add_argument("--first", type=int, default=FIRST_SEED, help="the first seed")
    args = parser.parse_args()
    rows = [(r.measure, r.corpus, f"{r.value:.3g}") for r in measure(args.corpora, args.first)]
    print_table(("measure", "mechanism", "figure"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
