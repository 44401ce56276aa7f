"""Groups of sources: their members, the lines that hold them together, the days on which they used these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query

# The occasions of wording, as the test counted them, on which two members of a group met.
_MET = """
WITH members AS (SELECT unnest($1::VARCHAR[]) AS group_id, unnest($2::VARCHAR[]) AS source),
met AS (
    SELECT group_id, o.* FROM occasions o JOIN members a ON a.source = source_a JOIN members b USING (group_id)
    WHERE b.source = source_b AND o.kind = 'wording' AND o.counted)
"""
_LINES = f"""{_MET},
held AS (SELECT group_id, source_a, source_b, unnest(shared) AS tp_id FROM met),
used AS (
    SELECT group_id, tp_id, count(DISTINCT source) AS members
    FROM (SELECT group_id, tp_id, unnest([source_a, source_b]) AS source FROM held) GROUP BY ALL)
SELECT u.group_id, t.tp_id, t.text, t.words, t.n_sources, u.members FROM used u JOIN talking_points t USING (tp_id)
QUALIFY row_number() OVER (
    PARTITION BY u.group_id ORDER BY u.members * u.members / t.n_sources DESC, t.words DESC, t.tp_id) <= $3
ORDER BY u.group_id, u.members * u.members / t.n_sources DESC, t.words DESC, t.tp_id
"""  # noqa: S608 - of constants
_DAYS = f"""{_MET}
SELECT group_id, count(DISTINCT time::DATE) AS days, min(time) AS first, max(time) AS last
FROM (SELECT group_id, unnest([doc_a, doc_b]) AS doc_id FROM met) JOIN documents USING (doc_id)
GROUP BY group_id
"""  # noqa: S608 - of constants


def group_rows(rows: Query, source: str | None) -> list[dict[str, Any]]:
    """The groups, largest first, with members; the first ten with their lines and active days."""
    chosen = [g for g in groups(rows) if source is None or source in {x["source"] for x in g["members"]}]
    members = {g["group_id"]: [x["source"] for x in g["members"]] for g in chosen[:10]}
    lines, days = group_lines(rows, members, 3), group_days(rows, members)
    for group in chosen[:10]:
        group.update(lines=lines[group["group_id"]], **days[group["group_id"]])
    return chosen


def groups(rows: Query) -> list[dict[str, Any]]:
    """Every group with its kind and its members, in the order of the table: the largest of each kind first."""
    out: dict[str, dict[str, Any]] = {}
    for row in rows("SELECT * FROM groups", []):
        group = out.setdefault(row["group_id"], {"group_id": row["group_id"], "kind": row["kind"], "members": []})
        group["members"].append({k: row[k] for k in ("source", "strength", "stability")})
    return list(out.values())


def main_kind(rows: Query) -> str:
    """The kind of groups that stands for all: that of every kind of ties together, else of wording, else any."""
    found = rows("SELECT kind FROM groups ORDER BY kind = 'all' DESC, kind = 'wording' DESC, kind LIMIT 1", [])
    return str(found[0]["kind"]) if found else "wording"


def sizes(rows: Query) -> list[dict[str, Any]]:
    """The groups by their size: those of all kinds of ties together, where there are several kinds."""
    return rows(
        "SELECT group_id, kind, count(*) AS sources FROM groups"
        " WHERE kind = 'all' OR 'all' NOT IN (SELECT kind FROM groups)"
        " GROUP BY group_id, kind ORDER BY sources DESC, group_id",
        [],
    )


def groups_of(rows: Query, source: str) -> list[dict[str, Any]]:
    """The groups that a source belongs to, with its own figures and all members."""
    return rows(
        "SELECT g.group_id, g.kind, max(g.strength) FILTER (g.source = $1) AS strength,"
        " max(g.stability) FILTER (g.source = $1) AS stability, list(g.source ORDER BY g.source) AS members"
        " FROM groups g WHERE g.group_id IN (SELECT group_id FROM groups WHERE source = $1)"
        " GROUP BY g.group_id, g.kind ORDER BY kind = 'all' DESC, kind = 'wording' DESC, kind",
        [source],
    )


def by_source(rows: Query) -> dict[str, dict[str, str]]:
    """By kind of ties, and by source: the group that it belongs to."""
    out: dict[str, dict[str, str]] = {}
    for row in rows("SELECT kind, source, group_id FROM groups ORDER BY kind, source", []):
        out.setdefault(row["kind"], {})[row["source"]] = row["group_id"]
    return out


def group_lines(rows: Query, members: Mapping[str, Sequence[str]], limit: int) -> dict[str, list[dict[str, Any]]]:
    """By group: at most `limit` lines that hold its `members` together, first those that hardly anybody else uses.

    Those on occasions of two members, as the test counted them.
    """
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in members}
    if members:
        for row in rows(_LINES, [*_columns(members), limit]):
            out[row.pop("group_id")].append(row)
    return out


def group_days(rows: Query, members: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """By group: on how many `days` its `members` used lines that they share, the `first` and the `last` time."""
    out: dict[str, dict[str, Any]] = {name: {"days": 0, "first": None, "last": None} for name in members}
    if members:
        for row in rows(_DAYS, list(_columns(members))):
            out[row.pop("group_id")] = row
    return out


def _columns(members: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    pairs = [(name, source) for name, sources in members.items() for source in sources]
    return [name for name, _ in pairs], [source for _, source in pairs]
