"""A batch: some rows of the input as columns, before anything is made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

BATCH_BYTES = 16 << 20
BATCH_ROWS = 16_384

# What a column holds: an Arrow type, or "wide" for integers that a float might not hold exactly.
Kind = Any


@dataclass(frozen=True)
class BadRow:
    """A row that is left out: the index of its file, its number and line, why, and its text as it stands there.

    With `damage` it stands for a file that cannot be read, or for the rest of one; `fix` is what to do about that.
    """

    file: int
    row: int
    line: int | None
    reason: str
    raw: str
    damage: bool = False
    fix: str = ""


@dataclass(frozen=True)
class Batch:
    """Rows of one or several files.

    `columns`: name to array, all of one length; `file_index` and `row`: where each row comes from, the row counted
    from 1; `kinds`: what each column really holds; `settled`: no further column can turn up in this file;
    `position`: bytes of the file (or files) consumed so far; `replaced`: broken characters that were replaced by
    U+FFFD; `line`: the line of its file in which each row begins, where there are lines; `bad`: rows of the file,
    seen since the batch before, that are left out; `passed`: how many things of a file, seen since then, are no
    documents by their nature, by the file's index and the reason; `notes`: what the user should know of the file;
    `part`: the part of the file that the rows are from, a sheet, in words.
    """

    columns: dict[str, pa.Array]
    file_index: npt.NDArray[np.int32]
    row: npt.NDArray[np.int64]
    position: int
    settled: bool = True
    kinds: dict[str, set[Kind]] = field(default_factory=dict)
    replaced: int = 0
    line: npt.NDArray[np.int64] | None = None
    bad: tuple[BadRow, ...] = ()
    passed: Mapping[tuple[int, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    part: str = ""

    @property
    def n_rows(self) -> int:
        """How many rows the batch holds."""
        return len(self.row)


def rows_from(first: int, n: int) -> npt.NDArray[np.int64]:
    """The row numbers of `n` rows from `first` on.

    >>> rows_from(3, 2).tolist()
    [3, 4]
    """
    return np.arange(first, first + n, dtype=np.int64)


def strings(values: Sequence[str | None]) -> tuple[pa.Array, int]:
    r"""The values as a large_string array, and how many lone surrogates in them became U+FFFD.

    >>> array, replaced = strings(["a\ud800", None])
    >>> array.to_pylist(), replaced
    (['a�', None], 1)
    """
    try:
        return pa.array(values, pa.large_string()), 0
    except UnicodeEncodeError:
        cleaned = [clean(v) if v is not None else (None, 0) for v in values]
        return pa.array([v for v, _ in cleaned], pa.large_string()), sum(n for _, n in cleaned)


def clean(value: str) -> tuple[str, int]:
    r"""The value with every lone surrogate replaced by U+FFFD, and how many there were.

    >>> clean("\udc00b")
    ('�b', 1)
    """
    n = sum("\ud800" <= c <= "\udfff" for c in value)
    if not n:
        return value, 0
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value), n


def json_text(value: object) -> str:
    """A value as JSON on one line, its characters not escaped; what JSON does not know, as a string.

    >>> json_text({"a": [1, "é"]})
    '{"a": [1, "é"]}'
    """
    return json.dumps(value, ensure_ascii=False, default=str)
