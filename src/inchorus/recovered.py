"""What was recovered of what was planted, where the truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

OVERLAP = 0.5  # of the union of two spans: from here on one is the other


@dataclass(frozen=True)
class Kind:
    """Figures of one kind of planted wording; shares are of 1, `passages` and `wordings` are counts.

    precision, recall, f1: B-cubed over planted passages. found: share of planted passages found.
    recovered: share of wordings of which two sources or more were found in one talking point.
    first: share of wordings whose talking point names the planted first source, and only that.
    """

    kind: str
    wordings: int
    passages: int
    precision: float
    recall: float
    f1: float
    found: float
    recovered: float
    first: float


@dataclass(frozen=True)
class Recovery:
    """Figures for each kind, and for all kinds together under the name `all`."""

    kinds: tuple[Kind, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A dictionary for each kind, as for a table."""
        return [asdict(k) for k in self.kinds]

    def as_dict(self) -> dict[str, dict[str, Any]]:
        """The figures by kind."""
        return {k.kind: asdict(k) for k in self.kinds}


def compare(truth: pa.Table, talking_points: pa.Table, passages: pa.Table) -> Recovery:
    """Compare planted passages with those of a study.

    `truth` has line_id, kind, doc_id, source, start, end (code points) and is_first, a row a planted
    passage. A planted passage is found as the passage of the same document that overlaps with it most,
    from half of the union of the two on; one that is not found is a cluster of its own. B-cubed
    precision and recall (Bagga and Baldwin 1998; Amigó et al. 2009) are means over planted passages.

    >>> planted = pa.table({"line_id": ["a", "a"], "kind": ["line"] * 2, "doc_id": ["1", "2"],
    ...     "source": ["x", "y"], "start": [0, 0], "end": [9, 9], "is_first": [True, False]})
    >>> points = pa.table({"tp_id": ["t"], "first_sources": [["x"]]})
    >>> found = pa.table({"tp_id": ["t", "t"], "doc_id": ["1", "2"], "start": [0, 1], "end": [9, 9]})
    >>> compare(planted, points, found).as_dict()["line"]["f1"]
    1.0
    """
    rows = truth.select(["line_id", "kind", "doc_id", "source", "start", "end", "is_first"]).to_pylist()
    cluster = _matched(rows, passages)
    first_sources = dict(
        zip(talking_points["tp_id"].to_pylist(), talking_points["first_sources"].to_pylist(), strict=True)
    )
    kinds = sorted({row["kind"] for row in rows})
    members = Counter(cluster)
    together = Counter(zip(cluster, (row["line_id"] for row in rows), strict=True))
    lines = Counter(row["line_id"] for row in rows)
    figures = []
    for kind in [*kinds, "all"]:
        chosen = [i for i, row in enumerate(rows) if kind in (row["kind"], "all")]
        precision = _mean([together[cluster[i], rows[i]["line_id"]] / members[cluster[i]] for i in chosen])
        recall = _mean([together[cluster[i], rows[i]["line_id"]] / lines[rows[i]["line_id"]] for i in chosen])
        recovered, first = _wordings([rows[i] for i in chosen], [cluster[i] for i in chosen], first_sources)
        figures.append(
            Kind(
                kind,
                len({rows[i]["line_id"] for i in chosen}),
                len(chosen),
                precision,
                recall,
                2 * precision * recall / (precision + recall) if precision + recall else 0.0,
                _mean([float(isinstance(cluster[i], str)) for i in chosen]),
                recovered,
                first,
            )
        )
    return Recovery(tuple(figures))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _matched(rows: list[dict[str, Any]], passages: pa.Table) -> list[str | int]:
    """For each planted passage the talking point that it is found in, else a number of its own."""
    of_document: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    columns = [passages[name].to_pylist() for name in ("doc_id", "start", "end", "tp_id")]
    for doc_id, start, end, tp_id in zip(*columns, strict=True):
        of_document[doc_id].append((start, end, tp_id))
    out: list[str | int] = []
    for number, row in enumerate(rows):
        best, name = 0.0, ""
        for start, end, tp_id in of_document[row["doc_id"]]:
            union = max(end, row["end"]) - min(start, row["start"])
            overlap = (min(end, row["end"]) - max(start, row["start"])) / union
            if overlap > best:
                best, name = overlap, tp_id
        out.append(name if best >= OVERLAP else number)
    return out


def _wordings(
    rows: list[dict[str, Any]], cluster: list[str | int], first_sources: dict[str, list[str]]
) -> tuple[float, float]:
    """Share of wordings recovered, and share whose first source is right."""
    sources: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    first: dict[str, set[str]] = defaultdict(set)
    for row, name in zip(rows, cluster, strict=True):
        if isinstance(name, str):
            sources[row["line_id"]][name].add(row["source"])
        if row["is_first"]:
            first[row["line_id"]].add(row["source"])
    names = {row["line_id"] for row in rows}
    recovered = right = 0
    for name in names:
        if not sources[name]:
            continue
        largest = max(sources[name], key=lambda tp: (len(sources[name][tp]), tp))
        recovered += len(sources[name][largest]) >= 2
        right += set(first_sources[largest]) == first[name]
    return recovered / max(1, len(names)), right / max(1, len(names))
