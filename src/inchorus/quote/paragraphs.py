"""Where paragraphs and sentences end, in code points; what stands in tags is no text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

CLOSING = "”“»«’‘›‹\"'」』〟〞＂﹂)]"
_TERMINAL = ".!?…。！？؟۔"
# A blank line; or a line break after what ends a sentence, as texts without blank lines have it.
_BREAK = re.compile(  # what it looks ahead for first is for speed
    rf"(?=[\n\r\u2029])(?:\n[ \t\r\xa0\u200b]*(?:\n[ \t\r\xa0\u200b]*)+"
    rf"|(?<=[{_TERMINAL}:{re.escape(CLOSING)}])[ \t\xa0]*\r?\n|\r?\n[ \t\xa0]+|\r?\n(?=[ \t]*>)|\u2029)"
)
_LAST = re.compile(rf"[{_TERMINAL}]+[{re.escape(CLOSING)}]*(?=[\s{re.escape(CLOSING)}])|[。！？]|[ \t\xa0]{(3,)}")


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""The paragraphs of a text that are not empty, as half-open spans.

    >>> paragraphs("One line\nof a paragraph.\n\nAnother.")
    [(0, 24), (26, 34)]
    """
    spans = []
    begin = 0
    for found in _BREAK.finditer(text):
        if text[begin : found.start()].strip():
            spans.append((begin, found.start()))
        begin = found.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


@lru_cache(64)
def _before(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(a) for a in sorted(abbreviations, key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)(?:{words}|[^\W\d_])|\d)\Z" if words else r"(?:(?<!\w)[^\W\d_]|\d)\Z")


def sentence_ends(text: str, begin: int, end: int, abbreviations: tuple[str, ...]) -> list[int]:
    """One past the last code point of each sentence between `begin` and `end`; the last is `end`.

    A point after an abbreviation or an initial ends none, nor does one that a small letter follows.

    >>> sentence_ends("Mr. Ash left. He was late.", 0, 26, ("Mr",))
    [13, 26]
    """
    ends = []
    abbreviated = _before(abbreviations)
    for found in _LAST.finditer(text, begin, end):
        at = found.end()
        follows = text[at : at + 40].lstrip(" \t\r\n\xa0" + CLOSING + "([„‚-–—")[:1]
        if follows.islower():
            continue
        first = found.start()
        if text[first] in " \t\xa0":  # what has lost its points often keeps the space around them
            if first > begin:
                ends.append(at)
            continue
        if found.group()[0] == "." and abbreviated.search(text, max(begin, first - 12), first):
            digit = text[first - 1].isdigit()
            if not digit or (follows.isdigit() or text[at - 1] != "."):
                continue
        ends.append(at)
    if not ends or ends[-1] < end:
        ends.append(end)
    return ends


def sentence_of(ends: list[int], begin: int, at: int) -> tuple[int, int]:
    """The sentence that `at` stands in, among those that end at `ends` and of which the first begins at `begin`."""
    i = min(bisect_right(ends, at), len(ends) - 1)
    return (ends[i - 1] if i else begin), ends[i]
