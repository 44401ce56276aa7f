"""Sources: who there is, what each published and shares, how much of its texts others have too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Query
from inchorus.evidence.firsts import AMONG, LINE, SURELY
from inchorus.thresholds import LEVEL

_LISTED = f"""
WITH published AS (
    SELECT source, count(*) AS documents, min(time) AS first_time, max(time) AS last_time
    FROM documents GROUP BY source),
used AS (
    SELECT source, count(*) AS talking_points
    FROM (SELECT DISTINCT source, tp_id FROM passages) GROUP BY source),
led AS (
    SELECT first_sources[1] AS source, count(*) AS lines_first
    FROM talking_points t WHERE label = '{LINE}' AND {SURELY} GROUP BY ALL),
tied AS (
    SELECT source, count(DISTINCT other) AS ties FROM (
        SELECT source_a AS source, source_b AS other FROM ties WHERE q_value <= $1
        UNION ALL SELECT source_b, source_a FROM ties WHERE q_value <= $1) GROUP BY source),
grouped AS (SELECT source, group_id FROM groups WHERE kind = $2)
SELECT source, documents, coalesce(talking_points, 0) AS talking_points, coalesce(lines_first, 0) AS lines_first,
    first_time, last_time, coalesce(ties, 0) AS ties, group_id
FROM published LEFT JOIN used USING (source) LEFT JOIN led USING (source) LEFT JOIN tied USING (source)
    LEFT JOIN grouped USING (source)
"""  # noqa: S608 - of constants
_LABELS = f"""
WITH mine AS (SELECT tp_id, bool_or(is_first) AS is_first FROM passages WHERE source = $1 GROUP BY tp_id)
SELECT t.label, count(*) AS talking_points,
    count(*) FILTER (m.is_first AND {SURELY}) AS "first",
    count(*) FILTER (m.is_first AND {AMONG}) AS first_shared
FROM mine m JOIN talking_points t USING (tp_id) GROUP BY t.label
"""  # noqa: S608 - of constants
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
_COVERED = """
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
_NODES = """
SELECT d.*, coalesce(p.passages, 0) AS passages, coalesce(p.points, 0) AS points, coalesce(p.lines, 0) AS lines
FROM (SELECT source, count(*) AS documents, min(time) AS first_time, max(time) AS last_time
      FROM documents GROUP BY source) d
LEFT JOIN (SELECT source, count(*) AS passages, count(DISTINCT tp_id) AS points,
                  count(DISTINCT tp_id) FILTER (label = 'line') AS lines
           FROM passages JOIN (SELECT tp_id, label FROM talking_points) USING (tp_id) GROUP BY source) p
USING (source) ORDER BY source
"""


def names(rows: Query) -> list[str]:
    """All sources, sorted."""
    return [row["source"] for row in rows("SELECT DISTINCT source FROM documents ORDER BY source", [])]


def listed(rows: Query, group_kind: str) -> list[dict[str, Any]]:
    """By source: what it published, used and had first, with how many it is tied, and its group of that kind.

    In no order.
    """
    return rows(_LISTED, [LEVEL, group_kind])


def described(rows: Query) -> list[dict[str, Any]]:
    """The sources in the order of their names: documents, times, passages, talking points and lines of each."""
    return rows(_NODES, [])


def documents_by(rows: Query) -> list[dict[str, Any]]:
    """How many documents, `n`, each `source` has, in the order of their names."""
    return rows("SELECT source, count(*) AS n FROM documents GROUP BY source ORDER BY source", [])


def most_active(rows: Query, limit: int) -> list[str]:
    """The sources that have most documents."""
    asked = "SELECT source FROM documents GROUP BY source ORDER BY count(*) DESC, source LIMIT ?"
    return [row["source"] for row in rows(asked, [limit])]


def most_sharing(rows: Query, limit: int) -> list[dict[str, Any]]:
    """The sources that use most talking points, `n` of them."""
    return rows(
        "SELECT source, count(DISTINCT tp_id) AS n FROM passages GROUP BY source ORDER BY n DESC, source LIMIT ?",
        [limit],
    )


def published(rows: Query, some: Sequence[str]) -> dict[str, dict[str, Any]]:
    """How many documents each of `some` sources published, how many with a time, and from when to when."""
    found = rows(
        "SELECT source, count(*) AS documents, count(time) AS timed, min(time) AS first_time, max(time) AS last_time"
        " FROM documents WHERE source IN (SELECT unnest($1::VARCHAR[])) GROUP BY source",
        [list(some)],
    )
    return {row["source"]: row for row in found}


def labels_of(rows: Query, name: str) -> list[dict[str, Any]]:
    """By label: how many talking points a source uses, and how many it had first, alone and with others."""
    return rows(_LABELS, [name])


def lines_of(rows: Query, name: str, limit: int) -> list[dict[str, Any]]:
    """The lines that a source uses, by their rank, with the place of its earliest passage of each."""
    return rows(_LINES, [name, limit])


def covered(rows: Query, name: str) -> list[dict[str, Any]]:
    """The characters of each document of a source that lie in passages, each counted once.

    A row for all passages of a document, without a label, and one for those of each label.
    """
    return rows(_COVERED, [name])


def documents_of(rows: Query, name: str) -> list[dict[str, Any]]:
    """The documents of a source, newest first."""
    return rows(
        "SELECT doc_id, time, time_precision, title, url FROM documents WHERE source = ?"
        " ORDER BY time DESC NULLS LAST, doc_id",
        [name],
    )


def partners(rows: Query, name: str) -> dict[str, Any]:
    """With how many other sources one shares something, `partners`, and how many `others` there are."""
    (row,) = rows(
        "SELECT (SELECT count(DISTINCT CASE WHEN source_a = $1 THEN source_b ELSE source_a END) FROM ties"
        " WHERE $1 IN (source_a, source_b)) AS partners,"
        " (SELECT count(DISTINCT source) - 1 FROM documents) AS others",
        [name],
    )
    return row
