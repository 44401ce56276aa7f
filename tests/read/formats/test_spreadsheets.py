"""Workbooks of older programs and of LibreOffice, written here cell by cell: .xls (BIFF8) and .ods, known answers."""

from __future__ import annotations

import struct
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlwt

from inchorus.errors import InputError
from read.conftest import Read

DAY = xlwt.easyxf(num_format_str="YYYY-MM-DD")
MOMENT = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS")
NOT_CALCULATED = struct.pack("<Q", 0xFFFF000000000003)  # how xlwt leaves what a formula gives


def xls(path: Path) -> Path:
    """Two sheets with documents, one without the columns, one that is hidden."""
    book = xlwt.Workbook(encoding="utf-8")
    may = book.add_sheet("May")
    may.write(2, 1, "id"), may.write(2, 2, "source"), may.write(2, 3, "time"), may.write(2, 4, "text")
    may.write(2, 5, "likes"), may.write(2, 6, "shown"), may.write(2, 7, "sum"), may.write(2, 0, "of")
    may.write(3, 1, "a1"), may.write(3, 2, "Héraut"), may.write(3, 3, date(2024, 5, 1), DAY)
    may.write(3, 4, "Rain over “the harbour” — 雨 \U0001f327"), may.write(3, 5, 12), may.write(3, 6, True)
    may.write(3, 7, xlwt.Formula("F4*2"))
    # two empty rows between, and one with spaces alone
    may.write(6, 4, "  ")
    may.write(7, 1, "a2"), may.write(7, 2, "Courier"), may.write(7, 3, datetime(2024, 5, 2, 12, 30, 5), MOMENT)
    may.write(7, 4, "Snow,\nand more."), may.write(7, 5, 0.1), may.write(7, 6, False)
    notes = book.add_sheet("Notes")
    notes.write(0, 0, "who"), notes.write(0, 1, "what")
    book.add_sheet("Empty")
    june = book.add_sheet("June")
    june.visibility = 1
    for i, name in enumerate(["text", "source", "time", "id"]):
        june.write(0, i, name)
    june.write(1, 0, "x" * 32_767), june.write(1, 1, "Héraut"), june.write(1, 2, "2024-06-01"), june.write(1, 3, 7)
    book.save(str(path))
    path.write_bytes(path.read_bytes().replace(NOT_CALCULATED, struct.pack("<d", 24.0)))
    return path


def test_an_xls_is_read_cell_by_cell(read: Read, folder: Path) -> None:
    file = xls(folder / "a.xls")
    assert file.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"  # no .xlsx under its name
    found = read(file)
    rows = {row["doc_id"]: row for row in found.table.to_pylist()}
    assert set(rows) == {"a1", "a2", "7"}
    one, two, three = rows["a1"], rows["a2"], rows["7"]
    assert (one["source"], one["text"]) == ("Héraut", "Rain over “the harbour” — 雨 \U0001f327")
    assert (one["time"], one["time_precision"]) == (datetime(2024, 5, 1, tzinfo=UTC), "day")
    assert (two["time"], two["time_precision"]) == (datetime(2024, 5, 2, 12, 30, 5, tzinfo=UTC), "second")
    assert [row["likes"] for row in (one, two, three)] == ["12", "0.1", None]
    assert [row["shown"] for row in (one, two, three)] == ["TRUE", "FALSE", None]
    assert [row["sum"] for row in (one, two, three)] == ["24", None, None]
    assert two["text"] == "Snow,\nand more."
    assert (len(three["text"]), three["time_precision"]) == (32_767, "day")
    (said,) = (note for note in found.notes if note.startswith("sheets read of a.xls"))
    assert said == "sheets read of a.xls: 'May', 'June' (hidden); left out, without the columns: 'Notes'"
    assert (found.n_rows, found.n_empty) == (4, 1)  # the row of white space


def test_an_xls_of_sixty_thousand_rows_keeps_each(read: Read, folder: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("All")
    for i, name in enumerate(["id", "source", "text"]):
        sheet.write(0, i, name)
    for row in range(1, 20_001):
        sheet.write(row, 0, row), sheet.write(row, 1, f"s{row % 7}"), sheet.write(row, 2, f"Text {row}")
    sheet.write(65_535, 0, 0), sheet.write(65_535, 1, "s0"), sheet.write(65_535, 2, "The last row.")
    book.save(str(folder / "a.xls"))
    table = read(folder / "a.xls").table
    texts = dict(zip(table["doc_id"].to_pylist(), table["text"].to_pylist(), strict=True))
    assert texts == {str(i): f"Text {i}" for i in range(1, 20_001)} | {"0": "The last row."}


def test_an_xls_that_is_cut_short_or_of_an_id_too_long_is_refused(read: Read, folder: Path) -> None:
    whole = xls(folder / "a.xls").read_bytes()
    (folder / "a.xls").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"a\.xls: the workbook cannot be opened"):
        read(folder / "a.xls")
    book = xlwt.Workbook()
    sheet = book.add_sheet("All")
    sheet.write(0, 0, "id"), sheet.write(0, 1, "source"), sheet.write(0, 2, "text")
    sheet.write(1, 0, 1234567890123456789), sheet.write(1, 1, "A"), sheet.write(1, 2, "x")
    book.save(str(folder / "b.xls"))
    with pytest.raises(InputError, match="went through a number that cannot hold all its digits"):
        read(folder / "b.xls")


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def cell(value: str = "", kind: str = "string", given: str = "", more: str = "") -> str:
    names = {
        "float": "value",
        "percentage": "value",
        "date": "date-value",
        "time": "time-value",
        "boolean": "boolean-value",
    }
    held = f' office:{names[kind]}="{given}"' if kind in names else ""
    return f'<table:table-cell office:value-type="{kind}"{held}{more}><text:p>{value}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def ods(path: Path, sheets: dict[str, list[str]]) -> Path:
    tables = "".join(f'<table:table table:name="{n}">{"".join(rows)}</table:table>' for n, rows in sheets.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


EMPTY = row('<table:table-cell table:number-columns-repeated="16384"/>', more=' table:number-rows-repeated="1000000"')
HEAD = row(*map(cell, ["id", "source", "time", "text", "likes", "shown", "sum"]))


def test_an_ods_is_read_cell_by_cell(read: Read, folder: Path) -> None:
    noted = (
        '<table:table-cell office:value-type="string"><office:annotation><dc:creator>Ada</dc:creator><text:p>A remark '
        'of a reader.</text:p></office:annotation><text:p>Rain<text:s text:c="2"/>over</text:p><text:p>the '
        "<text:span>harbour</text:span>.</text:p></table:table-cell>"
    )
    sheets = {
        "May": [
            row('<table:table-cell table:number-columns-repeated="7"/>', more=' table:number-rows-repeated="3"'),
            HEAD,
            row(
                cell("a1"), cell("Herald"), cell("01.05.24", "date", "2024-05-01"), noted,
                cell("12", "float", "12"), cell("WAHR", "boolean", "true"),
                cell("24", "float", "24", ' table:formula="of:=[.E5]*2"'),
            ),
            row('<table:table-cell table:number-columns-repeated="7"/>', more=' table:number-rows-repeated="20"'),
            row(
                cell("a2"), cell("Courier"), cell("02.05.24 12:30", "date", "2024-05-02T12:30:05"),
                cell("Snow &amp; hail."),
                '<table:table-cell table:number-columns-repeated="3"/>',
            ),
            EMPTY,
        ],
        "Notes": [row(cell("who"), cell("what"))],
        "June": [HEAD, row(cell("7", "float", "7"), cell("Herald"), cell("2024-06-01"), cell("Hail."))],
    }  # fmt: skip
    found = read(ods(folder / "a.ods", sheets))
    one, two, three = sorted(found.table.to_pylist(), key=lambda r: str(r["time"]))
    assert [r["doc_id"] for r in (one, two, three)] == ["a1", "a2", "7"]
    assert one["text"] == "Rain  over\nthe harbour."
    assert (one["time"], one["time_precision"]) == (datetime(2024, 5, 1, tzinfo=UTC), "day")
    assert (two["time"], two["time_precision"]) == (datetime(2024, 5, 2, 12, 30, 5, tzinfo=UTC), "second")
    assert (one["likes"], one["shown"], one["sum"]) == ("12", "TRUE", "24")
    assert (two["text"], two["likes"], two["shown"]) == ("Snow & hail.", None, None)
    assert "sheets read of a.ods: 'May', 'June'; left out, without the columns: 'Notes'" in found.notes
    assert found.n_rows == 3


def test_an_ods_of_a_million_empty_rows_names_the_line_behind_them(read: Read, folder: Path) -> None:
    last = row(cell("a2"), cell(""), cell("2024-05-01"), cell("Snow."))
    ods(folder / "a.ods", {"May": [HEAD, row(cell("a1"), cell("A"), cell(""), cell("Rain.")), EMPTY, last]})
    with pytest.raises(InputError, match=r"a\.ods, sheet 'May', row 2 \(line 1000003\), column 'source': .*empty"):
        read(folder / "a.ods")
    assert read(folder / "a.ods", bad_rows="skip").table["text"].to_pylist() == ["Rain."]


def test_a_row_that_is_repeated_is_there_as_often(read: Read, folder: Path) -> None:
    twice = row(cell("A"), cell("Rain."), more=' table:number-rows-repeated="2"')
    ods(folder / "a.ods", {"May": [row(cell("source"), cell("text")), twice]})
    assert read(folder / "a.ods").n_rows == 2
