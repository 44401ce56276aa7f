"""What a tie or a group rests on: the wording that its sources share, the rarest first.

The tables are asked through `rows(sql, parameters)`, which gives dictionaries: `asking(study)` does, and so does the
browser's reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.study import Study
from inchorus.thresholds import LEVEL, MOST_SOURCES, SUSPECT

Rows = Callable[[str, Sequence[Any]], list[dict[str, Any]]]

_STRONGEST = "q_value, p_value, observed DESC, source_a, source_b, kind"
_LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}

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

_OCCASIONS = """
SELECT o.doc_a, o.doc_b, o.shared, a.time AS time_a, a.time_precision AS precision_a, b.time AS time_b,
    b.time_precision AS precision_b
FROM occasions o JOIN documents a ON a.doc_id = o.doc_a JOIN documents b ON b.doc_id = o.doc_b
WHERE o.source_a = $1 AND o.source_b = $2 AND o.kind = $3 AND o.counted
ORDER BY a.time, o.doc_a, o.doc_b
"""

_REASONS = """
SELECT tp_id, min(reason) AS reason FROM (
    SELECT unnest(shared) AS tp_id, reason FROM occasions
    WHERE source_a = $1 AND source_b = $2 AND kind = 'wording' AND NOT counted)
GROUP BY tp_id
"""

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


def beside(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """What negative controls say beside the ties, from what the manifest has of the test; None where there were none.

    How many were `made`, how many are `with_ties`, and both in words (`said`). `suspect`: more than one in ten
    has ties, so that ties of the corpus must not be claimed without saying so.

    >>> beside({"controls": {"made": 20, "with_ties": 0}})["said"]
    'in 20 controls from this corpus 0 had ties'
    """
    found = facts.get("controls")
    if found is None:
        return None
    made, tied = int(found["made"]), int(found["with_ties"])
    suspect = tied > SUSPECT * made
    if not made:
        said = "no controls could be made: fewer than eight sources publish about the same time"
    elif suspect:
        said = f"{tied} of {made} controls from this corpus have ties, too, so that its ties are no evidence alone"
    else:
        said = f"in {made} controls from this corpus {tied} had ties"
    return {"made": made, "with_ties": tied, "suspect": suspect, "said": said}


def asking(study: Study) -> Rows:
    """A function that asks the tables of a study in their files."""

    def rows(sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = study.sql(sql, parameters).to_pylist()
        return found

    return rows


def check_sources(rows: Rows, names: Sequence[str]) -> None:
    """Raise UsageError for the first name that no document has as its source."""
    known = [row["source"] for row in rows("SELECT DISTINCT source FROM documents ORDER BY source", [])]
    for name in names:
        if name not in known:
            raise UsageError(f"no document is by the source {name!r}", fix=nearest(name, known))


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


def kinds(rows: Rows, a: str, b: str) -> list[dict[str, Any]]:
    """The rows of ties of two sources, `a` the one whose name sorts first: of wording, then of each other kind."""
    return rows("SELECT * FROM ties WHERE source_a = ? AND source_b = ? ORDER BY kind = 'wording' DESC, kind", [a, b])


def apart(a: datetime | None, precision_a: str | None, b: datetime | None, precision_b: str | None) -> float | None:
    """Seconds from `a` to `b` at the coarser of their precisions; 0 where the times do not tell, None without one.

    >>> one, other = datetime(2024, 5, 1, 9), datetime(2024, 5, 1, 17)
    >>> apart(one, "second", other, "second"), apart(one, "second", other, "day"), apart(None, None, other, "day")
    (28800.0, 0.0, None)
    """
    if a is None or b is None:
        return None
    lengths = [_LENGTHS.get(p or "", timedelta(seconds=1)) for p in (precision_a, precision_b)]
    if a < b + lengths[1] and b < a + lengths[0]:
        return 0.0
    unit = max(lengths)
    epoch = datetime(1, 1, 1, tzinfo=a.tzinfo)
    steps = (b - epoch) // unit - (a - epoch) // unit
    return steps * unit.total_seconds()


def occasions(rows: Rows, a: str, b: str, kind: str = "wording") -> list[dict[str, Any]]:
    """The occasions of two sources, `a` the one whose name sorts first, as the test counted them.

    Each has its documents, their times and precisions, and `delay`: see `apart`.
    """
    found = rows(_OCCASIONS, [a, b, kind])
    for row in found:
        row["delay"] = apart(row["time_a"], row["precision_a"], row["time_b"], row["precision_b"])
    return found
