"""The share of points worth quoting among the first lines, as a measure with floors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from bench.ranking.corpora import CORPORA, study_of
from bench.ranking.judged import Line, first, judgements
from bench.rows import Row

FIRST = 50
Sql = Callable[[str, Sequence[Any]], pa.Table]
_OTHERS = """
SELECT substring(d.text, p.start + 1, p."end" - p.start) AS text FROM passages p JOIN documents d USING (doc_id)
WHERE p.tp_id = (SELECT min(tp_id) FROM talking_points WHERE quote_doc = ? AND quote_start = ? AND quote_end = ?)
    AND p.doc_id <> ?
ORDER BY p.time NULLS LAST, p.doc_id LIMIT ?
"""


def measure() -> Iterator[Row]:
    """Points and fragments among the first 50 of each corpus, and how many of these nobody has judged."""
    known = judgements()
    for name in CORPORA:
        shares = known[name].shares(first(study_of(name).show(limit=FIRST)["talking_points"]))
        yield Row(f"points worth quoting among the first {FIRST}", name, shares["P"])
        yield Row(f"fragments among the first {FIRST}", name, shares["F"], low=True)
        yield Row(f"not judged among the first {FIRST}", name, shares["?"], floored=False)


def passages(sql: Sql, line: Line, most: int) -> list[str]:
    """Other passages of the talking point that is shown by a line, earliest first."""
    place = [line.doc_id, line.start, line.end, line.doc_id, most]
    return [str(text) for text in sql(_OTHERS, place)["text"].to_pylist()]
