"""A study in which everything is an attack, and one of simulated news, both with ties."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import hostile
from inchorus.api import Study, find
from inchorus.simulate import Simulation, simulate

OPTIONS = Simulation(
    documents=1500, sources=40, lines=100, groups=1, group_size=4, group_lines=8, edits="verbatim", seed=3
)


@pytest.fixture(scope="session")
def attacks(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return hostile.study(tmp_path_factory.mktemp("hostile") / "study")


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Study:
    out: Path = tmp_path_factory.mktemp("news") / "study"
    study = find(pa.Table.from_batches(simulate(OPTIONS)), out=out)
    study.ties()
    return study
