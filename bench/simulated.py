"""Simulated corpora with known truth: are planted lines found whole, apart, and with their first source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

import inchorus
from bench.rows import Row
from inchorus.simulate import Simulation, simulate_with_truth
from inchorus.simulate.recovered import compare

LINES = ("line", "group line")
SEED = 1


def measure() -> Iterator[Row]:
    """B-cubed F1 of planted lines, and how often the first source is right, by how much they were edited."""
    for kind in ("articles", "posts"):
        for edits in ("verbatim", "light", "heavy"):
            options = Simulation(edits=edits, kind=kind, seed=SEED)
            name = f"simulated {kind}, {edits}"
            documents, planted = simulate_with_truth(options)
            study = inchorus.find(documents, preset=kind, no_ties=True)
            lines = planted.filter(pc.is_in(planted["kind"], pa.array(LINES)))
            passages = study.passages.arrow()
            found = compare(lines, study.talking_points.arrow(), passages).all
            yield Row("B-cubed F1", name, found.f1)
            yield Row("B-cubed precision", name, found.precision, floored=False)
            yield Row("B-cubed recall", name, found.recall, floored=False)
            yield Row("first source right", name, found.first_right)
            share = strangers(lines.to_pylist(), passages.select(["tp_id", "doc_id", "start", "end"]).to_pylist())
            yield Row("passages that nobody planted", name, share, low=True, floored=False)


def strangers(planted: Sequence[dict[str, Any]], passages: Sequence[dict[str, Any]]) -> float:
    """Of the passages of talking points that hold a planted one: the share that no planted one overlaps.

    >>> planted = [{"doc_id": "1", "start": 0, "end": 9}]
    >>> found = [{"tp_id": "t", "doc_id": d, "start": 0, "end": 8} for d in "1234"]
    >>> strangers(planted, found)
    0.75
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in planted:
        spans[row["doc_id"]].append((row["start"], row["end"]))
    known = [any(row["start"] < b and a < row["end"] for a, b in spans[row["doc_id"]]) for row in passages]
    points = {row["tp_id"] for row, is_known in zip(passages, known, strict=True) if is_known}
    of_points = [is_known for row, is_known in zip(passages, known, strict=True) if row["tp_id"] in points]
    return of_points.count(False) / max(1, len(of_points))
