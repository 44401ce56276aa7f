"""A first look: columns, what becomes of them, documents, and what would be left out; nothing is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inchorus.read import ReadOptions
from inchorus.read import look as module
from inchorus.read.look import ROWS, Looked, look
from read.test_account import CSV, TELEGRAM


def looked(folder: Path, **options: Any) -> Looked:
    return look([folder], ReadOptions(**options), folder.parent / "scratch")


def test_columns_documents_and_what_would_be_left_out(folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    (one,) = looked(folder).looks
    assert [(c.name, c.becomes, c.filled, c.example) for c in one.columns] == [
        ("id", "id", 4, "1"),
        ("source", "source", 3, "A"),
        ("text", "text", 3, "Rain."),
    ]
    assert one.rows == 5
    assert one.left_out == {"without text": 1, "2 fields where the header has 3": 1, "the source is empty": 1}
    assert one.documents[0] == {"id": "1", "source": "A", "time": None, "title": None, "text": "Rain."}
    assert any(note.startswith("skipped: a.csv, row 2 (line 3)") for note in one.notes)


def test_what_find_would_stop_at_is_a_problem_and_the_columns_are_shown(folder: Path) -> None:
    (folder / "a.csv").write_text("outlet,body,urls\nA,Rain.,https://a.example https://b.example\n")
    (one,) = looked(folder).looks
    assert [c.name for c in one.columns] == ["outlet", "body", "urls"]
    assert "separated by blanks" in one.columns[2].lists
    assert len(one.problems) == 2
    assert "no column 'source'" in one.problems[0]
    assert "did you mean 'outlet'?" in one.problems[0]
    assert "did you mean 'body'?" in one.problems[1]
    assert not one.documents


def test_a_file_that_cannot_be_read_is_a_problem_beside_others(folder: Path) -> None:
    (folder / "a.csv").write_text("source,text\nA,Rain.\n")
    (folder / "b.parquet").write_bytes(b"PAR1 and no more")
    looks = {one.files[0]: one for one in looked(folder).looks}
    assert looks["b.parquet"].problems
    assert len(looks["a.csv"].documents) == 1


def test_times_are_shown_as_they_would_be_read(folder: Path) -> None:
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    (one,) = looked(folder).looks
    assert one.format == "telegram"
    assert one.documents[0]["time"] == "2024-05-01T08:00:00.000000Z"
    assert sum(one.left_out.values()) == 2
    (folder / "result.json").unlink()
    (folder / "a.csv").write_text("source,time,text\nA,13/05/2024,Rain.\nB,tomorrow,Snow.\n")
    (one,) = looked(folder).looks
    assert [d["time"] for d in one.documents] == ["2024-05-13", None]
    assert any("1 time was not read" in note for note in one.notes)


def test_only_the_beginning_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.csv").write_text("source,text\n" + f"A,{'Rain. ' * 200}\n" * 20_000)
    (one,) = looked(folder).looks
    assert len(one.documents) == ROWS
    assert one.rows < 20_000
    monkeypatch.setattr(module, "PARTS", 2)
    for name in "bcd":
        (folder / f"{name}.csv").write_text("source,text\nA,Rain.\n")
    found = looked(folder)
    assert (len(found.looks), found.more) == (2, {"csv": 2})
