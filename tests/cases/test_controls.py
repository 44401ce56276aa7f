"""Negative controls are said beside the ties, wherever ties are shown; where they have ties, that comes first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inchorus.engine.parquet import write_table
from inchorus.simulate import Simulation, simulate
from inchorus.study import open_study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader
from made_ties import made

from .case import run

CLEAN = {"made": 20, "with_ties": 1, "ties": [0] * 19 + [3]}
SUSPECT = {"made": 20, "with_ties": 14, "ties": [0] * 6 + [1] * 14}
SAID = "n 20 controls from this corpus 1 had ties"
DOUBT = "14 of 20 controls from this corpus have ties, too"


def pages(path: Path) -> dict[str, str]:
    reader = Reader(open_study(path))
    client = TestClient(application(reader), base_url="http://127.0.0.1:8765")
    found = {page: " ".join(client.get(page).text.split()) for page in ("/", "/ties", "/network")}
    reader.close()
    assert run("report", path, path.parent / "r.html", "--quiet").code == 0
    return {**found, "report": (path.parent / "r.html").read_text("utf-8")}


def test_where_hardly_any_has_ties_that_is_said(tmp_path: Path) -> None:
    study = made(tmp_path / "study", controls=CLEAN).path
    found = pages(study)
    assert all(SAID in text for text in found.values()), found.keys()
    assert "1 pair shares more than chance gives" in found["/ties"]


def test_where_many_have_ties_the_headline_says_so(tmp_path: Path) -> None:
    study = made(tmp_path / "study", controls=SUSPECT).path
    found = pages(study)
    assert all(DOUBT in text for text in found.values()), found.keys()
    assert "1 pair stands out, and so do pairs in 14 of 20 controls" in found["/ties"]
    assert "shares more than chance gives</h1>" not in found["/ties"]


def test_studies_without_controls_say_nothing_of_them(tmp_path: Path) -> None:
    assert all("controls from" not in text for text in pages(made(tmp_path / "study").path).values())


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("controls")
    options = Simulation(
        documents=900, sources=30, lines=60, groups=2, group_lines=8, left_out=0.0, doubled=0.0, seed=5
    )
    write_table(folder / "documents.parquet", "simulated", simulate(options))
    assert run("find", folder / "documents.parquet", "--out", folder / "study", "--quiet").code == 0
    return folder / "study"


def test_they_are_run_with_every_test(simulated: Path) -> None:
    said = run("ties", simulated, "--quiet")
    assert said.code == 0
    text = " ".join(said.out.split())
    said_of = r"n 20 controls from this corpus (\d+) had ties,.*where sources of like activity swapped names every week"
    found = re.search(said_of, text)
    assert found is not None
    assert int(found[1]) <= 2, "of twenty, one by chance at q 0.05"
    again = json.loads(run("ties", simulated, "--quiet", "--json", "--without", "none").out)
    assert again["test"]["controls"]["made"] == 20
    assert run("ties", simulated, "--quiet").out == run("ties", simulated, "--quiet").out


def test_the_headline_of_the_command_does_not_claim_what_controls_have_too(simulated: Path) -> None:
    file = simulated / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["ties"]["controls"] = SUSPECT
    file.write_text(json.dumps(manifest), "utf-8")
    text = " ".join(run("ties", simulated, "--quiet").out.split())
    assert "pairs at q <= 0.05 but " + DOUBT in text
    assert "ties at q <= 0.05" not in text
