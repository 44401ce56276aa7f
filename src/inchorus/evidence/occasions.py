"""The occasions behind a tie, as the test counted them, and how far apart two documents are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from inchorus.evidence.asking import Query

_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}

_OCCASIONS = """
SELECT o.doc_a, o.doc_b, o.shared, a.time AS time_a, a.time_precision AS precision_a, b.time AS time_b,
    b.time_precision AS precision_b
FROM occasions o JOIN documents a ON a.doc_id = o.doc_a JOIN documents b ON b.doc_id = o.doc_b
WHERE o.source_a = $1 AND o.source_b = $2 AND o.kind = $3 AND o.counted
ORDER BY a.time, o.doc_a, o.doc_b
"""

_OBJECTS = """
SELECT o.object, a.doc_id AS doc_id_a, a.time AS time_a, a.time_precision AS time_precision_a,
    b.doc_id AS doc_id_b, b.time AS time_b, b.time_precision AS time_precision_b,
    abs(epoch_us(a.time) - epoch_us(b.time)) / 1e6 AS seconds
FROM (
    SELECT doc_a, doc_b, unnest(shared) AS object FROM occasions
    WHERE source_a = $1 AND source_b = $2 AND kind = $3 AND counted) o
JOIN documents a ON a.doc_id = o.doc_a JOIN documents b ON b.doc_id = o.doc_b
ORDER BY least(a.time, b.time), object, doc_id_a, doc_id_b
"""


def apart(a: datetime | None, precision_a: str | None, b: datetime | None, precision_b: str | None) -> float | None:
    """Seconds from `a` to `b` at the coarser of their precisions; 0 where the times do not tell, None without one.

    Months and years are as far apart as their first days.

    >>> one, other = datetime(2024, 5, 1, 9), datetime(2024, 5, 1, 17)
    >>> apart(one, "second", other, "second"), apart(one, "second", other, "day"), apart(None, None, other, "day")
    (28800.0, 0.0, None)
    >>> apart(datetime(2024, 5, 1), "month", datetime(2024, 6, 2, 9), "second")
    2764800.0
    """
    if a is None or b is None:
        return None
    lengths = [_LENGTHS.get(p or "", timedelta(seconds=1)) for p in (precision_a, precision_b)]
    if a < b + lengths[1] and b < a + lengths[0]:
        return 0.0
    unit = min(max(lengths), _LENGTHS["day"])
    epoch = datetime(1, 1, 1, tzinfo=a.tzinfo)
    steps = (b - epoch) // unit - (a - epoch) // unit
    return steps * unit.total_seconds()


def occasions(rows: Query, a: str, b: str, kind: str = "wording") -> list[dict[str, Any]]:
    """The occasions of two sources, `a` the one whose name sorts first, as the test counted them.

    Each has its documents, their times and precisions, and `delay`: see `apart`.
    """
    found = rows(_OCCASIONS, [a, b, kind])
    for row in found:
        row["delay"] = apart(row["time_a"], row["precision_a"], row["time_b"], row["precision_b"])
    return found


def shared_objects(rows: Query, a: str, b: str, kind: str) -> list[dict[str, Any]]:
    """The objects on the occasions of two sources by one kind, each with its two documents, by time.

    `a` is the one whose name sorts first. Each has `object`, of both documents id, time and precision, and `seconds`
    between them.
    """
    return rows(_OBJECTS, [a, b, kind])
