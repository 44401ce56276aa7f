"""Lines of a text for csv.reader, which lets a broken record be read again from its second line."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

# lines behind a broken record's first that are looked at, and how many may be read twice
_LOOKED_AT = 1_000
_FREE_LINES = 10_000
_AHEAD = 100
_BOM = "\ufeff"
LONGEST = 128 << 20  # characters of a line, twice the longest field of CSV
_KEPT = 1_000
_PIECE = 1 << 20


class TooLongError(ValueError):
    """A line is longer than LONGEST: `start` is how it begins, and it has been read to its end."""

    def __init__(self, start: str) -> None:
        super().__init__(f"a line is longer than {LONGEST >> 20} MB")
        self.start = start


def read_line(text: io.TextIOBase, begun: str = "") -> str:
    r"""The next line, of which `begun` may have been read, with its end; empty where there is none.

    Raises TooLongError, so that one line cannot take all memory.

    >>> read_line(io.StringIO("a\nb"))
    'a\n'
    """
    if begun.endswith("\n"):
        return begun
    line = begun + text.readline(LONGEST - len(begun))
    if len(line) < LONGEST or line.endswith("\n"):
        return line
    start = line[:_KEPT]
    del line
    while len(rest := text.readline(_PIECE)) == _PIECE and not rest.endswith("\n"):
        pass
    raise TooLongError(start)


class Lines:
    """The lines of `text`, each as it stands there; `record` holds those since `begin`, the first being `start`.

    A byte order mark at the start of a record is left out: the place where files were joined.
    `number` lines were read before.
    """

    def __init__(self, text: io.TextIOBase, number: int = 0) -> None:
        self._text = text
        self._again: deque[str | TooLongError] = deque()
        self._reread = 0
        self.number = number
        self.start = number + 1
        self.record: list[str] = []

    def begin(self) -> None:
        """A record ended: what comes next is another."""
        self.record = []
        self.start = self.number + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._again.popleft() if self._again else read_line(self._text)
            if isinstance(line, TooLongError):
                raise line
        except TooLongError as e:
            self.number += 1
            self.record.append(e.start)
            raise
        if not line:
            raise StopIteration
        self.number += 1
        if not self.record and line[0] == _BOM:
            line = line.lstrip(_BOM)
        self.record.append(line)
        return line

    @property
    def raw(self) -> str:
        """The record as it stands in the file."""
        return "".join(self.record)

    def give_back(self) -> None:
        """Read again all lines of the record but its first."""
        rest = self.record[1:]
        self._reread += len(rest)
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.record = self.record[:1]

    def swallowed(self, delimiter: str, fits: Callable[[list[str]], bool]) -> bool:
        """Whether the record is broken in its first line and swallowed others, most of which are records themselves.

        `fits` says whether fields can be a record. Work is bounded: of a text, few lines are read more than four times.
        """
        rest = self.record[1 : 1 + _LOOKED_AT]
        if not rest or self._reread + len(self.record) > 4 * self.number + _FREE_LINES:
            return False
        # the last of them may go on behind what was swallowed
        reader = csv.reader(iter([*rest, *self._ahead()]), delimiter=delimiter, strict=True)
        good = bad = 0
        while reader.line_num < len(rest):
            try:
                row = next(reader, None)
            except csv.Error:
                bad += 1
                continue
            if row is None:
                break
            good += bool(row) and fits(row)
            bad += bool(row) and not fits(row)
        return good >= max(bad, 1)

    def _ahead(self) -> list[str]:
        """Some lines that come next, which stay to be read."""
        while len(self._again) < _AHEAD:
            try:
                line = read_line(self._text)
            except TooLongError as e:
                self._again.append(e)
                continue
            if not line:
                break
            self._again.append(line)
        return [line for line in islice(self._again, _AHEAD) if isinstance(line, str)]
