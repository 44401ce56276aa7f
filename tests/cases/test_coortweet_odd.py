"""Tables of CooRTweet's users: times in every way of writing that has one meaning, repeated rows, empty objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.case import Said, given, rows, run


def find(tmp_path: Path, name: str) -> Said:
    return run("find", given("coortweet-odd", name), "--coortweet", "--window", 60, "--out", tmp_path / "study")


@pytest.mark.parametrize(
    ("name", "weight"), [("iso.csv", 2), ("sec.csv", 2), ("ms.csv", 2), ("frac.csv", 2), ("dup.csv", 3)]
)
def test_one_pair_with_its_weight(tmp_path: Path, name: str, weight: int) -> None:
    assert find(tmp_path, name).code == 0
    (tie,) = rows(tmp_path / "study", "ties")
    assert (tie["source_a"], tie["source_b"], tie["weight"]) == ("a", "b", weight)


@pytest.mark.parametrize(
    ("name", "row"), [("na.csv", "row 2 (line 3)"), ("neg.csv", "row 1 (line 2)"), ("small.csv", "row 1 (line 2)")]
)
def test_what_is_no_time_names_row_and_column(tmp_path: Path, name: str, row: str) -> None:
    ended = find(tmp_path, name)
    assert ended.code == 1
    assert f"{name}, {row}, column 'timestamp_share'" in ended.err


def test_an_american_time_that_can_be_no_other_is_read(tmp_path: Path) -> None:
    assert find(tmp_path, "us.csv").code == 0
    assert {f"{d['time']:%Y-%m-%d %H:%M}" for d in rows(tmp_path / "study", "documents")} == {"2016-10-13 21:04"}


def test_a_time_that_may_be_of_two_months_names_row_and_column(tmp_path: Path) -> None:
    shares = tmp_path / "us.csv"
    shares.write_text(
        "object_id,account_id,content_id,timestamp_share\no1,a,1,10/11/2016 21:04\no1,b,2,10/11/2016 21:04\n"
    )
    ended = run("find", shares, "--coortweet", "--window", 60, "--out", tmp_path / "study")
    assert ended.code == 1
    assert "us.csv, row 1 (line 2), column 'timestamp_share'" in ended.err


def test_a_share_without_an_object_is_said_to_be_left_out(tmp_path: Path) -> None:
    ended = find(tmp_path, "noobj.csv")
    assert ended.code == 0
    assert "left out: 1 without an object" in ended.out


@pytest.mark.parametrize("nothing", ["NA", "NaN", "null", "None"])
def test_what_stands_for_no_object_ties_nobody(nothing: str, tmp_path: Path) -> None:
    lines = [f"{nothing},{a},{a}{i},{1704067200 + 90 * i}" for i in range(4) for a in "ab"]
    shared = [f"o{i},{a},{a}{9 + i},{1704090000 + 90 * i}" for i in range(2) for a in "ac"]
    (tmp_path / "in.csv").write_text("\n".join(["object_id,account_id,content_id,timestamp_share", *lines, *shared]))
    said = run("find", tmp_path / "in.csv", "--coortweet", "--window", "60", "--out", tmp_path / "study")
    assert said.code == 0
    assert f"8 shares have no object, but what stands for none ({nothing!r})" in said.err
    assert [(r["account_a"], r["account_b"], r["weight"]) for r in rows(tmp_path / "study", "coortweet")] == [
        ("a", "c", 2)
    ]
