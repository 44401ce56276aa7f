"""One source: its lines, what it shares with others, its ties, its documents."""

from __future__ import annotations

from typing import Any

from inchorus.engine.duckdb import literal
from inchorus.errors import nearest
from inchorus.evidence.declared import declared
from inchorus.evidence.groups import groups
from inchorus.evidence.quotes import add_quotes
from inchorus.thresholds import LEVEL
from inchorus.ui.activity import activity
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

_POINTS = """
WITH mine AS (SELECT tp_id, bool_or(is_first) AS is_first FROM passages WHERE source = $1 GROUP BY tp_id)
SELECT t.label, count(*) AS talking_points,
    count(*) FILTER (m.is_first AND len(t.first_sources) = 1) AS "first",
    count(*) FILTER (m.is_first AND len(t.first_sources) > 1) AS first_shared
FROM mine m JOIN talking_points t USING (tp_id) GROUP BY t.label
"""
_LINES = """
WITH mine AS MATERIALIZED (
    SELECT t.rank, t.tp_id, t.text, t.label, t.n_sources, len(t.first_sources) AS firsts FROM talking_points t
    WHERE t.label = 'line' AND t.tp_id IN (SELECT tp_id FROM passages WHERE source = $1) ORDER BY t.rank LIMIT $2),
used AS (
    SELECT tp_id, bool_or(is_first) AS is_first, min(time) AS time,
        arg_min({'doc': doc_id, 'start': start}, (time IS NULL, time, doc_id, start)) AS at
    FROM passages WHERE source = $1 AND tp_id IN (SELECT tp_id FROM mine) GROUP BY tp_id)
SELECT m.rank, m.tp_id, m.text, m.label, m.n_sources, u.is_first, m.firsts, u.time, u.at.doc AS doc_id,
    u.at.start AS start
FROM mine m JOIN used u USING (tp_id) ORDER BY m.rank
"""
# The characters of each document that lie in passages, each counted once: of all passages, and of those of a label.
COVERED = """
SELECT doc_id, label, count(*) AS passages, sum(greatest(0, "end" - greatest(start, before)))::BIGINT AS characters
FROM (
    SELECT p.doc_id, p.start, p."end", l.label,
        coalesce(max(p."end") OVER (
            PARTITION BY p.doc_id, l.label ORDER BY p.start, p."end" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS before
    FROM passages p JOIN talking_points t USING (tp_id), unnest([t.label, NULL]) AS l(label)
    WHERE p.source = $1)
GROUP BY doc_id, label
"""
_TEXTS = (
    "SELECT doc_id, length(text) AS characters, left(text, $3) AS beginning"
    " FROM read_parquet($1, hive_partitioning = false) WHERE source = $2"
)


def source(reader: Reader, ask: Ask) -> Page:
    """A source by its name; MissingError for a name that the study lacks."""
    name = ask.exact("name")
    head = reader.rows(
        "SELECT count(*) AS documents, count(time) AS timed, min(time) AS first_time, max(time) AS last_time"
        " FROM documents WHERE source = ?",
        [name],
    )[0]
    if not head["documents"]:
        known = [row["source"] for row in reader.rows("SELECT DISTINCT source FROM documents")]
        raise MissingError(f"no document is by the source {name!r}", fix=nearest(name, known))
    points = reader.rows(_POINTS, [name])
    of_lines = next((row for row in points if row["label"] == "line"), {})
    texts = {
        row["doc_id"]: row for row in reader.rows(_TEXTS, [literal(reader.study.file("documents")), name, BEGINNING])
    }
    covered = reader.rows(COVERED, [name])
    documents = _documents(reader, name, texts, covered)
    sort = ask.choice("sort", SORTS, "newest")
    if sort == "shared":
        documents.sort(key=lambda row: -row["share"])
    pages = max(1, -(-len(documents) // DOCUMENTS))
    page = min(ask.number("page", 1), pages)
    shown = documents if ask.whole else documents[(page - 1) * DOCUMENTS : page * DOCUMENTS]
    ties = _ties(reader, name)
    lines = reader.rows(_LINES, [name, 1 << 40 if ask.whole else LINES])
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
        "share": _share(texts, covered, points),
        "bands": _bands(documents),
        "ties_total": len(ties),
        "tied_with": len({row["other"] for row in ties}),
        "ties": ties if ask.whole else ties[:TIES],
        **_partners(reader, name),
        "groups": _groups(reader, name),
        "over_time": activity(reader, head["first_time"], head["last_time"], name),
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
    rows = reader.rows(
        "SELECT doc_id, time, time_precision, title, url FROM documents WHERE source = ?"
        " ORDER BY time DESC NULLS LAST, doc_id",
        [name],
    )
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
    rows = reader.rows(
        "SELECT * FROM ties WHERE q_value <= $2 AND $1 IN (source_a, source_b)"
        " ORDER BY q_value, p_value, observed DESC, source_a, source_b, kind",
        [name, LEVEL],
    )
    for row in rows:
        mine, theirs = ("first_a", "first_b") if row["source_a"] == name else ("first_b", "first_a")
        row["other"] = row["source_b"] if row["source_a"] == name else row["source_a"]
        row["first_this"], row["first_other"] = row[mine], row[theirs]
    return rows


def _partners(reader: Reader, name: str) -> dict[str, int]:
    """With how many other sources it shares something, and how many others there are."""
    (row,) = reader.rows(
        "SELECT (SELECT count(DISTINCT CASE WHEN source_a = $1 THEN source_b ELSE source_a END) FROM ties"
        " WHERE $1 IN (source_a, source_b)) AS partners,"
        " (SELECT count(DISTINCT source) - 1 FROM documents) AS others",
        [name],
    )
    return {"partners": row["partners"], "others": row["others"]}


def _groups(reader: Reader, name: str) -> list[dict[str, Any]]:
    """The groups that the source belongs to, its own figures, all members, and where it is listed."""
    places = group_places(groups(reader.rows))
    rows = reader.rows(
        "SELECT g.group_id, g.kind, max(g.strength) FILTER (g.source = $1) AS strength,"
        " max(g.stability) FILTER (g.source = $1) AS stability, list(g.source ORDER BY g.source) AS members"
        " FROM groups g WHERE g.group_id IN (SELECT group_id FROM groups WHERE source = $1)"
        " GROUP BY g.group_id, g.kind ORDER BY kind = 'all' DESC, kind = 'wording' DESC, kind",
        [name],
    )
    return [{**row, "place": places[row["group_id"]]} for row in rows]
