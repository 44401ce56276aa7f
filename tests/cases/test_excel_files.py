"""Workbooks: read where they can be, one clear message where not."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cases.case import Said, given, rows, run
from inchorus.study import open_study

CASE = "excel-files"


def find(tmp_path: Path, file: Path, *more: str) -> Said:
    return run("find", file, *more, "--out", tmp_path / "study")


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, cells in sheets.items():
        sheet = made.create_sheet(name)
        for row in cells:
            sheet.append(row)
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    made.save(path)
    return path


@pytest.mark.parametrize("name", ["book.xlsx", "old.xls"])
def test_a_file_that_pretends_to_be_a_workbook_has_one_message(tmp_path: Path, name: str) -> None:
    ended = find(tmp_path, given(CASE, name))
    assert ended.code == 1
    assert "the workbook cannot be opened" in ended.err
    assert "save it as CSV UTF-8" in ended.err
    as_csv = find(tmp_path, given(CASE, name), "--format", "csv", "--encoding", "cp1252")
    assert "workbook" in as_csv.err
    assert "not CSV" in as_csv.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table><tr><td>source</td></tr></table></html>", "this is a web page, not a workbook"),
        (b"source\ttext\na\tone\n", "this is text, not a workbook; --format csv reads tables"),
        (b"", "the file is empty"),
        (b"PK\x03\x04 and nothing more", "the workbook cannot be opened"),
        (b"%PDF-1.4", "this is a PDF, not a workbook"),
    ],
)
@pytest.mark.parametrize("ending", ["xls", "xlsx", "ods"])
def test_other_content_under_the_name_of_a_workbook(tmp_path: Path, ending: str, content: bytes, said: str) -> None:
    (tmp_path / f"a.{ending}").write_bytes(content)
    ended = find(tmp_path, tmp_path / f"a.{ending}")
    assert ended.code == 1
    assert said in ended.err


def test_cells_become_what_an_export_writes(tmp_path: Path) -> None:
    cells: dict[str, Any] = {
        "id": "1380242280532049921", "source": "a", "time": datetime(2024, 5, 1, 12, 30, 5), "text": " two\nlines ",
        "whole": 12, "part": 0.1 + 0.2, "large": 1e20, "yes": True, "day": date(2024, 2, 29), "at": time(3, 4, 5),
        "long": timedelta(hours=30), "none": None,
    }  # fmt: skip
    file = book(tmp_path / "a.xlsx", Posts=[list(cells), list(cells.values()), ["7", "b", date(2024, 5, 2), "x"]])
    assert find(tmp_path, file).code == 0
    first, second = rows(tmp_path / "study", "documents")
    assert (first["time"].replace(tzinfo=None), first["time_precision"]) == (cells["time"], "second")
    assert (second["doc_id"], second["time_precision"]) == ("7", "day")
    assert {n: first[n] for n in ("doc_id", "text", "whole", "part", "large", "yes", "day", "at", "long", "none")} == {
        "doc_id": cells["id"], "text": " two\nlines ", "whole": "12", "part": "0.3", "large": "1e+20", "yes": "TRUE",
        "day": "2024-02-29", "at": "03:04:05", "long": "30:00:00", "none": None,
    }  # fmt: skip


def test_every_sheet_with_the_columns_is_read_and_said(tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        May=[["source", "text"], ["a", "one"]],
        June=[[], [None, "text", "source", "note"], [None, "two", "b", "n"]],
        hidden=[["source", "text"], ["c", "three"]],
        Notes=[["made by", "me"]],
        Empty=[],
    )
    ended = find(tmp_path, file)
    assert (
        "sheets read of a.xlsx: 'May', 'June', 'hidden' (hidden); left out, without the columns: 'Notes'" in ended.err
    )
    assert [(d["source"], d["text"], d["note"]) for d in rows(tmp_path / "study", "documents")] == [
        ("a", "one", None),
        ("b", "two", "n"),
        ("c", "three", None),
    ]
    manifest = open_study(tmp_path / "study").manifest
    assert manifest["inputs"][0]["rows"] == 3
    assert run("verify", tmp_path / "study").code == 0


def test_an_error_names_sheet_and_row_as_the_program_shows_them(tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        May=[["source", "text"], ["a", "one"]],
        June=[["source", "text"], ["b", "two"], [], ["", "three"]],
    )
    ended = find(tmp_path, file)
    assert "a.xlsx, sheet 'June', row 3 (line 4), column 'source': the source is empty" in ended.err
    skipped = find(tmp_path, file, "--bad-rows", "skip")
    assert "1 row was skipped: a.xlsx, sheet 'June', row 3 (line 4)" in skipped.err


def test_a_workbook_without_the_columns_says_which_it_has(tmp_path: Path) -> None:
    ended = find(tmp_path, book(tmp_path / "a.xlsx", Posts=[["Author", "text"], ["a", "one"]]))
    assert ended.code == 1
    assert "a.xlsx, sheet 'Posts': no column 'source'; the columns are: Author, text" in ended.err


def test_ids_held_as_numbers_are_refused_beyond_two_to_the_53(tmp_path: Path) -> None:
    head = ["id", "source", "text"]
    big = book(tmp_path / "a.xlsx", Posts=[head, [12, "a", "one"], [1380242280532049921, "b", "two"]])
    ended = find(tmp_path, big)
    assert "a.xlsx, sheet 'Posts', row 2 (line 3), column 'id'" in ended.err
    assert "cannot hold all its digits" in ended.err
    assert find(tmp_path, book(tmp_path / "b.xlsx", Posts=[head, [12, "a", "one"], [2**53, "b", "two"]])).code == 0
    assert [d["doc_id"] for d in rows(tmp_path / "study", "documents")] == ["12", str(2**53)]


def test_a_small_workbook_that_asks_for_terabytes_is_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "source", "x"
    made.save(tmp_path / "a.xlsx")
    ended = find(tmp_path, tmp_path / "a.xlsx")
    assert ended.code == 1
    assert "the workbook cannot be opened with 4 GB of memory" in ended.err
    assert "CSV UTF-8" in ended.err


def test_an_archive_that_says_it_is_too_large_is_not_opened(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", Posts=[["source", "text"]])
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (0xFFFFFFFE).to_bytes(4, "little")
    at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = (0xFFFFFFFE).to_bytes(4, "little")
    file.write_bytes(data)
    assert "cannot be opened with 4 GB of memory" in find(tmp_path, file).err


def test_open_document_spreadsheets_are_read(tmp_path: Path) -> None:
    def cells(*values: str) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>' for v in values
        )

    name = "urn:oasis:names:tc:opendocument:xmlns"
    table = "".join(
        f"<table:table-row>{cells(*r)}</table:table-row>" for r in (("source", "text"), ("a", "one"), ("b", "two"))
    )
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
        f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="May">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert find(tmp_path, tmp_path / "a.ods").code == 0
    assert [d["text"] for d in rows(tmp_path / "study", "documents")] == ["one", "two"]
    (tmp_path / "a.ods").rename(tmp_path / "noending")
    assert find(tmp_path, tmp_path / "noending").code == 0
