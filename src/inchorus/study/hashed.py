"""What a file holds, as a hash, and when a study was put in place."""

from __future__ import annotations

import hashlib
from pathlib import Path

from inchorus.manifest import MANIFEST


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_at(path: Path) -> int | None:
    """Which study is at `path`: the time its manifest was written, in nanoseconds; None without one."""
    try:
        return (path / MANIFEST).stat().st_mtime_ns
    except OSError:
        return None
