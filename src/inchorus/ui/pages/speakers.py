"""Everybody who is said to have said something."""

from __future__ import annotations

from inchorus.evidence.statements import speakers as of_study
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

ROWS = 100


def speakers(reader: Reader, ask: Ask) -> Page:
    """The speakers whose names have the words `name`, those with the most statements first, in pages of 100."""
    if ask.whole and not reader.has("quotations"):  # an empty table would say that there are none
        raise MissingError("quotations have not been looked for", fix=f"run: inchorus quotes {reader.study.path.name}")
    name = ask.text("name")
    rows = of_study(reader.rows, name, texts="texts")
    pages = max(1, -(-len(rows) // ROWS))
    page = min(ask.number("page", 1), pages)
    shown = rows[(page - 1) * ROWS : page * ROWS]
    data = {
        "rows": shown,
        "total": len(rows),
        "page": page,
        "pages": pages,
        "name": name,
        "has_quotations": reader.has("quotations"),
        "run": f"inchorus quotes {reader.study.path.name}",
    }
    columns = ("name", "statements", "documents", "first_time", "last_time")
    return Page("Speakers", "speakers.html", data, {"speakers": headed(rows if ask.whole else shown, columns)})
