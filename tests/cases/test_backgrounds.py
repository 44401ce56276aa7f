"""`inchorus demo --background`: innocent texts from end to end, and groups planted among them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from inchorus.cli import demo

from .case import rows, run


@pytest.mark.parametrize(("background", "groups"), [("habit", 0), ("series", 1)])
def test_only_who_is_planted_is_tied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, background: str, groups: int
) -> None:
    small = {**demo.BEFORE, "documents": 900, "sources": 30, "days": 182, "edits": "verbatim"}
    monkeypatch.setattr(demo, "BEFORE", small)
    out = tmp_path / "made"
    said = run("demo", "--background", background, "--groups", groups, "--out", out, "--quiet", "--json", "--seed", 2)
    assert said.code == 0, said.err
    ties = json.loads(said.out)["ties"]
    assert ties["planted"] == 10 * groups
    assert ties["right"] >= 0.8 * ties["planted"]
    assert ties["tied"] == ties["right"]
    assert {row["kind"] for row in pq.read_table(out / "truth.parquet").to_pylist()} <= {"innocent line", "group line"}
    assert len(rows(out / "study", "documents")) >= 850


def test_what_is_found_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "BEFORE", {**demo.BEFORE, "documents": 300, "sources": 20, "days": 182})
    plain = run("demo", "--background", "habit", "--groups", 0, "--out", tmp_path / "made", "--quiet", "--seed", 2)
    assert plain.code == 0, plain.err
    assert plain.out.startswith("background habit: ")
    assert "share more than chance gives" in plain.out
