"""What a tie rests on: the wording that two sources share, the rarest first."""

from __future__ import annotations

from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.study import Study

_SHARED = """
WITH a AS (SELECT tp_id, arg_min(doc_id, (time IS NULL, time, doc_id)) AS doc_a, min(time) AS time_a
        FROM passages WHERE source = $1 GROUP BY tp_id),
    b AS (SELECT tp_id, arg_min(doc_id, (time IS NULL, time, doc_id)) AS doc_b, min(time) AS time_b
        FROM passages WHERE source = $2 GROUP BY tp_id)
SELECT t.tp_id, t.text, t.words, t.label, t.n_sources, a.doc_a, a.time_a, b.doc_b, b.time_b
FROM talking_points t JOIN a USING (tp_id) JOIN b USING (tp_id)
WHERE NOT list_contains($3, t.label)
ORDER BY t.n_sources, t.words DESC, t.tp_id
LIMIT $4
"""


def shared(study: Study, a: str, b: str, without: list[str], limit: int) -> list[dict[str, Any]]:
    """Talking points that both sources use, with the first document of each; the rarest and longest first."""
    rows: list[dict[str, Any]] = study.sql(_SHARED, [a, b, without, limit or 1 << 40]).to_pylist()
    return rows


_LINES = """
SELECT t.tp_id, t.text, t.words, t.n_sources, count(DISTINCT p.source) AS members
FROM talking_points t JOIN passages p USING (tp_id)
WHERE list_contains($1, p.source) AND NOT list_contains($2, t.label)
GROUP BY t.tp_id, t.text, t.words, t.n_sources HAVING members >= 2
ORDER BY members * members / t.n_sources DESC, t.words DESC, t.tp_id LIMIT $3
"""
_DAYS = """
SELECT count(DISTINCT p.time::DATE) AS days, min(p.time) AS first, max(p.time) AS last
FROM passages p JOIN talking_points t USING (tp_id)
WHERE list_contains($1, p.source) AND NOT list_contains($2, t.label) AND p.tp_id IN (
    SELECT tp_id FROM passages WHERE list_contains($1, source) GROUP BY tp_id HAVING count(DISTINCT source) >= 2)
"""


def of_group(study: Study, members: list[str], without: list[str], limit: int) -> dict[str, Any]:
    """The lines that hold a group together, and the days on which its members used lines they share."""
    lines = study.sql(_LINES, [members, without, limit]).to_pylist()
    (days,) = study.sql(_DAYS, [members, without]).to_pylist()
    return {"lines": lines, **days}


def tie_rows(study: Study, source: str | None, limit: int, without: list[str]) -> list[dict[str, Any]]:
    """The ties, of one source if it is named, strongest first, each with the rarest lines behind it."""
    where, parameters = "q_value <= 0.05", []
    if source is not None:
        known = study.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
        if source not in known:
            raise UsageError(f"no document is by the source {source!r}", fix=nearest(source, known))
        where, parameters = f"{where} AND $1 IN (source_a, source_b)", [source]
    rows: list[dict[str, Any]] = study.sql(
        f"SELECT * FROM ties WHERE {where} ORDER BY q_value, p_value, observed DESC, source_a, source_b"  # noqa: S608
        + (f" LIMIT {limit}" if limit else ""),
        parameters,
    ).to_pylist()
    for row in rows:
        row["lines"] = shared(study, row["source_a"], row["source_b"], without, 2)
    return rows


def group_rows(study: Study, source: str | None, without: list[str]) -> list[dict[str, Any]]:
    """The groups, largest first, with members; the first ten with their lines and active days."""
    out: dict[str, dict[str, Any]] = {}
    for row in study.table("groups").arrow().to_pylist():
        group = out.setdefault(row["group_id"], {"group_id": row["group_id"], "kind": row["kind"], "members": []})
        group["members"].append({k: row[k] for k in ("source", "strength", "stability")})
    chosen = [g for g in out.values() if source is None or source in {x["source"] for x in g["members"]}]
    for group in chosen[:10]:
        group.update(of_group(study, [x["source"] for x in group["members"]], without, 3))
    return chosen


def of_pair(study: Study, pair: tuple[str, str], without: list[str], limit: int) -> dict[str, Any]:
    """The rows of ties of two sources, of any kind, and what they share; UsageError for a name that is not there."""
    known = study.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    for name in pair:
        if name not in known:
            raise UsageError(f"no document is by the source {name!r}", fix=nearest(name, known))
    a, b = sorted(pair)
    rows = study.sql(
        "SELECT * FROM ties WHERE source_a = ? AND source_b = ? ORDER BY kind = 'wording' DESC, kind", [a, b]
    )
    return {"pair": rows.to_pylist(), "shared": shared(study, a, b, without, limit)}
