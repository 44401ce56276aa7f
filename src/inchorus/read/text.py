"""Plain text: a file a document; its folder names the source, its file name may hold the time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
import pyarrow as pa

from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch, strings
from inchorus.read.inputs import Input
from inchorus.read.opened import opened, without_bom
from inchorus.read.options import ReadOptions

NAMES = ("id", "source", "time", "text")
_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{4}-\d\d-\d\d)"
    # what follows must not be another date, as in 2024-05-01_2024-06-01
    r"(?:[T_ ](?P<hour>\d\d)(?P<sep>[-:]?)(?P<minute>\d\d)(?:(?P=sep)(?P<second>\d\d))?(?![-:]?\d)|(?!\d))",
    re.ASCII,
)


def read_text(files: Sequence[Input], indices: Sequence[int], options: ReadOptions) -> Iterator[Batch]:
    """Batches with a row a file and the columns id, source, time and text.

    The id is the path below the folder that was given; the source the first folder of that path, or the
    file's stem where there is none. Raises InputError for a file that cannot be decoded.
    """
    encoding = without_bom(options.encoding)
    rows: list[tuple[str, str, str | None, str]] = []
    at: list[int] = []
    position = size = 0
    for file, index in zip(files, indices, strict=True):
        with opened(file, options.encoding) as stream:
            data = stream.bytes.read()
            position += stream.position()
            # io.TextIOWrapper would need newline="" and a second buffer; a document is read whole anyway
            text = data.decode(encoding).removeprefix("\ufeff")
        rows.append((*describe(file), text))
        at.append(index)
        size += len(data)
        if size >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
            yield _batch(rows, at, position)
            rows, at, size = [], [], 0
    if rows:
        yield _batch(rows, at, position)


def describe(file: Input) -> tuple[str, str, str | None]:
    """The id, the source and the time (ISO text, or None) that a file's name gives.

    >>> from pathlib import Path
    >>> root = Path("corpus")
    >>> describe(Input(root / "herald" / "2024" / "2024-05-01_12-30.txt", "", "text", root))
    ('herald/2024/2024-05-01_12-30.txt', 'herald', '2024-05-01T12:30')
    >>> describe(Input(Path("notes.txt"), "notes.txt", "text"))
    ('notes.txt', 'notes', None)
    """
    relative = file.path.relative_to(file.folder) if file.folder else file.path.relative_to(file.path.parent)
    name = file.path.name
    stem = name[:-3] if name.lower().endswith(".gz") else name
    stem = stem[:-4] if stem.lower().endswith(".txt") else stem
    source = relative.parts[0] if len(relative.parts) > 1 else stem
    return relative.as_posix(), source, time_in(stem)


def time_in(name: str) -> str | None:
    """The first date, with its time of day where it has one, in a file name; None where there is none.

    >>> time_in("report 2024-05-01T0930"), time_in("report 2024-13-01")
    ('2024-05-01T09:30', None)
    """
    for match in _DATE.finditer(name):
        day = match["day"]
        clock = ":".join(c for c in match.group("hour", "minute", "second") if c)
        for candidate in (f"{day}T{clock}", day):
            try:
                datetime.fromisoformat(candidate)
            except ValueError:
                continue
            return candidate
    return None


def _batch(rows: list[tuple[str, str, str | None, str]], at: list[int], position: int) -> Batch:
    columns: dict[str, pa.Array] = {}
    replaced = 0
    for name, values in zip(NAMES, zip(*rows, strict=True), strict=True):
        columns[name], n = strings(values)
        replaced += n
    return Batch(
        columns=columns,
        file_index=np.array(at, np.int32),
        row=np.ones(len(rows), np.int64),
        position=position,
        kinds={name: {pa.string()} for name in NAMES},
        replaced=replaced,
    )
