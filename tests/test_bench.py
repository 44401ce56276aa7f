"""The frame of the measurements: floors that hold, and are not lowered by accident. No measurement is made here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import accuracy, adversarial, corpora, floors, found, senate, simulated, speed
from bench.hostile import INPUTS, write
from bench.rows import Row

Captured = pytest.CaptureFixture[str]
HELD: dict[str, dict[str, Any]] = {"F1 | toy": {"floor": 0.9, "changes": []}}


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One measure with the figure 0.95456, and floors in a file of their own."""

    def measure() -> Iterator[Row]:
        yield Row("F1", "toy", 0.95456)

    monkeypatch.setattr(accuracy, "MEASURES", {"toy": measure})
    path = tmp_path / "floors.json"
    monkeypatch.setattr(floors.read, "__defaults__", (path,))
    monkeypatch.setattr(floors.write, "__defaults__", (path,))
    return path


def test_floors_are_written_with_their_reason_and_then_hold(toy: Path, capsys: Captured) -> None:
    assert accuracy.main(["--write-floors", "--reason", "first figure"]) == 0
    assert floors.read(toy)["F1 | toy"] == {
        "floor": 0.954,
        "changes": [{"from": None, "to": 0.954, "reason": "first figure"}],
    }
    assert accuracy.main([]) == 0
    assert ">= 0.954" in capsys.readouterr().out


def test_a_figure_under_its_floor_fails(toy: Path, capsys: Captured) -> None:
    floors.write({"F1 | toy": {"floor": 0.97, "changes": []}}, toy)
    assert accuracy.main([]) == 1
    assert "UNDER" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked", [["--write-floors"], ["--write-floors", "--reason", "worse"], ["--write-floors", "--lower"]]
)
def test_a_floor_is_not_lowered_without_being_asked_to(toy: Path, asked: list[str]) -> None:
    floors.write({"F1 | toy": {"floor": 0.97, "changes": []}}, toy)
    before = toy.read_bytes()
    assert accuracy.main(asked) == 2
    assert toy.read_bytes() == before


def test_a_floor_is_lowered_on_purpose_and_the_reason_kept(toy: Path) -> None:
    floors.write({"F1 | toy": {"floor": 0.97, "changes": []}}, toy)
    assert accuracy.main(["--write-floors", "--lower", "--reason", "a defect of the measure"]) == 0
    entry = floors.read(toy)["F1 | toy"]
    assert entry["floor"] == 0.954
    assert entry["changes"][-1] == {"from": 0.97, "to": 0.954, "reason": "a defect of the measure"}


def test_a_better_figure_does_not_move_floors_by_itself(toy: Path) -> None:
    floors.write({"F1 | toy": {"floor": 0.5, "changes": []}}, toy)
    before = toy.read_bytes()
    assert accuracy.main([]) == 0
    assert toy.read_bytes() == before


def test_measures_that_run_beside_each_other_say_what_they_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv(corpora.VARIABLE, str(tmp_path))
    assert accuracy.main(["--only", "pan", "--only", "saudi"]) == 1
    assert "there is no pan13_train" in capsys.readouterr().err


@given(st.floats(0, 2), st.booleans())
def test_a_figure_is_never_under_the_floor_made_from_it(value: float, low: bool) -> None:
    row = Row("m", "c", value, low=low)
    made = floors.changed([row], {}, "new", lower=False)
    assert floors.judge([row], made)[0].holds


def test_where_less_is_better_more_is_under() -> None:
    held = {"errors | toy": {"floor": 0}}
    assert floors.judge([Row("errors", "toy", 0, low=True)], held)[0].holds
    assert not floors.judge([Row("errors", "toy", 1, low=True)], held)[0].holds


def test_a_figure_without_a_floor_is_only_reported() -> None:
    row = Row("F1", "toy", 0.1, floored=False)
    assert floors.judge([row], HELD)[0].floor is None
    assert floors.changed([row], {}, "new", lower=False) == {}


def test_a_corpus_that_is_not_there_is_said_to_be(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def absent() -> Iterator[Row]:
        corpora.corpus("nothing of that name")
        yield Row("never", "reached", 0)

    monkeypatch.delenv(corpora.VARIABLE, raising=False)
    monkeypatch.setattr(accuracy, "MEASURES", {"absent": absent})
    assert accuracy.main([]) == 0
    assert "absent: not measured" in capsys.readouterr().out


def test_a_corpus_that_must_be_there_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(corpora.VARIABLE, str(tmp_path))
    with pytest.raises(corpora.Required, match="there is no senate in its folder data"):
        corpora.corpus("senate")


def test_a_measure_whose_corpus_must_be_there_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    monkeypatch.setenv(corpora.VARIABLE, str(tmp_path))
    assert accuracy.main(["--only", "senate"]) == 1
    assert "senate: INCHORUS_SHARED is set" in capsys.readouterr().err


def test_a_study_that_several_measures_need_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "nobody in this valley will pay for water twice while the river runs"
    rows = [{"source": name, "text": f"{line}. {name} said so."} for name in ("Herald", "Courier")]
    with found.kept():
        first = found.found("toy", rows)
        monkeypatch.setattr("inchorus.find", None)
        assert found.found("toy", []).path == first.path
        assert [line in text for text in first.talking_points.arrow()["text"].to_pylist()] == [True]
    assert not first.path.exists()
    assert found.VARIABLE not in os.environ


def test_passages_that_nobody_planted_are_counted_in_talking_points_that_hold_a_line() -> None:
    planted = [{"doc_id": "1", "start": 5, "end": 9}, {"doc_id": "2", "start": 0, "end": 4}]
    line = [{"tp_id": "line", "doc_id": d, "start": 3, "end": 7} for d in "123"]
    other = [{"tp_id": "other", "doc_id": d, "start": 9, "end": 12} for d in "145"]
    assert simulated.strangers(planted, [*line, *other]) == 1 / 3
    assert simulated.strangers([], [*line, *other]) == 0


def test_the_floors_file_keeps_a_reason_for_every_floor() -> None:
    for key, entry in floors.read().items():
        assert entry["changes"][-1]["to"] == entry["floor"], key
        assert all(change["reason"] for change in entry["changes"]), key


@given(st.lists(st.integers(0, 4), max_size=8), st.lists(st.integers(0, 4), max_size=8))
def test_the_recomputed_similarity_is_symmetric_and_one_only_for_equals(a: list[int], b: list[int]) -> None:
    assert senate.similarity(a, b) == senate.similarity(b, a)
    assert (senate.similarity(a, b) == 1) == (a == b)


def test_the_cost_of_a_child_is_its_own() -> None:
    cost = speed.run([sys.executable, "-c", "b = bytearray(90_000_000)"], dict(os.environ))
    assert cost.peak > 90_000_000
    assert cost.wall > 0


def test_a_child_that_fails_is_no_measurement() -> None:
    with pytest.raises(OSError, match="ended with 3"):
        speed.run([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))


@pytest.mark.parametrize("name", INPUTS)
def test_hostile_inputs_grow_in_proportion(name: str, tmp_path: Path) -> None:
    made = [INPUTS[name].make(n) for n in (600, 1200)]
    sizes = [len(one) if isinstance(one, str) else one.nbytes for one in made]
    assert sizes[0] < sizes[1] < 3 * sizes[0]
    assert write(made[0], tmp_path).suffix == (".csv" if isinstance(made[0], str) else ".parquet")


def test_a_growth_is_of_the_least_of_several_runs(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([7.0] * 3 + [1.1, 1.0, 2.0, 2.2, 4.0, 4.9])  # kernels are compiled first

    def command(arguments: Any, scratch: Path) -> speed.Cost:
        return speed.Cost(9.0, 9.0, next(seconds), 10**9)

    monkeypatch.setattr(adversarial, "command", command)
    assert adversarial.main(["--quick", "--runs", "2", "one word"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert [cell.strip() for cell in line.strip("| ").split("|")][-5:] == ["1.0", "2.0", "4.0", "1.0", "2.00"]
    with pytest.raises(SystemExit):
        adversarial.main(["no such input"])
