"""Rows that cannot be read: an error, or left out, counted and kept apart for people to look at."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TextIO

from inchorus.errors import InputError, RowError, Where
from inchorus.read.batches import BadRow
from inchorus.read.inputs import Input
from inchorus.read.options import ReadOptions

HEADER = ("file", "row", "line", "reason", "record")
SHOWN = 3
MOST_DAMAGED = 20  # files that are named
_UNDECODED = re.compile("[\udc80-\udcff]")


class BadRows:
    """The bad rows of one file as its reader comes upon them: it stops at the first, or collects them all."""

    def __init__(self, file: Input, index: int, options: ReadOptions) -> None:
        self._file = file
        self._index = index
        self.skips = options.skips
        self._encoding = options.encoding
        self._rows: list[BadRow] = []
        self.errors = errors_for(options)

    def add(
        self,
        what: str,
        row: int,
        line: int | None,
        *,
        fix: str,
        raw: str,
        column: str | None = None,
        damage: bool = False,
    ) -> None:
        """Raise RowError for this row, or collect it; `raw` is the row as it stands in the file.

        With `damage` it is no row, but where a file ends that should not: it is collected whatever the options say.
        """
        if not self.skips and not damage:
            raise RowError(
                what,
                where=Where(self._file.name, row, column, line),
                fix=f"{fix}, or go on without it: --bad-rows skip",
            )
        reason = what if column is None else f"column {column!r}: {what}"
        self._rows.append(BadRow(self._index, row, line, reason, raw, damage, fix))

    def undecoded(self, raw: str) -> str | None:
        """Why a row whose bytes do not fit the encoding is bad; None where they fit."""
        return None if self.errors == "strict" else undecoded(raw, self._encoding)

    def taken(self) -> tuple[BadRow, ...]:
        """Those collected since the last call."""
        rows, self._rows = tuple(self._rows), []
        return rows


class Skipped:
    """All rows left out of the input, in a CSV file of `folder` with the columns of HEADER; `examples` are the first.

    `by_file` counts them by the index of their file and the reason. Some stand for files that could not be read, or not
    to their end: `damaged` says so of the first of these, a line each, and `n_damaged` is how many there are.

    >>> import tempfile
    >>> with Skipped(Path(tempfile.mkdtemp())) as skipped:
    ...     skipped.add(0, Where("a.csv", 4, line=5), "3 fields where the header has 2", "x,y,z")
    >>> skipped.n, skipped.examples
    (1, ['a.csv, row 4 (line 5): 3 fields where the header has 2'])
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "skipped.csv"
        self.by_file: Counter[tuple[int, str]] = Counter()
        self.examples: list[str] = []
        self.damaged: list[str] = []
        self.n_damaged = 0
        self.first: InputError | None = None
        self._file: TextIO | None = None

    @property
    def n(self) -> int:
        """How many rows."""
        return self.by_file.total()

    @property
    def reasons(self) -> Counter[str]:
        """How many rows for each reason."""
        found: Counter[str] = Counter()
        for (_, reason), n in self.by_file.items():
            found[reason] += n
        return found

    def lines(self) -> list[str]:
        """What is said of files that could not be read, or not to their end."""
        more = self.n_damaged - len(self.damaged)
        return self.damaged + ([f"not read: {more:,} more files"] if more else [])

    def add(
        self, file: int, where: Where, reason: str, raw: str, *, damage: bool = False, fix: str = "mend what is wrong"
    ) -> None:
        """Keep a row of a file, by its index, apart; or note `damage` of the file."""
        self.by_file[file, reason] += 1
        error = InputError(reason, where=where, fix=fix)
        self.first = self.first or error
        if damage:
            self.n_damaged += 1
            if len(self.damaged) < MOST_DAMAGED:
                self.damaged.append(f"not read{' to its end' if where.row is not None else ''}: {error}")
        elif len(self.examples) < SHOWN:
            self.examples.append(f"{where}: {reason}")
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file, lineterminator="\n").writerow(HEADER)
        # a byte that was not decoded is written as \xe9
        record = raw.encode("utf-8", "surrogateescape" if _UNDECODED.search(raw) else "backslashreplace")
        text = record.decode("utf-8", "backslashreplace")
        writer = csv.writer(self._file, lineterminator="\n")
        writer.writerow((where.file, where.row, where.line, reason, text.rstrip("\r\n")))

    def __enter__(self) -> Skipped:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()


def errors_for(options: ReadOptions) -> str:
    """How bytes that do not fit the encoding are decoded: marked where their rows can be skipped, else not at all."""
    # in UTF-16 and UTF-32 a wrong byte takes the line ends after it along, so that no row can be told from the next
    return "surrogateescape" if options.skips and _has_ascii(options.encoding) else "strict"


def undecoded(raw: str, encoding: str) -> str | None:
    """Why a row that was decoded with surrogates for the bytes that do not fit is bad; None where all fit."""
    if raw.isascii() or (found := _UNDECODED.search(raw)) is None:
        return None
    return f"not valid {encoding} (the byte {ord(found[0]) - 0xDC00:#04x})"


def _has_ascii(encoding: str) -> bool:
    return "\n,".encode(codecs.lookup(encoding).name) == b"\n,"
