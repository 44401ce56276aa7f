"""Times that say less than they seem to, and those that do not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.rounded import as_precise_as_they_are
from inchorus.read.rows import Rows
from inchorus.read.times import PRECISIONS, parse_times


def seconds(n: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(seconds=chance.randrange(180 * 86_400))).strftime("%Y-%m-%dT%H:%M:%SZ") for _ in range(n)
    ]


def found(times: dict[str, list[str]], stated: bool = False) -> tuple[dict[str, list[str | None]], list[str], Rows]:
    names = [name for name, written in times.items() for _ in written]
    n, no = len(names), np.zeros(len(names), bool)
    zero = np.zeros(n, np.int64)
    written = pa.array([t for several in times.values() for t in several])
    rows, notes = as_precise_as_they_are(
        Rows(pa.array(["x"] * n), pa.array(names).dictionary_encode(), parse_times(written), zero.astype(np.int32),
             zero, zero, zero, no, no | stated)
    )  # fmt: skip
    precision = [PRECISIONS[p] for p in rows.times.precision]
    return {name: [p for p, of in zip(precision, names, strict=True) if of == name] for name in times}, notes, rows


def days(clock: str, n: int = 8) -> list[str]:
    return [f"2024-{1 + i % 9:02}-{3 + i:02}T{clock}" for i in range(n)]


def test_a_source_whose_times_are_all_midnight_has_dates() -> None:
    precision, notes, _ = found({"A": days("00:00:00"), "B": seconds(20)})
    assert (set(precision["A"]), set(precision["B"])) == ({"day"}, {"second"})
    assert notes == [
        "8 times of 1 source ('A') are midnight: they are taken for dates; a column time_precision says otherwise"
    ]


def test_one_article_at_midnight_is_an_article_at_midnight() -> None:
    precision, notes, _ = found({"A": [*seconds(30), "2024-05-02T00:00:00"], "B": seconds(20, 1)})
    assert set(precision["A"]) == {"second"}
    assert notes == []


def test_what_was_imported_as_dates_is_told_from_what_has_seconds() -> None:
    precision, _, _ = found({"A": [*seconds(60), *days("00:00:00", 4)], "B": seconds(20, 1)})
    assert precision["A"] == ["second"] * 60 + ["day"] * 4


def test_a_source_with_one_midnight_beside_sources_with_dates_has_a_date() -> None:
    both = ["2024-05-02T00:00:00", "2024-05-03T08:01:02"]
    precision, _, _ = found({"A": days("00:00:00"), "B": both[:1], "C": both})
    assert (precision["B"], precision["C"]) == (["day"], ["second", "second"])


def test_many_sources_with_one_midnight_each_have_dates() -> None:
    precision, _, _ = found({**{f"S{i}": [t] for i, t in enumerate(days("00:00:00", 4))}, "B": seconds(20)})
    assert {p for name, of in precision.items() if name != "B" for p in of} == {"day"}


@pytest.mark.parametrize(
    ("clock", "reason", "moved"),
    [
        ("04:00:00", "midnight of a clock", False),
        ("12:00:00", "always at noon", True),
        ("23:59:59", "always at noon", True),
        ("09:37:00", "always at one", False),
    ],
)
def test_one_time_of_the_day_is_a_date(clock: str, reason: str, moved: bool) -> None:
    precision, notes, rows = found({"A": days(clock), "B": seconds(20)})
    assert set(precision["A"]) == {"day"}
    assert reason in notes[0]
    assert (rows.times.micros[0] % 86_400_000_000 == 0) == moved


def test_who_is_punctual_to_the_second_has_times() -> None:
    assert set(found({"A": days("22:13:20"), "B": seconds(20)})[0]["A"]) == {"second"}


def test_midnight_of_a_clock_with_summer_time() -> None:
    winter = [f"2024-01-{d:02}T05:00:00" for d in range(2, 12)]
    summer = [f"2024-07-{d:02}T04:00:00" for d in range(2, 12)]
    assert set(found({"A": winter + summer, "B": seconds(20)})[0]["A"]) == {"day"}
    mixed = [t.replace("T05", "T04") if i % 2 else t for i, t in enumerate(winter)]
    assert set(found({"A": mixed, "B": seconds(20)})[0]["A"]) == {"hour"}


def test_full_hours_and_full_minutes() -> None:
    hours = [f"2024-05-{d:02}T{10 + d}:00:00" for d in range(1, 9)]
    minutes = [f"2024-05-{d:02}T{10 + d}:{10 + d}:00" for d in range(1, 9)]
    precision, notes, _ = found({"A": hours, "B": minutes, "C": seconds(20)})
    assert [set(precision[name]) for name in "ABC"] == [{"hour"}, {"minute"}, {"second"}]
    assert [note.split("taken for ")[1].split(";")[0] for note in notes] == ["hours", "minutes"]


def test_what_the_input_states_counts() -> None:
    precision, notes, _ = found({"A": days("00:00:00")}, stated=True)
    assert set(precision["A"]) == {"second"}
    assert notes == []


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 40), st.integers(0, 86_399)), min_size=1, max_size=40))
def test_no_time_gets_finer_and_times_move_only_to_their_day(rows: list[tuple[str, int, int]]) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    given_times: dict[str, list[str]] = {}
    for name, day, second in rows:
        given_times.setdefault(name, []).append(
            (start + timedelta(days=day, seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    _, _, after = found(given_times)
    before = parse_times(pa.array([t for several in given_times.values() for t in several]))
    assert (after.times.precision >= before.precision).all()
    moved = after.times.micros != before.micros
    assert (after.times.micros[moved] == before.micros[moved] // 86_400_000_000 * 86_400_000_000).all()


def firsts(n: int = 8, day: int = 1) -> list[str]:
    return [f"{2020 + i // 12}-{1 + i % 12:02}-{day:02}" for i in range(n)]


def test_dates_that_all_are_the_first_of_a_month_are_months() -> None:
    precision, notes, rows = found({"A": firsts(), "B": firsts(day=2), "C": seconds(20)})
    assert {name: set(values) for name, values in precision.items()} == {"A": {"month"}, "B": {"day"}, "C": {"second"}}
    assert rows.times.micros[:2].astype("datetime64[us]").astype(str).tolist() == [
        "2020-01-01T00:00:00.000000",
        "2020-02-01T00:00:00.000000",
    ]
    assert notes == [
        "8 times of 1 source ('A') are always the first or the last of a month: they are taken for months; "
        "a column time_precision says otherwise"
    ]


def test_dates_that_all_are_the_last_of_a_month_are_months_and_become_their_start() -> None:
    last = ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2021-02-28", "2021-02-28"]
    precision, _, rows = found({"A": last, "B": [*last, "2021-02-27"], "C": ["2020-12-31"] * 3 + ["2021-12-31"] * 3})
    assert {name: set(values) for name, values in precision.items()} == {"A": {"month"}, "B": {"day"}, "C": {"year"}}
    began = rows.times.micros.astype("datetime64[us]").astype("datetime64[D]").astype(str).tolist()
    assert began[:6] == ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2021-02-01", "2021-02-01"]
    assert began[6] == "2020-01-31"
    assert began[-6:] == ["2020-01-01"] * 3 + ["2021-01-01"] * 3


def test_what_went_through_a_data_frame_first_is_a_month_too() -> None:
    precision, _, _ = found({"A": [f"{day}T00:00:00" for day in firsts()], "B": seconds(20)})
    assert set(precision["A"]) == {"month"}


def test_firsts_of_four_months_among_five_dates_are_days() -> None:
    precision, notes, _ = found({"A": [*firsts(4), "2020-01-01"], "B": seconds(20)})
    assert set(precision["A"]) == {"day"}
    assert notes == []


def test_who_prints_on_other_days_too_has_days() -> None:
    precision, _, _ = found({"A": [*firsts(12), "2020-05-09"], "B": [*firsts(12), "2020-05-09T11:02:03"]})
    assert set(precision["A"]) == {"day"}
    assert precision["B"] == ["day"] * 12 + ["second"]


def test_one_stray_day_of_twenty_stays_what_it_is() -> None:
    precision, _, _ = found({"A": [*firsts(24), "2020-05-09"]})
    assert precision["A"] == ["month"] * 24 + ["day"]


def test_dates_that_all_are_the_first_of_a_year_are_years() -> None:
    one = ["2020-01-01"] * 4
    precision, _, _ = found({"A": [*one, "2021-01-01"], "B": one * 2, "C": [*one, "2021-01-01", "2020-02-01"]})
    assert {name: set(values) for name, values in precision.items()} == {"A": {"year"}, "B": {"day"}, "C": {"day"}}


def test_sources_that_have_one_date_are_looked_at_together() -> None:
    years = {f"S{year}": [f"{year}-01-01"] * 6 for year in (2020, 2021, 2022)}
    assert {name: set(of) for name, of in found({**years, "T": firsts(9, 2)})[0].items()} == {
        **{name: {"year"} for name in years},
        "T": {"day"},
    }
    assert found({**years, "T": ["2020-01-02"] * 6})[0]["S2020"] == ["day"] * 6


def test_sources_of_few_dates_are_looked_at_together() -> None:
    few = {f"S{i}": [day] for i, day in enumerate(firsts(6))}
    assert {name: of[0] for name, of in found(few)[0].items()} == dict.fromkeys(few, "month")
    other = found({**few, "T": ["2020-03-09"]})[0]
    assert {of[0] for of in other.values()} == {"day"}


def test_a_stated_day_is_a_day() -> None:
    assert set(found({"A": firsts()}, stated=True)[0]["A"]) == {"day"}
