"""The worked example of CONTRIBUTING.md: a format is one file and one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from inchorus.errors import InputError
from inchorus.read import formats
from read.conftest import Read
from worked import worked

MINUTES = "2024-05-01 | Ada | Rain.\n* adopted\n2024-05-02 | Bob | Snow | and hail.\nsilence\n"


@pytest.fixture(autouse=True)
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (worked("MINUTES"), *formats.FORMATS))


def test_its_documents_are_read_and_what_is_none_is_counted(read: Read, folder: Path) -> None:
    (folder / "may.minutes").write_text(MINUTES)
    for found in (read(folder, bad_rows="skip"), read(folder / "may.minutes", bad_rows="skip")):
        assert found.table.select(["doc_id", "source", "text"]).to_pylist() == [
            {"doc_id": "may.minutes:1", "source": "Ada", "text": "Rain."},
            {"doc_id": "may.minutes:3", "source": "Bob", "text": "Snow | and hail."},
        ]
        assert found.passed == {"motions, which nobody says": 1}
        assert found.n_rows == found.table.num_rows + found.skipped.n + sum(found.passed.values()) == 4


def test_a_row_that_is_broken_is_named(read: Read, folder: Path) -> None:
    (folder / "may.minutes").write_text(MINUTES)
    with pytest.raises(InputError, match=r"may\.minutes, row 4 \(line 4\): no day, .*--bad-rows skip"):
        read(folder)


def test_it_is_told_by_its_content_and_by_its_name(read: Read, folder: Path) -> None:
    (folder / "unknown").write_text("* Day | Speaker |\n2024-05-01 | Ada | Rain.\n")
    assert read(folder / "unknown").table["source"].to_pylist() == ["Ada"]
    (folder / "a.txt").write_text("2024-05-01 | Ada | Rain.\n")
    assert read(folder / "a.txt", format="minutes").table["source"].to_pylist() == ["Ada"]
    with pytest.raises(Exception, match=r"use minutes, parquet.*did you mean 'minutes'"):
        read(folder / "a.txt", format="minute")
