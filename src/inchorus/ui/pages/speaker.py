"""What one speaker said: every statement in the order of time, with who carries it and which earlier one it repeats."""

from __future__ import annotations

import re
from typing import Any

from inchorus.errors import UsageError
from inchorus.evidence.statements import statements
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed
from inchorus.ui.times import spoken

ROWS = 100
DOTS = 3000
CARRIERS = 6  # documents that are named beside a statement


def speaker(reader: Reader, ask: Ask) -> Page:
    """The speaker `name`, only statements with the words `about`, in pages of 100; MissingError for nobody."""
    name, about = ask.exact("name"), ask.text("about")
    try:
        found = statements(reader.rows, name, about or None, 0, texts="texts")
    except UsageError as error:
        raise MissingError(error.what, fix=error.fix) from None
    rows = found["statements"]
    number = {row["quote_id"]: n for n, row in reversed(list(enumerate(rows, 1)))}
    pages = max(1, -(-len(rows) // ROWS))
    page = min(ask.number("page", 1), pages)
    for n, row in enumerate(rows, 1):
        row["n"], row["when"] = n, spoken(row["time"], row["time_precision"])
        row["repeats_n"] = number.get(row["repeats"]) if row["repeats"] else None
    shown = rows[(page - 1) * ROWS : page * ROWS]
    places = {n: _place(ask, n) for n in {row["repeats_n"] for row in shown if row["repeats_n"]}}
    data = {
        "name": found["speaker"],
        "also": found["also"],
        "about": about,
        "rows": [
            {
                **row,
                "pieces": _pieces(row["text"], about),
                "carriers": row["documents"][:CARRIERS],
                "documents_in_all": len(row["documents"]),
                "sources": len({document["source"] for document in row["documents"]}),
                "repeats_at": places.get(row["repeats_n"]),
            }
            for row in shown
        ],
        "total": len(rows),
        "direct": sum(row["direct"] for row in rows),
        "repeating": sum(row["repeats"] is not None for row in rows),
        "page": page,
        "pages": pages,
        "timeline": {"rows": [_dot(ask, row) for row in rows[:DOTS]], "what": "statement"},
        "left_out": max(0, len(rows) - DOTS),
    }
    columns = ("quote_id", "time", "time_precision", "text", "direct", "about", "documents", "repeats", "tp_id")
    table = [{name: row[name] for name in columns} for row in (rows if ask.whole else shown)]
    return Page(found["speaker"], "speaker.html", data, {"statements": headed(table, columns)})


def _place(ask: Ask, n: int) -> str:
    """The address of the statement with that number."""
    return f"{ask.to(page=(n - 1) // ROWS + 1)}#s-{n}"


def _dot(ask: Ask, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": row["documents"][0]["source"],
        "time": row["time"].isoformat() if row["time"] else None,
        "precision": row["time_precision"],
        "first": False,
        "tied": False,
        "href": _place(ask, row["n"]),
        "label": row["text"][:120],
    }


def _pieces(text: str, about: str) -> list[tuple[str, str]]:
    """The text with the words that it was asked for marked, each from its beginning to the end of the word there."""
    words = "|".join(re.escape(word) for word in sorted(about.split(), key=len, reverse=True))
    if not words:
        return [("same", text)]
    out, done = [], 0
    for found in re.finditer(rf"(?<!\w)(?:{words})\w*", text, re.IGNORECASE):
        out += [("same", text[done : found.start()]), ("only", found.group())]
        done = found.end()
    return [*out, ("same", text[done:])]
