"""One quotation: who is said to say it, where it stands, and each altered form beside the fullest, word for word."""

from __future__ import annotations

from typing import Any

from inchorus.errors import UsageError
from inchorus.evidence.quotations import one, said_by
from inchorus.text.differences import sides
from inchorus.ui.excerpt import folded
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.render import cut
from inchorus.ui.times import spoken

ROWS = 100
FORMS = 30  # altered forms that are set beside the fullest


def quotation(reader: Reader, ask: Ask) -> Page:
    """The quotation `id`, its places in pages of 100; MissingError for an id that there is not."""
    quote_id = ask.exact("id")
    try:
        found = one(reader.rows, quote_id)
    except UsageError as error:
        raise MissingError(error.what, fix="the page of quotations lists them") from None
    places = sorted(found["places"], key=lambda row: (row["time"] is None, row["time"] or 0, row["source"]))
    for n, row in enumerate(places, 1):
        row["n"], row["when"] = n, spoken(row["time"], row["time_precision"])
    forms = _forms(found["text"], found["places"])
    pages = max(1, -(-len(places) // ROWS))
    page = min(ask.number("page", 1), pages)
    points = dict.fromkeys(row["tp_id"] for row in places if row["tp_id"] is not None)
    speakers = found["speakers"]
    data = {
        "quote_id": found["quote_id"],
        "text": found["text"],
        "speakers": [row for row in speakers if row["n"]] or speakers[:1],
        "naming": sum(row["n"] for row in speakers),
        "said_by": said_by(found),
        "documents": len({row["doc_id"] for row in places}),
        "sources": len({row["source"] for row in places}),
        "unnamed": sum(row["speaker_name"] is None for row in places),
        "pooled": sum(row["speaker_from"] == "pool" for row in places),
        "points": list(points),
        "forms": forms[:FORMS],
        "forms_in_all": len(forms),
        "altered": sum(row["altered"] is not None for row in places),
        "places": places[(page - 1) * ROWS : page * ROWS],
        "timeline": _timeline(places, ask),
        "page": page,
        "pages": pages,
    }
    table = [{name: value for name, value in row.items() if name not in {"n", "when"}} for row in places]
    return Page(cut(found["text"], 70), "quotation.html", data, {"places": table})


def _forms(full: str, places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each altered form once, the gravest first as the places are: both sides in pieces, its classes, who has it."""
    forms: dict[str, dict[str, Any]] = {}
    for row in places:
        if not row["altered"]:
            continue
        form = forms.get(row["text"])
        if form is None:
            classes = list(dict.fromkeys(change["class"] for change in row["altered"]))
            form = forms[row["text"]] = {
                "text": row["text"],
                "classes": classes,
                "changes": row["altered"],
                "places": [],
            }
        form["places"].append({name: row[name] for name in ("doc_id", "source", "start", "when", "n", "speaker_name")})
    out = list(forms.values())
    for form in out[:FORMS]:
        left, right = sides(full, form["text"])
        form["left"], form["right"] = folded(left), folded(right)
    return out


def _timeline(places: list[dict[str, Any]], ask: Ask) -> dict[str, Any]:
    rows = [
        {
            "source": row["source"],
            "time": row["time"].isoformat() if row["time"] else None,
            "precision": row["time_precision"],
            "first": False,
            "tied": False,
            "href": f"{ask.to(page=(row['n'] - 1) // ROWS + 1)}#p-{row['n']}",
            "label": " · ".join(filter(None, [row["speaker_name"], "altered" if row["altered"] else ""])),
        }
        for row in places
    ]
    return {"rows": rows, "what": "place"}
