"""Talking points that pass filters, in several orders; of a loaded study, whose talking points have their `rank`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from inchorus.evidence.asking import Query

WORDS = 12  # of a wording that are looked for
# For each of `labels.RANKS` the column that it sorts by, and whether its greatest values come first.
SORTS = {
    "score": ("rank", False),
    "sources": ("n_sources", True),
    "documents": ("n_documents", True),
    "passages": ("n_passages", True),
    "wordings": ("n_variants", True),
    "words": ("words", True),
    "independent": ("independent", True),
    "burst": ("burst", True),
    "first": ("first_time", False),
    "last": ("last_time", True),
}
_OF_PASSAGE = {
    "source": "source = ?",
    "since": "time >= ?::TIMESTAMPTZ",
    "until": "time < ?::TIMESTAMPTZ + INTERVAL 1 DAY",
    "language": "doc_id IN (SELECT doc_id FROM documents WHERE language = ?)",
}
_QUOTE = (
    "(SELECT substring(text, quote_start + 1, quote_end - quote_start) FROM texts WHERE doc_id = quote_doc) AS quote"
)

Sql = Callable[[str, Sequence[Any]], pa.Table]


def ranks(sql: Sql, filters: Mapping[str, str], sort: str) -> pa.Table:
    """The `rank` and `label` of all that pass, in the order of `sort`, one of `SORTS`, turned round by a - before it.

    `filters` may have source, since, until and language, which hold of one and the same passage, min_sources, and q:
    words of the wording. The whole order is one narrow column, sorted in milliseconds.
    """
    passes, parameters = where(filters)
    return sql(f"SELECT rank, label FROM talking_points WHERE {passes} ORDER BY {order(sort)}", parameters)  # noqa: S608


def every(sql: Sql, filters: Mapping[str, str], labels: Sequence[str], sort: str) -> pa.Table:
    """All columns of what passes and has one of `labels`, if there are any, and its quote."""
    passes, parameters = where(filters)
    if labels:
        passes, parameters = f"{passes} AND label IN ({', '.join('?' * len(labels))})", [*parameters, *labels]
    return sql(f"SELECT *, {_QUOTE} FROM talking_points WHERE {passes} ORDER BY {order(sort)}", parameters)  # noqa: S608


def of_ranks(rows: Query, some: Sequence[int]) -> list[dict[str, Any]]:
    """The talking points of these ranks, in their order."""
    if not some:
        return []
    # Literals, not a parameter: with them DuckDB passes over the blocks that hold none. They are whole numbers.
    asked = f"SELECT * FROM talking_points WHERE rank IN ({', '.join(str(int(rank)) for rank in some)})"  # noqa: S608
    found = {row["rank"]: row for row in rows(asked, [])}
    return [found[rank] for rank in some]


def where(filters: Mapping[str, str]) -> tuple[str, list[Any]]:
    """The condition in SQL of what `ranks` calls filters, with its parameters."""
    conditions: list[str] = ["true"]
    parameters: list[Any] = []
    passage: list[str] = []
    asked: list[Any] = []
    for name, value in filters.items():
        if name in _OF_PASSAGE:
            passage.append(_OF_PASSAGE[name])
            asked.append(value)
        elif name == "min_sources":
            conditions.append("n_sources >= ?")
            parameters.append(int(value))
        elif name == "q":
            for word in value.split()[:WORDS]:
                conditions.append("contains(lower(strip_accents(text)), lower(strip_accents(?)))")
                parameters.append(word)
    if passage:
        conditions.append(f"tp_id IN (SELECT tp_id FROM passages WHERE {' AND '.join(passage)})")  # noqa: S608
        parameters += asked
    return " AND ".join(conditions), parameters


def order(sort: str) -> str:
    """What SQL orders by for one of `SORTS`, turned round by a - before it; equals by their rank."""
    column, greatest_first = SORTS[sort.lstrip("-")]
    down = greatest_first != sort.startswith("-")
    return f"{column} {'DESC' if down else 'ASC'} NULLS LAST, rank"
