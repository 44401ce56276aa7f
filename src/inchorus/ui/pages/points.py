"""The talking points in a table: filtered, sorted, a page of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError, nearest
from inchorus.evidence.quotes import add_quotes
from inchorus.labels import LABELS
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader

ROWS = 50
NAMED = 500  # sources that the form suggests; any other can be typed
WORDS = 12  # of a wording that are looked for
# What a column is sorted by, and whether its greatest values come first.
SORTS = {
    "rank": ("rank", False),
    "sources": ("n_sources", True),
    "documents": ("n_documents", True),
    "passages": ("n_passages", True),
    "wordings": ("n_variants", True),
    "words": ("words", True),
    "first": ("first_time", False),
    "last": ("last_time", True),
}


@dataclass(frozen=True)
class Filter:
    """One condition that the address sets: its name there, its value, what it means in words."""

    name: str
    value: str
    shown: str


def points(reader: Reader, ask: Ask) -> Page:
    """The talking points that the address asks for, and how many there are of each label."""
    filters = _filters(reader, ask)
    labels = ask.many("label", LABELS)
    sort = ask.choice("sort", [*SORTS, *(f"-{name}" for name in SORTS)], "rank")
    where, parameters = _where(filters)
    if ask.whole:
        some = f"{where} AND label IN ({', '.join('?' * len(labels))})" if labels else where
        sql = f"SELECT *, {_QUOTE} FROM talking_points WHERE {some} ORDER BY {_order(sort)}"  # noqa: S608
        rows = reader.arrow(sql, [*parameters, *labels])
        return Page("Talking points", "points.html", {}, {"talking_points": rows})
    # The whole order is one narrow column, sorted in milliseconds; the rows of one page are fetched by their ranks.
    sql = f"SELECT rank, label FROM talking_points WHERE {where} ORDER BY {_order(sort)}"  # noqa: S608
    found = reader.arrow(sql, parameters)
    counts = {item["values"]: item["counts"] for item in pc.value_counts(found["label"]).to_pylist()}
    if labels:
        found = found.filter(pc.is_in(found["label"], pa.array(labels)))
    total = found.num_rows
    pages = max(1, -(-total // ROWS))
    page = ask.number("page", 1, most=pages)
    rows = _rows(reader, found["rank"].slice((page - 1) * ROWS, ROWS).to_pylist())
    data = {
        "rows": rows,
        "total": total,
        "all": reader.value("SELECT count(*) FROM talking_points"),
        "page": page,
        "pages": pages,
        "from_row": (page - 1) * ROWS + 1,
        "sort": sort,
        "columns": _columns(ask, sort),
        "labels": [{"label": x, "n": counts.get(x, 0), "chosen": x in labels} for x in LABELS],
        "filters": [_removable(ask, f) for f in [*(Filter("label", x, x) for x in labels), *filters]],
        "sources": [row["source"] for row in reader.rows(_SOURCES, [NAMED])],
        "languages": [row["language"] for row in reader.rows(_LANGUAGES)],
        "asked": {"source": ask.exact("source", ""), **{x: ask.text(x) for x in _ASKED}},
    }
    return Page("Talking points", "points.html", data, {"talking_points": rows})


_ASKED = ("from", "to", "min_sources", "language", "q")
_SOURCES = "SELECT source FROM documents GROUP BY source ORDER BY count(*) DESC, source LIMIT ?"
_LANGUAGES = "SELECT DISTINCT language FROM documents WHERE language IS NOT NULL ORDER BY language LIMIT 200"


def _filters(reader: Reader, ask: Ask) -> list[Filter]:
    """The conditions that the address sets, but for the labels; UsageError or MissingError for what cannot be."""
    found = []
    source = ask.exact("source", "")
    if source:
        _check_known(reader, "source", source)
        found.append(Filter("source", source, f"used by {source}"))
    first, last = ask.day("from"), ask.day("to")
    if first and last and last < first:
        raise UsageError("the last day is before the first", fix="change from and to")
    if first:
        found.append(Filter("from", first.date().isoformat(), f"on {first.date().isoformat()} or later"))
    if last:
        found.append(Filter("to", last.date().isoformat(), f"on {last.date().isoformat()} or earlier"))
    language = ask.exact("language", "")
    if language:
        _check_known(reader, "language", language)
        found.append(Filter("language", language, f"in a document in {language}"))
    least = ask.number("min_sources", 0, least=0)
    if least > 1:
        found.append(Filter("min_sources", str(least), f"{least:,} sources or more"))
    words = ask.text("q")
    if words:
        found.append(Filter("q", words, f"wording with {words}"))
    return found


def _check_known(reader: Reader, column: str, value: str) -> None:
    if not reader.value(f"SELECT count(*) FROM documents WHERE {column} = ?", [value]):  # noqa: S608
        known = [row[column] for row in reader.rows(f"SELECT DISTINCT {column} FROM documents")]  # noqa: S608
        hint = nearest(value[:100], [name for name in known if name and len(name) < 200])
        raise MissingError(f"no document has the {column} {value[:100]!r}", fix=hint)


def _where(filters: list[Filter]) -> tuple[str, list[Any]]:
    """The SQL condition of the filters. Source, days and language hold of one and the same passage."""
    conditions: list[str] = ["true"]
    parameters: list[Any] = []
    passage: list[str] = []
    asked: list[Any] = []
    for f in filters:
        if f.name in _OF_PASSAGE:
            passage.append(_OF_PASSAGE[f.name])
            asked.append(f.value)
        elif f.name == "min_sources":
            conditions.append("n_sources >= ?")
            parameters.append(int(f.value))
        elif f.name == "q":
            for word in f.value.split()[:WORDS]:
                conditions.append("contains(lower(strip_accents(text)), lower(strip_accents(?)))")
                parameters.append(word)
    if passage:
        conditions.append(f"tp_id IN (SELECT tp_id FROM passages WHERE {' AND '.join(passage)})")  # noqa: S608
        parameters += asked
    return " AND ".join(conditions), parameters


_QUOTE = (
    "(SELECT substring(text, quote_start + 1, quote_end - quote_start) FROM texts WHERE doc_id = quote_doc) AS quote"
)
_OF_PASSAGE = {
    "source": "source = ?",
    "from": "time >= ?::TIMESTAMPTZ",
    "to": "time < ?::TIMESTAMPTZ + INTERVAL 1 DAY",
    "language": "doc_id IN (SELECT doc_id FROM documents WHERE language = ?)",
}


def _order(sort: str) -> str:
    column, greatest_first = SORTS[sort.lstrip("-")]
    down = greatest_first != sort.startswith("-")
    return f"{column} {'DESC' if down else 'ASC'} NULLS LAST, rank"


def _rows(reader: Reader, ranks: list[int]) -> list[dict[str, Any]]:
    """The talking points of these ranks, in their order."""
    if not ranks:
        return []
    # Literals, not a parameter: with them DuckDB passes over the blocks that hold none. They are whole numbers.
    some = ", ".join(str(int(rank)) for rank in ranks)
    rows = {row["rank"]: row for row in reader.rows(f"SELECT * FROM talking_points WHERE rank IN ({some})")}  # noqa: S608
    add_quotes(list(rows.values()), reader.rows, reader.texts)
    return [rows[rank] for rank in ranks]


def _columns(ask: Ask, sort: str) -> dict[str, dict[str, str | None]]:
    """For each column that sorts: the address that sorts by it, or turns the order round, and how it is now."""
    columns: dict[str, dict[str, str | None]] = {}
    for name, (_, greatest_first) in SORTS.items():
        now = None
        if sort.lstrip("-") == name:
            now = "descending" if greatest_first != sort.startswith("-") else "ascending"
        turned = f"-{name}" if sort == name else name
        columns[name] = {"to": ask.to(sort=None if turned == "rank" else turned), "now": now}
    return columns


def _removable(ask: Ask, f: Filter) -> dict[str, str]:
    left = [value for key, value in ask.query if key == f.name and value != f.value] if f.name == "label" else None
    return {"name": f.name, "value": f.value, "shown": f.shown, "without": ask.to(**{f.name: left})}
