"""Line ends, quotation marks and delimiters where they do not belong: read, or an error that says which row it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.case import given, rows, run

CASE = "raw-newlines"


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("bare.csv", ['5" pipes and 3" nails were sold at the old market hall today'] * 2),
        ("cr.csv", ["one", "two"]),
        ("semi.csv", ["one; two", "two, three, four"]),
        ("tail.csv", ["one", "two"]),
        ("index.csv", ["one", "two"]),
        ("nul.csv", ["one\0two", "two"]),
    ],
)
def test_files_that_can_be_read_are(tmp_path: Path, name: str, texts: list[str]) -> None:
    assert run("find", given(CASE, name), "--out", tmp_path / "study").code == 0
    documents = rows(tmp_path / "study", "documents")
    assert [(d["doc_id"], d["source"], d["text"]) for d in documents] == [
        ("1", "a", texts[0]),
        ("2", "b", texts[1]),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("in.csv", "row 2 (line 3): 1 field where the header has 4"),
        ("quote.csv", "row 1 (line 2): broken CSV"),
        ("open.csv", "row 1 (line 2): a quotation mark is not closed"),
        ("backslash.csv", "never with a backslash before it"),
        ("short.csv", "row 1 (line 2): 4 fields where the header has 5"),
        ("rnames.csv", "row 1 (line 2): 4 fields where the header has 3; if these are row names, as R writes them"),
    ],
)
def test_files_that_cannot_be_read_say_which_row_and_what_is_wrong(tmp_path: Path, name: str, said: str) -> None:
    ended = run("find", given(CASE, name), "--out", tmp_path / "study")
    assert ended.code == 1
    assert said in ended.err
    assert "--bad-rows skip" in ended.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("head", ["sep=;\n", '"sep=;"\r\n', "SEP=|\r"])
def test_the_first_line_of_excel_names_the_delimiter(tmp_path: Path, head: str) -> None:
    mark = head[-2] if head.endswith("\r") else ";"
    text = given(CASE, "sep.csv").read_text(encoding="utf-8").partition("\n")[2].replace(";", mark)
    (tmp_path / "a.csv").write_text(f"{head}{text}2{mark}b{mark}2014-06-24{mark}two, three\n", newline="")
    assert run("find", tmp_path / "a.csv", "--out", tmp_path / "study").code == 0
    assert [d["text"] for d in rows(tmp_path / "study", "documents")] == ["one", "two, three"]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    lines = [f'{i},s{i},2014-06-{i:02},"text {i}"' for i in range(1, 29)]
    lines[4] = '5,s5,2014-06-05,"He said and left'
    (tmp_path / "a.csv").write_text("id,source,time,text\n" + "\n".join(lines) + "\n")
    ended = run("find", tmp_path / "a.csv", "--bad-rows", "skip", "--out", tmp_path / "study")
    assert "1 row was skipped: a.csv, row 5 (line 6): " in ended.err
    assert {d["doc_id"]: d["source"] for d in rows(tmp_path / "study", "documents")} == {
        str(i): f"s{i}" for i in range(1, 29) if i != 5
    }


def test_a_text_of_many_lines_with_a_stray_quotation_mark_gives_no_row_of_its_own(tmp_path: Path) -> None:
    broken = '2,b,2014-06-24,"first line\nWell, she said, on Monday, we go\n\nhe said "hello", and, then, left"\n'
    (tmp_path / "a.csv").write_text(
        "id,source,time,text\n1,a,2014-06-23,one\n" + broken + '3,c,2014-06-25,"three\nlines"\n'
    )
    ended = run("find", tmp_path / "a.csv", "--bad-rows", "skip", "--out", tmp_path / "study")
    assert ended.code == 0
    assert [(d["doc_id"], d["text"]) for d in rows(tmp_path / "study", "documents")] == [
        ("1", "one"),
        ("3", "three\nlines"),
    ]
