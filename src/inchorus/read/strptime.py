"""Times in a way of writing that the user names, as strptime has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.errors import UsageError, nearest
from inchorus.read.clock import NO_TIME
from inchorus.read.orders import NAMES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
# letters of Java, of moment.js and of Excel; what is ambiguous among them, mm, is minutes behind a colon
_AS = {
    "YYYY": "%Y", "yyyy": "%Y", "YY": "%y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m", "DD": "%d",
    "dd": "%d", "D": "%d", "d": "%d", "HH": "%H", "hh": "%I", ":mm": ":%M", "mm": "%m", "ss": "%S", "SS": "%S",
    "A": "%p", "a": "%p",
}  # fmt: skip
_LETTERS = re.compile("|".join(sorted(_AS, key=len, reverse=True)))
_YEAR, _DAY, _HOUR, _MINUTE, _SECOND = "YyGcx", "djcx", "HIcX", "McX", "ScXf"


def check_format(given: str) -> None:
    """Raise UsageError for what is neither an order of numbers nor a format that names a day.

    >>> check_format("day-first"), check_format("%d.%m.%Y %H:%M")
    (None, None)
    """
    if given in NAMES:
        return
    if "%" not in given:
        hint = _meant(given) or nearest(given, NAMES) or f"use {', '.join(NAMES)}, or a format such as '%d.%m.%Y %H:%M'"
        raise UsageError(f"--time-format {given!r} is not known", fix=hint)
    named = _directives(given)
    week = "G" in named and "V" in named and bool(set("uaAw") & set(named))
    if not (set(_YEAR) & set(named)) or not (week or set(_DAY) & set(named)):
        raise UsageError(
            f"--time-format {given!r} does not say which day it is", fix="name year, month and day, as in '%d.%m.%Y'"
        )
    if set(_HOUR) & set(named) and not set(_MINUTE) & set(named):
        raise UsageError(f"--time-format {given!r} has hours and no minutes", fix="add %M, or leave the hours out")
    try:
        datetime.strptime(datetime(2024, 5, 21, tzinfo=UTC).strftime(given), given)
    except (ValueError, re.error) as e:
        raise UsageError(f"--time-format {given!r} is no format of strptime ({e})", fix="see Python's strptime") from e


def _meant(given: str) -> str:
    """What a format in the letters of other programs (`DD/MM/YYYY HH:mm`) is in those of strptime, as a hint."""
    written = _LETTERS.sub(lambda run: _AS[run.group()], given)
    if written == given:
        return ""
    try:
        check_format(written)
    except UsageError:
        return ""
    return f"did you mean {written!r}?"


def by_format(values: pa.Array, given: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], int]:
    """Microseconds since 1970 of strings, NO_TIME where they are not written so; which are UTC; their precision.

    >>> by_format(pa.array(["1.5.2024", "5/1/2024"]), "%d.%m.%Y")[0].tolist()
    [1714521600000000, -9223372036854775808]
    """
    encoded = values.dictionary_encode()
    micros = np.full(len(encoded.dictionary), NO_TIME, np.int64)
    utc = np.zeros(len(encoded.dictionary), np.bool_)
    for i, value in enumerate(encoded.dictionary.to_pylist()):
        try:
            moment = datetime.strptime(value, given)
            utc[i] = moment.tzinfo is not None or "%Z" in given
            micros[i] = (moment.replace(tzinfo=moment.tzinfo or UTC) - _EPOCH) // _MICRO
        except (ValueError, OverflowError):
            continue
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    named = set(_directives(given))
    precision = 1 if named & set(_SECOND) else 2 if named & set(_MINUTE) else 4
    return micros[codes], utc[codes], precision


def _directives(given: str) -> list[str]:
    found = []
    at = 0
    while (at := given.find("%", at)) >= 0:
        found.append(given[at + 1 : at + 2])
        at += 2
    return found
