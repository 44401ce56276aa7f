"""Times from the bytes of strings that are written alike, all at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inchorus.read.shapes import Shape

NO_TIME = np.iinfo(np.int64).min
_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int64]
_SECOND_US = 1_000_000
_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = b"mon tue wed thu fri sat sun".split()
# hours from UTC of the zone names of RFC 2822
_ZONES = {
    b"z": 0, b"ut": 0, b"utc": 0, b"gmt": 0, b"est": -5, b"edt": -4,
    b"cst": -6, b"cdt": -5, b"mst": -7, b"mdt": -6, b"pst": -8, b"pdt": -7,
}  # fmt: skip


def read_shape(shape: Shape, characters: _Bytes) -> _Ints:
    """UTC microseconds since 1970 of strings of one shape (rows x bytes); NO_TIME where a part is out of range.

    >>> shape = Shape.of(b"0000-00-00")
    >>> read_shape(shape, np.array([list(b"1970-01-02"), list(b"1970-02-30")], np.uint8)).tolist()
    [86400000000, -9223372036854775808]
    """
    parts = {name: characters[:, a:b] for name, (a, b) in shape.parts.items()}
    if "epoch" in parts:
        unit = {10: _SECOND_US, 13: 1_000, 16: 1}[parts["epoch"].shape[1]]
        since = _number(parts["epoch"])
        # with a leading nought it is no count of that many digits
        good = since >= 10 ** (parts["epoch"].shape[1] - 1)
        return np.where(good, since * unit + _fraction(parts), NO_TIME)
    days, good = _days(parts)
    micros = days * 86_400 * _SECOND_US
    if "hour" in parts:
        hour, minute = _number(parts["hour"]), _number(parts["minute"])
        second = _number(parts["second"]) if "second" in parts else np.zeros_like(hour)
        good &= (hour < 24) & (minute < 60) & (second < 60)
        offset, known = _offset(parts, len(characters))
        good &= known
        micros += ((hour * 60 + minute - offset) * 60 + second) * _SECOND_US + _fraction(parts)
    elif "zone" in parts or "zone_hour" in parts:
        good &= _offset(parts, len(characters))[1]
    if "letter" in parts:
        good &= np.isin(parts["letter"][:, 0], np.frombuffer(b"Tt ", np.uint8))
    if "weekday" in parts:
        good &= _looked_up(parts["weekday"], dict.fromkeys(_WEEKDAYS, 1)) >= 0
    return np.where(good, micros, NO_TIME)


def _days(parts: dict[str, _Bytes]) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    year, day = _number(parts["year"]), _number(parts["day"])
    if "month_name" in parts:
        month = _looked_up(parts["month_name"], {m: i for i, m in enumerate(_MONTHS, 1)})
    else:
        month = _number(parts["month"])
    good = (year >= 1) & (month >= 1) & (month <= 12)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    start = months.astype("datetime64[D]").astype(np.int64)
    after = (months + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64)
    good &= (day >= 1) & (day <= after - start)
    return start + day - 1, good


def _offset(parts: dict[str, _Bytes], n: int) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    """Minutes ahead of UTC, and whether that can be."""
    if "zone" in parts:
        hours = _looked_up(parts["zone"], {name: h + 24 for name, h in _ZONES.items()})
        return (hours - 24) * 60, hours >= 0
    if "zone_hour" not in parts:
        return np.zeros(n, np.int64), np.ones(n, np.bool_)
    hours = _number(parts["zone_hour"])
    minutes = _number(parts["zone_minute"]) if "zone_minute" in parts else np.zeros_like(hours)
    sign = np.where(parts["sign"][:, 0] == ord("-"), -1, 1)
    return sign * (hours * 60 + minutes), (hours <= 15) & (minutes < 60)


def _fraction(parts: dict[str, _Bytes]) -> _Ints | int:
    if "fraction" not in parts:
        return 0
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
    """The value of each word, upper and lower case alike; -1 for a word that is not among them."""
    code = np.zeros(len(letters), np.int64)
    for column in letters.T:
        code = code * 256 + (column | 0x20)
    result = np.full(len(letters), -1, np.int64)
    for word, value in values.items():
        if len(word) == letters.shape[1]:
            result[code == int.from_bytes(word, "big")] = value
    return result
