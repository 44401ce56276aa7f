"""Groups of sources: their members, the lines that hold them together, the days on which they used these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Rows

_LINES = """
WITH members AS (SELECT unnest($1) AS group_id, unnest($2) AS source),
used AS (
    SELECT m.group_id, p.tp_id, count(DISTINCT p.source) AS members
    FROM members m JOIN passages p USING (source) GROUP BY ALL HAVING members >= 2)
SELECT u.group_id, t.tp_id, t.text, t.words, t.n_sources, u.members
FROM used u JOIN talking_points t USING (tp_id)
WHERE NOT list_contains($3, t.label)
QUALIFY row_number() OVER (
    PARTITION BY u.group_id ORDER BY u.members * u.members / t.n_sources DESC, t.words DESC, t.tp_id) <= $4
ORDER BY u.group_id, u.members * u.members / t.n_sources DESC, t.words DESC, t.tp_id
"""
_DAYS = """
WITH members AS (SELECT unnest($1) AS group_id, unnest($2) AS source),
uses AS MATERIALIZED (
    SELECT m.group_id, p.tp_id, p.source, p.time FROM members m JOIN passages p USING (source)),
joint AS (SELECT group_id, tp_id FROM uses GROUP BY ALL HAVING min(source) != max(source))
SELECT group_id, count(DISTINCT time::DATE) AS days, min(time) AS first, max(time) AS last
FROM uses JOIN joint USING (group_id, tp_id) JOIN talking_points t USING (tp_id)
WHERE NOT list_contains($3, t.label)
GROUP BY group_id
"""


def group_rows(rows: Rows, source: str | None, without: Sequence[str]) -> list[dict[str, Any]]:
    """The groups, largest first, with members; the first ten with their lines and active days."""
    chosen = [g for g in groups(rows) if source is None or source in {x["source"] for x in g["members"]}]
    members = {g["group_id"]: [x["source"] for x in g["members"]] for g in chosen[:10]}
    lines, days = group_lines(rows, members, without, 3), group_days(rows, members, without)
    for group in chosen[:10]:
        group.update(lines=lines[group["group_id"]], **days[group["group_id"]])
    return chosen


def groups(rows: Rows) -> list[dict[str, Any]]:
    """Every group with its kind and its members, in the order of the table: the largest of each kind first."""
    out: dict[str, dict[str, Any]] = {}
    for row in rows("SELECT * FROM groups", []):
        group = out.setdefault(row["group_id"], {"group_id": row["group_id"], "kind": row["kind"], "members": []})
        group["members"].append({k: row[k] for k in ("source", "strength", "stability")})
    return list(out.values())


def group_lines(
    rows: Rows, members: Mapping[str, Sequence[str]], without: Sequence[str], limit: int
) -> dict[str, list[dict[str, Any]]]:
    """By group: at most `limit` lines that hold its `members` together, first those that hardly anybody else uses.

    Talking points whose label is one of `without` are left out.
    """
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in members}
    if members:
        for row in rows(_LINES, [*_columns(members), list(without), limit]):
            out[row.pop("group_id")].append(row)
    return out


def group_days(rows: Rows, members: Mapping[str, Sequence[str]], without: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By group: on how many `days` its `members` used lines that they share, the `first` and the `last` time."""
    out: dict[str, dict[str, Any]] = {name: {"days": 0, "first": None, "last": None} for name in members}
    if members:
        for row in rows(_DAYS, [*_columns(members), list(without)]):
            out[row.pop("group_id")] = row
    return out


def _columns(members: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    pairs = [(name, source) for name, sources in members.items() for source in sources]
    return [name for name, _ in pairs], [source for _, source in pairs]
