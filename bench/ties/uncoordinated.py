"""Corpora simulated with no coordination: sources have habits, boilerplate, shared events and copied agency texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from bench.rows import Row
from bench.ties.made import OPTIONS, calibration, numbers, study_of
from inchorus.relate.wording import Tested, judge_pairs
from inchorus.simulate import Simulation, simulate

FIRST_SEED = 100


def tests(corpora: int) -> list[Tested]:
    """The tests of so many corpora."""
    runs = []
    for seed in range(FIRST_SEED, FIRST_SEED + corpora):
        with TemporaryDirectory() as folder:
            table = pa.Table.from_batches(simulate(Simulation(lines=0, groups=0, seed=seed)))
            runs.append(judge_pairs(*numbers(study_of(table, Path(folder))), OPTIONS))
    return runs


def measure(quick: bool) -> Iterator[Row]:
    """The share of corpora that report a tie, and the p-values."""
    corpora = 20 if quick else 50
    yield from calibration(tests(corpora), f"simulated, no coordination, {corpora} corpora")
