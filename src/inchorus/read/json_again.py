"""Where records go on behind one that is broken: JSON is read again from the next object that can be a record."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from inchorus.read.json_cursor import BLANK, DECODER, STEP, Cursor

# What a search may decode in vain, besides so many times what it passes: brackets without end would be quadratic.
_FREE, _TIMES = 4 * STEP, 8
_LONGEST = 4 * STEP  # characters of a record that is looked for
_MARK = 200  # characters that may be the beginning of what is looked for
_FEWEST = 2  # names that tell a record
_KEPT = 100  # records that tell how records look
_AHEAD = 50  # records behind the one that is found that must look so, too
_BETWEEN = re.compile(r"\}[ \t\r\n]*,[ \t\r\n]*(?=\{)")


class Again:
    """The last records of an array, which tell what another is: an object with the names that all of them have.

    Where there are none yet, it has the names that are `wanted`. Where records hold objects with these names
    themselves, as a post may hold the posts that answer it, nothing tells the two apart, and no record is found.

    >>> import io
    >>> again = Again(set())
    >>> again.saw({"id": 1, "text": "Rain."})
    >>> cursor = Cursor(io.StringIO(), '"a "mark"", "in": [{}, {"id": 8}]}, {"id": 3, "text": "Snow."}]', 1)
    >>> again.found(cursor, inside=False), cursor.value()
    (True, {'id': 3, 'text': 'Snow.'})
    """

    def __init__(self, wanted: set[str]) -> None:
        self._wanted = frozenset(wanted)
        self._seen: deque[Any] = deque(maxlen=_KEPT)

    def saw(self, record: Any) -> None:
        """Note a record that is whole."""
        self._seen.append(record)

    def found(self, cursor: Cursor, inside: bool, name: str | None = None) -> bool:
        """Go to the next record behind the place; whether there is one. `inside`: the array is in an object.

        Behind a list of the `name` that the array has, records are of another object, and none is found. Where there
        is none, the place is the end of the text, or where the search was given up.
        """
        another = None if name is None else re.compile(rf'"{re.escape(name)}"\s*:')
        names = [frozenset(one) for one in self._seen if isinstance(one, dict)]
        common = frozenset.intersection(*names) if names else self._wanted
        if len(common) < _FEWEST or any(_holds(value, common) for one in self._seen for value in _inner(one)):
            return False
        budget = _FREE
        while True:
            between = _BETWEEN.search(cursor.buffer, cursor.at)
            if between is None:
                # a mark at the end of what was read may be half of what is looked for
                rest = len(cursor.buffer.rstrip(BLANK + ","))
                ahead = max(cursor.at, rest - _MARK)
                if another is not None and another.search(cursor.buffer, cursor.at):
                    return False
                budget += _TIMES * (ahead - cursor.at)
                cursor.to(ahead)
                if not cursor.more(STEP):
                    return False
                continue
            if another is not None and another.search(cursor.buffer, cursor.at, between.end()):
                return False
            budget += _TIMES * (between.end() - cursor.at)
            cursor.to(between.end())
            told, tried = _told(cursor, common, inside, ended=False)
            budget -= tried
            while told is None:
                ended = len(cursor.buffer) - cursor.at > _LONGEST or not cursor.more(STEP)
                told, tried = _told(cursor, common, inside, ended)
                budget -= tried
            if told:
                return True
            if budget < 0:
                return False


def _told(cursor: Cursor, common: frozenset[str], inside: bool, ended: bool) -> tuple[bool | None, int]:
    """Whether records go on at the place, and how many characters were looked at for that.

    None where more must be read, unless the text has `ended`.
    """
    text, at = cursor.buffer, cursor.at
    for n in range(_AHEAD):
        try:
            value, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            # one that is broken, or not read to its end, may stand behind one that is whole
            return (True if n else (False if ended else None)), len(text) - cursor.at
        if not isinstance(value, dict) or (n == 0 and not common <= value.keys()):
            return False, end - cursor.at
        at = _behind(text, end)
        if text[at : at + 1] != ",":
            return _closed(text, at, inside, ended), at - cursor.at
        at = _behind(text, at + 1)
    return True, at - cursor.at


def _closed(text: str, at: int, inside: bool, ended: bool) -> bool | None:
    """Whether the array of all records ends here, and not one within a record; None where more must be read."""
    if text[at : at + 1] == "]":
        at = _behind(text, at + 1)
        if at < len(text):
            return inside or text[at] not in ",]}"
    return True if ended or at < len(text) else None


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] in BLANK:
        at += 1
    return at


def _inner(record: Any) -> Iterator[Any]:
    yield from (record.values() if isinstance(record, dict) else record if isinstance(record, list) else ())


def _holds(value: Any, common: frozenset[str]) -> bool:
    """Whether an object with these names stands in a value."""
    waits = [value]
    while waits:
        one = waits.pop()
        if isinstance(one, dict) and common <= one.keys():
            return True
        waits += _inner(one)
    return False
