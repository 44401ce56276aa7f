"""Ties: p-values where nobody coordinates, and what is found of what was planted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from bench.corpora import Absent
from bench.rows import Row
from bench.ties import coortweet, habits, ira, large, objects, planted, senate, uncoordinated

MEASURES: dict[str, Callable[[bool], Iterator[Row]]] = {
    "large": large.measure,
    "coortweet": coortweet.measure,
    "objects": objects.measure,
    "habits": habits.measure,
    "planted": planted.measure,
    "senate": senate.measure,
    "ira": ira.measure,
    "calibration": uncoordinated.measure,
}


def measure() -> Iterator[Row]:
    """Every figure at the size that fits CI; those whose corpus is absent are left out, and that is said."""
    for name, one in MEASURES.items():
        try:
            yield from one(True)
        except Absent as absent:
            print(f"ties, {name}: not measured, as {absent}", file=sys.stderr)
