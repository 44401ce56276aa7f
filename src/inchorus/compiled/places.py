"""Where compiled code is kept: beside the package, in the user's cache, in a private temporary folder, or nowhere."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent


class Place(NamedTuple):
    """The folders where compiled code is looked for, the one it is written to, and what the user should know."""

    read: tuple[Path, ...]
    write: Path | None
    note: str | None


@cache
def place() -> Place:
    """Where this process keeps compiled code, settled when it is first asked for.

    The folder that NUMBA_CACHE_DIR names comes first, then the package itself, then the user's cache
    folder, then a folder in the temporary folder that nobody else can read or write. What lies in the
    package is used even where it cannot be written, so that an image may bring it along.
    """
    named = os.environ.get("NUMBA_CACHE_DIR")
    beside = PACKAGE / "__pycache__" / "kernels"
    lasting = [*([Path(named) / "inchorus"] if named else []), beside]
    for folder in lasting:
        if _writable(folder):
            return Place(tuple(dict.fromkeys((folder, beside))), folder, None)
    users = _users_cache()
    if users is not None and _writable(users, private=True):
        return Place((users, beside), users, None)
    tried = ", ".join(str(folder) for folder in (*lasting, users) if folder is not None)
    fix = "set NUMBA_CACHE_DIR to a folder that can be written"
    try:
        passing = Path(tempfile.gettempdir()) / f"inchorus-{_owner()}"
    except OSError:
        passing = None
    if passing is not None and _writable(passing, private=True):
        note = f"compiled code is kept in {passing}, as nothing can be written in {tried}; to keep it for good, {fix}"
        return Place((passing, beside), passing, note)
    return Place((beside,), None, f"every run compiles anew, as nothing can be written in {tried}; {fix}")


def _users_cache() -> Path | None:
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "inchorus" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "inchorus"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if Path(named).is_absolute() else home / ".cache") / "inchorus"


def _owner() -> str:
    # Windows gives every user a temporary folder of their own.
    return str(os.geteuid()) if hasattr(os, "geteuid") else "cache"


def _writable(folder: Path, *, private: bool = False) -> bool:
    """Whether files can be made in `folder`, which is made if it is missing; with `private`, by this user alone.

    Compiled code is run as it is read: from a folder that others can write, they could have theirs run.
    """
    try:
        folder.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        if private and hasattr(os, "geteuid"):
            about = folder.lstat()
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o022:
                return False
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
