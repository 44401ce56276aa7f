"""Standard input as a file, as its beginning is looked at before all of it is read, and it is hashed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from inchorus.errors import InputError, UsageError, Where

NAME = "standard input"


@contextmanager
def with_standard_input(inputs: Sequence[Path]) -> Iterator[list[Path]]:
    """The inputs, a `-` among them as a file that holds what standard input gave and is deleted in the end.

    Raises UsageError where it is named twice, InputError where it is empty.
    """
    n = sum(str(path) == "-" for path in inputs)
    if not n:
        yield list(inputs)
        return
    if n > 1:
        raise UsageError("standard input, -, is given twice", fix="name it once")
    with tempfile.TemporaryDirectory(prefix="inchorus-") as folder:
        file = Path(folder) / NAME
        with file.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out, 1 << 20)
        if not file.stat().st_size:
            raise InputError("it is empty", where=Where(NAME), fix="pipe documents into it")
        yield [file if str(path) == "-" else path for path in inputs]
