"""The values of a JSON file of any size, one after another: records, or the items of lists deep inside an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from inchorus.read.bad_rows import errors_for, undecoded
from inchorus.read.formats.format import Broken
from inchorus.read.json_again import Again
from inchorus.read.json_cursor import BrokenJsonError, Cursor
from inchorus.read.records import File

_RAW = 2_000  # characters of a broken record that are kept to be looked at
_FIX = "export it again"
_IN = ", in what begins in line "
Path = tuple[str, ...]


class Item(NamedTuple):
    """A value: its path of names, the line in which it begins, and the objects around it, the outermost first.

    Of these objects, what stands before the value is there.
    """

    value: Any
    path: Path
    line: int
    around: list[dict[str, Any]]


def items(file: File, *lists: str, behind: str = "") -> Iterator[Item | Broken]:
    """Every value of the file: objects one after another, on a line each or not, or the items of arrays.

    `lists` are paths of names with points between them: an object that has such a list stands for the list's items,
    one by one, whatever its size, and for itself, without the list, behind them. `behind` is what may stand before the
    first value. What is broken is `Broken`: behind it is read on from the next record of its array, where bad rows are
    skipped and it can be told, or from the next line, where values stand on lines; else it is the last that is read.
    """
    with file.text(errors=errors_for(file.options)) as text:
        yield from _Tree(file, text, [tuple(path.split(".")) for path in lists]).read(behind)


class _Tree:
    def __init__(self, file: File, text: IO[str], lists: list[Path]) -> None:
        self._file = file
        self._options = file.options
        self._cursor = Cursor(text, "", 1)
        self._lists = set(lists)
        self._towards = {path[:n] for path in lists for n in range(1, len(path))}

    def read(self, behind: str) -> Iterator[Item | Broken]:
        cursor = self._cursor
        cursor.next()
        if behind and (at := cursor.buffer.find(behind, 0, _RAW)) >= 0:
            cursor.to(at + len(behind))
        while mark := cursor.next():
            begin, line = cursor.passed, cursor.line
            try:
                if mark == "[":
                    yield from self._array((), [])
                elif mark == "{" and self._lists:
                    cursor.keep()
                    for item in self._object((), []):
                        cursor.forget()
                        yield item
                elif mark in ";\ufeff":
                    cursor.skip(mark)
                else:
                    yield self._value((), [])
            except (BrokenJsonError, RecursionError) as e:
                if self._file.cut is not None and not cursor.next():
                    return  # it is the end of the file that is missing, which is said of it
                raw = cursor.buffer[max(0, cursor.at - (cursor.passed - begin)) :][:_RAW]
                what = "broken JSON (nested too deeply)" if isinstance(e, RecursionError) else str(e)
                # An object that lacks its end has taken the lines behind it for its own.
                again = cursor.back() or not self._lists
                goes_on = (again or cursor.line == line) and cursor.next_line()
                lost = "" if again or goes_on else "; nothing of the file is read from here on"
                yield Broken(f"{what}{lost}", _FIX, raw, line)
                if not goes_on:
                    return

    def _value(self, path: Path, around: list[dict[str, Any]]) -> Item | Broken:
        cursor = self._cursor
        cursor.next()
        begin, line = cursor.passed, cursor.line
        value = cursor.value()
        if self._options.skips:
            raw = cursor.buffer[cursor.at - (cursor.passed - begin) : cursor.at]
            if why := undecoded(raw, self._options.encoding):
                return Broken(why, "mend the record", raw[:_RAW], line)
        return Item(value, path, line, around)

    def _array(self, path: Path, around: list[dict[str, Any]]) -> Iterator[Item | Broken]:
        cursor = self._cursor
        again = Again(set())
        cursor.skip("[")
        if cursor.skip("]"):
            return
        while True:
            cursor.next()
            line = cursor.line
            try:
                if path in self._towards and cursor.next() == "{":
                    yield from self._object(path, around)
                else:
                    item = self._value(path, around)
                    if isinstance(item, Item):
                        again.saw(item.value)
                    yield item
                if cursor.skip("]"):
                    return
                if not cursor.skip(","):
                    raise BrokenJsonError(_open("array", "a comma", cursor))
            except BrokenJsonError as e:
                raw = cursor.buffer[cursor.at :][:_RAW]
                if not self._options.skips or not again.found(cursor, bool(path), path[-1] if path else None):
                    raise e if _IN in str(e) else BrokenJsonError(f"{e}{_IN}{line}") from e
                yield Broken(f"{e}; read again from line {cursor.line} on", _FIX, raw, line)

    def _object(self, path: Path, around: list[dict[str, Any]]) -> Iterator[Item | Broken]:
        cursor = self._cursor
        line = cursor.line
        values: dict[str, Any] = {}
        inside = [*around, values]
        cursor.skip("{")
        more = not cursor.skip("}")
        while more:
            name = cursor.value()
            if not isinstance(name, str) or not cursor.skip(":"):
                raise BrokenJsonError(_open("object", "a name and a colon", cursor))
            here, mark = (*path, name), cursor.next()
            if mark == "[" and (here in self._lists or here in self._towards):
                yield from self._array(here, inside)
            elif mark == "{" and here in self._towards:
                yield from self._object(here, inside)
            else:
                values[name] = cursor.value()
            if cursor.skip("}"):
                break
            if not cursor.skip(","):
                raise BrokenJsonError(_open("object", "a comma", cursor))
        yield Item(values, path, line, around)


def _open(what: str, lacks: str, cursor: Cursor) -> str:
    return f"broken JSON ({lacks} is missing)" if cursor.next() else f"broken JSON (the {what} is not closed)"
