"""Documents: what was read, one by its id, and the passages and quotations in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Query
from inchorus.evidence.firsts import LINE
from inchorus.schema import DOCUMENTS, NAMED

# The columns that a study gives its documents; whatever else there is, the input had.
OWN = frozenset({"position", *(column.name for column in (*DOCUMENTS, *NAMED))})

_PASSAGES = """
SELECT p.start, p."end", p.is_first, p.similarity, t.tp_id, t.text, t.label, t.n_sources, t.n_passages,
    t.first_sources, t.first_time
FROM passages p JOIN talking_points t USING (tp_id) WHERE p.doc_id = ? ORDER BY p.start, p."end" DESC, t.rank
"""
_OTHERS = f"""
SELECT source, count(DISTINCT tp_id) FILTER (label = '{LINE}') AS lines, count(DISTINCT tp_id) AS shared
FROM passages JOIN (SELECT tp_id, label FROM talking_points) USING (tp_id)
WHERE tp_id IN (SELECT tp_id FROM passages WHERE doc_id = $1) AND source <> $2
GROUP BY source ORDER BY lines DESC, shared DESC, source
"""  # noqa: S608 - of constants
_SAME_TIME = """
SELECT DISTINCT d.doc_id, d.source, d.time, d.time_precision FROM documents d JOIN passages p USING (doc_id)
WHERE d.time = (SELECT time FROM documents WHERE doc_id = $1) AND p.tp_id IN (
    SELECT tp_id FROM passages WHERE doc_id = $1)
ORDER BY d.doc_id = $1 DESC, d.source, d.doc_id LIMIT $2
"""
_QUOTATIONS = """
SELECT quote_id, start, "end", text, speaker, speaker_start, speaker_end, cue, direct, tp_id
FROM quotations WHERE doc_id = ? ORDER BY start, "end"
"""


def counted(rows: Query) -> dict[str, Any]:
    """How many documents and sources there are, the first and the last time, and how many have no time."""
    (row,) = rows(
        'SELECT count(*) AS documents, count(DISTINCT source) AS sources, min(time) AS "first", max(time) AS "last",'
        " count(*) FILTER (time IS NULL) AS without_time FROM documents",
        [],
    )
    return row


def longest(rows: Query) -> int:
    """The code points of the longest text, without the space around it; 0 without a document."""
    (row,) = rows("SELECT max(length(trim(text))) AS longest FROM documents", [])
    return int(row["longest"] or 0)


def found(rows: Query, doc_id: str) -> dict[str, Any] | None:
    """The row of a document; None for an id that there is not."""
    return next(iter(rows("SELECT * FROM documents WHERE doc_id = ?", [doc_id])), None)


def places(rows: Query, doc_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By doc_id: the position of a document in its file, and how precise its time is."""
    asked = "SELECT doc_id, position, time_precision FROM documents WHERE doc_id IN (SELECT unnest($1::VARCHAR[]))"
    return {row["doc_id"]: row for row in rows(asked, [list(doc_ids)])}


def passages_in(rows: Query, doc_id: str) -> list[dict[str, Any]]:
    """The passages in a document, in the order of the text, each with its talking point."""
    return rows(_PASSAGES, [doc_id])


def shared_with(rows: Query, doc_id: str, source: str) -> list[dict[str, Any]]:
    """The other sources that share wording with a document of `source`: how many `lines` each, and talking points."""
    return rows(_OTHERS, [doc_id, source])


def of_the_same_time(rows: Query, doc_id: str, limit: int) -> list[dict[str, Any]]:
    """A document and those of its very time that share wording with it, itself first."""
    return rows(_SAME_TIME, [doc_id, limit])


def quotations_in(rows: Query, doc_id: str) -> list[dict[str, Any]]:
    """The quotations in a document, in the order of the text."""
    return rows(_QUOTATIONS, [doc_id])


def languages(rows: Query, limit: int) -> list[str]:
    """The languages that documents say they are in."""
    asked = "SELECT DISTINCT language FROM documents WHERE language IS NOT NULL ORDER BY language LIMIT ?"
    return [row["language"] for row in rows(asked, [limit])]


def known(rows: Query, column: str, value: str) -> list[str] | None:
    """None where some document has `value` in `column`, source or language; else the values that there are."""
    asked = f"SELECT DISTINCT {column} AS value FROM documents"  # noqa: S608 - one of two constants
    if rows(f"{asked} WHERE {column} = ?", [value]):
        return None
    return [row["value"] for row in rows(asked, []) if row["value"]]
