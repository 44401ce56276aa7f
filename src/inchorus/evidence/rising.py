"""When talking points rose and who used them: counts for small pictures on one axis of time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query
from inchorus.evidence.declared import declared

BARS = 60
DAY = 86_400_000_000  # microseconds
GROUPS = 6  # values of a column that have a colour each; the others share one

# What lies beyond the middle 99 of 100 documents in time, as a date that was typed wrong does, is counted apart.
_BOUNDS = """
SELECT min(t) AS first, max(t) AS last, bool_and(t % $2 = 0) AS days,
    make_timestamptz(min(t)) AS first_time, make_timestamptz(max(t)) AS last_time
FROM (SELECT epoch_us(time) AS t FROM passages
    WHERE tp_id IN (SELECT unnest($1::VARCHAR[])) AND epoch_us(time) BETWEEN
        (SELECT quantile_disc(epoch_us(time), 0.005) FROM documents)
        AND (SELECT quantile_disc(epoch_us(time), 0.995) FROM documents))
"""
_COUNTS = """
SELECT tp_id, CASE WHEN epoch_us(time) BETWEEN $2 AND $3
        THEN least($4 - 1, (epoch_us(time) - $2)::HUGEINT * $4 // $5)::INTEGER END AS bar,
    count(DISTINCT source) AS sources
FROM passages WHERE tp_id IN (SELECT unnest($1::VARCHAR[])) AND time IS NOT NULL
GROUP BY ALL ORDER BY tp_id, bar
"""
_USERS = "SELECT DISTINCT tp_id, source FROM passages WHERE tp_id IN (SELECT unnest($1::VARCHAR[])) ORDER BY ALL"


def rising(rows: Query, tp_ids: Sequence[str]) -> dict[str, Any]:
    """The sources that use each talking point in each of 60 equal spans of time; of each day, where there are fewer.

    `first` and `last` are the ends of the axis, None where no time is known; `days` whether its `bars` are days;
    `counts` has a list for each id, `most` is the greatest number in any of them, `beyond` how many uses are outside of
    the axis.
    """
    (axis,) = rows(_BOUNDS, [list(tp_ids), DAY])
    if axis["first"] is None:
        return {"first": None, "last": None, "days": False, "bars": 0, "counts": {}, "most": 0, "beyond": 0}
    first, last = axis["first"], axis["last"]
    days = bool(axis["days"]) and (last - first) // DAY < BARS
    bars = (last - first) // DAY + 1 if days else BARS
    found = rows(_COUNTS, [list(tp_ids), first, last, bars, bars * DAY if days else max(last - first, 1)])
    counts: dict[str, list[int]] = {tp_id: [0] * bars for tp_id in tp_ids}
    for row in found:
        if row["bar"] is not None:
            counts[row["tp_id"]][row["bar"]] = row["sources"]
    return {
        "first": axis["first_time"],
        "last": axis["last_time"],
        "days": days,
        "bars": bars,
        "counts": counts,
        "most": max((n for some in counts.values() for n in some), default=0),
        "beyond": sum(row["sources"] for row in found if row["bar"] is None),
    }


def by_group(rows: Query, tp_ids: Sequence[str]) -> dict[str, Any] | None:
    """How many sources of each declared group use each talking point; None where nothing is declared.

    `column` is the declared column with the fewest values, two at least; `values` are those of most sources, the most
    frequent first. `counts` has for each id as many numbers, then that of all other values, then of sources without.
    """
    columns = {name: said for name, said in declared(rows).items() if 1 < len(set(said.values())) < len(said)}
    if not columns:
        return None
    column = min(columns, key=lambda name: (len(set(columns[name].values())), name))
    said: Mapping[str, str] = columns[column]
    frequent = sorted(Counter(said.values()).items(), key=lambda item: (-item[1], item[0]))
    values = [value for value, _ in frequent[:GROUPS]]
    users = defaultdict(list)
    for row in rows(_USERS, [list(tp_ids)]):
        users[row["tp_id"]].append(said.get(row["source"]))
    counts = {}
    for tp_id in tp_ids:
        n = Counter(users[tp_id])
        own = [n[value] for value in values]
        counts[tp_id] = [*own, len(users[tp_id]) - sum(own) - n[None], n[None]]
    return {"column": column, "values": values, "counts": counts}
