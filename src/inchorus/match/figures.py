"""Numbers that are written out, from a list with a language a line, that anyone may extend without code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def figures() -> dict[str, str]:
    """The figures of each number that is written out, by its folded word.

    >>> figures()["seven"], figures()["семь"]
    ('7', '7')
    """
    text = files("inchorus.match").joinpath("numbers.txt").read_text(encoding="utf-8")
    rows = [line.partition(":")[2] for line in text.splitlines() if not line.startswith("#")]
    pairs = (pair.partition("=") for row in rows for pair in row.split())
    return {word: number for word, _, number in pairs}
