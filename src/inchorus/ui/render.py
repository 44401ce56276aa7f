"""Templates, and the few things that they may call: numbers, times, safe text, links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

from inchorus.evidence.places import clock
from inchorus.evidence.quotes import shortened
from inchorus.labels import LAYERS, layer_words, plural
from inchorus.labels import counted as labelled
from inchorus.text.harmless import shown_time
from inchorus.thresholds import LEVEL
from inchorus.ui.links import Links, outward
from inchorus.ui.table import first

LEAST = 0.0001  # of p and q; what is below tells a reader nothing more, and stands in the CSV
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INDENTED = re.compile("^[ \t]+", re.MULTILINE)
_SPACES = re.compile(r"\s+")
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
        extensions=[Flush],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    env.globals.update(first=first, labelled=labelled, plural=plural, LAYERS=LAYERS, LEVEL=LEVEL)
    env.filters.update(
        cell=cell,
        clock=clock,
        number=number,
        counted=counted,
        when=when,
        visible=visible,
        cut=cut,
        parts=parts,
        outward=outward,
        small=small,
        capital=capital,
        group_name=group_name,
        layer_words=layer_words,
    )
    return env


class Flush(Extension):
    """Takes the indentation out of templates but for one space, which may part words: it is a fortieth of a report."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENTED.sub(" ", source)


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


def small(value: float | None, name: str = "") -> str:
    r"""A p or q to two digits, what is below 0.0001 as that, after its `name` with a sign if given; empty for None.

    >>> small(0.0234), small(1.6e-115), small(0.0234, "q"), small(1.6e-115, "q")
    ('0.023', '<\xa00.0001', 'q\xa0=\xa00.023', 'q\xa0<\xa00.0001')
    """
    if value is None:
        return ""
    below = value < LEAST
    parts = [name, "<" if below else "=" if name else "", f"{LEAST}" if below else f"{value:.2g}"]
    return "\N{NO-BREAK SPACE}".join(filter(None, parts))


def when(value: datetime | None, precision: str | None = "day") -> str:
    """A time at its precision; empty where it is not known."""
    return shown_time(value, precision)


def cell(value: Any) -> str:
    """A value of a table as a cell shows it, whatever it is: numbers marked off, times to the day, text cut.

    >>> cell(12345), cell(0.25), cell(None), cell(["a", "b"]), cell("Herald")
    ('12,345', '0.25', '', 'a, b', 'Herald')
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, list | tuple):
        return cut(", ".join(map(cell, value)))
    return "" if value is None else cut(str(value))


def visible(text: str | None) -> str:
    r"""Text of a document for a page: control codes made visible, overrides of direction taken out; line breaks stay.

    >>> visible("a\x1b[31m\u202eb\nc")
    'a␛[31mb\nc'
    """
    return _BIDI.sub("", _CONTROL.sub(_picture, text or ""))


def parts(quote: Sequence[str], most: int = 160) -> list[str]:
    r"""A quote in its parts (before the shared words, these, behind them), on one line, cut so that these are in view.

    >>> parts(["We know ", "what we\nmust do", "."])
    ['We know ', 'what we must do', '.']
    """
    return shortened([_SPACES.sub(" ", visible(part)) for part in quote], most)


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


def group_name(group_id: str) -> str:
    """The id of a group in words: its number, and the kind of ties that bind it.

    >>> group_name("wording-6"), group_name("all-2"), group_name("shared-link-1")
    ('group 6 by wording', 'group 2 by all kinds of ties', 'group 1 by shared-link')
    """
    kind, _, number = group_id.rpartition("-")
    return f"group {number} by {'all kinds of ties' if kind == 'all' else kind}" if kind else f"group {group_id}"


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"\\x{code:02x}"
