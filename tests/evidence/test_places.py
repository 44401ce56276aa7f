"""Where in a recording, or on which page, a passage stands: what is asked of a study, and what people see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import inchorus
from inchorus.cli.main import main
from inchorus.evidence.asking import asking
from inchorus.evidence.places import add_places

SAID = "The dues of the harbour will rise by a fifth in the coming year and nobody was asked."
BEFORE = {
    "harbour": "Good evening from all of us here at the coast.",
    "coast": "Welcome back to the late news show, with the weather to follow at ten.",
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    talks = tmp_path / "talks"
    talks.mkdir()
    for name, before in BEFORE.items():
        (talks / f"{name}.srt").write_text(
            f"1\n00:00:01,000 --> 00:00:04,000\n{before}\n\n2\n00:01:05,250 --> 00:01:09,000\n{SAID}\n"
        )
    about = {"channel": "Harbour TV", "webpage_url": "https://tv.example/watch?v=7"}
    (talks / "harbour.info.json").write_text(json.dumps(about))
    inchorus.find(talks, tmp_path / "study")
    return tmp_path / "study"


def test_each_passage_has_its_moment_and_an_address_that_begins_there(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = inchorus.open(study)
    (tp_id,) = opened.talking_points.arrow()["tp_id"].to_pylist()
    assert main(["show", str(study), tp_id, "--json"]) == 0
    passages = {row["source"]: row for row in json.loads(capsys.readouterr().out)["passages"]}
    assert {source: row["moment"] for source, row in passages.items()} == {"Harbour TV": 65.25, "coast": 65.25}
    assert passages["Harbour TV"]["url"] == "https://tv.example/watch?v=7#t=65"
    assert passages["coast"]["url"] is None
    assert main(["show", str(study), tp_id]) == 0
    assert "  at 1:05  " in capsys.readouterr().out


def test_the_report_leads_to_the_moment(study: Path, tmp_path: Path) -> None:
    assert main(["report", str(study), str(tmp_path / "a.html"), "--quiet"]) == 0
    page = (tmp_path / "a.html").read_text()
    assert "https://tv.example/watch?v=7#t=65" in page
    assert ", at 1:05" in page


def test_columns_of_other_tables_with_these_names_are_no_places(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "source": "A", "text": "Rain.", "pages": [0, 3], "moments": "soon"},
        {"id": "b", "source": "B", "text": "Snow.", "pages": [12, 17], "moments": "7"},
    ]
    opened = inchorus.find(rows, tmp_path / "study")
    passages = [{"doc_id": name, "start": 4, "url": None} for name in ("a", "b", "none")]
    add_places(asking(opened), passages)
    assert [(row["moment"], row["page"]) for row in passages] == [(None, 2), (None, None), (None, None)]
