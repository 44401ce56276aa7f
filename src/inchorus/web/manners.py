"""How long to wait: between two requests to one server, after one that failed, and when a server says so."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

TRIES = 4
FIRST = 5.0  # seconds before the second try; each later one waits twice as long
LONGEST = 600.0  # seconds that are waited; who asks for longer is left for another time
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})  # answers that may be others a little later


def back_off(tries: int) -> float:
    """Seconds to wait after so many tries.

    >>> [back_off(n) for n in (1, 2, 3)]
    [5.0, 10.0, 20.0]
    """
    return min(LONGEST, FIRST * 2.0 ** (tries - 1))


def asked_to_wait(value: str | None, now: float) -> float | None:
    """Seconds that a header Retry-After asks to wait; None where there is none that can be read.

    >>> asked_to_wait("120", 0.0), asked_to_wait("Thu, 01 Jan 1970 00:01:00 GMT", 20.0), asked_to_wait("soon", 0.0)
    (120.0, 40.0, None)
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
