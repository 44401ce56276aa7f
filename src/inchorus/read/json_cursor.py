"""JSON values in a text that is read in pieces, one after another, however long the text."""

from __future__ import annotations

import io
import json
from typing import IO, Any

from inchorus.read.batches import BATCH_BYTES
from inchorus.read.lines import LONGEST

STEP = BATCH_BYTES // 16
BLANK = " \t\r\n"
DECODER = json.JSONDecoder()


class BrokenJsonError(ValueError):
    """What is wrong with JSON, in words."""


class Cursor:
    """A place in a text: `buffer` from `at` on, the line of that place, and how many characters were passed.

    >>> cursor = Cursor(io.StringIO(' [1]}'), '{"a":', 1)
    >>> cursor.skip("{"), cursor.value(), cursor.skip(":"), cursor.value(), cursor.next()
    (True, 'a', True, [1], '}')
    """

    def __init__(self, text: io.TextIOBase | IO[str], head: str, line: int) -> None:
        self._text = text
        self.buffer, self.at, self.line = head, 0, line
        self.passed = 0
        self._kept: tuple[int, int, int] | None = None

    def keep(self) -> None:
        """Keep this place, so that `back` can come to it while it is no more than `STEP` behind."""
        self._kept = self.at, self.line, self.passed

    def back(self) -> bool:
        """Go to the place that was kept, once; whether there is one still."""
        if self._kept is None:
            return False
        self.at, self.line, self.passed = self._kept
        self._kept = None
        return True

    def forget(self) -> None:
        """Keep no place any more."""
        self._kept = None

    def next(self) -> str:
        """Go on to the next character that is no white space, and return it; empty at the end."""
        while True:
            at = self.at
            while at < len(self.buffer) and self.buffer[at] in BLANK:
                at += 1
            self.to(at)
            if at < len(self.buffer):
                return self.buffer[at]
            if not self.more(STEP):
                return ""

    def skip(self, mark: str) -> bool:
        """Go behind the next character, if it is `mark`."""
        if self.next() != mark:
            return False
        self.to(self.at + 1)
        return True

    def value(self) -> Any:
        """The value that comes next; behind it is where the cursor is then. Raises BrokenJsonError."""
        self.next()
        step = STEP
        while True:
            try:
                value, end = DECODER.raw_decode(self.buffer, self.at)
                # a number or a word that ends the buffer may go on behind it
                if end < len(self.buffer) or isinstance(value, dict):
                    self.to(end)
                    return value
            except RecursionError as e:
                raise BrokenJsonError(why(e)) from e
            except ValueError as e:
                problem = e
            else:
                problem = ValueError("the array is not closed")
            if len(self.buffer) - self.at > LONGEST:
                raise BrokenJsonError(f"a value longer than {LONGEST >> 20} MB, or {why(problem)}")
            if not self.more(step):
                raise BrokenJsonError(why(problem)) from problem
            # doubling keeps the retries of a long record linear in its length
            step *= 2

    def to(self, at: int) -> None:
        """Go on to `at` in the buffer."""
        self.line += self.buffer.count("\n", self.at, at)
        self.passed += at - self.at
        self.at = at

    def next_line(self) -> bool:
        """Go behind the next line end; whether there is one."""
        while (end := self.buffer.find("\n", self.at)) < 0:
            self.to(len(self.buffer))
            if not self.more(STEP):
                return False
        self.to(end + 1)
        return True

    def more(self, size: int) -> bool:
        """Read on, keeping what is behind the place, or the one that is kept; whether there was anything."""
        read = self._text.read(size)
        if not read:
            return False
        if self._kept is not None and self.at - self._kept[0] > STEP:
            self._kept = None
        start = self.at if self._kept is None else self._kept[0]
        self.buffer, self.at = self.buffer[start:] + read, self.at - start
        if self._kept is not None:
            self._kept = 0, *self._kept[1:]
        return True


def why(problem: object) -> str:
    """What is wrong with JSON, from the exception that says so."""
    if isinstance(problem, BrokenJsonError):
        return str(problem)
    if isinstance(problem, RecursionError):
        return "broken JSON (nested too deeply)"
    return f"broken JSON ({problem.msg if isinstance(problem, json.JSONDecodeError) else problem})"
