"""Text, times and values made harmless to show: what is hostile in them is made visible or taken out."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def harmless(text: str) -> str:
    r"""The text on one line, with every control code made visible and every bidi control taken out.

    >>> harmless("a\x1b[31m\n  b\x9bc")
    'a␛[31m b\\x9bc'
    """
    return _BIDI.sub("", _CONTROL.sub(_visible, _SPACE.sub(" ", text)))


def isolated(text: str) -> str:
    """The text so wrapped that its right-to-left letters do not reorder what stands beside it."""
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return f"\u2068{text}\u2069"
    return text


def to_json(value: object) -> str:
    """JSON that a terminal can show: control codes and bidi controls stay escaped; times are ISO, bytes hexadecimal.

    JSON has no number that is none or infinite: such are null.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2, default=_json_default, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, indent=2, default=_json_default)
    return _UNSAFE_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def shown_time(value: datetime | None, precision: str | None = "day") -> str:
    """A time at its precision; empty where it is not known.

    >>> shown_time(datetime(2024, 5, 1, 12, 30), "minute")
    '2024-05-01 12:30'
    >>> shown_time(datetime(2024, 5, 1), "month"), shown_time(datetime(2024, 1, 1), "year")
    ('2024-05', '2024')
    """
    if value is None:
        return ""
    form = {"second": "%H:%M:%S", "minute": "%H:%M", "hour": "%H h"}.get(precision or "day", "")
    date = {"month": "-%m", "year": ""}.get(precision or "day", "-%m-%d")
    # Not %Y, which leaves out the leading zeros of early years on some systems.
    return f"{value.year:04}{value.strftime(date) if date else ''} {value.strftime(form)}".rstrip()


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\x{code:02x}"


def _json_default(value: Any) -> str | float:
    if isinstance(value, date | clock):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
