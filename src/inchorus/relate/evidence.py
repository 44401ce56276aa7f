"""What a tie rests on: the wording that two sources share, the rarest first."""

from __future__ import annotations

from typing import Any

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
