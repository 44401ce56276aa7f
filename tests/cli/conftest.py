"""The command, with a flow that stands in for the stages, over studies made by hand and over a simulated one."""

from __future__ import annotations

import re
import shutil
import sys
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.csv as pc
import pytest

import inchorus
from conftest import Once
from inchorus.cli import main
from inchorus.compiled import ahead
from inchorus.relate.up_to_date import ready
from inchorus.simulate import Simulation, simulate, truth
from made_study import WORDINGS, made

Run: TypeAlias = Callable[..., tuple[int, str, str]]

GROUPED = Simulation(
    documents=1500, sources=40, lines=100, groups=2, group_size=4, group_lines=8, edits="verbatim", seed=3
)
# Words for people that a description of texts has no use for; spelt backwards, so that no file holds them.
NEVER = re.compile(
    rf"\b({'|'.join(w[::-1] for w in ('tnega', 'tob', 'citnehtuani', 'adnagaporp'))})s?\b", re.IGNORECASE
)


class Flow(types.ModuleType):
    """Stands in for the stages: writes a study made by hand, or raises what it is given."""

    raises: BaseException | None = None
    points = len(WORDINGS)
    manifest: dict[str, Any] = {}  # noqa: RUF012
    called: tuple[Any, ...] = ()

    def find(self, inputs: Any, out: Path, read: Any, options: Any, progress: Any, sharing: Any = None) -> Any:
        self.called = (inputs, read, options)
        if self.raises is not None:
            raise self.raises
        with progress.stage("match", 3, "documents") as advance:
            advance(3)
        return made(out, self.points, **self.manifest)

    def ties(self, study: Any, given: Any, progress: Any) -> Any:
        return ready(study, given, progress)


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Flow:
    import inchorus.simulate

    here = tmp_path_factory.mktemp("here")
    (here / "a.csv").write_text("source,text\nHerald,words\n")
    monkeypatch.chdir(here)
    monkeypatch.setattr(ahead, "begin", lambda *given: None)

    fake = Flow("inchorus.flow")
    monkeypatch.setitem(sys.modules, "inchorus.flow", fake)
    monkeypatch.setattr(inchorus, "flow", fake, raising=False)
    return fake


@pytest.fixture
def study(tmp_path: Path) -> str:
    made(tmp_path / "study", 30)
    return str(tmp_path / "study")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its exit code, and what it wrote to standard output and standard error."""

    def ended(*args: object) -> tuple[int, str, str]:
        code = main([str(a) for a in args])
        out, err = capsys.readouterr()
        assert not NEVER.search(out + err)
        return code, out, err

    return ended


@cache
def planted_groups() -> dict[str, str]:
    """The group of each source that is in one, in the study `grouped`."""
    return {row["source"]: row["group_id"] for row in truth(GROUPED).to_pylist() if row["group_id"]}


@pytest.fixture
def grouped(once: Once, tmp_path: Path) -> Path:
    """A simulated study with planted groups, without ties; a test may write into it."""

    def make(out: Path) -> None:
        inchorus.find(pa.Table.from_batches(simulate(GROUPED)), out, no_ties=True)

    return Path(shutil.copytree(once("grouped", make).path, tmp_path / "study"))


@pytest.fixture
def tied(once: Once, grouped: Path, tmp_path: Path) -> Path:
    """The same with its ties; a test may write into it."""

    def make(out: Path) -> None:
        made = Path(shutil.copytree(grouped, out.with_name(f"{out.name}-in-the-making")))
        assert main(["ties", str(made), "--quiet"]) == 0
        made.replace(out)

    return Path(shutil.copytree(once("tied", make).path, tmp_path / "tied"))


@pytest.fixture
def owners(grouped: Path, tmp_path: Path) -> Path:
    """A file of attributes of its sources: `owner` is the group that is planted, `colour` has nothing to do with it."""
    groups = planted_groups()
    names = inchorus.open(grouped).sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    table = pa.table({"source": names, "owner": [groups.get(n) for n in names], "colour": ["red", "blue"] * 20})
    pc.write_csv(table, tmp_path / "sources.csv")
    return tmp_path / "sources.csv"
