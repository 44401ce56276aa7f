"""How much was published and shared when, for a chart."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from inchorus.evidence.asking import Query

# The longest span in days for which a chart has a bar a day, a week, a month and so on. One time that is typed wrong
# can be ten thousand years from the rest.
UNITS = (("day", 120), ("week", 7 * 366), ("month", 31 * 366), ("year", 400 * 366), ("decade", 4_000 * 366))
MOST = 402

# Times without a zone are cut to units ten times as fast as those with one; all are UTC.
_COUNTS = """
WITH dated AS (
    SELECT false AS shared, make_timestamp(epoch_us(time)) AS moment FROM documents
    WHERE time IS NOT NULL AND ($2::VARCHAR IS NULL OR source = $2)
    UNION ALL SELECT true, make_timestamp(epoch_us(time)) FROM passages
    WHERE time IS NOT NULL AND ($2::VARCHAR IS NULL OR source = $2)),
counted AS (
    SELECT date_trunc($1, moment)::DATE AS t, count(*) FILTER (NOT shared) AS documents,
        count(*) FILTER (shared) AS passages
    FROM dated GROUP BY t),
every AS (
    SELECT unnest(generate_series(min(t)::TIMESTAMP, max(t)::TIMESTAMP, ('1 ' || $1)::INTERVAL))::DATE AS t
    FROM counted)
SELECT strftime(greatest(t, DATE '0001-01-01'), '%Y-%m-%d') AS time, coalesce(documents, 0) AS documents,
    coalesce(passages, 0) AS passages
FROM every LEFT JOIN counted USING (t) ORDER BY t
"""


def activity(rows: Query, first: datetime | None, last: datetime | None, source: str | None = None) -> dict[str, Any]:
    """Documents and shared passages by `unit` of time, of one source or of all, as the chart over-time takes them.

    `first` and `last` are the earliest and latest time of the documents meant. Units without a document are among the
    rows, of which there are at most MOST; there are no rows where no time is known.
    """
    if first is None or last is None:
        return {"unit": "day", "rows": []}
    unit = unit_for(first, last)
    return {"unit": unit, "rows": rows(_COUNTS, [unit, source])}


def span(rows: Query) -> tuple[datetime | None, datetime | None]:
    """The first and the last time of all passages."""
    (row,) = rows("SELECT min(time) AS first, max(time) AS last FROM passages", [])
    return row["first"], row["last"]


def passages_by(rows: Query, unit: str, first: datetime, last: datetime) -> list[tuple[datetime, int]]:
    """How many passages there are in each `unit` of time, hour to century, from `first` to `last`."""
    found = rows(
        f"""
        SELECT greatest(bar, TIMESTAMPTZ '0001-01-01 00:00:00+00') AS bar, count(time) AS n
        FROM (SELECT unnest(generate_series(date_trunc('{unit}', $1::TIMESTAMPTZ), $2, INTERVAL 1 {unit})) AS bar)
        LEFT JOIN (SELECT time, date_trunc('{unit}', time) AS bar FROM passages) USING (bar)
        GROUP BY bar ORDER BY bar
        """,  # noqa: S608 - the unit is a constant
        [first, last],
    )
    return [(row["bar"], row["n"]) for row in found]


def unit_for(first: datetime, last: datetime) -> str:
    """The unit of a chart from `first` to `last`: day, week, month, year, decade or century.

    >>> unit_for(datetime(2024, 1, 1), datetime(2024, 3, 1)), unit_for(datetime(2004, 1, 1), datetime(2008, 12, 31))
    ('day', 'week')
    """
    span = (last - first).days
    return next((unit for unit, longest in UNITS if span <= longest), "century")
