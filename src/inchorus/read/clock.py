"""Times from the bytes of strings that are written alike, all at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from inchorus.read.shapes import Shape
from inchorus.read.zones import RFC_2822, ZONES

NO_TIME = np.iinfo(np.int64).min
_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]
_SECOND_US = 1_000_000
_DAY_US = 86_400 * _SECOND_US
_EPOCH = {10: (_SECOND_US, 1), 13: (1_000, 1), 16: (1, 1), 19: (1, 1_000)}
_MONTHS = {
    name[:n].encode(): i
    for i, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for n in {3, len(name)}
} | {b"sept": 9}
_WEEKDAYS = {
    name[:n].encode(): i
    for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
    for n in {3, len(name)}
} | {b"tues": 1, b"wednes": 2, b"thur": 3, b"thurs": 3}
_ORDINALS = dict.fromkeys((b"st", b"nd", b"rd", b"th"), 1)
# POSIX: a year of two digits is one of 1969 to 2068
_PIVOT = 69


class Moments(NamedTuple):
    """Microseconds since 1970, NO_TIME where a part is out of range, and whether that is UTC or a clock of no zone."""

    micros: _Ints
    utc: _Mask


def read_shape(shape: Shape, characters: _Bytes) -> Moments:
    """Times of strings of one shape (rows x bytes), whose numbers have names.

    >>> shape = Shape.of(b"0000-00-00")
    >>> read_shape(shape, np.array([list(b"1970-01-02"), list(b"1970-02-30")], np.uint8)).micros.tolist()
    [86400000000, -9223372036854775808]
    """
    parts = {name: characters[:, a:b] for name, (a, b) in shape.parts.items()}
    if "epoch" in parts:
        digits = parts["epoch"].shape[1]
        unit, over = _EPOCH[digits]
        since = _number(parts["epoch"])
        # with a leading nought it is no count of that many digits, and 19 may be more than fit
        good = since >= 10 ** (digits - 1)
        return Moments(np.where(good, since // over * unit + _fraction(parts), NO_TIME), np.ones_like(good))
    days, good = _days(parts)
    micros = days * _DAY_US
    zoned = bool(parts.keys() & {"zone", "zone_hour", "region"})
    utc = np.full(len(characters), zoned)
    if "hour" in parts:
        hour, fits, is_zone = _hours(parts)
        utc |= is_zone
        minute = _number(parts["minute"])
        second = _number(parts["second"]) if "second" in parts else np.zeros_like(hour)
        fraction = _fraction(parts)
        offset, known = _offset(parts, len(characters), _of_rfc_2822(shape))
        micros += ((hour * 60 + minute - offset) * 60 + second) * _SECOND_US + fraction
        # 24:00 is the end of a day, and 23:59:60 UTC in a few years the end of June or December
        ends = (hour == 24) & (minute == 0) & (second == 0) & (fraction == 0) & ("half" not in parts)
        leap = (second == 60) & (fraction == 0) & zoned & _is_new_half_year(micros)
        good &= known & fits & ((hour < 24) | ends) & (minute < 60) & ((second < 60) | leap)
    elif zoned:
        good &= _offset(parts, len(characters), rfc=False)[1]
    good &= _words(parts, len(characters))
    if "weekday" in parts:
        weekday = _looked_up(parts["weekday"], _WEEKDAYS)
        good &= weekday >= 0
        if "sep" in parts:
            # where numbers may stand in two orders, the day of the week tells
            good &= weekday == (days + 3) % 7
    return Moments(np.where(good, micros, NO_TIME), utc)


def _of_rfc_2822(shape: Shape) -> bool:
    """Whether it is written as in Wed, 01 May 2024 12:30:05 CST."""
    at = [shape.parts.get(name, (-1,))[0] for name in ("weekday", "day", "month_name", "year", "hour", "zone")]
    return at[0] == 0 and at == sorted(at) and "half" not in shape.parts


def _words(parts: dict[str, _Bytes], n: int) -> _Mask:
    """Whether the words between the numbers are those that may stand there."""
    good = np.ones(n, np.bool_)
    if "letter" in parts:
        good &= np.isin(parts["letter"][:, 0], np.frombuffer(b"Tt", np.uint8))
    if "h" in parts:
        good &= np.isin(parts["h"][:, 0], np.frombuffer(b"Hh", np.uint8))
    for name, values in (("ordinal", _ORDINALS), ("of", {b"of": 1}), ("word", {b"at": 1, b"um": 1})):
        if name in parts:
            good &= _looked_up(parts[name], values) >= 0
    return good


def _hours(parts: dict[str, _Bytes]) -> tuple[_Ints, _Mask, _Mask]:
    """Hours of the day; whether they go with the half of the day that is named; and where it is a zone instead."""
    hour = _number(parts["hour"])
    if "half" in parts:
        half = _looked_up(parts["half"], {b"am": 0, b"pm": 12, b"ut": -2})
    elif "half_a" in parts:
        half = _looked_up(parts["half_a"], {b"a": 0, b"p": 12})
    else:
        return hour, np.ones(len(hour), np.bool_), np.zeros(len(hour), np.bool_)
    # 21:04 PM has one meaning; 21:04 AM and 0:04 PM have none
    early = (half == 0) & (hour <= 12)
    late = (half == 12) & (hour >= 1) & (hour < 24)
    of_day = np.where(half < 0, hour, np.where(early, hour % 12, np.where(hour < 12, hour + 12, hour)))
    return of_day, early | late | (half == -2), half == -2


def _is_new_half_year(micros: _Ints) -> _Mask:
    days = micros // _DAY_US
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64) == days
    return np.asarray((micros % _DAY_US == 0) & first & (months.astype(np.int64) % 6 == 0))


def _days(parts: dict[str, _Bytes]) -> tuple[_Ints, _Mask]:
    year, day = _number(parts["year"]), _number(parts["day"])
    if parts["year"].shape[1] == 2:
        year += np.where(year < _PIVOT, 2000, 1900)
    month = _looked_up(parts["month_name"], _MONTHS) if "month_name" in parts else _number(parts["month"])
    good = (year >= 1) & (month >= 1) & (month <= 12)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    start = months.astype("datetime64[D]").astype(np.int64)
    after = (months + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64)
    good &= (day >= 1) & (day <= after - start)
    return start + day - 1, good


def _offset(parts: dict[str, _Bytes], n: int, rfc: bool) -> tuple[_Ints, _Mask]:
    """Minutes ahead of UTC, and whether that can be."""
    name = parts.get("zone", parts.get("region"))
    if name is not None:
        table = RFC_2822 if rfc else ZONES
        minutes = _looked_up(name, {z.lower().encode(): m + 1440 for z, m in table.items()})
        return minutes - 1440, minutes >= 0
    if "zone_hour" not in parts:
        return np.zeros(n, np.int64), np.ones(n, np.bool_)
    hours = _number(parts["zone_hour"])
    minutes = _number(parts["zone_minute"]) if "zone_minute" in parts else np.zeros_like(hours)
    sign = np.where(parts["sign"][:, 0] == ord("-"), -1, 1)
    good = (hours <= 15) & (minutes < 60)
    if "base" in parts:
        good &= _looked_up(parts["base"], {b"gmt": 1, b"utc": 1}) >= 0
    return sign * (hours * 60 + minutes), good


def _fraction(parts: dict[str, _Bytes]) -> _Ints:
    if "fraction" not in parts:
        return np.zeros(1, np.int64)
    digits = parts["fraction"][:, :6]
    scale: int = 10 ** (6 - digits.shape[1])
    return _number(digits) * scale


def _number(digits: _Bytes) -> _Ints:
    value = np.zeros(len(digits), np.int64)
    for column in digits.T:
        value *= 10
        value += column
        value -= ord("0")
    return value


def _looked_up(letters: _Bytes, values: dict[bytes, int]) -> _Ints:
    """The value of each word, upper and lower case alike; -1 for a word that is not among them, or its own if less."""
    width = letters.shape[1]
    words = np.ascontiguousarray(letters | 0x20).view(f"S{width}")[:, 0]
    result = np.full(len(letters), -1, np.int64)
    for word, value in values.items():
        if len(word) == width:
            result[words == word] = value
    return result
