"""The list of stages: each is given what it takes, and a toy stage is one record in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import inchorus
from inchorus import flow
from inchorus.flow import COORTWEET, STAGES
from inchorus.options import FindOptions, ShareOptions
from inchorus.progress import Progress, Silent
from inchorus.read import ReadOptions
from inchorus.schema import TABLES
from inchorus.stage import Stage, Things, run
from worked import worked

LINE = "nobody in this valley will ever pay for the same water twice again"


@pytest.mark.parametrize("stages", [STAGES, COORTWEET])
def test_every_stage_takes_what_an_earlier_one_gives(stages: tuple[Stage, ...]) -> None:
    there = {"study"}
    for stage in stages:
        assert set(stage.takes) <= there, stage.name
        assert not set(stage.gives) & there, stage.name
        there |= set(stage.gives)
    assert {"documents", "talking_points", "passages", "variants", "ties", "groups", "occasions"} <= there & set(TABLES)


def test_options_of_stages_are_options_of_the_run() -> None:
    known = {name for kind in (ReadOptions, FindOptions, ShareOptions) for name in kind.__dataclass_fields__}
    assert {name for stage in (*STAGES, *COORTWEET) for name in stage.options} <= known


def corpus(folder: Path) -> Path:
    rows = [f'{{"source": "S{i}", "time": "2024-05-0{1 + i}", "text": "{LINE} {i}"}}' for i in range(4)]
    (folder / "in.jsonl").write_text("\n".join(rows))
    return folder / "in.jsonl"


def test_a_toy_stage_is_a_record_in_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worked example of CONTRIBUTING.md: a stage is one file and one line."""
    monkeypatch.setattr(flow, "STAGES", (*STAGES[:-1], worked("LONGEST"), STAGES[-1]))
    study = inchorus.find(corpus(tmp_path), tmp_path / "study")
    assert study.manifest["longest"] == max(study.talking_points.arrow()["words"].to_pylist()) == 13
    assert len(study.ties) == 6


def test_what_a_stage_gives_under_the_name_of_a_table_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sources(things: Things, asked: Any, progress: Progress) -> Things:
        found = things["study"].sql("SELECT DISTINCT source FROM passages ORDER BY source")
        return {"groups": pa.table({"source": found["source"]})}

    toy = Stage("sources", "Who has a passage.", ("study",), ("groups",), (), sources)
    monkeypatch.setitem(TABLES, "groups", TABLES["groups"][1:2])
    monkeypatch.setattr(flow, "STAGES", (*STAGES[:-1], toy))
    study = flow.find([corpus(tmp_path)], tmp_path / "study", ReadOptions(), FindOptions(), Silent())
    assert study.groups.arrow()["source"].to_pylist() == ["S0", "S1", "S2", "S3"]


def test_what_no_later_stage_takes_is_let_go() -> None:
    held: list[set[str]] = []

    def second(things: Things, asked: Any, progress: Progress) -> Things:
        held.append(set(things))
        return {"c": 3}

    stages = [
        Stage("first", "Two things.", (), ("a", "b"), (), lambda things, asked, progress: {"a": 1, "b": 2}),
        Stage("second", "One of them.", ("b",), ("c",), (), second),
    ]
    run(stages, None, Silent(), lambda given: given)
    assert held == [{"b"}]


def test_a_stage_must_give_what_it_says() -> None:
    stage = Stage("first", "Nothing.", (), ("a",), (), lambda things, asked, progress: {})
    with pytest.raises(AssertionError, match="first gives"):
        run([stage], None, Silent(), lambda given: given)


def test_ties_are_found_with_the_rest_or_left_out(tmp_path: Path) -> None:
    file = corpus(tmp_path)
    study = inchorus.find(file, tmp_path / "study", seed=3)
    assert len(study.ties) == len(study.occasions) == 6
    assert study.manifest["ties"]["asked"]["seed"] == 3
    without = inchorus.find(file, tmp_path / "without", no_ties=True)
    with pytest.raises(inchorus.StudyError, match="run: inchorus ties"):
        without.ties.arrow()
    without.ties(seed=3)
    for name in study.manifest["tables"]:
        assert study.file(name).read_bytes() == without.file(name).read_bytes(), name
    with pytest.raises(inchorus.UsageError, match="--no-ties leaves out"):
        inchorus.find(file, no_ties=True, objects="text")


def test_a_run_that_fails_in_its_last_stage_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = corpus(tmp_path)
    before = inchorus.find(file, tmp_path / "study", no_ties=True).manifest

    def fails(things: Things, asked: Any, progress: Progress) -> Things:
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "STAGES", (*STAGES[:-1], Stage("relate", "", ("study",), (), (), fails)))
    with pytest.raises(KeyboardInterrupt):
        flow.find([file], tmp_path / "study", ReadOptions(), FindOptions(), Silent())
    assert inchorus.open(tmp_path / "study").manifest == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "study"]
