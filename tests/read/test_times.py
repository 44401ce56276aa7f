from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.times import PRECISIONS, coarsened, parse_times, why_bad

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def one(value: Any, type_: pa.DataType | None = None) -> tuple[datetime | None, str | None, bool]:
    times = parse_times(pa.array([value], type_))
    precision = PRECISIONS[times.precision[0]]
    moment = EPOCH + int(times.micros[0]) * MICRO if precision else None
    return moment, precision, bool(times.bad[0])


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        ("2024-05-01", (2024, 5, 1), "day"),
        ("2024/05/01", (2024, 5, 1), "day"),
        ("20240501", (2024, 5, 1), "day"),
        ("2024-05-01+02:00", (2024, 5, 1), "day"),
        (" 2024-05-01 ", (2024, 5, 1), "day"),
        ("2024-02-29", (2024, 2, 29), "day"),
        ("2024-05-01T12:30", (2024, 5, 1, 12, 30), "minute"),
        ("2024-05-01 12:30", (2024, 5, 1, 12, 30), "minute"),
        ("2024-05-01T12:30+02", (2024, 5, 1, 10, 30), "minute"),
        ("2024-05-01T12:30:05", (2024, 5, 1, 12, 30, 5), "second"),
        ("2024-05-01t12:30:05z", (2024, 5, 1, 12, 30, 5), "second"),
        ("2024-05-01 12:30:05 UTC", (2024, 5, 1, 12, 30, 5), "second"),
        ("2024-05-01T12:30:05.25Z", (2024, 5, 1, 12, 30, 5, 250_000), "second"),
        ("2024-05-01T12:30:05.123456789", (2024, 5, 1, 12, 30, 5, 123_456), "second"),
        ("2024-05-01T12:30:05+0200", (2024, 5, 1, 10, 30, 5), "second"),
        ("2024-05-01T23:30:05-02:30", (2024, 5, 2, 2, 0, 5), "second"),
        ("20240501T123005Z", (2024, 5, 1, 12, 30, 5), "second"),
        ("Wed, 01 May 2024 12:30:05 GMT", (2024, 5, 1, 12, 30, 5), "second"),
        ("Wed, 1 May 2024 12:30:05 -0500", (2024, 5, 1, 17, 30, 5), "second"),
        ("1 May 2024 12:30 EDT", (2024, 5, 1, 16, 30), "minute"),
        ("Wed Oct 10 20:19:24 +0000 2018", (2018, 10, 10, 20, 19, 24), "second"),
        ("1714566605", (2024, 5, 1, 12, 30, 5), "second"),
        ("1714566605123", (2024, 5, 1, 12, 30, 5, 123_000), "second"),
        ("1714566605123456", (2024, 5, 1, 12, 30, 5, 123_456), "second"),
        ("1714566605.5", (2024, 5, 1, 12, 30, 5, 500_000), "second"),
        ("1969-12-31T23:59:59.5Z", (1969, 12, 31, 23, 59, 59, 500_000), "second"),
    ],
)
def test_written_times(written: str, moment: tuple[int, ...], precision: str) -> None:
    assert one(written) == (datetime(*moment, tzinfo=UTC), precision, False)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2024", "2023-02-29", "2024-13-01", "2024-00-10", "2024-05-00", "0000-01-01",
        "2024-05-01T24:00", "2024-05-01T12:60", "2024-05-01T12:30:60", "2024-05-01x12:30",
        "2024-05-01T12:30:05+16:00", "2024-05-01T12:30:05XYZ", "Foo, 01 May 2024 12:30:05 GMT",
        "01 Mai 2024 12:30:05", "0001-01-01T00:00+01:00", "9999-12-31T23:59:59-01:00",
        "yesterday", "2024", "2024-05", "0714566605", "17145666", "２０２４-05-01", "2024-05/01",
    ],
)  # fmt: skip
def test_what_is_no_time_is_bad_and_not_guessed(written: str) -> None:
    assert one(written) == (None, None, True)


def test_nothing_is_no_time_and_not_bad() -> None:
    for value in (None, "", "   "):
        assert one(value, pa.string()) == (None, None, False)
    assert one(None, pa.timestamp("us")) == (None, None, False)
    assert one(float("nan"), pa.float64()) == (None, None, False)
    assert one(None, pa.float64()) == (None, None, False)
    assert one(None, pa.null()) == (None, None, False)


def test_arrow_types() -> None:
    moment = datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)
    assert one(date(2024, 5, 1)) == (datetime(2024, 5, 1, tzinfo=UTC), "day", False)
    assert one(date(2024, 5, 1), pa.date64()) == (datetime(2024, 5, 1, tzinfo=UTC), "day", False)
    for unit in ("s", "ms", "us", "ns"):
        assert one(moment.replace(tzinfo=None), pa.timestamp(unit)) == (moment, "second", False)
    east = moment.astimezone(timezone(timedelta(hours=2)))
    assert one(east, pa.timestamp("us", "Europe/Berlin")) == (moment, "second", False)
    assert one(1714566605, pa.int64()) == (moment, "second", False)
    assert one(1714566605000.0, pa.float64()) == (moment, "second", False)
    assert one(12, pa.int64()) == (None, None, True)
    assert one(12.0, pa.float64()) == (None, None, True)
    assert one(True, pa.bool_()) == (None, None, True)
    assert one(2**62, pa.timestamp("s")) == (None, None, True)


def test_a_slice_is_read_as_itself() -> None:
    array = pa.array(["x", None, "2024-05-01", "2024-05-02T10:00"])
    assert parse_times(array.slice(2)).precision.tolist() == [3, 2]
    assert parse_times(array.slice(1, 1)).bad.tolist() == [False]
    assert len(parse_times(array.slice(0, 0)).micros) == 0


@given(
    st.datetimes(timezones=st.timezones()),
    st.sampled_from(["iso", "iso-space", "rfc", "twitter"]),
)
def test_times_agree_with_the_standard_library(moment: datetime, style: str) -> None:
    offset = moment.utcoffset() or timedelta()
    fixed = moment.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))
    if fixed.utcoffset() is None or fixed.year < 2 or fixed.year > 9998:
        return
    if style.startswith("iso"):
        written = fixed.isoformat(sep="T" if style == "iso" else " ")
    else:
        fixed = fixed.replace(microsecond=0)
        written = (
            format_datetime(fixed) if style == "rfc" else fixed.strftime("%a %b %d %H:%M:%S %z ") + f"{fixed.year:04}"
        )
    assert one(written) == (fixed.astimezone(UTC), "second", False)


@given(st.text())
def test_any_string_is_a_time_or_bad_or_nothing(value: str) -> None:
    moment, precision, bad = one(value.encode("utf-8", "ignore").decode(), pa.string())
    assert (moment is None) == (precision is None)
    assert not (bad and precision)


def test_a_stated_precision_must_agree_with_the_time() -> None:
    at = parse_times(pa.array(["2024-05-01T00:00:00", "2024-05-01T12:30:00", "2024-05-01T12:30:05", "2024-05-01"]))
    times, wrong = coarsened(at, pa.array(["day", "day", "minute", "second"]), typed=False)
    assert wrong is None
    assert [PRECISIONS[p] for p in times.precision] == ["day", "second", "second", "day"]
    assert coarsened(at, pa.array([None, "", "week", "day"]), typed=False)[1] == 2


def test_why_bad() -> None:
    assert "more than one way" in why_bad("3.4.24")
    assert why_bad("soon") == "'soon' is no time that is known"


def test_many_times_are_read_fast_enough_to_be_exact() -> None:
    stamps = np.random.default_rng(1).integers(0, 2_000_000_000, 50_000).astype("datetime64[s]")
    times = parse_times(pa.array(np.datetime_as_string(stamps).astype(object)))
    assert (times.micros == stamps.astype(np.int64) * 1_000_000).all()
