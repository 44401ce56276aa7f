"""How a time is written: its string with every digit as 0 and every letter as a, and what stands where."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

_LETTERS = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_TABLE = np.arange(256, dtype=np.uint8)
_TABLE[np.frombuffer(b"0123456789", np.uint8)] = ord("0")
_TABLE[np.frombuffer(_LETTERS, np.uint8)] = ord("a")

_DATE = rb"(?P<year>0{4})(?P<_s>[-/])(?P<month>00)(?P=_s)(?P<day>00)"
_CLOCK = rb"(?P<hour>00):(?P<minute>00)(?::(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"
_COMPACT = rb"(?P<hour>00)(?P<minute>00)(?:(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"
_ZONE = rb" ?(?:(?P<zone>a{1,3})|(?P<sign>[+-])(?P<zone_hour>00)(?::?(?P<zone_minute>00))?)"
_WEEKDAY = rb"(?P<weekday>aaa)"
_NAMED = rb"(?P<month_name>aaa)"

_WRITTEN = tuple(
    re.compile(p)
    for p in (
        # ISO 8601: 2024-05-01, 2024-05-01T12:30:05.123+02:00, and without separators 20240501T123005Z
        _DATE + rb"(?:" + _ZONE + rb")?",
        _DATE + rb"(?P<letter>[a ])" + _CLOCK + rb"(?:" + _ZONE + rb")?",
        rb"(?P<year>0{4})(?P<month>00)(?P<day>00)",
        rb"(?P<year>0{4})(?P<month>00)(?P<day>00)(?P<letter>a)" + _COMPACT + rb"(?:" + _ZONE + rb")?",
        # RFC 2822: Wed, 01 May 2024 12:30:05 GMT
        rb"(?:" + _WEEKDAY + rb", ?)?(?P<day>0{1,2}) " + _NAMED + rb" (?P<year>0{4}) " + _CLOCK
        + rb"(?:" + _ZONE + rb")?",
        # Wed Oct 10 20:19:24 +0000 2018
        _WEEKDAY + rb" " + _NAMED + rb" (?P<day>0{1,2}) " + _CLOCK + _ZONE + rb" (?P<year>0{4})",
        # counts since 1970
        rb"(?P<epoch>0{10})(?:\.(?P<fraction>0{1,9}))?",
        rb"(?P<epoch>0{13})",
        rb"(?P<epoch>0{16})",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """What stands where in all times that are written alike: a part's name to its start and end."""

    parts: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, written: bytes) -> Shape | None:
        """The parts of a shape, or None where it is not that of a time.

        >>> Shape.of(b"0000-00-00").parts["day"]
        (8, 10)
        >>> Shape.of(b"00/00/0000")
        """
        for pattern in _WRITTEN:
            match = pattern.fullmatch(written)
            if match:
                names = [n for n in match.groupdict() if n != "_s" and match.span(n)[0] >= 0]
                return cls({n: match.span(n) for n in names})
        return None

    @property
    def precision(self) -> int:
        """1 second, 2 minute, 3 day."""
        if "second" in self.parts or "epoch" in self.parts:
            return 1
        return 2 if "minute" in self.parts else 3


def shape_of(array: pa.Array) -> pa.Array:
    """The shapes of large strings without nulls, as binary.

    >>> shape_of(pa.array(["2024-05-01T12:30Z"], pa.large_string())).to_pylist()
    [b'0000-00-00a00:00a']
    """
    _, offsets, data = array.buffers()
    shaped = _TABLE[np.frombuffer(data, np.uint8)] if data is not None else np.zeros(0, np.uint8)
    buffers = [None, offsets, pa.py_buffer(shaped)]
    return pa.Array.from_buffers(pa.large_binary(), len(array), buffers, offset=array.offset)
