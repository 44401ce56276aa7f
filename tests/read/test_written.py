"""Documents in a Parquet file of their own: what is found in it is what is found in the exports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchorus.engine.parquet import said_in
from inchorus.errors import UsageError
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.read.written import write_documents
from read.conftest import Read
from read.test_account import CSV, TELEGRAM


def test_what_is_written_is_read_as_the_exports_are(read: Read, folder: Path, tmp_path: Path) -> None:
    (folder / "a.csv").write_text(CSV + "5,D,#rain again see https://a.example/x\n")
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    (folder / "b.csv").write_text(
        "source,time,text,repost_of\nE,2024-05-13,Hail.,\nE,5/2024/13,,7\nF,2024-05-13 12:30,Fog.,\n"
    )
    options = ReadOptions(bad_rows="skip", bad_times="null")
    out = tmp_path / "made" / "docs.parquet"
    first = write_documents([folder], out, options, Silent(), tmp_path / "s")
    again = read(out)
    assert again.table.to_pylist() == first.table.to_pylist()
    assert again.table.schema.names == first.table.schema.names
    said = json.loads(said_in(out) or "")
    assert {i["name"] for i in said["inputs"]} == {"a.csv", "b.csv", "result.json"}
    assert sum(of["rows"] for of in said["read"]) == first.n_rows
    assert (out.parent / "docs.skipped.csv").read_text().count("\n") == 1 + first.skipped.n


def test_a_file_of_its_own_is_replaced_and_no_other(folder: Path, tmp_path: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    out = tmp_path / "docs.parquet"
    for _ in range(2):
        write_documents([folder], out, ReadOptions(bad_rows="skip"), Silent(), tmp_path / "s")
    other = tmp_path / "other.parquet"
    other.write_text("mine")
    for place in (other, folder):
        with pytest.raises(UsageError):
            write_documents([folder], place, ReadOptions(bad_rows="skip"), Silent(), tmp_path / "s")
    assert other.read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "docs.parquet",
        "docs.skipped.csv",
        "input",
        "other.parquet",
        "s",
    ]
