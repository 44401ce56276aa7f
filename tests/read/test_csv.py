from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from inchorus.errors import InputError
from inchorus.read import csv as read_csv_module

from .conftest import Read


def made(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def test_quoted_line_ends_quotes_and_nul_are_kept_exactly(read: Read, folder: Path) -> None:
    text = 'He said "no",\r\nthen\nleft\x00. \r End  '
    file = made(folder / "a.csv", 'source,text\r\nA,"' + text.replace('"', '""') + '"\r\n')
    assert read(file).table["text"].to_pylist() == [text]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, folder: Path, delimiter: str) -> None:
    lines = [["note, or; so", "source", "text"], ["n", "A", "one, two; three | four"]]
    content = "\n".join(delimiter.join(f'"{v}"' for v in line) for line in lines)
    table = read(made(folder / "a.csv", content)).table
    assert table["text"].to_pylist() == ["one, two; three | four"]
    assert table["note, or; so"].to_pylist() == ["n"]


def test_tsv_and_gzip(read: Read, folder: Path) -> None:
    (folder / "a.tsv.gz").write_bytes(gzip.compress(b"source\ttext\nA\tone, two\n"))
    documents = read(folder / "a.tsv.gz")
    assert documents.table["text"].to_pylist() == ["one, two"]
    assert documents.files[0].rows == 1


def test_byte_order_marks_and_other_encodings(read: Read, folder: Path) -> None:
    for encoding, option in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")):
        file = made(folder / f"{encoding}.csv", "source,text\nÉcho,café\n", encoding)
        table = read(file, encoding=option).table
        assert (table["source"].to_pylist(), table["text"].to_pylist()) == (["Écho"], ["café"])


def test_an_empty_field_is_null_in_further_columns(read: Read, folder: Path) -> None:
    table = read(made(folder / "a.csv", "source,text,title,party\nA,one,,\nB,two,T,x\n")).table
    assert table["title"].to_pylist() == [None, "T"]
    assert table["party"].to_pylist() == [None, "x"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("source,text\nA,one\n\nB,two,three\n", r"a\.csv, row 2 \(line 4\): 3 fields where the header has 2"),
        ("source,text\nA,one\nB\n", r"a\.csv, row 2 \(line 3\): 1 field where"),
        ('source,text\nA,"one\nB,two\n', r"a\.csv, row 1 \(line 2\): a quotation mark is not closed"),
        ('source,text\nA,one\nB,"two"x\n', r"a\.csv, row 2 \(line 3\): broken CSV"),
        ("", r"a\.csv: the file is empty"),
        ("source,text,text\n", r"names 'text' more than once"),
        ("source,text\n", r"holds no rows"),
        ("source,text\nA,\nB, \u00a0\n", r"all 2 texts are empty"),
    ],
)
def test_broken_files_are_refused(read: Read, folder: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(made(folder / "a.csv", content))


def test_a_field_may_be_long_but_not_endless(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = made(folder / "long.csv", "source,text\nA," + "x" * 200_000 + "\n")
    assert len(read(long).table["text"][0].as_py()) == 200_000
    monkeypatch.setattr(read_csv_module, "FIELD_LIMIT", 1 << 16)
    with pytest.raises(InputError, match=r"long\.csv, row 1 \(line 2\): a field is longer than"):
        read(long)


def test_invalid_utf8_names_the_byte(read: Read, folder: Path) -> None:
    good = b"source,text\n" + b"A,one\n" * 300_000
    (folder / "a.csv").write_bytes(good + b"B,caf\xe9\n")
    with pytest.raises(
        InputError, match=rf"a\.csv: not valid utf-8 at byte {len(good) + 5}, in line 300002; --encoding"
    ):
        read(folder / "a.csv")
    (folder / "b.csv").write_bytes("source,text\nA,b\n".encode("utf-16"))
    with pytest.raises(InputError, match="--encoding utf-16"):
        read(folder / "b.csv")


def test_damaged_gzip_is_refused_where_nothing_stands_before_the_damage(read: Read, folder: Path) -> None:
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"source,text\nA,x\n")[:11])
    with pytest.raises(InputError, match=r"a\.csv\.gz: the compressed file ends too early"):
        read(folder / "a.csv.gz")
    (folder / "b.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"b\.csv\.gz: the file is not compressed, as its ending \.gz says"):
        read(folder / "b.csv.gz")


ROWS = "id,source,time,text\n7,a,2024-05-01,one\n8,b,2024-05-02,two\n"


@pytest.mark.parametrize(
    "above",
    ["Mentions of the bridge\n", "# made by hand\n# query: bridge\n", "Report:,Mentions\n\nFrom:,2024\n", ",,,\n"],
)
def test_lines_above_the_header_are_left_out_and_said(read: Read, folder: Path, above: str) -> None:
    path = folder / "a.csv"
    path.write_text(above + ROWS)
    documents = read(path)
    assert documents.table["doc_id"].to_pylist() == ["7", "8"]
    assert any("above the header" in note for note in documents.notes)
    path.write_text(above + ROWS + "9,c\n")
    with pytest.raises(InputError, match=rf"row 3 \(line {above.count(chr(10)) + 4}\)"):
        read(path)


def test_blanks_behind_the_delimiter_are_no_part_of_a_field(read: Read, folder: Path) -> None:
    path = folder / "a.csv"
    path.write_text('"id", "source", "text"\n7, "a", "one, and more"\n8, b, two\n')
    documents = read(path)
    assert documents.table["text"].to_pylist() == ["one, and more", "two"]
    assert documents.table["source"].to_pylist() == ["a", "b"]
