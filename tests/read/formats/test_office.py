"""Documents of word processors and PDFs: their words, their pages, and what cannot be read of them."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read


def pdf(*pages: str, title: str = "") -> bytes:
    """A PDF whose pages show these lines; an empty one shows nothing."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n")) if text else ""
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({title}) >>".encode())
    out = b"%PDF-1.4\n"
    places = []
    for i, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    n = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % n + table + end % (n, len(objects), len(out))


def document(*paragraphs: str) -> Any:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    return made


def test_a_pdf_is_a_text_with_its_pages(read: Read, folder: Path) -> None:
    (folder / "council").mkdir()
    (folder / "council" / "2024-05-01 minutes.pdf").write_bytes(
        pdf("The bridge is closed.\nFerries run.", "Rain.", title="Minutes")
    )
    (found,) = read(folder).table.to_pylist()
    assert found["text"] == "The bridge is closed.\nFerries run.\nRain."
    assert (found["source"], found["title"], found["time_precision"]) == ("council", "Minutes", "day")
    pages = json.loads(found["pages"]) if isinstance(found["pages"], str) else found["pages"]
    assert pages == [0, 35]
    assert found["text"][35:] == "Rain."
    page = (Path(__file__).parents[3] / "docs" / "formats-papers.md").read_text("utf-8")
    sql = next(one for one in re.findall(r"^```sql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if "AS page" in one)
    with closing(duckdb.connect()) as connection:
        connection.register("documents", read(folder).table)
        connection.execute(
            "CREATE TABLE passages AS SELECT 'x' AS tp_id, 'council/2024-05-01 minutes.pdf' AS doc_id, 37 AS start"
        )
        assert connection.sql(sql).fetchall() == [("x", 2)]
    (folder / "plain").write_bytes(pdf("Rain."))
    assert read(folder / "plain").table["text"].to_pylist() == ["Rain."]


def test_a_scan_is_said_to_be_one(read: Read, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(pdf("", ""))
    with pytest.raises(InputError, match=r"a\.pdf: a scan: none of 2 pages has a text layer; .*ocrmypdf"):
        read(folder)
    (folder / "b.pdf").write_bytes(pdf("Rain.", ""))
    found = read(folder)
    assert (found.table["text"].to_pylist(), found.skipped.n) == (["Rain.\n"], 1)
    assert "b.pdf: 1 of 2 pages have no text layer and are not read" in found.notes


def test_a_pdf_that_cannot_be_read_is_said(read: Read, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.4\nnothing")
    with pytest.raises(InputError, match=r"a\.pdf: the PDF cannot be read \(it is damaged"):
        read(folder / "a.pdf")


def test_a_document_is_its_paragraphs_and_cells(read: Read, folder: Path) -> None:
    made = document("The bridge is closed.", "Ferries run.")
    made.core_properties.title, made.core_properties.author = "Notice", "Ada"
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Monday", "rain"
    made.add_paragraph("Behind the table.")
    made.save(str(folder / "2024-05-01.docx"))
    (found,) = read(folder).table.to_pylist()
    assert found["text"] == "The bridge is closed.\nFerries run.\nMonday\nrain\nBehind the table."
    assert (found["title"], found["author"], found["time_precision"]) == ("Notice", "Ada", "day")
    (folder / "b").write_bytes((folder / "2024-05-01.docx").read_bytes())
    assert read(folder / "b").table["source"].to_pylist() == ["b"]


def test_changes_are_read_as_accepted(read: Read, folder: Path) -> None:
    made = document("")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made.paragraphs[0]._p.append(parse_xml(f"<w:r {w}><w:t>The bridge </w:t></w:r>"))
    made.paragraphs[0]._p.append(parse_xml(f"<w:del {w}><w:r><w:delText>was</w:delText></w:r></w:del>"))
    made.paragraphs[0]._p.append(parse_xml(f"<w:ins {w}><w:r><w:t>is</w:t></w:r></w:ins>"))
    made.paragraphs[0]._p.append(parse_xml(f"<w:r {w}><w:tab/><w:t>closed.</w:t></w:r>"))
    made.save(str(folder / "a.docx"))
    assert read(folder / "a.docx").table["text"].to_pylist() == ["The bridge is\tclosed."]


def test_a_bomb_and_what_is_damaged_are_refused(read: Read, folder: Path) -> None:
    whole = BytesIO()
    document("x").save(whole)
    for damaged in (whole.getvalue()[:-100], whole.getvalue()[10:]):
        (folder / "a.docx").write_bytes(damaged)
        with pytest.raises(InputError, match=r"a\.docx: no \.docx, or one that is damaged"):
            read(folder / "a.docx")
    with (
        zipfile.ZipFile(folder / "b.docx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as f,
    ):
        for _ in range(257):
            f.write(b" " * (1 << 20))
    with pytest.raises(InputError, match=r"b\.docx: it unpacks to more than 256 MB"):
        read(folder / "b.docx")


def test_entities_are_not_followed(read: Read, folder: Path) -> None:
    (folder / "secret.txt").write_text("secret")
    whole = BytesIO()
    document("HERE").save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(folder / "a.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                attack = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{(folder / "secret.txt").as_uri()}">]><w:document'.encode()
                data = data.replace(b"<w:document", attack, 1).replace(b"HERE", b"x&a;x")
            new.writestr(name, data)
    try:
        texts = read(folder / "a.docx").table["text"].to_pylist()
    except InputError:
        return
    assert "secret" not in texts[0]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(1, 255)), max_size=6), cut=st.integers(0, 2000))
def test_no_foreign_error_comes_of_damage(read: Read, folder: Path, flips: list[tuple[int, int]], cut: int) -> None:
    whole = BytesIO()
    document("x").save(whole)
    data = bytearray(whole.getvalue())
    for at, by in flips:
        data[at % len(data)] ^= by
    (folder / "a.docx").write_bytes(data[: len(data) - cut % 3 * 300])
    try:
        found = read(folder / "a.docx", bad_rows="skip")
    except InputError:
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty
