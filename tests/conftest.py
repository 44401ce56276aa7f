"""Corpora that only some machines have, and studies that are made once for all tests, whichever process runs them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pytest
from hypothesis import settings

import hostile
import inchorus
from bench.corpora import Absent, corpus
from inchorus.api import Study
from inchorus.simulate import Simulation, simulate
from made_study import made

# A machine that does other work as well is slow, and the first example compiles kernels.
settings.register_profile("inchorus", deadline=None)
settings.load_profile("inchorus")

Once: TypeAlias = Callable[[str, Callable[[Path], object]], Study]

NEWS = Simulation(documents=1200, sources=40, lines=40, groups=3, group_size=4, group_lines=9, edits="light")


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """The path of a corpus by name; skips the test where it is absent, fails where it must be there."""

    def found(name: str) -> Path:
        try:
            return corpus(name)
        except Absent as absent:
            pytest.skip(str(absent))

    return found


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Gives the study of a name, made when it is first asked for; no test may write into it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def of(name: str, make: Callable[[Path], object]) -> Study:
        place = base / f"once-{name}"
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():  # a study is put in place whole
                make(place)
        return inchorus.open(place)

    return of


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """23 talking points of six sources, without ties."""
    return made(tmp_path_factory.mktemp("small") / "study", points=23)


@pytest.fixture(scope="session")
def attacks(once: Once) -> Study:
    """A study in which every text, name and URL is an attack, with ties, and its quotations."""

    def made(out: Path) -> Study:
        study = hostile.study(out)
        study.quotes(limit=1)
        return study

    return once("attacks", made)


@pytest.fixture(scope="session")
def news(once: Once) -> Study:
    """A study of simulated news, with groups that share enough for ties, and its quotations."""

    def made(out: Path) -> Study:
        study = inchorus.find(pa.Table.from_batches(simulate(NEWS)), out=out)
        study.quotes(limit=1)
        return study

    return once("news", made)
