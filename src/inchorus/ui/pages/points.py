"""The talking points in a table: filtered, sorted, a page of it at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError, nearest
from inchorus.evidence.as_one import as_one
from inchorus.evidence.documents import known, languages
from inchorus.evidence.filtered import SORTS, every, of_ranks, ranks
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.sources import most_active
from inchorus.labels import LABELS, RANKS
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader

ROWS = 50
NAMED = 500  # sources that the form suggests; any other can be typed
LANGUAGES = 200  # that it offers


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
    sort = _sort(ask)
    asked = {f.name: f.value for f in filters}
    if ask.whole:
        rows = every(reader.arrow, asked, labels, sort)
        return Page("Talking points", "points.html", {}, {"talking_points": rows})
    found = ranks(reader.arrow, asked, sort)
    counts = {item["values"]: item["counts"] for item in pc.value_counts(found["label"]).to_pylist()}
    if labels:
        found = found.filter(pc.is_in(found["label"], pa.array(labels)))
    total = found.num_rows
    pages = max(1, -(-total // ROWS))
    page = ask.number("page", 1, most=pages)
    rows = of_ranks(reader.rows, found["rank"].slice((page - 1) * ROWS, ROWS).to_pylist())
    add_quotes(rows, reader.rows, reader.texts)
    data = {
        "rows": rows,
        "entries": as_one(rows, reader.rows),
        "total": total,
        "all": reader.count("talking_points"),
        "page": page,
        "pages": pages,
        "from_row": (page - 1) * ROWS + 1,
        "sort": sort,
        "sorts": [(name, RANKS[name]) for name in RANKS]
        + ([(sort, f"{RANKS[sort[1:]]}, turned round")] if sort[0] == "-" else []),
        "columns": _columns(ask, sort),
        "labels": [{"label": x, "n": counts.get(x, 0), "chosen": x in labels} for x in LABELS],
        "filters": [_removable(ask, f) for f in [*(Filter("label", x, x) for x in labels), *filters]],
        "sources": most_active(reader.rows, NAMED),
        "languages": languages(reader.rows, LANGUAGES),
        "asked": {"source": ask.exact("source", ""), **{x: ask.text(x) for x in _ASKED}, **_days(ask)},
    }
    return Page("Talking points", "points.html", data, {"talking_points": rows})


_ASKED = ("min_sources", "language", "q")
_OLDER = {"since": "from", "until": "to"}  # what addresses called them before; links are kept for years


def _sort(ask: Ask) -> str:
    """What the list is sorted by, as `--rank` names it, turned round by a - before it; `score` was called rank once."""
    sort = ask.choice("sort", [x for name in (*SORTS, "rank") for x in (name, f"-{name}")], "score")
    return sort.replace("rank", "score")


def _days(ask: Ask) -> dict[str, str]:
    return {name: ask.text(name) or ask.text(older) for name, older in _OLDER.items()}


def _filters(reader: Reader, ask: Ask) -> list[Filter]:
    """The conditions that the address sets, but for the labels; UsageError or MissingError for what cannot be."""
    found = []
    source = ask.exact("source", "")
    if source:
        _check_known(reader, "source", source)
        found.append(Filter("source", source, f"used by {source}"))
    first, last = (ask.day(name) or ask.day(older) for name, older in _OLDER.items())
    if first and last and last < first:
        raise UsageError("the last day is before the first", fix="change since and until")
    if first:
        found.append(Filter("since", first.date().isoformat(), f"on {first.date().isoformat()} or later"))
    if last:
        found.append(Filter("until", last.date().isoformat(), f"on {last.date().isoformat()} or earlier"))
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
    others = known(reader.rows, column, value)
    if others is not None:
        hint = nearest(value[:100], [name for name in others if len(name) < 200])
        raise MissingError(f"no document has the {column} {value[:100]!r}", fix=hint)


def _columns(ask: Ask, sort: str) -> dict[str, dict[str, str | None]]:
    """For each column that sorts: the address that sorts by it, or turns the order round, and how it is now."""
    columns: dict[str, dict[str, str | None]] = {}
    for name, (_, greatest_first) in SORTS.items():
        now = None
        if sort.lstrip("-") == name:
            now = "descending" if greatest_first != sort.startswith("-") else "ascending"
        turned = f"-{name}" if sort == name else name
        columns[name] = {"to": ask.to(sort=None if turned == "score" else turned), "now": now}
    return columns


def _removable(ask: Ask, f: Filter) -> dict[str, str]:
    left = [value for key, value in ask.query if key == f.name and value != f.value] if f.name == "label" else None
    without = ask.to(**{f.name: left, _OLDER.get(f.name, f.name): left})
    return {"name": f.name, "value": f.value, "shown": f.shown, "without": without}
