"""Rows with a field too many or too few: an error that a person finds them by, and a way to go on without them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cases.case import Said, given, rows, run
from inchorus.study import open_study

CASE = "shifted-columns"
COLUMNS = ("--source", "author", "--time", "publish_date", "--text", "content")


def find(tmp_path: Path, name: str, *more: str) -> Said:
    return run("find", given(CASE, name), *COLUMNS, *more, "--out", tmp_path / "study")


BROKEN = [
    ("ragged.csv", "ragged.csv, row 4 (line 5): 6 fields where the header has 7"),
    ("comma.csv", "comma.csv, row 4 (line 5): 8 fields where the header has 7"),
    ("multiline.csv", "multiline.csv, row 4 (line 8): 8 fields where the header has 7"),
]


@pytest.mark.parametrize(("name", "said"), BROKEN)
def test_the_error_says_row_and_line(tmp_path: Path, name: str, said: str) -> None:
    ended = find(tmp_path, name)
    assert ended.code == 1
    assert said in ended.err
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(("name", "said"), BROKEN)
def test_the_row_is_skipped_counted_and_kept(tmp_path: Path, name: str, said: str) -> None:
    ended = find(tmp_path, name, "--bad-rows", "skip")
    assert ended.code == 0
    assert f"1 row was skipped: {said}" in ended.err
    assert "1 skipped as bad rows" in ended.out
    documents = rows(tmp_path / "study", "documents")
    assert sorted(d["source"] for d in documents) == ["acc0", "acc1", "acc2", "acc4", "acc5"]
    assert all(d["following"] == f"105{d['source'][-1]}" for d in documents)
    with (tmp_path / "study.skipped.csv").open(encoding="utf-8", newline="") as file:
        (kept,) = csv.DictReader(file)
    where = said.split(": ")
    assert (kept["file"], kept["reason"]) == (name, where[1])
    assert f"row {kept['row']} (line {kept['line']})" in said
    assert kept["record"] in given(CASE, name).read_text(encoding="utf-8").splitlines()
    manifest = open_study(tmp_path / "study").manifest
    assert manifest["left_out"]["skipped as bad rows"] == 1
    assert manifest["rows_skipped"] == {kept["reason"]: 1}
    assert manifest["inputs"][0]["rows"] == 6


def test_a_row_with_the_right_number_of_fields_is_read(tmp_path: Path) -> None:
    assert find(tmp_path, "padded.csv").code == 0
    assert len(rows(tmp_path / "study", "documents")) == 6


def test_the_file_of_skipped_rows_goes_when_none_is_skipped(tmp_path: Path) -> None:
    find(tmp_path, "comma.csv", "--bad-rows", "skip")
    assert (tmp_path / "study.skipped.csv").exists()
    find(tmp_path, "padded.csv")
    assert not (tmp_path / "study.skipped.csv").exists()


def test_a_file_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "study.skipped.csv").write_text("mine\n")
    ended = find(tmp_path, "comma.csv", "--bad-rows", "skip")
    assert ended.code == 2
    assert "skipped rows would be written over this file" in ended.err
    assert (tmp_path / "study.skipped.csv").read_text() == "mine\n"


def test_three_are_shown_and_all_are_kept(tmp_path: Path) -> None:
    lines = ["source,text"] + [f"s{i},one, two" if i % 2 else f"s{i},text {i}" for i in range(20)]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    ended = run("find", tmp_path / "a.csv", "--bad-rows", "skip", "--out", tmp_path / "study")
    assert "10 rows were skipped: a.csv, row 2 (line 3)" in ended.err
    assert ended.err.count("3 fields where the header has 2") == 3
    with (tmp_path / "study.skipped.csv").open(encoding="utf-8", newline="") as file:
        assert [row["line"] for row in csv.DictReader(file)] == [str(i) for i in range(3, 22, 2)]


def test_a_file_with_no_good_row_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("source,text\na,one,two\n")
    ended = run("find", tmp_path / "a.csv", "--bad-rows", "skip", "--out", tmp_path / "study")
    assert ended.code == 1
    assert "no row could be read" in ended.err
    assert "a.csv, row 1 (line 2)" in ended.err
