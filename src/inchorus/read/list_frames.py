r"""Lists whose items stand in a frame of their own: a link of Markdown or of a page, a tag in brackets, a bullet.

What is no item (the words of a link, a number before a line) falls away, if nearly all values of the column are so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
# a class that holds a list, as it is printed by Spark and Scala
_CLASS = re.compile(r"\A(?:WrappedArray|ArrayBuffer|ArraySeq|Array|List|Seq|Vector|Set)(?=[(\[])")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\d{1,3}[.)])\s+")
_BULLETS = re.compile(r"(?:[-*•·–—]|\(?1[.)])\s+\S")
_NUMBER = re.compile(r"(?:^|\s)\(?(\d{1,3})[.)]\s+(?=https?://|www\.|[#@])")
_FORMS = {
    "Markdown": (
        re.compile(r"(?:[\s,;|]*!?\[[^\[\]]*\]\(\s*<?[^\s()<>]+>?\s*\))+"),
        re.compile(r"\]\(\s*<?([^\s()<>]+)"),
    ),
    "HTML": (
        re.compile(r"(?:[\s,;|]*<a\s[^<>]*>[^<>]*</a>)+", re.IGNORECASE),
        re.compile(r"\shref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE),
    ),
    "Stack Exchange": (re.compile(r"(?:<[^<>/!?\s][^<>]*>[\s,;|]*)+"), re.compile(r"<([^<>]+)>")),
}


def framed(held: Sequence[str], fits: float) -> tuple[str, dict[str, list[str]]] | None:
    """What a column of framed lists is written as, and the items of each value of that form; None where it is none.

    >>> framed(["[one](https://a.example/1), [two](https://b.example)"], 0.95)
    ('Markdown', {'[one](https://a.example/1), [two](https://b.example)': ['https://a.example/1', 'https://b.example']})
    >>> framed(["<python><pandas>", "<r>"], 0.95)[1]["<python><pandas>"]
    ['python', 'pandas']
    >>> framed(["Read [the report](https://a.example) first"], 0.95) is None
    True
    """
    for name, (whole, item) in _FORMS.items():
        fitting = [value for value in held if whole.fullmatch(value)]
        if fitting and len(fitting) >= fits * len(held):
            return name, {value: [html.unescape(m[1]).strip() for m in item.finditer(value)] for value in fitting}
    return None


def unframed(value: str) -> str:
    r"""A value with line ends for breaks of a page, without bullets and numbers before items, nor the name of a class.

    >>> unframed("1. https://a.example 2. https://b.example"), unframed("- #one\n- #two")
    ('https://a.example\nhttps://b.example', '#one\n#two')
    >>> unframed("WrappedArray(a, b)"), unframed("a<br/>b")
    ('(a, b)', 'a\nb')
    """
    value = _CLASS.sub("", _BREAK.sub("\n", value), count=1)
    if _BULLETS.match(value):
        lines = value.splitlines()
        if len(lines) > 1 and all(_BULLET.match(line) for line in lines if line.strip()):
            return "\n".join(_BULLET.sub("", line, count=1) for line in lines if line.strip())
    numbers = [int(m[1]) for m in _NUMBER.finditer(value)]
    if numbers and numbers == list(range(1, len(numbers) + 1)) and _NUMBER.match(value):
        return _NUMBER.sub("\n", value).strip()
    return value
