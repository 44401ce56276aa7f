"""PAN 2013 text alignment, scored from the study that `find --preset edited` writes."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

import inchorus
from bench.corpora import corpus
from bench.rows import Row

Case = tuple[int, int, int, int]  # begin and end in the suspicious, begin and end in the source document
Pair = tuple[str, str]  # suspicious document, source document
NAME = "pan13_train"
CLASSES = {
    "02-no-obfuscation": "verbatim",
    "03-random-obfuscation": "random",
    "04-translation-obfuscation": "translation",
    "05-summary-obfuscation": "summary",
}


def measure() -> Iterator[Row]:
    """PlagDet with the published list of pairs, and without it, in all classes and in each."""
    documents = pq.read_table(corpus("pan13_train/documents.parquet"))
    truth, kinds = _truth(pq.read_table(corpus("pan13_train/truth.parquet")))
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pairs.csv"
        pc.write_csv(pa.table({"a": [a for a, _ in truth], "b": [b for _, b in truth]}), listed)
        given = inchorus.find(documents, source="id", preset="edited", pairs=listed, no_ties=True)
        yield from _figures("given pairs", given.passages.arrow(), truth, kinds)
    # Which documents are suspicious is part of the task as it was published: they are the two sources.
    roles = inchorus.find(documents, source="role", preset="edited", no_ties=True)
    yield from _figures("whole corpus, two piles", roles.passages.arrow(), truth, kinds)
    alone = inchorus.find(documents, source="id", preset="edited", no_ties=True)
    yield from _figures("whole corpus, each document a source", alone.passages.arrow(), truth, kinds)


def _truth(table: pa.Table) -> tuple[dict[Pair, list[Case]], dict[Pair, str]]:
    cases: dict[Pair, list[Case]] = {}
    kinds: dict[Pair, str] = {}
    for row in table.to_pylist():
        pair = (row["suspicious_id"], row["source_id"])
        kinds[pair] = CLASSES.get(row["class"], "none")
        own = cases.setdefault(pair, [])
        if row["this_offset"] is not None:
            this, source = row["this_offset"], row["source_offset"]
            own.append((this, this + row["this_length"], source, source + row["source_length"]))
    return cases, kinds


def _figures(how: str, passages: pa.Table, truth: dict[Pair, list[Case]], kinds: dict[Pair, str]) -> Iterator[Row]:
    found = detections(passages, truth)
    name = f"{NAME}, {how}"
    score, precision, recall, granularity = plagdet(list(truth), truth, found)
    yield Row("PlagDet, all classes", name, score)
    yield Row("precision", name, precision, floored=False)
    yield Row("recall", name, recall, floored=False)
    yield Row("granularity", name, granularity, floored=False)
    for kind in CLASSES.values():
        chosen = [pair for pair in truth if kinds[pair] == kind]
        yield Row(f"PlagDet, {kind}", name, plagdet(chosen, truth, found)[0])


def detections(passages: pa.Table, truth: dict[Pair, list[Case]]) -> dict[Pair, list[Case]]:
    """Each two passages of one talking point that stand in the two documents of a pair."""
    columns = [passages[name].to_pylist() for name in ("tp_id", "doc_id", "start", "end")]
    points: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for tp_id, doc_id, start, end in zip(*columns, strict=True):
        points[tp_id].append((doc_id, start, end))
    out: dict[Pair, list[Case]] = defaultdict(list)
    for members in points.values():
        for a, a0, a1 in members:
            for b, b0, b1 in members:
                if (a, b) in truth:
                    out[a, b].append((a0, a1, b0, b1))
    return out


def _meet(x: Case, y: Case) -> bool:
    return min(x[1], y[1]) > max(x[0], y[0]) and min(x[3], y[3]) > max(x[2], y[2])


def _covered(low: int, high: int, spans: list[tuple[int, int]]) -> int:
    """Characters of `low:high` inside the union of spans."""
    total, at = 0, low
    for begin, end in sorted(spans):
        begin, end = max(begin, at), min(end, high)  # noqa: PLW2901
        if end > begin:
            total, at = total + end - begin, end
    return total


def _share(x: Case, others: list[Case]) -> float:
    met = [y for y in others if _meet(x, y)]
    inside = _covered(x[0], x[1], [(y[0], y[1]) for y in met]) + _covered(x[2], x[3], [(y[2], y[3]) for y in met])
    return inside / (x[1] - x[0] + x[3] - x[2])


def plagdet(
    pairs: list[Pair], truth: dict[Pair, list[Case]], found: dict[Pair, list[Case]]
) -> tuple[float, float, float, float]:
    """PlagDet, precision, recall, granularity (Potthast et al. 2010), macro-averaged over detections and cases.

    >>> case = [(0, 10, 0, 10)]
    >>> plagdet([("a", "b")], {("a", "b"): case}, {("a", "b"): case})
    (1.0, 1.0, 1.0, 1.0)
    """
    precision = [_share(x, truth[p]) for p in pairs for x in found.get(p, [])]
    recall = [_share(x, found.get(p, [])) for p in pairs for x in truth[p]]
    pieces = [n for p in pairs for x in truth[p] if (n := sum(_meet(x, y) for y in found.get(p, [])))]
    p, r = (float(np.mean(v)) if v else 0.0 for v in (precision, recall))
    granularity = float(np.mean(pieces)) if pieces else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return f1 / float(np.log2(1 + granularity)), p, r, granularity
