"""How much was published when, for a chart."""

from __future__ import annotations

from typing import Any

from inchorus.ui.pages.overview import unit_for
from inchorus.ui.reader import Reader

_COUNTS = """
WITH d AS (
    SELECT date_trunc($2, time)::DATE AS t, count(*) AS n FROM documents
    WHERE source = $1 AND time IS NOT NULL GROUP BY t),
p AS (
    SELECT date_trunc($2, time)::DATE AS t, count(*) AS n FROM passages
    WHERE source = $1 AND time IS NOT NULL GROUP BY t),
every AS (
    SELECT unnest(generate_series(min(t)::TIMESTAMP, max(t)::TIMESTAMP, ('1 ' || $2)::INTERVAL))::DATE AS t FROM d)
SELECT strftime(t, '%Y-%m-%d') AS time, coalesce(d.n, 0) AS documents, coalesce(p.n, 0) AS passages
FROM every LEFT JOIN d USING (t) LEFT JOIN p USING (t) ORDER BY t
"""


def activity(reader: Reader, source: str) -> dict[str, Any]:
    """Documents and shared passages of a source by `unit` of time, as the chart over-time takes them.

    Units without a document are among the rows; there are no rows where no time is known.
    """
    (span,) = reader.rows('SELECT min(time) AS "first", max(time) AS "last" FROM documents WHERE source = ?', [source])
    if span["first"] is None:
        return {"unit": "day", "rows": []}
    unit = unit_for(span["first"], span["last"])
    return {"unit": unit, "rows": reader.rows(_COUNTS, [source, unit])}
