"""How a talking point changed: its wordings, each under the one that it likeliest comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from inchorus.study import Study
from inchorus.text.stored_edits import Stored

_WORDINGS = """
WITH numbered AS (
  SELECT *, row_number() OVER () AS place FROM passages WHERE tp_id IN (SELECT unnest($1::VARCHAR[]))
), earliest AS (
  SELECT variant_id, min(place) AS place FROM numbered GROUP BY variant_id
), first_of_document AS (
  SELECT tp_id, doc_id, min(place) AS place FROM numbered GROUP BY tp_id, doc_id
)
SELECT v.tp_id, v.variant_id, v.text, v.n_passages, v.n_sources, p.source, p.time, d.time_precision, p.doc_id, p.start,
  parent.variant_id AS parent
FROM variants v
JOIN earliest e USING (variant_id)
JOIN numbered p ON p.place = e.place
JOIN documents d ON d.doc_id = p.doc_id
LEFT JOIN first_of_document f ON f.tp_id = p.tp_id AND f.doc_id = p.copied_from
LEFT JOIN numbered parent ON parent.place = f.place
WHERE v.tp_id IN (SELECT unnest($1::VARCHAR[]))
ORDER BY p.time NULLS LAST, e.place
"""
# By their talking points, too: these stand together in the file.
_STORED = """
SELECT variant_id, text, edits FROM variants
WHERE tp_id IN (SELECT unnest($1::VARCHAR[])) AND variant_id IN (SELECT unnest($2::VARCHAR[]))
"""
_EDITED = """
SELECT variant_id, tp_id, text FROM variants WHERE len(list_filter(edits, lambda e: e.op <> 'keep')) > 0
ORDER BY n_passages DESC, variant_id
"""


def wordings(sql: Callable[[str, Sequence[Any]], pa.Table], tp_id: str) -> list[dict[str, Any]]:
    """The wordings of a talking point, earliest first, each with the `parent` that it likeliest comes from, or None.

    `sql` answers a query over the tables of a study, as `Study.sql` does. The parent is the wording of the passage
    that the earliest passage of this wording, at `doc_id` and `start`, has as `copied_from`.
    """
    return wordings_of(sql, [tp_id])[tp_id]


def wordings_of(
    sql: Callable[[str, Sequence[Any]], pa.Table], tp_ids: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """The same of several talking points at once, by their ids."""
    out: dict[str, list[dict[str, Any]]] = {tp_id: [] for tp_id in tp_ids}
    for row in sql(_WORDINGS, [list(tp_ids)]).to_pylist():
        out[row.pop("tp_id")].append(row)
    return out


def stored(sql: Callable[[str, Sequence[Any]], pa.Table], passages: Sequence[Mapping[str, Any]]) -> dict[str, Stored]:
    """By variant_id the texts and edits of the wordings of `passages`, for `text.stored_edits.marked`."""
    asked = [sorted({row[name] for row in passages}) for name in ("tp_id", "variant_id")]
    rows = sql(_STORED, asked).to_pylist() if passages else []
    return {row["variant_id"]: Stored(row["text"], row["edits"]) for row in rows}


def edited(study: Study) -> pa.Table:
    """variant_id, tp_id and text of the wordings that differ from the canonical one, the most frequent first."""
    return study.sql(_EDITED)


def as_tree(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, int]]:
    """Wordings in the order of a printed tree: each with the one that it hangs under, or None, and its depth.

    A wording whose parent is not among the rows before it stands by itself, at depth 0.

    >>> rows = [{"variant_id": v, "parent": p} for v, p in [("a", None), ("b", "a"), ("c", "a"), ("d", "b")]]
    >>> [(row["variant_id"], depth) for row, _, depth in as_tree(rows)]
    [('a', 0), ('b', 1), ('d', 2), ('c', 1)]
    """
    below: dict[str | None, list[dict[str, Any]]] = {None: []}
    for row in rows:
        parent = row["parent"] if row["parent"] in below and row["parent"] != row["variant_id"] else None
        below[parent].append(row)
        below.setdefault(row["variant_id"], [])
    waiting = [(row, None, 0) for row in reversed(below[None])]
    while waiting:
        row, parent_row, depth = waiting.pop()
        yield row, parent_row, depth
        waiting += [(child, row, depth + 1) for child in reversed(below[row["variant_id"]])]
