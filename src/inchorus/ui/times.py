"""Times in words, and which of two came first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

# A time and its precision: second, minute, hour, day, month or year. A time stands for a span as long.
Moment: TypeAlias = tuple[datetime | None, str | None]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SPANS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_CLOCKS = {"second": "%H:%M:%S", "minute": "%H:%M", "hour": "%H h"}
_DATES = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}


def spoken(time: datetime | None, precision: str | None) -> str:
    """A time as it is written in a sentence; `no time` where none is known.

    >>> spoken(datetime(2024, 5, 3, 9, 5), "minute"), spoken(datetime(2024, 5, 3), "day"), spoken(None, None)
    ('3 May 2024, 09:05 UTC', '3 May 2024', 'no time')
    >>> spoken(datetime(2024, 5, 1), "month"), spoken(datetime(2024, 1, 1), "year")
    ('May 2024', '2024')
    """
    if time is None:
        return "no time"
    if precision == "year":
        return str(time.year)
    month = f"{_MONTHS[time.month - 1]} {time.year}"
    if precision == "month":
        return month
    date = f"{time.day} {month}"
    if precision not in _SPANS:
        return date
    return f"{date}, {time.strftime(_CLOCKS[precision])} UTC"


def earlier(a: Moment, b: Moment) -> int | None:
    """-1 if the span of `a` ends before that of `b` begins, 1 the other way round, 0 if neither, None without a time.

    >>> may = datetime(2024, 5, 3)
    >>> earlier((may, "day"), (may.replace(hour=9), "minute")), earlier((may, "day"), (datetime(2024, 5, 4), "day"))
    (0, -1)
    """
    if a[0] is None or b[0] is None:
        return None
    begin_a, begin_b = a[0].replace(tzinfo=UTC), b[0].replace(tzinfo=UTC)
    if begin_a - begin_b <= -_length(a[1]):
        return -1
    return 1 if begin_b - begin_a <= -_length(b[1]) else 0


def apart(a: Moment, b: Moment) -> str:
    """How far two times are apart, in years, months or days where one of them is that, else to the hour or minute.

    Empty without a time.

    >>> apart((datetime(2024, 5, 3), "day"), (datetime(2024, 5, 4, 18), "minute"))
    '1 day'
    >>> apart((datetime(2024, 5, 3, 9, 0, 5), "second"), (datetime(2024, 5, 3, 11, 59), "minute"))
    '2 hours'
    >>> apart((datetime(2024, 5, 1), "month"), (datetime(2024, 7, 4, 18), "minute"))
    '2 months'
    """
    if a[0] is None or b[0] is None:
        return ""
    if "year" in {a[1], b[1]}:
        return _counted(abs(a[0].year - b[0].year), "year")
    if "month" in {a[1], b[1]}:
        return _counted(abs(12 * (a[0].year - b[0].year) + a[0].month - b[0].month), "month")
    if a[1] not in _SPANS or b[1] not in _SPANS:
        return _counted(abs((a[0].date() - b[0].date()).days), "day")
    one, other = a[0], b[0]
    coarse = next(name for name in ("hour", "minute", "second") if name in {a[1], b[1]})
    if coarse != "second":
        one, other = (time.replace(second=0, microsecond=0) for time in (one, other))
    if coarse == "hour":
        one, other = (time.replace(minute=0) for time in (one, other))
    seconds = int(abs((one - other).total_seconds()))
    for unit, least, length in (("day", 172_800, 86_400), ("hour", 7200, 3600), ("minute", 120, 60)):
        if seconds >= least and length >= _SPANS[coarse].total_seconds():
            return _counted(seconds // length, unit)
    return _counted(seconds // int(_SPANS[coarse].total_seconds()), coarse)


def _length(precision: str | None) -> timedelta:
    return (_SPANS | _DATES).get(precision or "day", _DATES["day"])


def _counted(n: int, unit: str) -> str:
    return f"{n:,} {unit}{'' if n == 1 else 's'}"
