"""Ids of 19 digits: digit for digit, or refused where digits are lost already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import inchorus
from cases.case import given, rows, run

BIG = 1380242280532049920
LOST = "went through a number that cannot hold all its digits"


def test_ids_come_out_digit_for_digit(tmp_path: Path) -> None:
    assert run("find", given("big-ids", "in.json"), "--out", tmp_path / "study").code == 0
    documents = rows(tmp_path / "study", "documents")
    assert [d["doc_id"] for d in documents] == [str(BIG + 2), str(BIG), str(BIG + 1)]
    assert [d["n"] for d in documents] == [None, "9007199254740993", "1.5"]


def test_whole_numbers_of_a_frame_stay_whole() -> None:
    study = inchorus.find(pd.DataFrame({"id": [BIG + 1, BIG + 2], "source": ["a", "b"], "text": ["one", "two"]}))
    assert study.documents.arrow()["doc_id"].to_pylist() == [str(BIG + 1), str(BIG + 2)]


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame, pa.table, lambda d: pd.DataFrame(d).to_dict("records")])
def test_ids_that_were_floats_are_refused_with_the_reason(made: Callable[[Mapping[str, list[object]]], Any]) -> None:
    table: dict[str, list[object]] = {
        "id": [float(BIG), float(BIG + 512), 1.0],
        "source": ["a", "b", "c"],
        "text": ["one", "two", "three"],
    }
    with pytest.raises(inchorus.InputError, match=rf"row 1.*, column 'id'.*{LOST}.*two that differed may be equal"):
        inchorus.find(made(table))


def test_a_frame_whose_ids_have_a_gap_is_refused_for_its_floats() -> None:
    frame = pd.DataFrame({"id": [BIG, None, BIG + 1], "source": ["a", "b", "c"], "text": ["one", "two", "three"]})
    with pytest.raises(inchorus.InputError, match=LOST):
        inchorus.find(frame)


@pytest.mark.parametrize("made", [pd.DataFrame, lambda d: pd.DataFrame(d).to_dict("records")])
def test_small_floats_are_the_whole_numbers_that_they_were(made: Callable[[Mapping[str, list[object]]], Any]) -> None:
    table: dict[str, list[object]] = {"id": [1.0, 12.0], "source": [3.0, 4.0], "text": ["one", "two"]}
    documents = inchorus.find(made(table)).documents.arrow()
    assert documents["doc_id"].to_pylist() == ["1", "12"]
    assert documents["source"].to_pylist() == ["3", "4"]


@pytest.mark.parametrize("written", ["1.38024E+18", "1.38024228053205e+18"])
def test_ids_that_a_spreadsheet_shortened_are_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.csv").write_text(f"id,source,text\n7,a,one\n{written},b,two\n")
    ended = run("find", tmp_path / "a.csv", "--out", tmp_path / "study")
    assert ended.code == 1
    assert "a.csv, row 2 (line 3), column 'id'" in ended.err
    assert LOST in ended.err


def test_floats_that_name_the_post_that_was_reposted_are_refused_too() -> None:
    frame = pd.DataFrame({"source": ["a", "b"], "text": ["one", "two"], "repost_of": [float(BIG), None]})
    with pytest.raises(inchorus.InputError, match="column 'repost_of'"):
        inchorus.find(frame)


def test_ids_that_a_spreadsheet_cut_at_fifteen_digits_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,source,text\n1380242280532040000,a,one\n1380242280532050000,b,two\n")
    ended = run("find", tmp_path / "a.csv", "--out", tmp_path / "study")
    assert ended.code == 1
    assert LOST in ended.err
    (tmp_path / "b.csv").write_text("id;source;text\n1,38E+18;a;one\n1,39E+18;b;two\n")
    assert LOST in run("find", tmp_path / "b.csv", "--out", tmp_path / "study").err


def test_objects_that_lost_digits_tie_nobody(tmp_path: Path) -> None:
    lines = [f"{s}{i},{s},2024-05-0{1 + i}T00:00:0{k},look,1.38024E+18" for i in range(6) for k, s in enumerate("ab")]
    (tmp_path / "a.csv").write_text("id,source,time,text,reply_to\n" + "\n".join(lines) + "\n")
    ended = run("find", tmp_path / "a.csv", "--out", tmp_path / "study", "--objects", "reply_to")
    assert ended.code == 0
    assert "holds numbers that lost their last digits" in ended.err
    assert not [r for r in rows(tmp_path / "study", "ties") if r["kind"] == "reply_to"]
