"""Block quotations, which no mark stands around: lines with “>”, `<blockquote>`, indented paragraphs after a colon."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from inchorus.quote.marks import Stretch

Span = tuple[int, int]
BLOCK = ">"  # the mark of its stretches
_ARROW = re.compile(r"[ \t]*>[> \t]*(?=[^\s>])")
_TAGGED = re.compile(r"<blockquote\b[^<>]{0,2000}>(.{0,20000}?)</blockquote\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"(?:\s|</?[A-Za-z!][^<>]{0,2000}>)+")
_TAGS_LAST = re.compile(r"(?:\s|</?[A-Za-z!][^<>]{0,2000}>)+\Z")
_SIGNED = re.compile(r"\s*(?:>\s*)*(?:—|–|--|―)\s*(?=[^\W\d_])([^\n,;:.!?]{2,60})")
_LEAST = 4  # words, below which an indented line is an item of a list or a heading
_MARKS = frozenset('"“”„«»「」『』')


def blocks(text: str, paragraphs: Sequence[Span], marked: Sequence[Stretch]) -> list[Stretch]:
    r"""The stretches of block quotations, one a paragraph; each but the last of a quotation goes on.

    What stands in marks inside of one says more of who speaks: such a block is none.

    >>> text = "Ada Ash wrote:\n> The bridge is safe.\n> Nobody pays.\nShe left."
    >>> [text[s.start : s.end] for s in blocks(text, [(0, 14), (15, 36), (37, 51), (52, 61)], [])]
    ['The bridge is safe.', 'Nobody pays.']
    """
    found = _tagged(text, paragraphs)
    if "\n" in text:
        taken = {s.opens for s in found}
        found += [s for s in (*_arrowed(text, paragraphs), *_indented(text, paragraphs)) if s.opens not in taken]
    found.sort(key=lambda s: s.opens)
    inside = sorted(s.opens for s in marked if s.closed)
    out: list[Stretch] = []
    run: list[Stretch] = []
    for s in found:
        run.append(s)
        if not s.goes_on:
            first, last = bisect_left(inside, run[0].opens), bisect_right(inside, s.closes)
            out += run if first == last else []
            run = []
    return out


def _tagged(text: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    if "<" not in text:
        return []
    out = []
    for found in _TAGGED.finditer(text):
        parts = [
            (max(a, found.start()), min(b, found.end())) for a, b in paragraphs if a < found.end() and found.start() < b
        ]
        spans = [(a, b, *_untagged(text, max(a, found.start(1)), min(b, found.end(1)))) for a, b in parts]
        spans = [span for span in spans if span[2] < span[3]]
        out += [Stretch(a, c, d, b, BLOCK, True, 0, n + 1 < len(spans)) for n, (a, b, c, d) in enumerate(spans)]
    return out


def _untagged(text: str, begin: int, end: int) -> Span:
    """A span without tags and spaces at its ends."""
    first = _TAGS.match(text, begin, end)
    begin = first.end() if first is not None else begin
    last = _TAGS_LAST.search(text[begin:end])
    return begin, (begin + last.start() if last is not None else end)


def _arrowed(text: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    lines = [(a, b, m.end()) for a, b in paragraphs if (m := _ARROW.match(text, a, b)) is not None]
    return _joined(text, lines, paragraphs)


def _further(text: str, at: int) -> bool:
    """Whether the line of a paragraph begins two spaces or a tab further in."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin : begin + 24]
    margin = line[: len(line) - len(line.lstrip(" \t\xa0"))]
    return "\t" in margin or len(margin) > 1


def _indented(text: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    """Paragraphs that are further in than the one before them, which ends with a colon."""
    out: list[tuple[int, int, int]] = []
    led = False
    for n, (a, b) in enumerate(paragraphs):
        further = _further(text, a)
        before = text[slice(*paragraphs[n - 1])].rstrip() if n else ""
        if not further:
            led = False
        elif before.endswith(":") and not _further(text, paragraphs[n - 1][0]):
            led = True
        words = text[a:b].split()
        start = a + len(text[a:b]) - len(text[a:b].lstrip())
        if further and led and len(words) >= _LEAST and text[start].isalpha() and not _MARKS & set(text[a:b]):
            out.append((a, b, start))
        else:
            led = False
    return _joined(text, out, paragraphs)


def _joined(text: str, lines: Sequence[tuple[int, int, int]], paragraphs: Sequence[Span]) -> list[Stretch]:
    """A stretch a line; each goes on where the next paragraph is one too."""
    number = {a: n for n, (a, _) in enumerate(paragraphs)}
    out = []
    for i, (a, b, start) in enumerate(lines):
        following = number[a] + 1
        while following < len(paragraphs) and not text[slice(*paragraphs[following])].strip("> \t\r\n"):
            following += 1  # a line that has nothing but the sign
        after = i + 1 < len(lines) and number[lines[i + 1][0]] == following
        last = a + len(text[a:b].rstrip())
        out.append(Stretch(a, start, last, last, BLOCK, True, 0, after))
    return out


def signed(text: str, at: int) -> Span | None:
    """The name behind a dash in the line after a block: who says it."""
    found = _SIGNED.match(text, at)
    if found is None or not found.group(1)[:1].isupper() or len(found.group(1).split()) > 6:
        return None
    return found.start(1), found.start(1) + len(found.group(1).rstrip())
