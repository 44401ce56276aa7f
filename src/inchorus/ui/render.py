"""Templates, and the few things that they may call: numbers, times, safe text, links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from inchorus.terminal import shown_time
from inchorus.ui.links import Links, outward

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def render(template: str, data: Mapping[str, Any], links: Links, **more: object) -> str:
    """The template filled with a page's data, everything in it escaped."""
    return templates().get_template(template).render({**data, "links": links, **more})


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The environment of all templates: escapes everything, and fails on a name that is not there."""
    env = Environment(
        loader=PackageLoader("inchorus.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        number=number,
        counted=counted,
        when=when,
        visible=visible,
        cut=cut,
        outward=outward,
        small=small,
        capital=capital,
    )
    return env


def number(value: float | None, digits: int = 0) -> str:
    """A number with its thousands marked off; empty for None.

    >>> number(12345), number(2.345, 1), number(None)
    ('12,345', '2.3', '')
    """
    return "" if value is None else f"{value:,.{digits}f}"


def counted(n: int, one: str, many: str = "") -> str:
    """A number with what it counts; `many` is what more than one is called, else `one` with an s.

    >>> counted(1, "line"), counted(12345, "line"), counted(2, "copy", "copies")
    ('1 line', '12,345 lines', '2 copies')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def small(value: float | None) -> str:
    """A p or q to two digits, without exponent down to 0.001; empty for None.

    >>> small(0.0234), small(0.0000034), small(1.0)
    ('0.023', '3.4e-06', '1')
    """
    if value is None:
        return ""
    return f"{value:.2g}" if value >= 0.001 or value == 0 else f"{value:.1e}"


def when(value: datetime | None, precision: str | None = "day") -> str:
    """A time at its precision; empty where it is not known."""
    return shown_time(value, precision)


def visible(text: str | None) -> str:
    r"""Text of a document for a page: control codes made visible, overrides of direction taken out; line breaks stay.

    >>> visible("a\x1b[31m\u202eb\nc")
    'a␛[31mb\nc'
    """
    return _BIDI.sub("", _CONTROL.sub(_picture, text or ""))


def cut(text: str | None, most: int = 160) -> str:
    """The text on one line, cut at a word to at most `most` characters.

    >>> cut("one two three", 9)
    'one two…'
    """
    line = " ".join(visible(text).split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    space = head.rfind(" ")
    return (head[:space] if space > most // 2 else head).rstrip() + "…"


def capital(text: str) -> str:
    """The text with its first letter large, for a message that begins a sentence.

    >>> capital("no talking point has this id")
    'No talking point has this id'
    """
    return text[:1].upper() + text[1:]


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"\\x{code:02x}"
