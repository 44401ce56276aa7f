"""`inchorus demo`, with a simulation that stands in for the corpus."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pyarrow as pa
import pytest

from cli.conftest import Flow
from inchorus.cli import main

Captured = pytest.CaptureFixture[str]


def test_the_demo_writes_documents_and_a_study_and_compares(
    flow: Flow, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import inchorus.simulate

    recovered = types.ModuleType("inchorus.simulate.recovered")
    rows = [{"kind": "line", "planted": 60, "recall": 0.9876}]
    recovered.compare = lambda *tables: types.SimpleNamespace(rows=lambda: rows)  # type: ignore[attr-defined]
    recovered.compare_ties = lambda *tables: {"planted": 30, "tied": 6, "right": 5}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "inchorus.simulate.recovered", recovered)
    monkeypatch.setattr(inchorus.simulate, "recovered", recovered, raising=False)
    batch = pa.record_batch({"id": ["a"], "source": ["s"], "time": [None], "title": ["t"], "text": ["x"]})
    monkeypatch.setattr("inchorus.simulate.simulate", lambda options: iter([batch]))
    monkeypatch.setattr("inchorus.simulate.truth", lambda options: pa.table({"line_id": [str(options.seed)]}))
    out = tmp_path / "demo"
    for _ in range(2):
        assert main(["demo", "--out", str(out), "--quiet"]) == 0
        page = capsys.readouterr().out
        assert "line       60   0.988" in page
        assert "of 30 pairs of sources in a planted group 5 share more than chance gives" in page
        assert "of the other pairs 1" in page
        assert "found  8 talking points" in page
    assert flow.called[0] == [out / "documents.parquet"]
    assert {p.name for p in out.iterdir()} == {"documents.parquet", "truth.parquet", "study"}


def test_the_demo_leaves_documents_of_the_user_alone(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "documents.parquet").write_text("mine")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    assert flow.called == ()
    assert (tmp_path / "documents.parquet").read_text() == "mine"
    assert "already" in capsys.readouterr().err


def test_the_demo_names_the_nearest_background(tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "no")
    assert main(["demo", "--out", out, "--background", "turn-over"]) == 2
    assert "turnover" in capsys.readouterr().err
    assert main(["demo", "--out", out, "--installed", "--groups", "1"]) == 2
    assert "--installed" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
