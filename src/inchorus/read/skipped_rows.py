"""The file of skipped rows beside a study."""

from __future__ import annotations

import shutil
from pathlib import Path

from inchorus.errors import UsageError, Where
from inchorus.read.bad_rows import HEADER, Skipped

_FIRST_LINE = ",".join(HEADER)


def skipped_file(study: Path) -> Path:
    """Where the rows stand that were skipped for a study.

    >>> skipped_file(Path("studies/may")).as_posix()
    'studies/may.skipped.csv'
    """
    return study.with_name(f"{study.resolve().name}.skipped.csv")


def check_skipped_file(study: Path) -> None:
    """UsageError where another file than such a one is in its place."""
    path = skipped_file(study)
    if path.exists() and not _ours(path):
        raise UsageError(
            "skipped rows would be written over this file",
            where=Where(str(path)),
            fix="move it, or choose another --out",
        )


def put_beside(skipped: Skipped, study: Path) -> None:
    """Put the file of the skipped rows beside the study, or take away that of a run before where none was skipped."""
    path = skipped_file(study)
    if skipped.n:
        shutil.copyfile(skipped.path, path)
    elif path.exists() and _ours(path):
        path.unlink()


def _ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(200).strip() == _FIRST_LINE.encode()
