"""Texts that every machine with Python has: the licences and notices of its installed packages."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

import pyarrow as pa

from inchorus.errors import InputError
from inchorus.schema import TIME

_NAME = re.compile(r"^(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
_CODE = {".py", ".pyc", ".pyi", ".so", ".json", ".svg", ".png"}
_LARGEST = 1 << 20  # bytes


def documents() -> pa.Table:
    """The licence and notice files of the packages installed here: id, source, time (null), title, text.

    The source is the package; a package that carries one text twice counts once. Sorted by id. Raises
    InputError where no package has such a file.
    """
    rows: dict[str, tuple[str, str, str]] = {}
    for distribution in distributions():
        name = distribution.metadata["Name"] or "?"
        seen: set[str] = set()
        for relative, text in sorted(_texts(distribution).items()):
            if text not in seen and text.strip():
                seen.add(text)
                rows[f"{name}/{relative}"] = (name, PurePosixPath(relative).name, text)
    if not rows:
        raise InputError("no installed package here has a licence file", fix="run inchorus demo without --installed")
    ids = sorted(rows)
    return pa.table(
        {
            "id": ids,
            "source": [rows[i][0] for i in ids],
            "time": pa.nulls(len(ids), TIME),
            "title": [rows[i][1] for i in ids],
            "text": pa.array([rows[i][2] for i in ids], pa.large_string()),
        }
    )


def _texts(distribution: Distribution) -> dict[str, str]:
    """Relative path to text, of every licence or notice file that can be read."""
    out = {}
    for file in distribution.files or []:
        if not _NAME.match(file.name) or file.suffix.lower() in _CODE:
            continue
        path = Path(str(file.locate()))
        try:
            if path.is_file() and path.stat().st_size <= _LARGEST:
                out[file.as_posix()] = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
    return out
