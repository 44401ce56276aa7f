"""Why a value is no time, said truthfully, and what to do about it."""

from __future__ import annotations

import re
from math import isfinite

import pyarrow as pa

from inchorus.read.clock import NO_TIME, read_shape
from inchorus.read.orders import NAMES, ORDERS, Orders
from inchorus.read.shapes import Shape, shape_of
from inchorus.read.tidied import tidied
from inchorus.read.times import Manner, bytes_of, parse_times
from inchorus.read.zones import TWO_MEANINGS

FIX = "write times as 2024-05-01 or 2024-05-01T12:30:05Z, or go on without those that cannot be read: --bad-times null"
# What stands for no time, as tables of other programs write it.
NOTHING = ("NaT", "NaN", "NULL", "None", "NA", "N/A", "<NA>", r"\N", "0000-00-00")
_NONE = frozenset(n.casefold() for n in NOTHING)
_ZONE = re.compile(r"\b(?:" + "|".join(TWO_MEANINGS) + r")\b", re.IGNORECASE)
_NO_DAY = re.compile(r"\d{4}(?:[-/.](?:\d{1,2}|W\d\d?|Q\d))?", re.IGNORECASE)
_WORD = re.compile("[A-Za-z]{2}")
_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_COUNT = re.compile(r"[+-]?\d+(?:[.,]\d*)?")


def why_bad(value: object, manner: Manner = Manner(), orders: Orders | None = None) -> tuple[str, str]:  # noqa: B008
    """What is wrong with a value that is no time, and what to do; `orders`: what the rest of its column says.

    >>> why_bad("03/04/2024")[0]
    "the time '03/04/2024' can be read in more than one way, month-first or day-first, and no other time of the column \
tells which"
    >>> why_bad("2023-02-29")[0]
    "there is no such time as '2023-02-29'"
    """
    if not isinstance(value, str):
        shown = value if isinstance(value, int | float) else str(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _of_count(str(value), f"{shown!r}")
        return f"{shown!r} is no time that is known", FIX
    plain = tidied(pa.array([value], pa.large_string()))
    text = str(plain[0].as_py())
    if manner.format is not None and manner.format not in NAMES:
        return (
            f"the time {value!r} is not written as --time-format {manner.format!r} says",
            "give another format, or go on without such times: --bad-times null",
        )
    shape = Shape.of(shape_of(plain)[0].as_py())
    if shape is not None and (found := _of_numbers(value, shape, plain, manner, orders)) is not None:
        return found
    if _ZONE.search(text) and parse_times(pa.array([_ZONE.sub("UTC", text)])).precision.all():
        name = _ZONE.search(text)
        return (
            f"the zone {name[0] if name else ''!r} of the time {value!r} has more than one meaning",
            "write its offset from UTC, as in 2024-05-01T12:30:05-06:00, or go on without such times: --bad-times null",
        )
    if _NO_DAY.fullmatch(text):
        return f"the time {value!r} names no day", FIX
    if _POWER.fullmatch(text):
        return f"the count {value!r} is written with a power of ten, so digits of it may be lost", FIX
    if _COUNT.fullmatch(text) and shape is None:
        return _of_count(text, f"{value!r}")
    if text.casefold() in _NONE or text.startswith("0000-00-00"):
        return f"{value!r} stands for no time", "leave the cell empty, or go on without such times: --bad-times null"
    if shape is not None and manner.zone is not None and parse_times(plain).precision.all():
        return f"there was no time {value!r} in {manner.zone}, whose clocks were put forward over it", FIX
    if shape is not None and not _WORD.search(text):
        return f"there is no such time as {value!r}", FIX
    return f"{value!r} is no time that is known", FIX


def _of_count(text: str, shown: str) -> tuple[str, str]:
    number = float(text.replace(",", "."))
    if not isfinite(number) or len(str(int(abs(number)))) in {10, 13, 16, 19}:
        return f"{shown} is no time that is known", FIX
    if (1 <= number < 200_000 and number != int(number)) or 20_000 <= number < 80_000:
        return (
            f"{shown} may be a day as Excel counts, from 1900 or from 1904, which it does not say",
            "format the column as a date in Excel and export it again, or go on without it: --bad-times null",
        )
    return f"{shown} is no count of seconds since 1970, nor of parts of them: those have 10, 13, 16 or 19 digits", FIX


def _of_numbers(
    value: str, shape: Shape, plain: pa.Array, manner: Manner, orders: Orders | None
) -> tuple[str, str] | None:
    """What is wrong with a date in numbers; None if it is not their order."""
    if "sep" not in shape.parts:
        return None
    characters = bytes_of(plain, len(shape.written))
    fit = [
        name
        for name, order in zip(NAMES, ORDERS, strict=True)
        if not (order[0] == "year" and shape.layout[-1] == "4")
        and read_shape(shape.ordered(order), characters).micros[0] != NO_TIME
    ]
    if manner.format in NAMES and fit and manner.format not in fit:
        return (
            f"the time {value!r} is {' or '.join(fit)}, not {manner.format}, as --time-format says",
            "leave --time-format out, or go on without such times: --bad-times null",
        )
    if len(fit) < 2:
        return None
    against = orders.contradiction(shape.layout) if orders is not None else ""
    why = f"and the column has more than one: {against}" if against else "and no other time of the column tells which"
    return (
        f"the time {value!r} can be read in more than one way, {' or '.join(fit)}, {why}",
        f"say which with --time-format {fit[0]} or {fit[1]}, or go on without such times: --bad-times null",
    )
