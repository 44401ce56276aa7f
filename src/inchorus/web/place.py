"""Where a collection may be written, and what it needs: told before the libraries that do the work are imported."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from inchorus.errors import UsageError, Where

DOCUMENTS = "documents.parquet"
ABOUT = "collection.json"
FILE = ".collection.sqlite"  # what a collection knows
NEEDS = ("feedparser", "httpcore2", "protego", "trafilatura", "warcio")


def check_installed() -> None:
    """UsageError, with the command that installs it, where something that collecting needs is not there."""
    lacking = [name for name in NEEDS if find_spec(name) is None]
    if lacking:
        raise UsageError(
            f"collecting needs {' and '.join(lacking)}, which is not installed",
            fix="install it: pip install 'inchorus[web]'",
        )


def check_folder(out: Path) -> None:
    """UsageError where something else than a collection is at `out`."""
    if not out.exists():
        return
    where = Where(str(out))
    if not out.is_dir():
        raise UsageError("this is a file; a collection is a folder", where=where, fix="choose another --out")
    if any(p.name != ".DS_Store" for p in out.iterdir()) and not (out / FILE).is_file():
        raise UsageError(
            "this folder is not empty and no collection, so it is left alone", where=where, fix="choose another --out"
        )


def parted(inputs: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files to be hashed, and the folders of collections among the inputs, whose documents are among the files."""
    files: list[Path] = []
    folders: list[Path] = []
    for path in inputs:
        if (path / FILE).is_file() or (path / ABOUT).is_file():
            folders.append(path)
        files.append(path / DOCUMENTS if path in folders else path)
    return files, folders
