"""Runs the command on the inputs beside the tests, as a user would, and reads what it wrote and said."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from inchorus.cli import main
from inchorus.study import open_study

HERE = Path(__file__).parent


class Said(NamedTuple):
    """How a command ended, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


def run(*args: object) -> Said:
    """Run `inchorus` with these arguments in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(a) for a in args])
    return Said(code, out.getvalue(), err.getvalue())


def given(case: str, name: str) -> Path:
    """The input `name` of a case."""
    return HERE / case / name


def rows(study: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table of a study."""
    found: list[dict[str, Any]] = open_study(study).sql(f"SELECT * FROM {table}").to_pylist()
    return found
