"""One talking point: who was first, two passages side by side, when, how the wording changed, every passage."""

from __future__ import annotations

from typing import Any

from inchorus.evidence.places import add_places
from inchorus.evidence.quotations import of_point, said_by
from inchorus.evidence.variations import variations
from inchorus.evidence.wordings import wordings
from inchorus.ui.evidence import evidence
from inchorus.ui.page import Ask, Page
from inchorus.ui.passages import add_context, described, in_order, of_source
from inchorus.ui.reader import Reader
from inchorus.ui.render import cut

PER_PAGE = 50
QUOTATIONS = 10
CHOICES = 300  # sources that one can choose from a list; the passages below have them all


def point(reader: Reader, ask: Ask) -> Page:
    """The talking point `id`, the passages `left` and `right` beside each other, those of `source` below."""
    tp_id = ask.exact("id")
    left, right, source = (_given(ask, name) for name in ("left", "right", "source"))
    page = ask.number("page", 1)
    found = evidence(reader, tp_id, left=left, right=right, source=source, page=page, per_page=PER_PAGE)
    # Only what the page reads: whatever else an address holds would stand in thousands of rows.
    here = Ask(ask.path, (("id", tp_id), ("left", left), ("right", right)))
    for n, row in enumerate(found["timeline"]["rows"]):
        row["href"] = row["href"] or f"{here.to(page=n // PER_PAGE + 1)}#p-{n + 1}"
    kept = {name: value for name, value in (("source", source), ("page", str(page) if page > 1 else "")) if value}
    held: dict[str, Any] = {"quotations": [], "of": 0}
    if reader.has("quotations"):
        held = of_point(reader.rows, tp_id, QUOTATIONS)
    for row in held["quotations"]:
        row["said_by"] = said_by(row)
    data = {
        "evidence": found, "kept": kept, "chosen": bool(left or right), "choices": _choices(found), "held": held,
        "of_all": reader.count("talking_points"),
    }  # fmt: skip
    tables = _tables(reader, tp_id, source, found) if ask.whole else {"passages": [], "wordings": [], "sources": []}
    if found["variations"]:
        tables["variations"] = _of_frame(reader, found["point"]) if ask.whole else []
    return Page(cut(found["point"]["quote"], 70), "point.html", data, tables)


def _given(ask: Ask, name: str) -> str:
    """The last value of that name as it is; nothing without one."""
    return next((value for key, value in reversed(ask.query) if key == name), "")


def _choices(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The passages that a list offers for either side: the earliest of each source, and those that are shown."""
    rows = [
        {"key": r["key"], "source": r["source"], "when": r["when"], "n": r["n"]} for r in found["sources"][:CHOICES]
    ]
    for pair in found["comparisons"]:
        for side in (pair["left"], pair["right"]):
            if side["key"] not in {row["key"] for row in rows}:
                rows.append({name: side[name] for name in ("key", "source", "when", "n")})
    return sorted(rows, key=lambda row: row["n"])


def _of_frame(reader: Reader, point: dict[str, Any]) -> list[dict[str, Any]]:
    """All talking points of the same frame, with what stands in their slots."""
    found = variations(reader.rows, point)
    names = ("tp_id", "text", "label", "n_sources", "n_documents", "first_time", "last_time", "first_sources")
    return [
        {
            **{name: row[name] for name in names},
            "slots": [text.strip() for op, text in row["pieces"] if op == "slot"],
            "instead_of": row["instead_of"],
        }
        for row in (found["rows"] if found else ())
    ]


def _tables(reader: Reader, tp_id: str, source: str, found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    passages = in_order(reader, tp_id)
    rows = described(of_source(passages, source) if source else passages, passages)
    texts = reader.texts(sorted({row["doc_id"] for row in rows}))
    add_context(rows, texts, 160)
    add_places(reader.rows, rows)
    columns = (
        "n", "source", "time", "time_precision", "doc_id", "title", "url", "moment", "page", "start", "end",
        "is_first", "similarity", "variant_id", "copied_from", "before", "text", "after",
    )  # fmt: skip
    return {
        "passages": [{name: row[name] for name in columns} for row in rows],
        "wordings": wordings(reader.arrow, tp_id),
        "sources": [
            {name: row[name] for name in ("source", "time", "time_precision", "is_first", "passages", "key")}
            for row in found["sources"]
        ],
    }
