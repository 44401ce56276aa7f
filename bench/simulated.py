"""Simulated corpora with known truth: are planted lines found whole, apart, and with their first source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

import inchorus
from bench.rows import Row
from inchorus.simulate import Simulation, simulate, truth

EDITS = ("verbatim", "light", "heavy")
LINES = ("line", "group line")
DOCUMENTS, SOURCES, PLANTED, SEED = 4000, 60, 150, 1

Found = dict[str, list[tuple[int, int, str]]]  # by document: start, end, talking point


@dataclass(frozen=True)
class Item:
    """A planted passage: its line, and the talking point that covers most of it, or None."""

    line: str
    point: str | None


def measure() -> Iterator[Row]:
    """B-cubed F1 of planted lines, and how often the first source is right, by how much they were edited."""
    for kind, preset in (("articles", "articles"), ("posts", "posts")):
        for edits in EDITS:
            options = Simulation(documents=DOCUMENTS, sources=SOURCES, lines=PLANTED, edits=edits, kind=kind, seed=SEED)
            name = f"simulated {kind}, {edits}"
            study = inchorus.find(pa.Table.from_batches(simulate(options)), preset=preset)
            planted = [row for row in truth(options).to_pylist() if row["kind"] in LINES]
            points = study.talking_points.arrow().select(["tp_id", "first_sources"]).to_pylist()
            found: Found = defaultdict(list)
            sizes: Counter[str] = Counter()
            for row in study.passages.arrow().select(["tp_id", "doc_id", "start", "end"]).to_pylist():
                found[row["doc_id"]].append((row["start"], row["end"], row["tp_id"]))
                sizes[row["tp_id"]] += 1
            items = [Item(row["line_id"], _covering(row, found)) for row in planted]
            precision, recall = bcubed(items, sizes)
            yield Row("B-cubed F1", name, 2 * precision * recall / (precision + recall))
            yield Row("B-cubed precision", name, precision, floored=False)
            yield Row("B-cubed recall", name, recall, floored=False)
            first = {point["tp_id"]: point["first_sources"] for point in points}
            yield Row("first source right, of the lines found", name, _first_right(planted, items, first))


def bcubed(items: Sequence[Item], sizes: dict[str, int]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998) over planted passages.

    `sizes` are the passages of each talking point: those that nobody planted lower the precision. A
    passage that was not found stands alone.

    >>> bcubed([Item("a", "x"), Item("a", "x"), Item("a", None)], {"x": 2})
    (1.0, 0.5555555555555556)
    >>> bcubed([Item("a", "x"), Item("b", "x")], {"x": 4})
    (0.25, 1.0)
    """
    together = Counter((item.line, item.point) for item in items)
    lines = Counter(item.line for item in items)
    precision = recall = 0.0
    for item in items:
        alike = together[item.line, item.point] if item.point is not None else 1
        precision += alike / max(alike, sizes[item.point]) if item.point is not None else 1.0
        recall += alike / lines[item.line]
    return precision / max(1, len(items)), recall / max(1, len(items))


def _covering(row: dict[str, Any], found: Found) -> str | None:
    """The talking point whose passage is likest the planted one, if they overlap by half of their union."""
    best, most = None, 0.5
    for start, end, point in found.get(row["doc_id"], ()):
        common = min(end, row["end"]) - max(start, row["start"])
        union = max(end, row["end"]) - min(start, row["start"])
        if common >= most * union:
            best, most = point, common / union
    return best


def _first_right(planted: Sequence[dict[str, Any]], items: Sequence[Item], first: dict[str, list[str]]) -> float:
    """Of the lines that were found: how often the planted first source is named, and only that."""
    points: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        if item.point is not None:
            points[item.line][item.point] += 1
    of_line = {row["line_id"]: row["source"] for row in planted if row["is_first"]}
    right = [first[point] == [of_line[line]] for line, c in points.items() for point, _ in c.most_common(1)]
    return sum(right) / max(1, len(right))
