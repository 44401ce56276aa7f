"""The records of a JSON file, each with its place: one a line, or the items of one array."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from inchorus.errors import InputError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_BYTES
from inchorus.read.inputs import Input
from inchorus.read.opened import Opened

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"
_BOM = "\ufeff"
_ONE_A_LINE = "every record is one JSON object on a line of its own, or an item of one array"


class Record(NamedTuple):
    """A value, its number and the line it begins in, both from 1, and how many characters were read up to its end."""

    value: Any
    row: int
    line: int
    end: int


def records(file: Input, stream: Opened, encoding: str, bad: BadRows) -> Iterator[Record]:
    """Every record of the file; what is broken goes to `bad`, and raises InputError within an array."""
    text = stream.text(encoding, newline="\n", errors=bad.errors)
    line = 1
    # an encoding that names the order of its bytes keeps the mark
    head = text.readline().removeprefix(_BOM)
    while head and not head.strip(_BLANK):
        head = text.readline()
        line += 1
    if head.lstrip(_BLANK).startswith("["):
        return _of_array(file, _Cursor(text, head, line))
    return _of_lines(file, text, head, line, bad)


def check_wrapped(file: Input, record: dict[str, Any], wanted: set[str]) -> None:
    """Raise InputError where the only object of a file holds the records, in a list or as columns."""
    name = shlex.quote(file.path.name)
    for key, value in record.items():
        if key not in wanted and isinstance(value, list) and value and isinstance(value[0], dict):
            raise InputError(
                f"the records stand in a list {key!r} inside one object",
                where=Where(file.name),
                fix=f"take them out: jq -c {shlex.quote(f'.[{json.dumps(key)}][]')} {name} > records.jsonl",
            )
    columns = [v for v in record.values() if isinstance(v, dict | list)]
    if len(columns) == len(record) > 1 and len({len(c) for c in columns}) == 1:
        raise InputError(
            "this is one object of columns, not of records",
            where=Where(file.name),
            fix="write a record a line; in pandas: frame.to_json(path, orient='records', lines=True)",
        )


def json_type(value: object) -> str:
    """What JSON calls the type of a value."""
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else ("boolean" if isinstance(value, bool) else "number")


def _of_lines(file: Input, text: io.TextIOWrapper, head: str, number: int, bad: BadRows) -> Iterator[Record]:
    n = size = 0
    line = head
    while line:
        size += len(line)
        if line.strip(_BLANK):
            n += 1
            # a mark within the file: exports that were joined
            record = line.removeprefix(_BOM)
            if why := bad.undecoded(record):
                bad.add(why, n, number, fix="mend the row", raw=line)
            else:
                try:
                    value = _DECODER.decode(record)
                except (ValueError, RecursionError) as e:
                    bad.add(_why(e), n, number, fix=_fix(file, record, e, n), raw=line)
                else:
                    yield Record(value, n, number, size)
        line = text.readline()
        number += 1


class _Cursor:
    """A place in a text that is read in pieces: `buffer` from `at` on, and the line of that place."""

    def __init__(self, text: io.TextIOWrapper, head: str, line: int) -> None:
        self._text = text
        self.buffer, self.at, self.line = head, 0, line

    def to(self, at: int) -> None:
        """Go on to `at` in the buffer."""
        self.line += self.buffer.count("\n", self.at, at)
        self.at = at

    def more(self, size: int) -> bool:
        """Read on, keeping what is behind the place; whether there was anything."""
        read = self._text.read(size)
        self.buffer, self.at = self.buffer[self.at :] + read, 0
        return bool(read)

    def next(self) -> str:
        """Go on to the next character that is no white space, and return it; empty at the end."""
        while True:
            at = self.at
            while at < len(self.buffer) and self.buffer[at] in _BLANK:
                at += 1
            self.to(at)
            if at < len(self.buffer):
                return self.buffer[at]
            if not self.more(BATCH_BYTES // 16):
                return ""


def _of_array(file: Input, cursor: _Cursor) -> Iterator[Record]:
    cursor.next()
    cursor.to(cursor.at + 1)
    n = size = 0
    while True:
        mark = cursor.next()
        if n and mark == ",":
            cursor.to(cursor.at + 1)
            cursor.next()
        elif mark == "]":
            cursor.to(cursor.at + 1)
            if cursor.next():
                raise _in_array(file, n + 1, cursor.line, "something follows the array")
            return
        elif n:
            raise _in_array(file, n + 1, cursor.line, "a comma is missing" if mark else "the array is not closed")
        value, end = _item(file, cursor, n + 1)
        n += 1
        size += end - cursor.at
        yield Record(value, n, cursor.line, size)
        cursor.to(end)


def _item(file: Input, cursor: _Cursor, row: int) -> tuple[Any, int]:
    """The value at the cursor and where it ends in the buffer."""
    step = BATCH_BYTES // 16
    while True:
        try:
            value, end = _DECODER.raw_decode(cursor.buffer, cursor.at)
            # a number or a word that ends the buffer may go on behind it
            if end < len(cursor.buffer) or isinstance(value, dict):
                return value, end
        except RecursionError as e:
            raise _in_array(file, row, cursor.line, e) from e
        except ValueError as e:
            problem = e
        else:
            problem = ValueError("the array is not closed")
        if not cursor.more(step):
            raise _in_array(file, row, cursor.line, problem) from problem
        # doubling keeps the retries of a long record linear in its length
        step *= 2


def _in_array(file: Input, row: int, line: int, problem: object) -> InputError:
    return InputError(_why(problem), where=Where(file.name, row, None, line), fix=_ONE_A_LINE)


def _why(problem: object) -> str:
    if isinstance(problem, RecursionError):
        return "broken JSON (nested too deeply)"
    return f"broken JSON ({problem.msg if isinstance(problem, json.JSONDecodeError) else problem})"


def _fix(file: Input, record: str, problem: Exception, row: int) -> str:
    ended = isinstance(problem, json.JSONDecodeError) and problem.pos >= len(record.rstrip(_BLANK))
    if row == 1 and ended and record.startswith("{"):
        lines = f"jq -c . {shlex.quote(file.path.name)} > records.jsonl"
        return f"a record that takes several lines must become one: {lines}"
    return _ONE_A_LINE
