"""Texts that every machine has: the licences and notices of the installed Python packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distributions

import pyarrow as pa

from inchorus.schema import TIME

MOST_BYTES = 1_000_000

_NOTICE = re.compile(r"(LICEN[SC]E|COPYING|NOTICE)", re.IGNORECASE)
# Code that is named after licences is no licence.
_CODE = frozenset([".py", ".pyc", ".pyi", ".pyx", ".so", ".pyd", ".json", ".exe"])

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("time", TIME),
        ("title", pa.string()),
        ("text", pa.large_string()),
    ]
)


def installed_texts() -> pa.Table:
    """Files named LICENSE, LICENCE, COPYING or NOTICE of the packages that this Python sees.

    Columns: id (package and file), source (the package's name in lower case), time (always null), title (the
    file's name), text. Rows are ordered by source and id. Bytes that are not UTF-8 become U+FFFD; files over
    1 MB and empty ones are left out; of a package's equal texts the first by id stays.

    >>> installed_texts().schema.names
    ['id', 'source', 'time', 'title', 'text']
    """
    rows = sorted(set(_texts()))
    seen: set[tuple[str, str]] = set()
    kept = []
    for source, name, title, text in rows:
        if (source, text) not in seen:
            seen.add((source, text))
            kept.append((f"{source}/{name}", source, None, title, text))
    columns = zip(*kept, strict=True) if kept else [()] * len(SCHEMA)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def _texts() -> Iterator[tuple[str, str, str, str]]:
    for distribution in distributions():
        source = _name(distribution)
        for path in distribution.files or ():
            if not source or not _NOTICE.match(path.name) or path.suffix.lower() in _CODE:
                continue
            text = _read(path)
            if text.strip():
                yield source, path.as_posix(), path.name, text


def _name(distribution: Distribution) -> str:
    # A folder that a failed install left behind has no name.
    name = distribution.metadata["Name"] if distribution.metadata else None
    return re.sub(r"[-_.]+", "-", name).lower() if name else ""


def _read(path: PackagePath) -> str:
    try:
        raw = path.locate().read_bytes()  # type: ignore[attr-defined]
    except OSError:
        return ""
    return raw.decode("utf-8", errors="replace") if len(raw) <= MOST_BYTES else ""
