"""How much of what was planted was found: figures against a known answer.

A planted passage is found where a found passage of the same document overlaps it with a Jaccard similarity of
code points of at least one half. Each planted passage takes the found passage that overlaps it best, and each
found passage goes to the planted one that it overlaps best; ties go to the earlier row.

B-cubed precision and recall are averages over planted passages (Bagga and Baldwin 1998; why they suit clusters
better than counts of pairs: Amigó, Gonzalo, Artiles and Verdejo 2009). A planted passage's recall is the share of
its line's planted passages that the same talking point found; its precision is the share of its talking point's
found passages that belong to its line. Found passages that no planted passage takes count against precision, in
talking points that hold a planted passage; talking points that hold none are not judged, for sources share more
than what was planted. A planted passage that was not found is a cluster of its own: precision 1, recall 1 / n.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.thresholds import LEVEL

OVERLAP = 0.5
# A line is recovered where one talking point has this share of it, and it this share of the talking point.
SHARE = 0.5

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """What was recovered of one kind of line, or of all; shares from 0 to 1.

    `lines` and `passages` were planted, `found` passages of them were found. `lines_recovered`: the share of
    lines for which one talking point holds at least half of the planted passages, and at least half of that
    talking point's passages are the line's. `first_right`: the share of all lines whose talking point names
    exactly the sources that were first.
    """

    kind: str
    lines: int
    passages: int
    found: int
    precision: float
    recall: float
    f1: float
    lines_recovered: float
    first_right: float


@dataclass(frozen=True)
class Recovery:
    """The figures over everything planted, and by kind of line."""

    all: Figures
    by_kind: tuple[Figures, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each kind and a last one for all."""
        return [asdict(f) for f in (*self.by_kind, self.all)]

    def as_dict(self) -> dict[str, dict[str, Any]]:
        """The same by kind, for JSON."""
        return {str(row["kind"]): row for row in self.rows()}


def compare(truth: pa.Table, talking_points: pa.Table, passages: pa.Table) -> Recovery:
    """Compare what was found with the truth of a simulation.

    Reads `line_id, kind, doc_id, source, start, end, is_first` of `truth`, `tp_id, first_sources` of
    `talking_points`, and `tp_id, doc_id, start, end` of `passages`. Spans are half-open, in code points.

    >>> planted = pa.table({"line_id": ["l", "l"], "kind": ["line"] * 2, "doc_id": ["a", "b"], "source": ["A", "B"],
    ...                     "start": [0, 0], "end": [9, 9], "is_first": [True, False]})
    >>> points = pa.table({"tp_id": ["t"], "first_sources": [["A"]]})
    >>> found = pa.table({"tp_id": ["t", "t"], "doc_id": ["a", "b"], "start": [0, 1], "end": [9, 9]})
    >>> compare(planted, points, found).all.f1
    1.0
    """
    lines, line_names = _codes(truth["line_id"])
    kinds, kind_names = _codes(truth["kind"])
    points, point_names = _codes(passages["tp_id"])
    match = _match(truth, passages)
    point = np.where(match >= 0, points[match], -1) if len(points) else match
    sizes = np.bincount(points, minlength=len(point_names))
    planted = np.bincount(lines, minlength=len(line_names))

    cells, cell_of, inside = np.unique(np.stack([lines, point]), axis=1, return_inverse=True, return_counts=True)
    together = inside[cell_of.reshape(-1)]
    held = point >= 0
    precision = np.ones(len(lines))
    precision[held] = together[held] / sizes[point[held]]
    recall = np.where(held, together, 1) / planted[lines]

    best = _best(cells, inside, len(line_names))
    share = np.zeros(len(line_names))
    purity = np.zeros(len(line_names))
    has = best >= 0
    in_best = np.bincount(lines[held & (point == best[lines])], minlength=len(line_names))
    share[has] = in_best[has] / planted[has]
    purity[has] = in_best[has] / sizes[best[has]]
    recovered = (share >= SHARE) & (purity >= SHARE)
    right = has & _firsts_agree(truth, talking_points, lines, best, point_names)

    def figures(kind: str, rows: Bools) -> Figures:
        chosen = np.unique(lines[rows])
        p, r = _mean(precision[rows]), _mean(recall[rows])
        return Figures(
            kind=kind,
            lines=len(chosen),
            passages=int(rows.sum()),
            found=int((held & rows).sum()),
            precision=p,
            recall=r,
            f1=2 * p * r / (p + r) if p + r else 0.0,
            lines_recovered=_mean(recovered[chosen].astype(np.float64)),
            first_right=_mean(right[chosen].astype(np.float64)),
        )

    by_kind = tuple(figures(str(name), kinds == i) for i, name in enumerate(kind_names))
    return Recovery(figures("all", np.ones(len(lines), np.bool_)), by_kind)


def compare_ties(truth: pa.Table, ties: pa.Table) -> dict[str, int]:
    """Count pairs of sources: `planted` in one group, `tied` at q <= LEVEL, and `right`, those that are both.

    Reads `group_id, source` of `truth` and `source_a, source_b, q_value` of `ties`.

    >>> planted = pa.table({"group_id": ["g", "g", "g"], "source": ["A", "B", "C"]})
    >>> ties = pa.table({"source_a": ["A", "A"], "source_b": ["B", "Z"], "q_value": [0.001, 0.01]})
    >>> compare_ties(planted, ties)
    {'planted': 3, 'tied': 2, 'right': 1}
    """
    groups: dict[str, set[str]] = {}
    for group, source in zip(truth["group_id"].to_pylist(), truth["source"].to_pylist(), strict=True):
        if group:
            groups.setdefault(group, set()).add(source)
    planted = {pair for members in groups.values() for pair in combinations(sorted(members), 2)}
    found = ties.filter(pc.less_equal(ties["q_value"], LEVEL))
    tied = set(zip(found["source_a"].to_pylist(), found["source_b"].to_pylist(), strict=True))
    return {"planted": len(planted), "tied": len(tied), "right": len(planted & tied)}


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _codes(column: pa.ChunkedArray) -> tuple[Ints, list[Any]]:
    """A number for each value, in order of first appearance, and the values."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def _ints(column: pa.ChunkedArray) -> Ints:
    values: Ints = column.to_numpy().astype(np.int64)
    return values


def _match(truth: pa.Table, passages: pa.Table) -> Ints:
    """For each planted passage the row of the found one that it takes, or -1."""
    match = np.full(truth.num_rows, -1, np.int64)
    strings = [pc.cast(t["doc_id"].combine_chunks(), pa.large_string()) for t in (truth, passages)]
    documents, _ = _codes(pa.chunked_array(strings, type=pa.large_string()))
    planted_doc, found_doc = documents[: truth.num_rows], documents[truth.num_rows :]
    order = np.argsort(found_doc, kind="stable")
    low = np.searchsorted(found_doc[order], planted_doc, "left")
    counts = np.searchsorted(found_doc[order], planted_doc, "right") - low
    planted = np.repeat(np.arange(truth.num_rows), counts)
    ends = np.cumsum(counts)
    found = order[np.arange(len(planted)) - np.repeat(ends - counts, counts) + np.repeat(low, counts)]

    a, b = _ints(truth["start"])[planted], _ints(truth["end"])[planted]
    c, d = _ints(passages["start"])[found], _ints(passages["end"])[found]
    shared = np.maximum(np.minimum(b, d) - np.maximum(a, c), 0)
    union = (b - a) + (d - c) - shared
    overlap = shared / np.maximum(union, 1)
    keep = overlap >= OVERLAP
    planted, found, overlap = planted[keep], found[keep], overlap[keep]

    by_planted = np.lexsort((found, -overlap, planted))
    first = by_planted[_opens(planted[by_planted])]
    by_found = first[np.lexsort((planted[first], -overlap[first], found[first]))]
    chosen = by_found[_opens(found[by_found])]
    match[planted[chosen]] = found[chosen]
    return match


def _opens(groups: Ints) -> Bools:
    """Where a new group begins in sorted groups."""
    opens = np.ones(len(groups), np.bool_)
    opens[1:] = groups[1:] != groups[:-1]
    return opens


def _best(cells: Ints, inside: Ints, n_lines: int) -> Ints:
    """For each line the talking point that holds most of it, the first of equals; -1 where none does."""
    best = np.full(n_lines, -1, np.int64)
    held = cells[1] >= 0
    lines, points, counts = cells[0][held], cells[1][held], inside[held]
    order = np.lexsort((points, -counts, lines))
    chosen = order[_opens(lines[order])]
    best[lines[chosen]] = points[chosen]
    return best


def _firsts_agree(truth: pa.Table, talking_points: pa.Table, lines: Ints, best: Ints, point_names: list[Any]) -> Bools:
    """For each line, whether its talking point's first sources are those that were first."""
    firsts: dict[int, set[str]] = {}
    rows = zip(lines.tolist(), truth["source"].to_pylist(), truth["is_first"].to_pylist(), strict=True)
    for line, source, is_first in rows:
        if is_first:
            firsts.setdefault(line, set()).add(source)
    wanted = {point_names[p]: line for line, p in enumerate(best.tolist()) if p >= 0}
    chosen = talking_points.filter(
        pc.is_in(talking_points["tp_id"], pa.array(list(wanted), talking_points["tp_id"].type))
    )
    named = dict(zip(chosen["tp_id"].to_pylist(), chosen["first_sources"].to_pylist(), strict=True))
    agree = np.zeros(len(best), np.bool_)
    for line, p in enumerate(best.tolist()):
        agree[line] = p >= 0 and set(named.get(point_names[p]) or ()) == firsts.get(line, set())
    return agree
