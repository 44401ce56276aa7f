"""How often innocent mechanisms tie somebody, and whether groups that are planted among them are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from bench.innocent.further import FURTHER
from bench.innocent.more import MORE
from bench.innocent.worlds import MECHANISMS, World
from bench.rows import Row
from inchorus.relate.wording import TieOptions, judge_pairs
from inchorus.thresholds import LEVEL

FIRST_SEED = 9000


def tied(world: World, declared: bool) -> set[tuple[int, int]]:
    """The pairs of sources that are tied."""
    m = world.material(declared)
    t = judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())
    found = t.q <= LEVEL
    return set(zip(t.a[found].tolist(), t.b[found].tolist(), strict=True))


def measure(
    corpora: int,
    first: int = FIRST_SEED,
    mechanisms: Mapping[str, Callable[[World], None]] = MECHANISMS | FURTHER | MORE,
) -> Iterator[Row]:
    """Three rows a mechanism: corpora with any tie, and recall and precision of the pairs of planted groups."""
    for name, make in mechanisms.items():
        false = right = wanted = claimed = 0
        declared = "languages" in name
        for seed in range(first, first + corpora):
            world = World(np.random.default_rng(seed))
            make(world)
            false += bool(tied(world, declared))
            truth = world.plant()
            found = tied(world, declared)
            right, wanted, claimed = right + len(found & truth), wanted + len(truth), claimed + len(found)
        yield Row(f"corpora with any tie, of {corpora}", name, false, low=True)
        # Where nobody is there for five weeks no group can be planted.
        if wanted:
            yield Row("recall of planted pairs", name, right / wanted)
            yield Row("precision of ties", name, right / max(1, claimed))


def small() -> Iterator[Row]:
    """The same with two corpora of each of the first mechanisms, added up."""
    rows = list(measure(2, FIRST_SEED + 500, MECHANISMS))
    kinds: dict[str, list[float]] = {}
    for row in rows:
        kinds.setdefault(row.measure, []).append(row.value)
    false, recall, precision = kinds.values()
    name = f"{len(false)} innocent mechanisms, 2 corpora each"
    yield Row("corpora with any tie", name, sum(false), low=True)
    yield Row("recall of planted pairs", name, float(np.mean(recall)))
    yield Row("precision of ties", name, float(np.mean(precision)))
