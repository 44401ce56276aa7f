"""The records of a JSON file, each with its place: one a line, the items of an array, or of a list inside an object."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from inchorus.errors import InputError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.inputs import Input
from inchorus.read.json_again import Again
from inchorus.read.json_cursor import BLANK, DECODER, STEP, BrokenJsonError, Cursor, why
from inchorus.read.lines import TooLongError, read_line
from inchorus.read.opened import AGAIN, Opened

_BOM = "\ufeff"
_KEPT = 1 << 12  # characters of what is broken, for people to look at
_ONE_A_LINE = "every record is one JSON object on a line of its own, or an item of one array"
# what interfaces and archives call the list of what was asked for
_LISTS = ("data", "results", "items", "records", "documents", "articles", "posts", "messages", "rows", "entries")


class _BrokenError(ValueError):
    """From which record and line on nothing can be told apart, why, and how it goes on there."""

    def __init__(self, what: str, row: int, line: int, cursor: Cursor) -> None:
        super().__init__(what)
        self.row, self.line = row, line
        self.raw = cursor.buffer[cursor.at : cursor.at + _KEPT].split("\n", 1)[0]


class Record(NamedTuple):
    """A value, its number and the line it begins in, both from 1, and how many characters were read up to its end."""

    value: Any
    row: int
    line: int
    end: int


def records(file: Input, stream: Opened, encoding: str, bad: BadRows, wanted: set[str]) -> Iterator[Record]:
    """Every record of the file; what is broken goes to `bad`.

    Within an array that is all up to the next record that can be told, and all that follows where none can be.

    `wanted` are the columns of every record: an object that has none of them and a list of objects that do, as in
    `{"data": [{"text": "…"}]}`, stands for that list. An object may have several lines.
    """
    text = stream.text(encoding, newline="\n", errors=bad.errors)
    line = 1
    # an encoding that names the order of its bytes keeps the mark
    head = text.readline(STEP).removeprefix(_BOM)
    while head and not head.strip(BLANK):
        line += head.count("\n")
        head = text.readline(STEP)
    start = head.lstrip(BLANK)
    cursor = Cursor(text, head, line)
    if start.startswith("["):
        return _tolerant(stream, bad, lambda: _of_array(cursor, bad, wanted))
    if start.startswith("{"):
        # a list that begins in the lines after the first is seen with them
        if head.endswith("\n") and not _decodes(head):
            head += text.read(STEP)
            cursor = Cursor(text, head, line)
        if not wanted & _names(head) and (name := _list_in(head, wanted)) is not None:
            return _tolerant(stream, bad, lambda: _of_lists(cursor, name, bad, wanted))
        if not _decodes(head.split("\n", 1)[0]) and _names(head):
            return _tolerant(stream, bad, lambda: _of_objects(cursor))
    return _of_lines(file, stream, _Behind(head, text), line, bad)


class _Behind(io.TextIOBase):
    """A text of which `head` has been read already."""

    def __init__(self, head: str, text: io.TextIOBase) -> None:
        self._head, self._text = head, text

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        if not self._head:
            return self._text.readline(-1 if size is None else size)
        end = self._head.find("\n") + 1
        if end:
            line, self._head = self._head[:end], self._head[end:]
            return line
        line, self._head = self._head, ""
        return line + self._text.readline(-1 if size is None or size < 0 else max(size - len(line), 0))


def _decodes(line: str) -> bool:
    try:
        DECODER.decode(line.strip(BLANK))
    except (ValueError, RecursionError):
        return False
    return True


def _names(head: str) -> set[str]:
    """The names in the object that comes first; none where it does not end here."""
    try:
        value, _ = DECODER.raw_decode(head.lstrip(BLANK))
    except (ValueError, RecursionError):
        return set()
    return set(value)


def _list_in(head: str, wanted: set[str]) -> str | None:
    """The name of the list that holds the records, where the first object begins like one around such a list."""
    cursor = Cursor(io.StringIO(), head, 1)
    cursor.skip("{")
    try:
        while not cursor.skip("}"):
            name = cursor.value()
            if not isinstance(name, str) or not cursor.skip(":") or name in wanted:
                return None
            if cursor.next() == "[":
                inside = Cursor(io.StringIO(), cursor.buffer[cursor.at + 1 :], 1)
                if inside.next() == "{":
                    first = inside.value()
                    if name in _LISTS or (wanted and wanted <= first.keys()):
                        return name
            cursor.value()
            cursor.skip(",")
    except BrokenJsonError:
        pass
    return None


def _tolerant(stream: Opened, bad: BadRows, read: Callable[[], Iterator[Record]]) -> Iterator[Record]:
    """The records up to the one from which on they cannot be told apart: that and all behind it are one bad row."""
    try:
        yield from read()
    except _BrokenError as e:
        if stream.cut is not None:
            bad.add(stream.cut, e.row, e.line, fix=AGAIN, raw=e.raw, damage=True)
        else:
            # where bad rows are an error, nobody has looked whether records go on
            what = f"{e}; nothing of the file is read from here on" if bad.skips else str(e)
            bad.add(what, e.row, e.line, fix=_ONE_A_LINE, raw=e.raw)


def check_wrapped(file: Input, record: dict[str, Any], wanted: set[str]) -> None:
    """Raise InputError where the only object of a file holds the records, in a list, by their ids or as columns.

    One that has a value in a column that is `wanted` is a record itself, whatever lists are in it.
    """
    if any(not isinstance(record[name], dict | list) for name in wanted & record.keys()):
        return
    name = shlex.quote(file.path.name)
    if (path := _path_to_records(record, wanted)) is not None:
        inside = "." + "".join(f"[{json.dumps(key)}]" for key in path) + "[]"
        raise InputError(
            f"the records stand in a list {'.'.join(path)!r} inside one object",
            where=Where(file.name),
            fix=f"take them out: jq -c {shlex.quote(inside)} {name} > records.jsonl",
        )
    held = list(record.values())
    if len(held) > 1 and all(isinstance(v, dict) and wanted & v.keys() for v in held) and not wanted & record.keys():
        raise InputError(
            f"the records stand under their ids, as {next(iter(record))!r}, inside one object",
            where=Where(file.name),
            fix=f"take them out: jq -c 'to_entries[] | {{id: .key}} + .value' {name} > records.jsonl",
        )
    columns = [v for v in held if isinstance(v, dict | list)]
    if len(columns) == len(record) > 1 and len({len(c) for c in columns}) == 1:
        raise InputError(
            "this is one object of columns, not of records",
            where=Where(file.name),
            fix="write a record a line; in pandas: frame.to_json(path, orient='records', lines=True)",
        )


def _path_to_records(record: dict[str, Any], wanted: set[str], depth: int = 3) -> list[str] | None:
    """The names that lead to a list of objects inside an object; None where there is none, at most so deep."""
    for key, value in record.items():
        if key not in wanted and isinstance(value, list) and value and isinstance(value[0], dict):
            return [key]
    for key, value in record.items():
        if depth > 1 and not wanted & record.keys() and isinstance(value, dict):
            inside = _path_to_records(value, wanted, depth - 1)
            if inside is not None:
                return [key, *inside]
    return None


def json_type(value: object) -> str:
    """What JSON calls the type of a value."""
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else ("boolean" if isinstance(value, bool) else "number")


def _of_lines(file: Input, stream: Opened, text: io.TextIOBase, number: int, bad: BadRows) -> Iterator[Record]:
    n = size = 0
    said = False
    while True:
        try:
            line = read_line(text)
        except TooLongError as e:
            n += 1
            bad.add(str(e), n, number, fix=_ONE_A_LINE, raw=e.start)
            number += 1
            continue
        if not line:
            break
        size += len(line)
        if line.strip(BLANK):
            n += 1
            # a mark within the file: exports that were joined
            record = line.removeprefix(_BOM)
            if stream.cut is not None and not line.endswith("\n"):
                said = True
                bad.add(stream.cut, n, number, fix=AGAIN, raw=line, damage=True)
            elif problem := bad.undecoded(record):
                bad.add(problem, n, number, fix="mend the row", raw=line)
            else:
                try:
                    value = DECODER.decode(record)
                except (ValueError, RecursionError) as e:
                    bad.add(why(e), n, number, fix=_fix(file, record, e, n), raw=line)
                else:
                    yield Record(value, n, number, size)
        number += 1
    if stream.cut is not None and not said:
        bad.add(stream.cut, n + 1, number, fix=AGAIN, raw="", damage=True)


def _of_array(cursor: Cursor, bad: BadRows, wanted: set[str], n: int = 0, inside: bool = False) -> Iterator[Record]:
    """The items of the array that comes next, numbered behind `n`; nothing may follow it, unless it is `inside`."""
    cursor.skip("[")
    again = Again(wanted)
    first = True
    while not cursor.skip("]"):
        n += 1
        try:
            if not first and not cursor.skip(","):
                raise _in_array(n, cursor, "a comma is missing" if cursor.next() else "the array is not closed")
            cursor.next()
            line = cursor.line
            value = _value(cursor, n)
        except _BrokenError as e:
            if not bad.skips or not again.found(cursor, inside):
                raise
            bad.add(f"{e}; read again from line {cursor.line} on", n, e.line, fix=_ONE_A_LINE, raw=e.raw)
            first = True
            continue
        again.saw(value)
        first = False
        yield Record(value, n, line, cursor.passed)
    if not inside and cursor.next():
        raise _in_array(n + 1, cursor, "something follows the array")


def _of_lists(cursor: Cursor, name: str, bad: BadRows, wanted: set[str]) -> Iterator[Record]:
    """The items of the lists called so in one object after another; what else these hold is left out."""
    n = 0
    while cursor.next():
        if not cursor.skip("{"):
            raise _in_array(n + 1, cursor, "an object is expected")
        while not cursor.skip("}"):
            key = _value(cursor, n + 1)
            if not isinstance(key, str) or not cursor.skip(":"):
                raise _in_array(n + 1, cursor, "a name and a colon are expected")
            if key == name and cursor.next() == "[":
                for record in _of_array(cursor, bad, wanted, n, inside=True):
                    n = record.row
                    yield record
            else:
                _value(cursor, n + 1)
            if not cursor.skip(",") and cursor.next() != "}":
                raise _in_array(n + 1, cursor, "a comma is missing" if cursor.next() else "it ends too early")


def _of_objects(cursor: Cursor) -> Iterator[Record]:
    """One object after another, each of which may have several lines."""
    n = 0
    while cursor.next():
        n, line = n + 1, cursor.line
        yield Record(_value(cursor, n), n, line, cursor.passed)


def _value(cursor: Cursor, row: int) -> Any:
    cursor.next()
    line = cursor.line
    try:
        return cursor.value()
    except BrokenJsonError as e:
        raise _BrokenError(str(e), row, line, cursor) from e


def _in_array(row: int, cursor: Cursor, problem: str) -> _BrokenError:
    return _BrokenError(f"broken JSON ({problem})", row, cursor.line, cursor)


def _fix(file: Input, record: str, problem: Exception, row: int) -> str:
    ended = isinstance(problem, json.JSONDecodeError) and problem.pos >= len(record.rstrip(BLANK))
    if row == 1 and ended and record.startswith("{"):
        lines = f"jq -c . {shlex.quote(file.path.name)} > records.jsonl"
        return f"a record that takes several lines must become one: {lines}"
    return _ONE_A_LINE
