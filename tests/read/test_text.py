from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inchorus.errors import InputError, UsageError
from inchorus.read.text import time_in

from .conftest import Read


def put(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def test_folders_name_the_sources_and_files_hold_the_times(read: Read, folder: Path) -> None:
    put(
        folder,
        **{
            "herald/2024-05-01.txt": "one\r\n",
            "herald/may/2024-05-02_12-30 b.txt": "two",
            "echo/undated.txt": " three ",
            "alone.txt": "four",
            "echo/empty.txt": " \n",
            ".hidden.txt": "five",
            "notes.md": "six",
        },
    )
    documents = read(folder)
    assert documents.table.select(["doc_id", "source", "time", "time_precision", "text"]).to_pylist() == [
        {"doc_id": i, "source": s, "time": t, "time_precision": p, "text": x}
        for i, s, t, p, x in (
            ("alone.txt", "alone", None, None, "four"),
            ("echo/undated.txt", "echo", None, None, " three "),
            ("herald/2024-05-01.txt", "herald", datetime(2024, 5, 1, tzinfo=UTC), "day", "one\r\n"),
            (
                "herald/may/2024-05-02_12-30 b.txt",
                "herald",
                datetime(2024, 5, 2, 12, 30, tzinfo=UTC),
                "minute",
                "two",
            ),
        )
    ]
    assert (documents.n_rows, documents.n_empty) == (5, 1)
    assert [f.name for f in documents.files][:2] == ["alone.txt", "echo/empty.txt"]
    assert any("notes.md" in n for n in documents.notes)


def test_files_given_by_themselves(read: Read, folder: Path) -> None:
    (folder / "a.txt").write_bytes("\ufeffcafé".encode())
    (folder / "b.txt.gz").write_bytes(gzip.compress(b"two"))
    documents = read(folder / "a.txt", folder / "b.txt.gz")
    assert documents.table["source"].to_pylist() == ["a", "b"]
    assert documents.table["doc_id"].to_pylist() == ["a.txt", "b.txt.gz"]
    assert documents.table["text"].to_pylist() == ["café", "two"]
    assert documents.notes == ["no document has a time: nobody is called first"]


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("2024-05-01", "2024-05-01"),
        ("x_2024-05-01T12-30_y", "2024-05-01T12:30"),
        ("2024-05-01_12:30", "2024-05-01T12:30"),
        ("2024-05-01 1230", "2024-05-01T12:30"),
        ("2024-05-01T123005Z", "2024-05-01T12:30:05"),
        ("2024-05-01_12345", "2024-05-01"),
        ("2024-05-01_2024-06-01", "2024-05-01"),
        ("2024-05-01_9930", "2024-05-01"),
        ("12024-05-01", None),
        ("2024-05-011", None),
        ("2024-02-30 2024-03-01", "2024-03-01"),
        ("20240501", None),
    ],
)
def test_times_in_names(name: str, time: str | None) -> None:
    assert time_in(name) == time


def test_invalid_utf8_names_file_and_byte(read: Read, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"sub/a\.txt: not valid utf-8 at byte 3"):
        read(folder)
    assert read(folder, encoding="latin-1").table["text"].to_pylist() == ["café"]


def test_text_files_have_no_columns(read: Read, folder: Path) -> None:
    put(folder, **{"a.txt": "one"})
    with pytest.raises(UsageError, match="--source names a column, and text files have none"):
        read(folder, source="outlet")
    (folder / "b.csv").write_text("outlet,text\nB,two\n")
    both = read(folder / "a.txt", folder / "b.csv", source="outlet")
    assert both.table["source"].to_pylist() == ["B", "a"]
