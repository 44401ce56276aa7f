"""What is said before any work begins is said at once: without the libraries that only work needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inchorus.compiled import ahead

HEAVY = ("numba", "scipy", "numpy", "pyarrow", "duckdb", "starlette", "uvicorn", "jinja2", "pandas", "inchorus.flow")
COMMAND = f"""
import sys
from inchorus.cli import main
code = main(sys.argv[1:])
print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("--version", 0),
        ("--help", 0),
        ("find --help", 0),
        ("serve --help", 0),
        ("collect --help", 0),
        ("collect https://courier.example/ --out there.csv", 2),
        ("collect https://courier.example/ --out .", 2),
        ("find absent.csv --out study", 1),
        ("find empty-folder --out study", 1),
        ("find there.csv --out study --min-words 0", 2),
        ("find there.csv --out study --preset lyrics", 2),
        ("find there.csv there.csv --out study", 2),
        ("find there.csv --out there.csv", 2),
        ("find there.csv --out .", 2),
        ("demo --out there.csv", 2),
        *((f"{command} study", 1) for command in ("show", "ties", "serve", "verify", "separate --by party")),
        ("show empty-folder", 1),
        ("report study report.html", 1),
        ("export study --format csv file.csv", 1),
    ],
)
def test_help_and_wrong_calls_import_nothing_that_works(arguments: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("source,text\na,b\n")
    (tmp_path / "empty-folder").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments.split()],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(ahead._paths())},
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert done.stderr.splitlines()[-1] == "", done.stderr
