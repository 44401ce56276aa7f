"""What a tie rests on: the wording on its occasions, as the test counted it, and what the two share besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Query, check_sources
from inchorus.thresholds import LEVEL, MOST_SOURCES

_STRONGEST = "q_value, p_value, observed DESC, source_a, source_b, kind"
_RAREST = "t.n_sources, t.words DESC, t.tp_id"

# A talking point may stand on several occasions of one pair: the first that is counted has it.
_LISTED = f"""
WITH pairs AS (SELECT DISTINCT unnest($1::VARCHAR[]) AS source_a, unnest($2::VARCHAR[]) AS source_b),
listed AS (
    SELECT source_a, source_b, unnest(shared) AS tp_id, doc_a, doc_b, counted, reason
    FROM occasions JOIN pairs USING (source_a, source_b) WHERE kind = 'wording' AND (counted OR NOT $3)),
times AS (SELECT doc_id, time FROM documents WHERE doc_id IN (SELECT doc_a FROM listed UNION SELECT doc_b FROM listed)),
one AS (
    SELECT source_a, source_b, tp_id, bool_or(counted) AS counted,
        arg_min(
            {{'doc_a': doc_a, 'time_a': a.time, 'doc_b': doc_b, 'time_b': b.time, 'reason': reason}},
            (NOT counted, least(a.time, b.time) IS NULL, least(a.time, b.time), doc_a, doc_b)) AS at
    FROM listed JOIN times a ON a.doc_id = doc_a JOIN times b ON b.doc_id = doc_b GROUP BY ALL),
places AS (
    SELECT tp_id, doc_id, arg_min({{'start': start, 'end': "end"}}, start) AS at FROM passages
    WHERE doc_id IN (SELECT doc_id FROM times) GROUP BY ALL)
SELECT source_a, source_b, t.tp_id, t.text, t.words, t.label, t.n_sources, one.at.doc_a, one.at.time_a, one.at.doc_b,
    one.at.time_b, a.at.start AS start_a, a.at."end" AS end_a, b.at.start AS start_b, b.at."end" AS end_b,
    one.counted, one.at.reason
FROM one JOIN talking_points t USING (tp_id)
JOIN places a ON a.tp_id = t.tp_id AND a.doc_id = one.at.doc_a
JOIN places b ON b.tp_id = t.tp_id AND b.doc_id = one.at.doc_b
QUALIFY row_number() OVER (PARTITION BY source_a, source_b ORDER BY {_RAREST}) <= $4
ORDER BY source_a, source_b, {_RAREST}
"""  # noqa: S608 - of constants

_BOTH = f"""
WITH firsts AS (
    SELECT source, tp_id, min(time) AS time,
        arg_min({{'doc': doc_id, 'start': start, 'end': "end"}}, (time IS NULL, time, doc_id, start)) AS at
    FROM passages WHERE source IN ($1, $2) GROUP BY ALL)
SELECT t.tp_id, t.text, t.words, t.label, t.n_sources, a.at.doc AS doc_a, a.time AS time_a, b.at.doc AS doc_b,
    b.time AS time_b, a.at.start AS start_a, a.at."end" AS end_a, b.at.start AS start_b, b.at."end" AS end_b
FROM firsts a JOIN firsts b USING (tp_id) JOIN talking_points t USING (tp_id)
WHERE a.source = $1 AND b.source = $2 AND t.n_sources > $3
ORDER BY {_RAREST}
"""  # noqa: S608 - of constants


def tie_rows(rows: Query, source: str | None, limit: int) -> list[dict[str, Any]]:
    """The ties, of one source if it is named, strongest first, each with the rarest lines that count."""
    parameters: list[Any] = [LEVEL, limit or 1 << 40]
    where = "q_value <= $1"
    if source is not None:
        check_sources(rows, [source])
        where, parameters = f"{where} AND $3 IN (source_a, source_b)", [*parameters, source]
    found = rows(f"SELECT * FROM ties WHERE {where} ORDER BY {_STRONGEST} LIMIT $2", parameters)  # noqa: S608
    lines = counted_by(rows, [(row["source_a"], row["source_b"]) for row in found], 2)
    for row in found:
        row["lines"] = lines[row["source_a"], row["source_b"]]
    return found


def kinds(rows: Query, a: str, b: str) -> list[dict[str, Any]]:
    """The rows of ties of two sources, `a` the one whose name sorts first: of wording, then of each other kind."""
    return rows("SELECT * FROM ties WHERE source_a = ? AND source_b = ? ORDER BY kind = 'wording' DESC, kind", [a, b])


def ties_of(rows: Query, source: str) -> list[dict[str, Any]]:
    """The ties of a source, the strongest first."""
    asked = f"SELECT * FROM ties WHERE q_value <= $2 AND $1 IN (source_a, source_b) ORDER BY {_STRONGEST}"  # noqa: S608
    return rows(asked, [source, LEVEL])


def counted_by(
    rows: Query, pairs: Sequence[tuple[str, str]], limit: int = 0
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """By pair of sources, the lesser name first: the talking points on its occasions, the rarest and longest first.

    Each has the places of its passages in the documents of one occasion. At most `limit` a pair, 0 for all.
    """
    return _listed(rows, pairs, True, limit)


def both_use(rows: Query, a: str, b: str, more_than: int = 0) -> list[dict[str, Any]]:
    """Talking points of more than so many sources that both use, with the first passage of each: no test is asked."""
    return rows(_BOTH, [a, b, more_than])


def shared(rows: Query, a: str, b: str) -> list[dict[str, Any]]:
    """All talking points that the two share, `a` the one whose name sorts first; the rarest and longest first.

    As `counted_by` gives them, with `counted`, and the `reason` where the test does not count one. Wording of more than
    32 sources makes no occasion, and is in the table only where rarer wording does: else the first passages are given.
    """
    listed = _listed(rows, [(a, b)], False)[a, b]
    there = {row["tp_id"] for row in listed}
    popular = [row for row in both_use(rows, a, b, MOST_SOURCES) if row["tp_id"] not in there]
    for row in popular:
        row.update(counted=False, reason=f"of more than {MOST_SOURCES} sources")
    return [*listed, *popular]


def of_pair(rows: Query, pair: tuple[str, str], limit: int) -> dict[str, Any]:
    """The rows of ties of two sources, of any kind, what of their wording is counted, and what is not, and why.

    UsageError for a name that is not there.
    """
    check_sources(rows, pair)
    a, b = sorted(pair)
    every = shared(rows, a, b)
    counts = [row for row in every if row["counted"]]
    return {"pair": kinds(rows, a, b), "shared": counts[: limit or None], "left_out": by_reason(every, limit)}


def by_reason(every: Sequence[dict[str, Any]], limit: int = 0) -> list[dict[str, Any]]:
    """What of `shared` is not counted, by reason, the commonest first; of each at most `limit` lines, 0 for all."""
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in every:
        if not row["counted"]:
            reasons.setdefault(row["reason"], []).append(row)
    return [
        {"reason": reason, "talking_points": len(several), "lines": several[: limit or None]}
        for reason, several in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _listed(
    rows: Query, pairs: Sequence[tuple[str, str]], only_counted: bool, limit: int = 0
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    out: dict[tuple[str, str], list[dict[str, Any]]] = {pair: [] for pair in pairs}
    if pairs:
        asked = [[a for a, _ in pairs], [b for _, b in pairs], only_counted, limit or 1 << 40]
        for row in rows(_LISTED, asked):
            out[row.pop("source_a"), row.pop("source_b")].append(row)
    return out
