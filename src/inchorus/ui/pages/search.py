"""Search over all wording and all documents: as one types, or by the form alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

if TYPE_CHECKING:
    from inchorus.search.answer import DocumentFound, DocumentSection, WordingFound, WordingSection

BOTH, ONE = 10, 20  # results of a section on the page of both, and on its own
MOST_IN_FILE = 5000  # rows of a CSV file: cutting an excerpt takes about 0.3 ms
_SECTIONS = ("wording", "documents")


def search(reader: Reader, ask: Ask) -> Page:
    """What matches `q`: some talking points and some documents, or one page of those that `in` names."""
    q = ask.exact("q", "")
    only = ask.choice("in", _SECTIONS, "")
    counts = {"wording": reader.count("talking_points"), "documents": reader.count("documents")}
    if ask.whole:
        chosen, size, page = ask.choice("table", _SECTIONS, only or "wording"), MOST_IN_FILE, 1
    else:
        chosen, size, page = only, ONE if only else BOTH, ask.number("page", 1) if only else 1
    first = (page - 1) * size
    most = {name: size if chosen in {"", name} else 0 for name in _SECTIONS}
    answer = reader.search().answer(q, first, first, most["wording"], most["documents"])
    sections = {
        "wording": _section(answer.wording, _point_row, first),
        "documents": _section(answer.documents, _document_row, first),
    }
    data = {
        "q": q,
        "only": only,
        "in_study": counts,
        "asked": not answer.query.empty,
        "searched": bool(answer.query.terms),
        "notes": list(answer.notes),
        "share": answer.share,
        "error": answer.error,
        "size": size,
        "most_in_file": MOST_IN_FILE,
        **sections,
    }
    tables = {
        name: headed(s["found"] if s else [], columns)
        for (name, s), columns in zip(sections.items(), _columns(), strict=True)
    }
    title = f"{q.strip()[:60]} · Search" if q.strip() else "Search"
    return Page(title, "search.html", data, tables)


def _columns() -> tuple[list[str], list[str]]:
    """The columns of the files of wording and of documents."""
    from inchorus.search.answer import DocumentFound, WordingFound  # has been imported by Reader.search
    from inchorus.search.excerpt import Excerpt

    part = [f.name for f in fields(Excerpt)]
    wording, documents = (
        [f.name for f in fields(kind) if f.name != "excerpt"] for kind in (WordingFound, DocumentFound)
    )
    return [*wording, *part], [*documents, *part, "at"]


def _section(section: WordingSection | DocumentSection | None, row: Any, first: int) -> dict[str, Any] | None:
    if section is None:
        return None
    return {"total": section.total, "first": first, "found": [row(found) for found in section.found]}


def _point_row(found: WordingFound) -> dict[str, Any]:
    return _flat(asdict(found))


def _document_row(found: DocumentFound) -> dict[str, Any]:
    row = _flat(asdict(found))
    return {**row, "at": row["start"] + row["hits"][0][0] if row["hits"] else None}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its excerpt as columns of its own; hits as lists of two."""
    excerpt = row.pop("excerpt")
    spans = {k: _pairs(v) for k, v in {**row, **excerpt}.items() if k in {"hits", "title_hits"}}
    return {**row, **excerpt, **spans}


def _pairs(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [list(span) for span in spans]
