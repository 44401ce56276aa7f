"""Times as other programs write them: what has one meaning is read, and what is said of the rest is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases.case import given, rows, run

# what values.json has that is no time, with what is said of it; all else there is half past nine of one day, or so
NOT_READ = {
    "1.47734304e9": "power of ten", "42667.8777777778": "as Excel counts", "2016-10": "names no day",
    "2016": "names no day", "2016-W43": "names no day", "0000-00-00 00:00:00": "stands for no time",
    "999999999": "10, 13, 16 or 19 digits", "-5": "10, 13, 16 or 19 digits", "0": "10, 13, 16 or 19 digits",
}  # fmt: skip
NOT_READ |= dict.fromkeys(("NaT", "nan", "NULL", "None", "N/A"), "stands for no time")
OTHERS = {
    "1970-01-01T00:00:00Z": "1970-01-01 00:00", "1899-12-30": "1899-12-30 00:00", "2999-01-01": "2999-01-01 00:00",
    "2016-10-24 9:04": "2016-10-24 09:04", "3/22/2016 18:31": "2016-03-22 18:31",
    "2016-10-24T24:00:00Z": "2016-10-25 00:00", "2016-06-30T23:59:60Z": "2016-07-01 00:00",
    "2016-10-24 21:04:00 EDT": "2016-10-25 01:04", "2016-10-24 21:04:00 CEST": "2016-10-24 19:04",
    "2016-10-24 21:04:00 CET": "2016-10-24 20:04", "2016-10-24T21:04:00 +02:00": "2016-10-24 19:04",
    "2016-10-24 21:04:00 GMT+2": "2016-10-24 19:04",
}  # fmt: skip


def test_american_dates_of_one_meaning(tmp_path: Path) -> None:
    said = run("find", given("time-formats", "us.csv"), "--out", tmp_path / "study")
    assert said.code == 0, said.err
    times = {r["source"]: f"{r['time']:%Y-%m-%d %H:%M}" for r in rows(tmp_path / "study", "documents")}
    assert times == {
        "s0": "2016-10-13 21:04", "s1": "2016-10-24 09:04", "s2": "2016-03-22 18:31", "s3": "2016-12-31 00:00",
    }  # fmt: skip
    assert {r["time_precision"] for r in rows(tmp_path / "study", "documents")} == {"minute"}


def test_every_value(tmp_path: Path) -> None:
    values = json.loads(given("time-formats", "values.json").read_text(encoding="utf-8"))
    # each of its own source and file: another could settle what it means
    folder = tmp_path / "in"
    folder.mkdir()
    for i, value in enumerate(values):
        record = {"id": str(i), "source": f"s{i % 7}", "time": value, "text": f"text {i}"}
        (folder / f"{i}.jsonl").write_text(json.dumps(record))
    said = run("find", folder, "--out", tmp_path / "study", "--bad-times", "null")
    assert said.code == 0, said.err
    assert f"{len(NOT_READ)} times were not read, and counted as not known: " in said.err
    for r in rows(tmp_path / "study", "documents"):
        value = values[int(r["doc_id"])]
        if value in NOT_READ or not value:
            assert r["time"] is None, value
        else:
            day = "2016-10-24 00:00" if r["time_precision"] == "day" else "2016-10-24 21:04"
            assert f"{r['time']:%Y-%m-%d %H:%M}" == OTHERS.get(value, day), value


@pytest.mark.parametrize("value", NOT_READ)
def test_what_is_said_of_a_value_that_is_not_read(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'source,time,text\na,2024-05-01,x\nb,"{value}",y\n')
    said = run("find", tmp_path / "a.csv", "--out", tmp_path / "study")
    assert said.code == 1
    assert NOT_READ[value] in said.err
    assert "row 2" in said.err
    assert "more than one way" not in said.err


def test_nothing_settles_it_until_the_user_does(tmp_path: Path) -> None:
    text = "the same words were sent by all of these accounts on one day"
    lines = "".join(f"s{i},{t},{text} {i}\n" for i, t in enumerate(["03/04/2024 9:00 PM", "3/4/2024 9:05 PM"]))
    (tmp_path / "a.csv").write_text("source,time,text\n" + lines)
    study = tmp_path / "study"
    said = run("find", tmp_path / "a.csv", "--out", study)
    assert said.code == 1
    assert "month-first or day-first, and no other time of the column tells which" in said.err
    assert "--time-format month-first or day-first" in said.err
    assert (
        run("find", tmp_path / "a.csv", "--out", study, "--time-format", "day-first", "--timezone", "Asia/Tokyo").code
        == 0
    )
    assert [f"{r['time']:%Y-%m-%d %H:%M}" for r in rows(study, "documents")] == ["2024-04-03 12:00", "2024-04-03 12:05"]
    assert run("find", tmp_path / "a.csv", "--out", study, "--time-format", "first-day").code == 2
