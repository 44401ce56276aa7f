"""Names of one source that differ by white space are one; by capitals, that is said."""

from __future__ import annotations

from pathlib import Path

from cases.case import given, rows, run


def test_names_are_compared_without_white_space_around_them(tmp_path: Path) -> None:
    ended = run("find", given("source-spaces", "in.csv"), "--out", tmp_path / "study")
    assert ended.code == 0
    assert {d["source"] for d in rows(tmp_path / "study", "documents")} == {"Herald", "herald"}
    assert "2 rows have white space around the name of the source, as in 'Herald '" in ended.err
    assert "differ only by capitals or white space are kept apart: 'Herald', 'herald'" in ended.err
    assert rows(tmp_path / "study", "talking_points")[0]["n_sources"] == 2


def test_a_line_of_one_source_is_no_talking_point_of_two(tmp_path: Path) -> None:
    line = "the harbour master wants to close the old swing bridge at night from may on"
    (tmp_path / "a.csv").write_text(f"source,text\nHerald,{line}\n\u2003Herald\u00a0,{line}\nPost,other\n", "utf-8")
    assert run("find", tmp_path / "a.csv", "--out", tmp_path / "study").code == 0
    assert rows(tmp_path / "study", "talking_points") == []


def test_declared_attributes_are_found_for_trimmed_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("source,text\nHerald ,one\nPost,two\n")
    (tmp_path / "by.csv").write_text("source,owner\nHerald ,North\n\u00a0Post,South\n", "utf-8")
    found = run("find", tmp_path / "a.csv", "--attributes", tmp_path / "by.csv", "--out", tmp_path / "study")
    assert found.code == 0
    assert {d["source"]: d["owner"] for d in rows(tmp_path / "study", "documents")} == {
        "Herald": "North",
        "Post": "South",
    }


def test_a_name_that_stands_for_none_is_noted(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("source,text\nHerald,one\nNA,two\nNA,three\n")
    assert "the source 'NA' may stand for none" in run("find", tmp_path / "in.csv", "--out", tmp_path / "study").err
