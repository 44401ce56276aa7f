"""All sources: what each published, shares and had first, and the groups that ties bind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.declared import declared
from inchorus.evidence.groups import group_lines, groups, main_kind
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.sources import listed
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader

ROWS = 100
GROUPS = 5
LINES = 3  # of a group
SORTS = ("source", "documents", "talking_points", "lines_first", "first_time", "last_time", "ties", "group_id")
UPWARDS = {"source", "first_time", "group_id"}  # the others begin with their greatest value
DECLARED = "declared:"  # before a column's name in the address
_MANY = 60  # values of a column that are still offered as a list


def sources(reader: Reader, ask: Ask) -> Page:
    """A row for each source, filtered, sorted and in pages of 100; and the groups, five at a time."""
    said = declared(reader.rows)
    wanted = {c: ask.exact(DECLARED + c) for c in said if ask.text(DECLARED + c)}
    name, sort = ask.text("name"), ask.choice("sort", SORTS, "documents")
    rows = [
        row
        for row in _rows(reader, said)
        if name.casefold() in row["source"].casefold() and all(row["declared"].get(c) == v for c, v in wanted.items())
    ]
    found = _groups(reader, ask)
    rows.sort(key=lambda row: row["source"])
    if sort != "source":
        down = sort not in UPWARDS
        known = [row for row in rows if row[sort] is not None]
        known.sort(key=lambda row: found["places"][row[sort]] if sort == "group_id" else row[sort], reverse=down)
        rows = known + [row for row in rows if row[sort] is None]
    total, pages = len(rows), max(1, -(-len(rows) // ROWS))
    page = min(ask.number("page", 1), pages)
    shown = rows if ask.whole else rows[(page - 1) * ROWS : page * ROWS]
    data = {
        "rows": shown,
        "total": total,
        "page": page,
        "pages": pages,
        "sort": sort,
        "columns": _columns(ask, sort),
        "name": name,
        "wanted": wanted,
        "declared": list(said),
        "choices": {c: sorted(set(v.values())) for c, v in said.items() if len(set(v.values())) <= _MANY},
        "has_ties": reader.has("ties"),
        "run": f"inchorus ties {reader.study.path.name}",
        **found,
    }
    members = [
        {"group_id": g["group_id"], "kind": g["kind"], **member} for g in found["groups"] for member in g["members"]
    ]
    flat = [{**row, **{DECLARED + c: row["declared"].get(c) for c in said}} for row in shown]
    flat = [{k: v for k, v in row.items() if k != "declared"} for row in flat]
    return Page("Sources", "sources.html", data, {"sources": flat, "groups": members})


def _columns(ask: Ask, sort: str) -> dict[str, dict[str, str | None]]:
    """For each column that sorts: the address that sorts by it, and how it sorts now."""
    way = {name: "ascending" if name in UPWARDS else "descending" for name in SORTS}
    return {name: {"to": ask.to(sort=name), "now": way[name] if name == sort else None} for name in SORTS}


def _rows(reader: Reader, said: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    rows = listed(reader.rows, main_kind(reader.rows))
    for row in rows:
        row["declared"] = {column: values[row["source"]] for column, values in said.items() if row["source"] in values}
    return rows


def group_places(every: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """By id: the number of each group in the list of all, from 1, and the page of the list that has it."""
    return {group["group_id"]: (n + 1, n // GROUPS + 1) for n, group in enumerate(every)}


def _groups(reader: Reader, ask: Ask) -> dict[str, Any]:
    every = groups(reader.rows)
    places = group_places(every)
    pages = max(1, -(-len(every) // GROUPS))
    page = min(ask.number("groups", 1), pages)
    chosen = every if ask.whole else every[(page - 1) * GROUPS : page * GROUPS]
    if not ask.whole:
        members = {g["group_id"]: [m["source"] for m in g["members"]] for g in chosen}
        lines = group_lines(reader.rows, members, LINES)
        add_quotes([line for some in lines.values() for line in some], reader.rows, reader.texts)
        chosen = [{**g, "lines": lines[g["group_id"]]} for g in chosen]
    for group in chosen:
        group["n"] = places[group["group_id"]][0]
        group["members"] = sorted(group["members"], key=lambda m: (-m["strength"], m["source"]))
    return {"groups": chosen, "places": places, "groups_total": len(every), "groups_page": page, "groups_pages": pages}
