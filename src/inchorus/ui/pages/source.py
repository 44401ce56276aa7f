"""One source: its lines, what it shares with others, its ties, its documents."""

from __future__ import annotations

from typing import Any

from inchorus.errors import nearest
from inchorus.evidence.activity import activity
from inchorus.evidence.declared import declared
from inchorus.evidence.groups import groups, groups_of
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.sources import covered, documents_of, labels_of, lines_of, names, partners, published
from inchorus.evidence.ties import ties_of
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.pages.sources import group_places
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

LINES = 20
TIES = 20
DOCUMENTS = 50
BEGINNING = 160
SORTS = ("newest", "shared")
# Upper ends of the shares of a text that are counted together, and how they are called.
BANDS = ((0.0, "nothing"), (0.1, "up to a tenth"), (0.5, "a tenth to a half"), (0.9, "a half to nine tenths"),
         (1.0, "more than nine tenths"))  # fmt: skip


def source(reader: Reader, ask: Ask) -> Page:
    """A source by its name; MissingError for a name that the study lacks."""
    name = ask.exact("name")
    head = published(reader.rows, [name]).get(name)
    if head is None:
        raise MissingError(f"no document is by the source {name!r}", fix=nearest(name, names(reader.rows)))
    del head["source"]
    points = labels_of(reader.rows, name)
    of_lines = next((row for row in points if row["label"] == "line"), {})
    texts = reader.beginnings(name, BEGINNING)
    inside = covered(reader.rows, name)
    documents = _documents(reader, name, texts, inside)
    sort = ask.choice("sort", SORTS, "newest")
    if sort == "shared":
        documents.sort(key=lambda row: -row["share"])
    pages = max(1, -(-len(documents) // DOCUMENTS))
    page = min(ask.number("page", 1), pages)
    shown = documents if ask.whole else documents[(page - 1) * DOCUMENTS : page * DOCUMENTS]
    ties = _ties(reader, name)
    lines = lines_of(reader.rows, name, 1 << 40 if ask.whole else LINES)
    if not ask.whole:
        add_quotes(lines, reader.rows, reader.texts)
    data = {
        "name": name,
        **head,
        "declared": {column: values[name] for column, values in declared(reader.rows).items() if name in values},
        "talking_points": sum(row["talking_points"] for row in points),
        "lines_total": of_lines.get("talking_points", 0),
        "lines_first": of_lines.get("first", 0),
        "lines_first_shared": of_lines.get("first_shared", 0),
        "lines": lines,
        "share": _share(texts, inside, points),
        "bands": _bands(documents),
        "ties_total": len(ties),
        "tied_with": len({row["other"] for row in ties}),
        "ties": ties if ask.whole else ties[:TIES],
        **partners(reader.rows, name),
        "groups": _groups(reader, name),
        "over_time": activity(reader.rows, head["first_time"], head["last_time"], name),
        "documents_shown": [{**row, "beginning": texts[row["doc_id"]]["beginning"]} for row in shown],
        "page": page,
        "pages": pages,
        "sort": sort,
        "has_ties": reader.has("ties"),
        "run": f"inchorus ties {reader.study.path.name}",
    }
    tables = {
        "lines": data["lines"],
        "labels": data["share"]["labels"],
        "shares": data["bands"],
        "ties": data["ties"],
        "over_time": headed(data["over_time"]["rows"], ("time", "documents", "passages")),
        "documents": shown,
    }
    return Page(name, "source.html", data, tables)


def _documents(
    reader: Reader, name: str, texts: dict[str, dict[str, Any]], covered: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The documents of the source, newest first, with how much of each lies in passages."""
    rows = documents_of(reader.rows, name)
    inside = {row["doc_id"]: row for row in covered if row["label"] is None}
    for row in rows:
        found = inside.get(row["doc_id"], {"passages": 0, "characters": 0})
        row["passages"] = found["passages"]
        row["characters"] = texts[row["doc_id"]]["characters"]
        row["share"] = _part(found["characters"], row["characters"])
    return rows


def _share(
    texts: dict[str, dict[str, Any]], covered: list[dict[str, Any]], points: list[dict[str, Any]]
) -> dict[str, Any]:
    """The share of all characters of the source that lie in passages, and of each label; labels may overlap."""
    total = sum(row["characters"] for row in texts.values())
    inside: dict[str | None, int] = {}
    for row in covered:
        inside[row["label"]] = inside.get(row["label"], 0) + row["characters"]
    labels: list[dict[str, Any]] = [
        {"label": label, "talking_points": n, "share": _part(inside.get(label, 0), total)}
        for label, n in ((row["label"], row["talking_points"]) for row in points)
    ]
    labels.sort(key=lambda row: (-row["share"], row["label"]))
    return {"characters": total, "all": _part(inside.get(None, 0), total), "labels": labels}


def _bands(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many documents share so much of their text."""
    counts = [0] * len(BANDS)
    for row in documents:
        counts[next(i for i, (top, _) in enumerate(BANDS) if row["share"] <= top)] += 1
    return [{"band": name, "documents": n} for (_, name), n in zip(BANDS, counts, strict=True)]


def _part(inside: int, total: int) -> float:
    return min(1.0, inside / total) if total else 0.0


def _ties(reader: Reader, name: str) -> list[dict[str, Any]]:
    rows = ties_of(reader.rows, name)
    for row in rows:
        mine, theirs = ("first_a", "first_b") if row["source_a"] == name else ("first_b", "first_a")
        row["other"] = row["source_b"] if row["source_a"] == name else row["source_a"]
        row["first_this"], row["first_other"] = row[mine], row[theirs]
    return rows


def _groups(reader: Reader, name: str) -> list[dict[str, Any]]:
    """The groups that the source belongs to, its own figures, all members, and where it is listed."""
    places = group_places(groups(reader.rows))
    return [{**row, "place": places[row["group_id"]]} for row in groups_of(reader.rows, name)]
