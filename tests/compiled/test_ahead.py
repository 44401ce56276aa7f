from __future__ import annotations

import importlib
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from numba.core.dispatcher import Dispatcher

import bench
from inchorus.compiled import ahead, places
from inchorus.compiled.ahead import SIGNATURES, begin, entries, name_of, type_of
from inchorus.compiled.places import place
from inchorus.progress import Silent

PARTS = ("find", "ties", "objects", "edited")

# Writes what Python code asks for in the runs from which the list was written.
ASKED = """
import json, sys
from pathlib import Path
from bench.signatures import run

Path(sys.argv[1]).write_text(json.dumps(run()), encoding="ascii")
"""


class Notes(Silent):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


class Started(list[list[str]]):
    """Takes the place of Popen."""

    def __call__(self, command: list[str], **settings: object) -> Started:
        self.append(command)
        return self

    def kill(self) -> None:
        """Called when Python ends."""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    # What this installation has compiled already is not what a test is about.
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(ahead, "_begun", set())
    place.cache_clear()
    yield tmp_path / "inchorus"
    place.cache_clear()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()
    monkeypatch.setattr(subprocess, "Popen", started)
    return started


@pytest.mark.parametrize(
    "name", ["int64", "float64", "bool", "uint32[1]", "int64[2]", "bool[1]", "const:uint8[1]", "int32[1]"]
)
def test_words_of_signatures_are_types_of_numba(name: str) -> None:
    assert name_of(type_of(name)) == name


def test_a_type_without_a_word_is_refused() -> None:
    from numba import types

    pair: Any = types.UniTuple
    for kind in (pair(types.int64, 2), types.Array(types.int64, 1, "A")):
        with pytest.raises(ValueError, match="no word"):
            name_of(kind)


@pytest.mark.parametrize("part", PARTS)
def test_every_line_names_a_kernel_and_types(part: str) -> None:
    for entry in entries(part):
        made: Any = getattr(importlib.import_module(entry.module), entry.function)
        assert isinstance(made, Dispatcher), entry
        assert len(inspect.signature(made.py_func).parameters) == len(entry.arguments)
        assert [name_of(type_of(name)) for name in entry.arguments] == list(entry.arguments)
    assert len(SIGNATURES.read_text().splitlines()) == len(set(SIGNATURES.read_text().splitlines()))


def test_the_first_run_starts_others_and_says_so(empty: Path, started: Started) -> None:
    progress = Notes()
    begin(progress, 4, "find", "ties")
    assert len(started) == 2
    assert all(command[-2:] == ["find", "ties"] for command in started)
    assert len(progress.notes) == 1
    begin(progress, 4, "find", "ties")
    assert (len(started), len(progress.notes)) == (2, 1)


def test_where_nothing_is_kept_it_is_not_said_that_later_runs_need_not_compile(
    empty: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "place", lambda: places.Place((empty,), None, "every run compiles anew"))
    progress = Notes()
    begin(progress, 4, "find", "ties")
    assert (list(started), progress.notes) == ([], ["every run compiles anew"])


def test_one_thread_compiles_by_itself(empty: Path, started: Started) -> None:
    begin(Silent(), 1, "find")
    assert list(started) == []


def test_nothing_starts_where_all_is_there(empty: Path, started: Started) -> None:
    for part in ("find", "ties"):
        ahead._done(part).touch()
    progress = Notes()
    begin(progress, 4, "find", "ties")
    assert (list(started), progress.notes) == ([], [])
    begin(progress, 4, "find", "edited")
    assert [command[-1:] for command in started] == [["edited"]] * 2


def test_nothing_starts_where_nothing_can_be_kept_or_python_is_part_of_a_program(
    empty: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/app/viewer")
    begin(Silent(), 4, "find")
    monkeypatch.undo()
    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(ahead, "place", lambda: place()._replace(write=None, note="nowhere"))
    progress = Notes()
    begin(progress, 4, "find")
    assert list(started) == []
    assert progress.notes[0] == "nowhere"


def test_a_line_that_no_longer_fits_is_passed_over(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of no run is this signature, so no other test has had it compiled in this process.
    lines = "[find]\nmatch.grams._gone int64\nmatch.grams._rank uint16[1]\nmatch.grams._rank uint8[1] uint8[1]\n"
    (tmp_path / "signatures.txt").write_text(lines)
    monkeypatch.setattr(ahead, "SIGNATURES", tmp_path / "signatures.txt")
    ahead.compile_parts(["find"])
    assert [p.name.rpartition("-")[0] for p in empty.iterdir()] == ["match.grams._rank"]
    (tmp_path / "signatures.txt").write_text("[find]\nmatch.grams._rank uint16[1]\n")
    ahead.compile_parts(["find"])
    assert ahead._done("find").exists()


def test_what_is_compiled_ahead_is_all_that_runs_need(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*ahead._paths(), str(Path(bench.__file__).parent.parent)])}
    # While kernels are compiled, those that they call are asked for, too: the second run finds them all.
    for _ in range(2):
        subprocess.run([sys.executable, "-c", ASKED, str(tmp_path / "asked")], env=env, check=True, capture_output=True)
    asked = json.loads((tmp_path / "asked").read_text(encoding="ascii"))
    for part in PARTS:
        listed = {" ".join([f"{e.module}.{e.function}".removeprefix("inchorus."), *e.arguments]) for e in entries(part)}
        assert set(asked[part]) == listed, f"{part}: write the list anew with python -m bench.signatures"
    assert len(asked["find"]) > 50
