"""`inchorus find`: what it passes on, and how it sums up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Flow
from inchorus.cli import main
from made_study import WORDINGS, tp_id

Captured = pytest.CaptureFixture[str]


def test_find_passes_on_what_is_given_and_sums_up(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    flow.manifest = {"inputs": [{"name": "a.csv", "rows": 40, "sha256": "0"}], "left_out": {"without text": 8}}
    out = str(tmp_path / "s")
    assert main(["find", "a.csv", "--out", out, "--id", "key", "--bad-times", "null", "--min-words", "9"]) == 0
    inputs, read, options = flow.called
    assert (inputs, read.id, read.bad_times, options.min_words) == ([Path("a.csv")], "key", "null", 9)
    shown = capsys.readouterr()
    assert "documents of 6 sources, 2024-03-01 to 2024-03-11 (1 without a time)" in shown.out
    assert "left out: 8 without text" in shown.out
    assert "found  8 talking points in 29 passages" in shown.out
    assert f"inchorus show {out} {tp_id(WORDINGS[0])}" in shown.out
    assert shown.err.startswith("match: 3 documents, ")


def test_find_quiet_says_nothing_on_standard_error(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    assert flow.points
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_find_json_is_json_alone(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    assert flow.points
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {k: v for k, v in found.items() if k != "top"} == {
        "study": str(tmp_path / "s"), "documents": 29, "sources": 6, "read": [], "not_read": [],
            "talking_points": 8, "passages": 29,
    }  # fmt: skip
    assert [row["text"] for row in found["top"]] == list(WORDINGS)
    assert found["top"][0]["first_time"] == "2024-03-01T09:30:00+00:00"


@pytest.mark.parametrize(
    ("options", "why"),
    [({"min_words": 8, "min_sources": 2}, "no wording of 8 words"), ({"min_sources": 9}, "only 6 sources"),
     ({"min_words": 500}, "no document is long enough")],
)  # fmt: skip
def test_nothing_found_says_why(
    flow: Flow, tmp_path: Path, capsys: Captured, options: dict[str, int], why: str
) -> None:
    from inchorus.cli.find import summary
    from inchorus.study import write_study
    from made_study import tables

    assert flow
    full = tables()
    empty = {name: table if name == "documents" else table.slice(0, 0) for name, table in full.items()}
    summary(write_study(tmp_path / "s", empty, {"options": options}), as_json=False)
    assert why in capsys.readouterr().out


def test_find_does_not_start_where_it_must_not_write(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    assert main(["find", "a.csv", "--out", str(tmp_path)]) == 2
    assert flow.called == ()
    assert "not empty" in capsys.readouterr().err


def test_a_first_look_runs_nothing_and_needs_no_place(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "a.csv"
    file.write_text("outlet,text\nHerald,Rain at last.\n")
    assert main(["find", str(file), "--columns", "--source", "outlet"]) == 0
    out = capsys.readouterr().out
    assert "a.csv: csv, text from column 'text', source from column 'outlet', no time" in out
    assert "Rain at last." in out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv"]
    file.write_text("object_id,account_id,content_id,timestamp_share\no,a,1,1714566605\n")
    assert main(["find", str(file), "--columns", "--coortweet", "--json"]) == 0
    (look,) = json.loads(capsys.readouterr().out)["looks"]
    assert {c["name"]: c["becomes"] for c in look["columns"]}["account_id"] == "source"
    assert not look["problems"]
