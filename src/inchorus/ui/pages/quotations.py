"""The direct quotations that most repeat, with who says them and how many places have other words."""

from __future__ import annotations

from typing import Any

from inchorus.evidence.alterations import ALTERED
from inchorus.evidence.quotations import SORTS, listing, repeated, said_by
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

ROWS = 50
_COLUMNS = (
    "quote_id", "text", "n_documents", "n_sources", "first_time", "last_time", "n_altered", "tp_id", "speakers",
)  # fmt: skip


def quotations(reader: Reader, ask: Ask) -> Page:
    """Those with the words `q`, only altered ones if `altered` is 1, in pages of 50; and every change as a table."""
    sort, words = ask.choice("sort", tuple(SORTS), "sources"), ask.text("q")
    altered, page = ask.text("altered") == "1", ask.number("page", 1)
    wanted = ask.text("table") if ask.whole else ""
    found: dict[str, Any] = {"quotations": [], "of": 0}
    has = reader.has("quotations")
    if ask.whole and not has:  # an empty table would say that there are none
        raise MissingError("quotations have not been looked for", fix=f"run: inchorus quotes {reader.study.path.name}")
    if has and wanted != "altered":
        listed = reader.made("listed_quotations", listing())
        rows = 0 if ask.whole else ROWS
        found = repeated(
            reader.rows, words or None, rows, offset=(page - 1) * ROWS, sort=sort, altered=altered, listed=listed
        )
    for row in found["quotations"]:
        row["said_by"] = said_by(row)
    data = {
        "rows": found["quotations"],
        "total": found["of"],
        "page": page,
        "pages": max(1, -(-found["of"] // ROWS)),
        "sort": sort,
        "columns": {name: {"to": ask.to(sort=name), "now": _WAYS[name] if name == sort else None} for name in SORTS},
        "q": words,
        "altered": altered,
        "has_quotations": has,
        "run": f"inchorus quotes {reader.study.path.name}",
    }
    changes = reader.arrow(ALTERED) if has and wanted == "altered" else []
    return Page(
        "Quotations", "quotations.html", data, {"quotations": headed(found["quotations"], _COLUMNS), "altered": changes}
    )


_WAYS = {"sources": "descending", "altered": "descending", "first": "ascending", "last": "descending"}
