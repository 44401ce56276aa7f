"""How a time is written: its string with every digit as 0 and every letter as a, and what stands where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa

_LETTERS = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_TABLE = np.arange(256, dtype=np.uint8)
_TABLE[np.frombuffer(b"0123456789", np.uint8)] = ord("0")
_TABLE[np.frombuffer(_LETTERS, np.uint8)] = ord("a")
# longer strings are no times, and shapes are looked up once for each
LONGEST = 80

_WEEKDAY = rb"(?:(?P<weekday>a{3,9})\.?,? +)?"
_YEAR_FIRST = rb"(?P<year>0{4})(?P<_s>[-/.] ?)(?P<month>0{1,2})(?P=_s)(?P<day>0{1,2})\.?"
_NUMBERS = rb"(?P<n1>0{1,2})(?P<sep>[-/.]) ?(?P<n2>0{1,2})(?P=sep) ?(?P<n3>0{4}|00)"
_DATES = (
    _YEAR_FIRST,
    _NUMBERS,
    # 24 Oct 2016, 24-Oct-16, 24th of October 2016, 24OCT2016
    rb"(?P<day>0{1,2})(?:(?P<ordinal>aa) (?:(?P<of>aa) )?|\.? ?[-/ ]?)"
    rb"(?P<month_name>a{3,9})\.?,?[-/ ]?(?P<year>0{4}|00)",
    # October 24th, 2016
    rb"(?P<month_name>a{3,9})\.?[-/ ] ?(?P<day>0{1,2})(?P<ordinal>aa)?(?:, ?|[-/ ])(?P<year>0{4})",
    rb"(?P<year>0{4})[-/ ](?P<month_name>a{3,9})\.?[-/ ](?P<day>0{1,2})",
    # with the words for year, month and day of Chinese and Japanese, and of Korean
    "(?P<year>0{4})年 ?(?P<month>0{1,2})月 ?(?P<day>0{1,2})日".encode(),
    "(?P<year>0{4})년 ?(?P<month>0{1,2})월 ?(?P<day>0{1,2})일".encode(),
)
_FRACTION = rb"(?:[.,:](?P<fraction>0{1,9}))?"
_CLOCKS = (
    rb"(?P<hour>0{1,2})(?P<_c>[:.])(?P<minute>00)(?:(?P=_c)(?P<second>00)" + _FRACTION + rb")?",
    rb"(?P<hour>0{1,2}) ?(?P<h>a) ?(?P<minute>00)",
    "(?P<hour>0{1,2})(?:時|时|시) ?(?P<minute>0{1,2})(?:分|분)(?: ?(?P<second>0{1,2})(?:秒|초))?".encode(),
)
_HALF = rb"(?: ?(?:(?P<half>aa)(?!a)|(?P<half_a>a)\. ?a\.))?"
# an offset, after GMT or UTC or alone, with the name of a region behind it; or the name of a zone
_ZONE = (
    rb" ?(?:(?:(?P<base>aaa) ?)?(?P<sign>[+-])(?P<zone_hour>0{1,2})(?::?(?P<zone_minute>00))?"
    rb"(?: ?\([^()]*\)|\[[^\[\]]*\])?"
    rb"|(?P<zone>a{1,5})|\[(?P<region>a{1,5})\])"
)
_JOINT = rb"(?:(?P<letter>a)|-|:|,? +(?:(?P<word>aa) +)?(?:(?:-|\||\xc2\xb7|\xe2\x80\xa2) +)?)"
_BEFORE = rb"(?:,? +(?:(?P<word>aa) +)?(?:(?:-|\||\xc2\xb7|\xe2\x80\xa2) +)?)"
_COMPACT = rb"(?P<hour>00)(?P<minute>00)(?:(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"


@cache
def _written() -> tuple[re.Pattern[bytes], ...]:
    zoned = rb"(?:" + _ZONE + rb")?"
    compact = rb"(?P<year>0{4})(?P<month>00)(?P<day>00)"
    patterns = [
        # 2024-05-01Z, and without separators 20240501T123005Z, 20240501123005
        _YEAR_FIRST + zoned,
        compact,
        compact + rb"(?:(?P<letter>a)| )?" + _COMPACT + zoned,
        # Wed Oct 10 20:19:24 +0000 2018
        rb"(?P<weekday>a{3}) (?P<month_name>a{3}) {1,2}(?P<day>0{1,2}) " + _CLOCKS[0] + zoned + rb" (?P<year>0{4})",
        # counts since 1970
        rb"(?P<epoch>0{10})(?:[.,](?P<fraction>0{1,9}))?",
        rb"(?P<epoch>0{13})(?:[.,]0{1,9})?",
        rb"(?P<epoch>0{16})",
        rb"(?P<epoch>0{19})",
    ]
    for date in _DATES:
        patterns.append(_WEEKDAY + date)
        for clock in _CLOCKS:
            patterns.append(_WEEKDAY + date + _JOINT + clock + _HALF + zoned)
            patterns.append(clock + _HALF + zoned + _BEFORE + _WEEKDAY + date)
    return tuple(re.compile(p) for p in patterns)


@dataclass(frozen=True)
class Shape:
    """What stands where in all times that are written alike: a part's name to its start and end.

    `n1`, `n2` and `n3` are day, month and year in an order that the shape does not tell; `sep` stands between them.
    """

    parts: dict[str, tuple[int, int]]
    written: bytes = b""

    @staticmethod
    @lru_cache(4096)
    def of(written: bytes) -> Shape | None:
        """The parts of a shape, or None where it is not that of a time.

        >>> Shape.of(b"0000-00-00").parts["day"]
        (8, 10)
        >>> Shape.of(b"00/00/0000").parts["n3"]
        (6, 10)
        >>> Shape.of(b"0000-00")
        """
        if len(written) > LONGEST:
            return None
        for pattern in _written():
            match = pattern.fullmatch(written)
            if match:
                names = [n for n in match.groupdict() if not n.startswith("_") and match.span(n)[0] >= 0]
                return Shape({n: match.span(n) for n in names}, written)
        return None

    @property
    def precision(self) -> int:
        """1 second, 2 minute, 4 day: an index into PRECISIONS."""
        if "second" in self.parts or "epoch" in self.parts:
            return 1
        return 2 if "minute" in self.parts else 4

    @property
    def layout(self) -> str:
        """What times of one order have in common: the mark between the numbers, and the digits of the year."""
        a, b = self.parts["sep"]
        return f"{self.written[a:b].decode()}{self.parts['n3'][1] - self.parts['n3'][0]}"

    def ordered(self, names: tuple[str, str, str]) -> Shape:
        """The shape with its numbers taken for what `names` says."""
        renamed = dict(zip(("n1", "n2", "n3"), names, strict=True))
        return Shape({renamed.get(n, n): span for n, span in self.parts.items()}, self.written)


def shape_of(array: pa.Array) -> pa.Array:
    """The shapes of large strings without nulls, as binary.

    >>> shape_of(pa.array(["2024-05-01T12:30Z"], pa.large_string())).to_pylist()
    [b'0000-00-00a00:00a']
    """
    _, offsets, data = array.buffers()
    shaped = _TABLE[np.frombuffer(data, np.uint8)] if data is not None else np.zeros(0, np.uint8)
    buffers = [None, offsets, pa.py_buffer(shaped)]
    return pa.Array.from_buffers(pa.large_binary(), len(array), buffers, offset=array.offset)
