"""Search over all wording and all documents: as one types, or by the form alone."""

from __future__ import annotations

from typing import Any

from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

BOTH, ONE = 10, 20  # results of a section on the page of both, and on its own
MOST_IN_FILE = 5000  # rows of a CSV file: cutting an excerpt takes about 0.3 ms
_SECTIONS = ("wording", "documents")
MEANING = "meaning"  # a page of its own: a model takes too long for every letter that is typed


def search(reader: Reader, ask: Ask) -> Page:
    """What matches `q`: some talking points and some documents, or one page of those that `in` names.

    With a model, `in` may be `meaning`: the sentences that it has nearest.
    """
    q = ask.exact("q", "")
    only = ask.choice("in", (*_SECTIONS, MEANING) if reader.has_model else _SECTIONS, "")
    by_meaning = only == MEANING
    only = "" if by_meaning else only
    counts = {"wording": reader.count("talking_points"), "documents": reader.count("documents")}
    if ask.whole:
        chosen, size, page = ask.choice("table", _SECTIONS, only or "wording"), MOST_IN_FILE, 1
    else:
        chosen, size, page = only, ONE if only else BOTH, ask.number("page", 1) if only else 1
    first = (page - 1) * size
    most = {name: size if chosen in {"", name} else 0 for name in _SECTIONS}
    answer = reader.search().answer(q, first, first, most["wording"], most["documents"])
    from inchorus.search.rows import columns, section  # has been imported by Reader.search

    sections = {
        "wording": section(answer.wording, first),
        "documents": section(answer.documents, first),
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
        "has_model": reader.has_model,
        "by_meaning": by_meaning,
        "meaning": _meant(reader, q) if by_meaning and not ask.whole else None,
        "size": size,
        "most_in_file": MOST_IN_FILE,
        **sections,
    }
    tables = {
        name: headed(s["found"] if s else [], names)
        for (name, s), names in zip(sections.items(), columns(), strict=True)
    }
    title = f"{q.strip()[:60]} · Search" if q.strip() else "Search"
    return Page(title, "search.html", data, tables)


def _meant(reader: Reader, q: str) -> dict[str, Any] | None:
    """What a model has near; None as long as the documents are being indexed."""
    meaning = reader.meaning()
    if meaning is None:
        return None
    from inchorus.check.meant import near_rows

    return near_rows(meaning, q)
