from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inchorus.engine import folder
from inchorus.engine.folder import clear_leftovers, put_in_place, repair, workplace

DEAD = 2**22 + 1  # above Linux's highest process number


def filled(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "a").write_text(content)
    return path


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_new_folder_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(folder, "_exchange", lambda a, b: False)
    target = filled(tmp_path / "s", "old")
    put_in_place(filled(workplace(target), "new"), target)
    assert (target / "a").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_repair_brings_back_what_a_dead_run_set_aside(tmp_path: Path) -> None:
    filled(tmp_path / f".s.inchorus-{DEAD}.old", "old")
    filled(tmp_path / f".s.inchorus-{DEAD}.new", "new")
    repair(tmp_path / "s")
    assert (tmp_path / "s" / "a").read_text() == "old"


def test_leftovers_of_dead_runs_go_and_those_of_living_ones_and_others_stay(tmp_path: Path) -> None:
    filled(tmp_path / "s", "x")
    filled(tmp_path / f".s.inchorus-{DEAD}.new", "x")
    filled(tmp_path / f".s.inchorus-{os.getppid()}.new", "x")
    filled(tmp_path / f".other.inchorus-{DEAD}.new", "x")
    clear_leftovers(tmp_path / "s")
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {"s", f".s.inchorus-{os.getppid()}.new", f".other.inchorus-{DEAD}.new"}


# Every file operation raises an audit event: killing at the k-th, for every k, leaves no gap between two.
KILLS = """
import os, signal, sys
from pathlib import Path
import pyarrow as pa
from inchorus.engine import folder
from inchorus.study import open_study, verify, write_study

target = Path(sys.argv[1]) / "study"
if sys.argv[2] == "renames":
    folder._exchange = lambda a, b: False
WATCHED = {"os.mkdir", "os.rename", "os.rmdir", "os.remove", "shutil.rmtree", "os.listdir", "os.scandir"}


def write(text, kill_at=None):
    if (pid := os.fork()) == 0:
        seen = 0

        def hook(event, args):
            nonlocal seen
            if event in WATCHED or (event == "open" and str(target.parent) in str(args[0])):
                seen += 1
                if seen == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        if kill_at is not None:
            sys.addaudithook(hook)
        write_study(target, {"extra": pa.table({"text": [text] * 9})}, {"seed": text})
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# Imports and look-ups of the first write would be most of the events and of the time.
write_study(target, {"extra": pa.table({"text": ["old"] * 9})}, {"seed": "old"})
states, k = [], 0
while True:
    k += 1
    code = write("new", kill_at=k)
    study = open_study(target)
    assert all(f.state == "same" for f in verify(study)), k
    assert study.manifest["seed"] in ("old", "new"), k
    states.append(study.manifest["seed"])
    if code == 0:
        break
    assert code == -signal.SIGKILL, code
    assert write("old") == 0
    assert os.listdir(target.parent) == ["study"], k
assert states == sorted(states, reverse=True), states
print(k, states.count("old"), states.count("new"))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_kill_at_any_file_operation_leaves_the_old_or_the_new(tmp_path: Path, way: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLS, str(tmp_path), way],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    events, old, new = map(int, done.stdout.split())
    assert events > 10
    assert old > 3
    assert new > 1
