"""Sources: names that are one, and names that a platform keeps apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchorus.errors import InputError, UsageError
from read.conftest import Read
from read.test_account import TELEGRAM

CSV = "source,platform,text\n NYT,web,Rain.\nThe New York Times,web,Snow.\nHarbour,x,Hail.\nJoe,,Fog.\n"


@pytest.fixture
def same(tmp_path: Path) -> Path:
    path = tmp_path / "same.csv"
    path.write_text("name,source\nNYT,The New York Times\nN.Y.T.,The New York Times\n")
    return path


def test_names_become_their_source_and_are_kept(read: Read, folder: Path, same: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    found = read(folder, same_source=same)
    rows = found.table.select(["source", "source_as_given", "text"]).to_pylist()
    assert {tuple(row.values()) for row in rows} == {
        ("Harbour", "Harbour", "Hail."),
        ("Joe", "Joe", "Fog."),
        ("The New York Times", "NYT", "Rain."),
        ("The New York Times", "The New York Times", "Snow."),
    }
    assert "1 name stands for 1 source, as --same-source says" in found.notes
    assert "no document is by 1 of the names of --same-source: 'N.Y.T.'" in found.notes


def test_an_id_does_not_depend_on_what_its_source_is_called(read: Read, folder: Path, same: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    ids = [set(read(folder, **options).table["doc_id"].to_pylist()) for options in ({}, {"same_source": same})]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("name,who\nA,B\n", "no column source"),
        ("name,source\nA,B\nA,C\n", "row 2: 'A' is a name of 'B' and of 'C'"),
        ("name,source\nA,B\nB,C\n", "'A' is a name of 'B', which is one of 'C'"),
        ("name,source\nA,\n", "row 1: the source is empty"),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused(read: Read, folder: Path, table: str, says: str) -> None:
    (folder / "a.csv").write_text(CSV)
    (folder.parent / "same.csv").write_text(table)
    with pytest.raises(InputError, match=says):
        read(folder, same_source=folder.parent / "same.csv")


def test_a_table_that_is_not_there_is_said_to_be_not(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    with pytest.raises(InputError, match="there is no such file"):
        read(folder, same_source=folder / "none.csv")


def test_platforms_keep_names_apart(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    together = read(folder)
    assert together.table["source"].to_pylist().count("Harbour") == 2
    assert any("'Harbour': telegram, x): --namespace platform keeps them apart" in note for note in together.notes)
    apart = read(folder, namespace="platform")
    assert {"telegram:Harbour", "x:Harbour", "web:NYT", "Joe"} < set(apart.table["source"].to_pylist())
    assert not any("keeps them apart" in note for note in apart.notes)


def test_a_name_within_its_platform_may_be_one_of_several(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    (folder.parent / "same.csv").write_text("name,source\nx:Harbour,Harbour Board\nweb:NYT,Harbour Board\n")
    found = read(folder, same_source=folder.parent / "same.csv", namespace="platform")
    assert found.table["source"].to_pylist().count("Harbour Board") == 2


def test_a_column_that_no_file_has_names_nothing(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    with pytest.raises(UsageError, match="no file has a column 'plattform'"):
        read(folder, namespace="plattform")
