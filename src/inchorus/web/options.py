"""What a collection is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inchorus.errors import UsageError

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


@dataclass(frozen=True)
class CollectOptions:
    """Options of `collect`.

    url: the column of addresses in a table; found by its name where None. delay: least seconds between two requests to
    one server. servers: how many are asked at the same time. max_pages, max_bytes: of a run, in requests and in bytes
    as they are sent (text such as 500MB). contact: an address that is told to servers. refresh: ask again for pages
    that are there. allow_private: take addresses of this machine and of private networks too.
    """

    url: str | None = None
    delay: float = 1.0
    servers: int = 8
    max_pages: int = 10_000
    max_bytes: str = "2GB"
    contact: str | None = None
    refresh: bool = False
    allow_private: bool = False


def check(options: CollectOptions) -> None:
    """Raise UsageError for an option out of its range."""
    if not 0 <= options.delay < 86400:
        raise UsageError(f"delay is {options.delay:g}", fix="give seconds, 0 or more")
    for name in ("servers", "max_pages"):
        if getattr(options, name) < 1:
            raise UsageError(f"{name} is {getattr(options, name)}", fix="give 1 or more")
    size_of(options.max_bytes)
    if options.contact is not None and (not options.contact.isprintable() or not options.contact.isascii()):
        raise UsageError("contact has characters that cannot be sent", fix="give a web or mail address")


def size_of(text: str) -> int:
    """The bytes that a size stands for; UsageError where it is none.

    >>> size_of("500MB"), size_of("1.5 gb"), size_of("10")
    (500000000, 1500000000, 10)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?b)?", text.strip(), re.IGNORECASE)
    if not found:
        raise UsageError(f"{text!r} is no size", fix="write a number and B, KB, MB, GB or TB, such as 500MB")
    return int(float(found[1]) * _UNITS[(found[2] or "").upper()])
