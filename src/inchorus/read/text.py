"""Plain text: a file a document; its folder names the source, its file name may hold the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from inchorus.read.compressed import plain_name
from inchorus.read.formats.format import Document
from inchorus.read.records import File

_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{4}-\d\d-\d\d)"
    # what follows must not be another date, as in 2024-05-01_2024-06-01
    r"(?:[T_ ](?P<hour>\d\d)(?P<sep>[-:]?)(?P<minute>\d\d)(?:(?P=sep)(?P<second>\d\d))?(?![-:]?\d)|(?!\d))",
    re.ASCII,
)


def read_text(file: File) -> Iterator[Document]:
    """The one document of a text file.

    The id is the path below the folder that was given; the source the first folder of that path, or the
    file's stem where there is none. Raises InputError for a file that cannot be decoded.
    """
    id_, source, time = described(file.place)
    yield Document({"id": id_, "source": source, "time": time, "text": file.whole_text()})


def described(place: PurePosixPath) -> tuple[str, str, str | None]:
    """The id, the source and the time (ISO text, or None) that a file's path gives.

    >>> described(PurePosixPath("herald/2024/2024-05-01_12-30.txt"))
    ('herald/2024/2024-05-01_12-30.txt', 'herald', '2024-05-01T12:30')
    >>> described(PurePosixPath("notes.txt"))
    ('notes.txt', 'notes', None)
    """
    name = place.name
    stem = plain_name(name)
    stem = stem[:-4] if stem.lower().endswith(".txt") else stem
    source = place.parts[0] if len(place.parts) > 1 else stem
    return place.as_posix(), source, time_in(stem)


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
