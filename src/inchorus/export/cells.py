"""One value of a table as CSV, SQLite and JSON can hold it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

# What spreadsheets take for the beginning of a formula, or skip before one: OWASP's list, with the full-width signs.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def plain(value: Any) -> Any:
    """A value as text or a number: times in ISO 8601, lists and structs as JSON, what is neither as it prints.

    >>> plain([{"op": "keep", "to": "clean water"}])
    '[{"op": "keep", "to": "clean water"}]'
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=_in_json)
    return str(value)


def defused(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula, as OWASP advises.

    >>> defused("=1+1"), defused("1 = 1")
    ("'=1+1", '1 = 1')
    """
    return "'" + text if text.lstrip(" ")[:1] in _FORMULA else text


def apart(names: Iterable[str], alike: Callable[[str], str] = str.casefold) -> list[str]:
    """The names, each of them once: a number behind those that are there already, by default whatever their case.

    >>> apart(["Party", "party", "time"]), apart(["Party", "party", "Party"], alike=str)
    (['Party', 'party (2)', 'time'], ['Party', 'party', 'Party (2)'])
    """
    taken: set[str] = set()
    out = []
    for name in names:
        unique, n = name, 1
        while alike(unique) in taken:
            n += 1
            unique = f"{name} ({n})"
        taken.add(alike(unique))
        out.append(unique)
    return out


def _in_json(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.hex() if isinstance(value, bytes) else str(value)
