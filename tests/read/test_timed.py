"""Times of a file in several batches: a later one can say what an earlier one means."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inchorus.errors import InputError, UsageError
from inchorus.read.batches import BATCH_ROWS
from inchorus.read.outlying_times import far_from_the_rest
from inchorus.read.times import parse_times

Read = Callable[..., Any]


def records(n: int, layout: str, last: datetime) -> list[dict[str, str]]:
    """Days that no order of day and month tells apart, and at the end one that does."""
    days = [datetime(2016, 1 + i % 12, 1 + i // 12 % 12, 9, 4) for i in range(n - 1)]
    return [
        {"source": f"s{i % 3}", "time": d.strftime(layout), "text": f"text {i}"} for i, d in enumerate([*days, last])
    ]


def write(rows: list[dict[str, str]], path: Path) -> Path:
    if path.suffix == ".csv":
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.mark.parametrize(
    ("layout", "ending"),
    [
        ("%m/%d/%Y %H:%M", "csv"),
        ("%d.%m.%Y %I:%M %p", "csv"),
        ("%m/%d/%Y %H:%M", "jsonl"),
        ("%d.%m.%Y %I:%M %p", "parquet"),
    ],
)
def test_a_later_batch_settles_the_first(ending: str, layout: str, read: Read, tmp_path: Path) -> None:
    last = datetime(2016, 10, 24, 21, 4)
    n = BATCH_ROWS + 100
    told = read(write(records(n, layout, last), tmp_path / f"told.{ending}"))
    iso = read(write(records(n, "%Y-%m-%d %H:%M", last), tmp_path / f"iso.{ending}"))
    # the ids are hashes of the times, too
    assert told.table.equals(iso.table)
    first = "month-first" if layout.startswith("%m") else "day-first"
    assert any(f"dates in numbers are {first}" in note for note in told.notes)
    without = write(records(n, layout, datetime(2016, 5, 5)), tmp_path / f"open.{ending}")
    with pytest.raises(
        InputError, match=r"row 2.*column 'time': the time '0\S+ 09:04\S*.*' can be read in more than one"
    ):
        read(without)
    dropped = read(without, bad_times="null")
    assert dropped.n_bad_times == sum(r["time"][:2] != r["time"][3:5] for r in records(n, layout, datetime(2016, 5, 5)))
    assert dropped.table["time"].null_count == dropped.n_bad_times
    named = read(without, time_format=first)
    assert named.table["time"].null_count == 0


def test_each_file_is_told_by_itself(read: Read, tmp_path: Path) -> None:
    american = write(records(30, "%m/%d/%Y", datetime(2016, 10, 24)), tmp_path / "american.csv")
    german = write(records(30, "%d/%m/%Y", datetime(2016, 10, 24)), tmp_path / "german.csv")
    alone = write(records(30, "%Y-%m-%d", datetime(2016, 10, 24)), tmp_path / "iso.csv")
    both = read(american, german).table
    assert sorted(both["time"].to_pylist()) == sorted(read(alone).table["time"].to_pylist() * 2)


def test_a_column_of_two_hands_is_said_to_be_one(read: Read, tmp_path: Path) -> None:
    rows = records(3, "%m/%d/%Y", datetime(2016, 10, 24))
    rows.append({**rows[0], "time": "25/10/2016"})
    with pytest.raises(
        InputError,
        match=r"more than one: '10/24/2016' is month-first and '25/10/2016' is day-first; .*--time-format month-first",
    ):
        read(write(rows, tmp_path / "a.csv"))


def test_a_stated_precision_holds_for_times_that_waited(read: Read, tmp_path: Path) -> None:
    rows = records(5, "%m/%d/%Y 00:00", datetime(2016, 10, 24))
    found = read(write([{**r, "time_precision": "day"} for r in rows], tmp_path / "a.csv")).table
    assert set(found["time_precision"].to_pylist()) == {"day"}


def test_what_is_said_of_local_times(read: Read, tmp_path: Path) -> None:
    rows = records(3, "%Y-%m-%d %H:%M", datetime(2024, 11, 3, 1, 30))
    documents = read(write(rows, tmp_path / "a.csv"), timezone="America/New_York")
    assert any("had twice: the first is taken" in n for n in documents.notes)
    rows[0]["time"] = "2024-03-10 02:30"
    with pytest.raises(InputError, match="there was no time '2024-03-10 02:30' in America/New_York"):
        read(write(rows, tmp_path / "a.csv"), timezone="America/New_York")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"time_format": "days-first"}, "did you mean 'day-first'"),
        ({"time_format": "%H:%M"}, "does not say which day"), ({"time_format": "%Y-%m-%d %H"}, "no minutes"),
        ({"time_format": "%Y-%m-%d %Q"}, "no format of strptime"), ({"time_format": "%Y-%m-%d %"}, "no format of"),
        ({"timezone": "America/NewYork"}, "did you mean 'America/New_York'"), ({"timezone": "+25:00"}, "--timezone"),
        ({"timezone": "../etc/passwd"}, "is not known"), ({"timezone": ""}, "is not known"),
    ],
)  # fmt: skip
def test_options_that_cannot_be(options: dict[str, str], message: str, read: Read, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        read(write(records(2, "%Y-%m-%d", datetime(2016, 1, 1)), tmp_path / "a.csv"), **options)


def test_times_far_from_the_rest_are_named() -> None:
    near = [f"2024-05-{d:02}" for d in range(1, 29)]
    for far in ("1899-12-30", "1970-01-01", "9999-12-31", "0001-01-01"):
        (note,) = far_from_the_rest(parse_times(pa.array([*near, far])))
        assert f"1 of 29 times lies far from the rest, and decides who is first or last: {far}" in note
    assert not far_from_the_rest(parse_times(pa.array(near)))
    decades = [f"{y}-01-01" for y in range(1800, 2024)]
    assert not far_from_the_rest(parse_times(pa.array(decades)))
    # half of all are no few
    assert not far_from_the_rest(parse_times(pa.array(near[:14] + ["1970-01-01"] * 14)))
    months = [f"{y}-{m:02}-01" for y in range(2004, 2009) for m in range(1, 13)]
    assert not far_from_the_rest(parse_times(pa.array(months)))
