"""Ties: p-values where nobody coordinates, and what is found of what was planted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.rows import Row
from bench.ties import coortweet, habits, ira, large, objects, planted, senate, uncoordinated

# Of each what yields its figures, in fewer repetitions (as CI does) if it is told so.
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
