"""Passages: those of a talking point in the order of their times, and all in the order of the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.engine.duckdb import stream
from inchorus.study import Study

_IN_ORDER = """
SELECT row_number() OVER (
        PARTITION BY p.tp_id ORDER BY p.time NULLS LAST, p.is_first DESC, p.source, p.doc_id, p.start) AS n,
    p.*, d.time_precision, d.title, d.url
FROM passages p JOIN documents d USING (doc_id) WHERE p.tp_id IN (SELECT unnest($1::VARCHAR[])) ORDER BY p.tp_id, n
"""
_IN_FILE_ORDER = """
SELECT d.file_row_number AS row, p.doc_id, p.start, p."end", p.tp_id, t.label, t.text AS wording
FROM passages p
JOIN (SELECT doc_id, file_row_number FROM documents) d USING (doc_id)
JOIN (SELECT tp_id, label, text FROM talking_points) t USING (tp_id)
ORDER BY row, p.start, p."end", p.tp_id
"""


def in_orders(sql: Callable[[str, Sequence[Any]], pa.Table], tp_ids: Sequence[str]) -> dict[str, pa.Table]:
    """By tp_id all passages, the earliest first, numbered `n` from 1, with the facts of their documents."""
    found = sql(_IN_ORDER, [list(tp_ids)])
    out = {tp_id: found.slice(0, 0) for tp_id in tp_ids}
    start = 0
    for run in pc.value_counts(found["tp_id"]).to_pylist():
        out[run["values"]] = found.slice(start, run["counts"])
        start += run["counts"]
    return out


def in_file_order(study: Study) -> Iterator[dict[str, Any]]:
    """All passages with their talking points, in the order of the documents, whose number from 0 is `row`.

    One after the other, so that memory does not grow with them.
    """
    tables = {name: study.file(name) for name in ("passages", "documents", "talking_points")}
    for batch in stream(_IN_FILE_ORDER, tables):
        yield from batch.to_pylist()
