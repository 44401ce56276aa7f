from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.errors import UsageError
from inchorus.read.bad_times import NOTHING, why_bad
from inchorus.read.orders import NAMES, ORDERS
from inchorus.read.strptime import check_format
from inchorus.read.times import PRECISIONS, Manner, coarsened, parse_times
from inchorus.read.zones import TWO_MEANINGS, ZONES, check_zone

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
        ("31.05.2024, 12:30 Uhr", (2024, 5, 31, 12, 30), "minute"),
        ("1 May 2024 12:30hrs", (2024, 5, 1, 12, 30), "minute"),
        ("1969-12-31T23:59:59.5Z", (1969, 12, 31, 23, 59, 59, 500_000), "second"),
    ],
)
def test_written_times(written: str, moment: tuple[int, ...], precision: str) -> None:
    assert one(written) == (datetime(*moment, tzinfo=UTC), precision, False)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2024", "2023-02-29", "2024-13-01", "2024-00-10", "2024-05-00", "0000-01-01",
        "2024-05-01T24:01", "2024-05-01T24:00 PM", "2024-05-01T12:60", "2024-05-01T12:30:60", "2024-05-01x12:30",
        "2024-05-01T12:30:05+16:00", "2024-05-01T12:30:05XYZ", "Foo, 01 May 2024 12:30:05 GMT",
        "01 Mordor 2024 12:30:05", "0001-01-01T00:00+01:00", "9999-12-31T23:59:59-01:00",
        "yesterday", "2024", "2024-05", "2024-W20", "0714566605", "17145666", "2024-05/01", "13/13/2024", "2024/13/05",
        "21:04 AM 24/10/2016", "0:04 PM 24/10/2016", "2024-05-01 12:30 CST", "2024-05-01 12h", "1.7e9", "45425.5",
        "Tue 13/05/2024", "32 May 2024", "24rd May 2024 12:30x", "0000-00-00 00:00:00", "2024-06-15T23:59:60Z",
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
    assert parse_times(array.slice(2)).precision.tolist() == [4, 2]
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


@given(st.one_of(st.text(), st.text("0123456789/-.: TZaPMpme+,'", max_size=30)))
def test_any_string_is_a_time_or_bad_or_nothing(value: str) -> None:
    moment, precision, bad = one(value.encode("utf-8", "ignore").decode(), pa.string())
    assert (moment is None) == (precision is None)
    assert not (bad and precision)
    if bad:
        assert all(why_bad(value.encode("utf-8", "ignore").decode()))


def test_a_stated_precision_must_agree_with_the_time() -> None:
    at = parse_times(pa.array(["2024-05-01T00:00:00", "2024-05-01T12:30:00", "2024-05-01T12:30:05", "2024-05-01"]))
    times, wrong = coarsened(at, pa.array(["day", "day", "minute", "second"]), typed=False)
    assert wrong is None
    assert [PRECISIONS[p] for p in times.precision] == ["day", "second", "second", "day"]
    assert coarsened(at, pa.array([None, "", "week", "day"]), typed=False)[1] == 2


def test_a_stated_month_or_year_must_begin_with_the_time() -> None:
    at = parse_times(pa.array(["2024-05-01", "2024-05-02", "2024-01-01", "2024-05-01", "2024-05-01T00:00:07"]))
    times, wrong = coarsened(at, pa.array(["month", "month", "year", "year", "month"]), typed=False)
    assert wrong is None
    assert [PRECISIONS[p] for p in times.precision] == ["month", "day", "year", "day", "second"]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("3.4.24", "more than one way, month-first or day-first or year-first, and no other time of the column tells"),
        ("24/10/16", "more than one way, day-first or year-first"),
        ("soon", "'soon' is no time that is known"),
        ("2023-02-29", "there is no such time as '2023-02-29'"),
        ("13/13/2024", "there is no such time"),
        ("2024-05", "names no day"), ("2024", "names no day"), ("2024-W20", "names no day"),
        ("2024-05-01 12:30 IST", "the zone 'IST' of the time '2024-05-01 12:30 IST' has more than one meaning"),
        ("45425.5", "as Excel counts"), (45425.5, "as Excel counts"), ("1.7156e9", "power of ten"),
        ("999999999", "10, 13, 16 or 19 digits"), (12, "10, 13, 16 or 19 digits"), ("0000-00-00", "stands for no time"),
        (float("inf"), "inf is no time"), (2**60, "no time that is known"), ("7" * 400, "no time that is known"),
        (True, "True is no time that is known"),
    ],
)  # fmt: skip
def test_why_bad(value: object, what: str) -> None:
    assert what in why_bad(value)[0]


def listed() -> list[tuple[str, str, str]]:
    """Every form that docs/formats.md lists: written, what it is, precision."""
    page = (Path(__file__).parents[2] / "docs/formats.md").read_text(encoding="utf-8")
    lines = page.split("## Times")[1].split("## ")[0].splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return [(form, is_, precision) for written, is_, precision in cells for form in re.findall("`([^`]+)`", written)]


@pytest.mark.parametrize(("written", "is_", "precision"), listed())
def test_every_form_in_the_documentation_is_read(written: str, is_: str, precision: str) -> None:
    moment = datetime.fromisoformat(is_.replace(".25", ".250")).replace(tzinfo=UTC)
    assert one(written) == (moment, precision, False)


def test_the_documentation_lists_what_is_no_time_and_the_zones() -> None:
    page = (Path(__file__).parents[2] / "docs/formats.md").read_text(encoding="utf-8").split("## Times")[1]
    for name in (*ZONES, *TWO_MEANINGS):
        assert re.search(rf"\b{name}\b", page), name
    for name, minutes in ZONES.items():
        offset = timedelta(minutes=minutes)
        assert one(f"2024-05-13 12:30 {name}") == (datetime(2024, 5, 13, 12, 30, tzinfo=UTC) - offset, "minute", False)
    for name in TWO_MEANINGS:
        assert one(f"2024-05-13 12:30 {name}") == (None, None, True)
    assert one("Mon, 13 May 2024 12:30:05 CST")[0] == datetime(2024, 5, 13, 18, 30, 5, tzinfo=UTC)
    for nothing in NOTHING:
        assert f"`{nothing}`" in page
        assert one(nothing) == (None, None, True)
        assert "stands for no time" in why_bad(nothing)[0]


def column(*written: str, **manner: str) -> list[str | None]:
    times = parse_times(pa.array(written), Manner(**manner))
    known = times.micros.astype("datetime64[us]").astype("datetime64[m]").astype(str).tolist()
    return [k if p else None for k, p in zip(known, times.precision.tolist(), strict=True)]


def test_the_column_as_a_whole_tells_day_and_month() -> None:
    assert column("03/04/2016", "10/13/2016") == ["2016-03-04T00:00", "2016-10-13T00:00"]
    assert column("03/04/2016", "13/10/2016") == ["2016-04-03T00:00", "2016-10-13T00:00"]
    assert column("3/4/2016 9:04 PM", "10/13/2016") == ["2016-03-04T21:04", "2016-10-13T00:00"]
    # 05/05 is one day in either order, and tells nothing
    assert column("05/05/2016", "03/04/2016") == ["2016-05-05T00:00", None]
    # both hands at work: what has one meaning has it, the rest has none
    assert column("03/04/2016", "13/10/2016", "10/13/2016") == [None, "2016-10-13T00:00", "2016-10-13T00:00"]
    # another mark, another program
    assert column("03/04/2016", "13.10.2016") == [None, "2016-10-13T00:00"]
    assert column("Mon 10/03/2016", "03/04/2016") == ["2016-10-03T00:00", "2016-03-04T00:00"]
    # a year of two digits may come first
    assert column("24/10/16", "25/11/16") == [None, None]
    assert column("24/10/16", "25/11/99") == ["2016-10-24T00:00", "1999-11-25T00:00"]
    assert column("03/04/16", "10/13/16") == ["2016-03-04T00:00", "2016-10-13T00:00"]


def test_the_user_settles_it() -> None:
    assert column("03/04/2016", format="month-first") == ["2016-03-04T00:00"]
    assert column("03/04/2016", "2016-04-03", format="day-first") == ["2016-04-03T00:00"] * 2
    assert column("13/10/2016", format="month-first") == [None]
    assert "is day-first, not month-first" in why_bad("13/10/2016", Manner("month-first"))[0]
    assert column("24/10/16", format="year-first") == ["2024-10-16T00:00"]
    assert column("21h04 le 3.4.2016", "2016-04-03", format="%Hh%M le %d.%m.%Y") == ["2016-04-03T21:04", None]
    assert "is not written as --time-format '%d.%m.%Y' says" in why_bad("x", Manner("%d.%m.%Y"))[0]
    assert column("3.4.2016 21:04 +0200", format="%d.%m.%Y %H:%M %z") == ["2016-04-03T19:04"]
    assert column("20161024", format="%Y%m%d", zone="America/New_York") == ["2016-10-24T00:00"]


def test_local_times() -> None:
    zone = "America/New_York"
    assert column("2024-05-13 12:30", "2024-01-13 12:30", zone=zone) == ["2024-05-13T16:30", "2024-01-13T17:30"]
    assert column("2024-05-13 12:30Z", "2024-05-13", "1715603400", zone=zone) == [
        "2024-05-13T12:30", "2024-05-13T00:00", "2024-05-13T12:30",
    ]  # fmt: skip
    assert column("2024-05-13 12:30", zone="-05:30") == ["2024-05-13T18:00"]
    assert column("5/13/2024 9:04 PM", "3/4/2024 9:04 PM", zone=zone) == ["2024-05-14T01:04", "2024-03-05T02:04"]
    # the clocks of New York skip from 2 to 3 on 10 March, and have 1 to 2 twice on 3 November
    assert column("2024-03-10 02:30", "2024-11-03 01:30", zone=zone) == [None, "2024-11-03T05:30"]
    assert "no time '2024-03-10 02:30' in America/New_York" in why_bad("2024-03-10 02:30", Manner(zone=zone))[0]
    assert column("0001-01-01 00:00", "9999-12-31 23:59", zone="Europe/Berlin") == [None, "9999-12-31T22:59"]
    naive = pa.array([datetime(2024, 5, 13, 12, 30)], pa.timestamp("us"))
    assert parse_times(naive, Manner(zone=zone)).micros[0] == 1_715_617_800_000_000
    assert parse_times(naive.cast(pa.timestamp("us", "UTC")), Manner(zone=zone)).micros[0] == 1_715_603_400_000_000


MARKS = st.sampled_from(["/", "-", "."])
DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
CLOCKS = st.sampled_from(["", " {t:%H:%M}", " {t:%I:%M %p}", ", {t:%H:%M:%S}", " {t:%I:%M:%S%p}", "T{t:%H:%M}"])


def rendered(moment: datetime, order: tuple[str, ...], mark: str, clock: str, padded: bool, short: bool) -> str:
    width = 2 if padded else 1
    year = f"{moment.year % 100:02}" if short else f"{moment.year:04}"
    parts = {"year": year, "month": f"{moment.month:0{width}}", "day": f"{moment.day:0{width}}"}
    return mark.join(parts[p] for p in order) + clock.format(t=moment)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), min_size=1, max_size=8),
    st.sampled_from(ORDERS[:2]),
    MARKS,
    CLOCKS,
    st.booleans(),
    st.booleans(),
)
def test_a_date_in_numbers_never_comes_back_wrong(
    moments: list[datetime], order: tuple[str, ...], mark: str, clock: str, padded: bool, short: bool
) -> None:
    written = [rendered(m, order, mark, clock, padded, short) for m in moments]
    times = parse_times(pa.array(written))
    unit = "s" if "%S" in clock else "m" if clock else "D"
    wanted = np.array(moments, "datetime64[us]").astype(f"datetime64[{unit}]").astype("datetime64[us]").astype(np.int64)
    read = times.precision > 0
    # what is read is what was written, unless all that is there fits another order as well: then nothing is
    assert (times.micros[read] == wanted[read]).all()
    assert (read | times.bad).all()
    if not short:
        tells = any(m.day > 12 for m in moments)
        same = np.array([m.day == m.month for m in moments])
        assert (read == (tells | same)).all()
    named = parse_times(pa.array(written), Manner(NAMES[ORDERS.index(order)]))
    assert (named.micros == wanted).all()


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),
    st.sampled_from(
        ["%d %b %Y %H:%M", "%B %d, %Y %I:%M %p", "%A, %d. %B %Y, %H:%M", "%Y/%m/%d %H:%M", "%H:%M · %b %d, %Y"]
    ),
)
def test_what_strftime_writes_is_read(moment: datetime, layout: str) -> None:
    written = moment.strftime(layout.replace("%Y", f"{moment.year:04}"))
    wanted = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert one(written) == (wanted, "minute", False)
    assert column(written, format=layout) == [f"{wanted:%Y-%m-%dT%H:%M}".rjust(16, "0")]


def test_many_times_are_read_fast_enough_to_be_exact() -> None:
    stamps = np.random.default_rng(1).integers(0, 2_000_000_000, 50_000).astype("datetime64[s]")
    times = parse_times(pa.array(np.datetime_as_string(stamps).astype(object)))
    assert (times.micros == stamps.astype(np.int64) * 1_000_000).all()


@pytest.mark.parametrize(
    ("letters", "meant"),
    [
        ("DD/MM/YYYY", "%d/%m/%Y"),
        ("yyyy-MM-dd HH:mm:ss", "%Y-%m-%d %H:%M:%S"),
        ("mm/dd/yyyy", "%m/%d/%Y"),
        ("MMM D, YYYY hh:mm A", "%b %d, %Y %I:%M %p"),
    ],
)
def test_letters_of_other_programs_are_translated(letters: str, meant: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"did you mean {meant!r}?")):
        check_format(letters)


def test_a_zone_of_two_meanings_is_no_misspelling() -> None:
    with pytest.raises(UsageError, match="'CST' is the name of more than one zone; name a place, such as"):
        check_zone("CST")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24. Oktober 2016", "2016-10-24"), ("Montag, 24. Oktober 2016, 21:04 Uhr", "2016-10-24T21:04"),
        ("24 octobre 2016", "2016-10-24"), ("lundi 24 octobre 2016 à 21h04", "2016-10-24T21:04"),
        ("1er août 2016", "2016-08-01"), ("24 de octubre de 2016", "2016-10-24"),
        ("domingo, 24 de abril de 2016 21:04", "2016-04-24T21:04"),
        ("24 gennaio 2016 alle ore 21:04", "2016-01-24T21:04"),
        ("24 dez. 2016 às 21:04", "2016-12-24T21:04"), ("24 октября 2016 г.", "2016-10-24"),
        ("24 października 2016", "2016-10-24"), ("24. lokakuuta 2016", "2016-10-24"),
        ("2016. október 24.", "2016-10-24"),
        ("24 Kasım 2016", "2016-11-24"), ("٢٤ أكتوبر ٢٠١٦", "2016-10-24"), ("24 באוקטובר 2016", "2016-10-24"),
        ("24/10/2016 à 21h04", "2016-10-24T21:04"), ("2016-298", "2016-10-24"), ("2016-W43-1", "2016-10-24"),
        ("/Date(1477343045000)/", "2016-10-24T21:04:05"), ("ISODate('2016-10-24T21:04:05Z')", "2016-10-24T21:04:05"),
    ],
)  # fmt: skip
def test_times_of_other_languages_and_programs(written: str, meant: str) -> None:
    assert one(written) == one(meant)


# of two months, in Polish and in Croatian; of none; a day that is not there
@pytest.mark.parametrize("written", ["24 listopada 2016", "24 Mordor 2016", "31 juin 2016", "2016-367", "2015-366"])
def test_months_of_two_meanings_or_none_are_no_guess(written: str) -> None:
    assert one(written) == (None, None, True)
