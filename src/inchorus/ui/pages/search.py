"""Search over all wording and all documents: as one types, or by the form alone."""

from __future__ import annotations

from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

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
