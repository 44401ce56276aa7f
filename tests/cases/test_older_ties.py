"""Studies whose ties an older inchorus tested: tested again, or said to be so, and never shown as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from inchorus.api import Study
from inchorus.errors import StudyError
from inchorus.manifest import MANIFEST
from inchorus.schema import arrow_schema
from inchorus.study import TESTED, hash_file, open_study, verify
from inchorus.ui.app import application
from inchorus.ui.reader import Reader
from made_ties import TIES, made

from .case import run

SINCE = ("q_documents", "q_sharing", "q_controls", "q_recurring", "recurring_set", "recurring_times")
OLDER = "of an older inchorus"


def old(folder: Path, lacking: tuple[str, ...] = SINCE, **facts: Any) -> Study:
    """A study with ties that lack columns, in the folder `study`."""
    path = made(folder / "study", **facts).path
    file = path / "ties.parquet"
    rows = pq.read_table(file).drop_columns(list(lacking))
    file.unlink()
    pq.write_table(rows, file)
    manifest = json.loads((path / MANIFEST).read_text("utf-8"))
    manifest["tables"]["ties"]["sha256"] = hash_file(file)
    (path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return Study(open_study(path))


@pytest.mark.parametrize("lacking", [SINCE, ("q_recurring",), ("q_controls",), ("q_sharing", "recurring_times")])
def test_they_are_tested_again(tmp_path: Path, lacking: tuple[str, ...]) -> None:
    study = old(tmp_path, lacking).path
    said = run("ties", study)
    assert said.code == 0
    assert said.err.count(OLDER) == 1
    assert "tested again" in said.err
    assert "found  0 ties" in said.out  # one occasion is none, whatever the old table said
    assert set(arrow_schema("ties").names) <= set(open_study(study).ties.columns)
    assert OLDER not in run("ties", study).err
    assert all(finding.good for finding in verify(open_study(study)))


def test_the_columns_of_before_are_kept_for_what_was_asked(tmp_path: Path) -> None:
    study = old(tmp_path, asked={"without": ["title"], "width": "day"}).path
    assert run("ties", study, "--quiet").code == 0
    assert open_study(study).manifest["ties"]["asked"]["without"] == ["title"]


def test_separate_tests_them_again(tmp_path: Path) -> None:
    study = old(tmp_path).path
    said = run("separate", study, "--by", "owner")
    assert said.code == 0
    assert OLDER in said.err
    assert not open_study(study).older


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_a_network_says_so(tmp_path: Path, form: str) -> None:
    said = run("export", old(tmp_path).path, "--format", form, tmp_path / f"net.{form}")
    assert said.code == 1
    assert OLDER in said.err
    assert "inchorus ties" in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / f"net.{form}").exists()


@pytest.mark.parametrize(("form", "name"), [("csv", "folder"), ("sqlite", "study.db")])
def test_other_formats_leave_them_out_and_say_so(tmp_path: Path, form: str, name: str) -> None:
    said = run("export", old(tmp_path).path, "--format", form, tmp_path / name)
    assert said.code == 0
    assert said.err.count(OLDER) == 1
    if form == "csv":
        assert not {f"{table}.csv" for table in TESTED} & {p.name for p in (tmp_path / name).iterdir()}


def test_a_report_leaves_them_out_and_says_so(tmp_path: Path) -> None:
    said = run("report", old(tmp_path).path, tmp_path / "r.html")
    assert said.code == 0
    assert OLDER in said.err
    assert "0 ties" in said.out
    assert "an older inchorus, whose test was less strict" in (tmp_path / "r.html").read_text("utf-8")


def test_pages_say_so(tmp_path: Path) -> None:
    reader = Reader(old(tmp_path))
    client = TestClient(application(reader), base_url="http://127.0.0.1:8765")
    for page in ("/", "/ties", "/network", "/sources", "/source?name=Alder", "/tie?a=Alder&b=Birch"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "0.0006" not in answer.text
    assert "an older inchorus" in client.get("/ties").text
    reader.close()


def test_python_says_so(tmp_path: Path) -> None:
    study = old(tmp_path)
    for name in TESTED:
        with pytest.raises(StudyError, match="less strictly"):
            study.table(name)
    assert len(study.talking_points) == 3
    assert "ties" not in repr(study)
    assert all(finding.good for finding in verify(study))


def test_pairs_of_coortweet_are_shown_as_they_are(tmp_path: Path) -> None:
    study = old(tmp_path, coortweet={})
    assert not study.older
    assert len(study.ties) == len(TIES)
    reader = Reader(study)
    assert reader.value("SELECT count(*) FROM ties WHERE q_sharing IS NULL") == len(TIES)
    reader.close()
