"""What a tie rests on: the wording that its two sources share, the rarest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Rows, check_sources
from inchorus.thresholds import LEVEL, MOST_SOURCES

_STRONGEST = "q_value, p_value, observed DESC, source_a, source_b, kind"

_SHARED = """
WITH pairs AS (SELECT unnest($1::VARCHAR[]) AS source_a, unnest($2::VARCHAR[]) AS source_b),
firsts AS MATERIALIZED (
    SELECT source, tp_id, min(time) AS time,
        arg_min({'doc': doc_id, 'start': start, 'end': "end"}, (time IS NULL, time, doc_id, start)) AS at
    FROM passages WHERE source IN (SELECT source_a FROM pairs UNION SELECT source_b FROM pairs) GROUP BY ALL)
SELECT source_a, source_b, t.tp_id, t.text, t.words, t.label, t.n_sources,
    a.at.doc AS doc_a, a.time AS time_a, b.at.doc AS doc_b, b.time AS time_b,
    a.at.start AS start_a, a.at."end" AS end_a, b.at.start AS start_b, b.at."end" AS end_b
FROM (SELECT DISTINCT * FROM pairs) JOIN firsts a ON a.source = source_a
JOIN firsts b ON b.source = source_b AND b.tp_id = a.tp_id JOIN talking_points t ON t.tp_id = a.tp_id
WHERE NOT list_contains($3, t.label)
QUALIFY row_number() OVER (
    PARTITION BY source_a, source_b ORDER BY t.n_sources, t.words DESC, t.tp_id) <= $4
ORDER BY source_a, source_b, t.n_sources, t.words DESC, t.tp_id
"""

_REASONS = """
SELECT tp_id, min(reason) AS reason FROM (
    SELECT unnest(shared) AS tp_id, reason FROM occasions
    WHERE source_a = $1 AND source_b = $2 AND kind = 'wording' AND NOT counted)
GROUP BY tp_id
"""


def tie_rows(rows: Rows, source: str | None, limit: int, without: Sequence[str]) -> list[dict[str, Any]]:
    """The ties, of one source if it is named, strongest first, each with the rarest lines behind it."""
    parameters: list[Any] = [LEVEL, limit or 1 << 40]
    where = "q_value <= $1"
    if source is not None:
        check_sources(rows, [source])
        where, parameters = f"{where} AND $3 IN (source_a, source_b)", [*parameters, source]
    found = rows(f"SELECT * FROM ties WHERE {where} ORDER BY {_STRONGEST} LIMIT $2", parameters)  # noqa: S608
    lines = shared_by(rows, [(row["source_a"], row["source_b"]) for row in found], without, 2)
    for row in found:
        row["lines"] = lines[row["source_a"], row["source_b"]]
    return found


def kinds(rows: Rows, a: str, b: str) -> list[dict[str, Any]]:
    """The rows of ties of two sources, `a` the one whose name sorts first: of wording, then of each other kind."""
    return rows("SELECT * FROM ties WHERE source_a = ? AND source_b = ? ORDER BY kind = 'wording' DESC, kind", [a, b])


def shared(rows: Rows, a: str, b: str, without: Sequence[str], limit: int = 0) -> list[dict[str, Any]]:
    """Talking points that both sources use, with the first passage of each; the rarest and longest first.

    Those whose label is one of `without` are left out. At most `limit`, 0 for all.
    """
    return shared_by(rows, [(a, b)], without, limit)[a, b]


def shared_by(
    rows: Rows, pairs: Sequence[tuple[str, str]], without: Sequence[str], limit: int = 0
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The same of many pairs of sources, by pair: the passages are gone through once, however many pairs there are."""
    out: dict[tuple[str, str], list[dict[str, Any]]] = {pair: [] for pair in pairs}
    if pairs:
        one, two = [a for a, _ in pairs], [b for _, b in pairs]
        for row in rows(_SHARED, [one, two, list(without), limit or 1 << 40]):
            out[row.pop("source_a"), row.pop("source_b")].append(row)
    return out


def of_pair(
    rows: Rows, pair: tuple[str, str], without: Sequence[str], limit: int, evidence: bool = True
) -> dict[str, Any]:
    """The rows of ties of two sources, of any kind, what they share, and what of it is left out of the test, and why.

    `evidence`: the study has the table occasions. UsageError for a name that is not there.
    """
    check_sources(rows, pair)
    a, b = sorted(pair)
    why = {row["tp_id"]: row["reason"] for row in rows(_REASONS, [a, b])} if evidence else {}
    counts: list[dict[str, Any]] = []
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in shared(rows, a, b, (), 0):
        if row["n_sources"] > MOST_SOURCES:
            reasons.setdefault(f"of more than {MOST_SOURCES} sources", []).append(row)
        elif row["tp_id"] in why or row["label"] in without:
            reasons.setdefault(why.get(row["tp_id"], row["label"]), []).append(row)
        else:
            counts.append(row)
    left_out = [
        {"reason": reason, "talking_points": len(several), "lines": several[: limit or None]}
        for reason, several in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return {"pair": kinds(rows, a, b), "shared": counts[: limit or None], "left_out": left_out}
