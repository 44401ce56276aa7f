"""How every command ends: errors in one line, wrong usage, a pipe that nobody reads."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Flow
from inchorus.cli import main
from inchorus.errors import InputError, Where

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("no column 'text'", where=Where("a.csv")), 1, "error: a.csv: no column 'text'"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "error: the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "a.csv"), 1, "error: a.csv: Permission denied"),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp', '/']"),
            1,
            "error: No usable temporary directory found in ['/tmp', '/']; set TMPDIR to a folder that can be written",
        ),
        (MemoryError(), 1, "error: there is not enough memory"),
        (KeyboardInterrupt(), 1, "stopped; nothing was changed in "),
        (KeyError("x\x1b[2J"), 1, "error: KeyError: 'x\\x1b[2J'; this is a defect of inchorus"),
    ],
)
def test_errors_are_one_line(
    flow: Flow, tmp_path: Path, capsys: Captured, error: BaseException, code: int, said: str
) -> None:
    flow.raises = error
    assert main(["find", "a.csv", "--out", str(tmp_path / "s")]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1
    assert not (tmp_path / "s").exists()


def test_debug_shows_the_traceback(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    flow.raises = InputError("bad")
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--debug"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("Traceback")
    assert shown.endswith("error: bad\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [(["shw"], "'show'"), (["find", "a", "--ot", "x"], "'--out'"), (["show", "s", "--lable", "line"], "'--label'"),
     (["find", "a"], "--out"), (["find", "a", "--out", "s", "--gram", "x"], "--gram")],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_suggests(args: list[str], said: str, capsys: Captured) -> None:
    assert main(args) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes differ")
def test_a_closed_pipe_is_quiet(study: str) -> None:
    code = "import sys; from inchorus.cli import main; sys.exit(main(sys.argv[1:]))"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code, "show", study], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_python_runs_it_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "inchorus", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()[0]) == (0, "inchorus")
