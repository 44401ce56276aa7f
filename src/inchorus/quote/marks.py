"""Stretches of text between quotation marks, in every common style of marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from inchorus.quote.paragraphs import paragraphs

# What may close a stretch, by what opened it. Sloppy pairs are common: “so" and „so".
PAIRS = {
    '"': '"”', "“": '”"“', "”": "”", "„": '“”"', "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "‘": "’'", "’": "’", "‚": "‘’'", "'": "'’", "``": ("''", '"'), "''": ("''",), "「": "」", "『": "』", "〝": "〟〞",
    "＂": "＂", "﹁": "﹂", "﹃": "﹄",
}  # fmt: skip
SINGLE = frozenset("‘’‚'‹›")
_SAME = frozenset("\"”»'’›＂")  # open and close alike
_ALWAYS = frozenset("“„‟«‘‚‹「『〝﹁﹃")  # open wherever nothing waits for them
_NEVER = frozenset("”’")  # opens only in documents that have no other mark of its kind to open with
_ANY = re.compile(  # what it looks ahead for first is for speed
    r"(?=[\"'<`\u2018-\u201f«»‹›「」『』〝〟〞＂﹁﹂﹃﹄])(?:<[A-Za-z/!][^<>]{0,2000}>|``|''"
    r"|[\"“”„‟«»‹›「」『』〝〟〞＂﹁﹂﹃﹄]|(?<![^\W_])['‘’‚]|['’‘](?![^\W_]))"
)
_OPENS_AFTER = frozenset("([{-–—/:;,.…¿¡¬=>|*_~")
_INCHES = re.compile(r"\d['’′]\s?\d{0,2}(?:[½¼¾]|\s?\d/\d)?\Z")
_MOST = 12  # paragraphs that one quotation may go over without a mark at the beginning of each


class Stretch(NamedTuple):
    """What stands between two marks: `start` and `end` are its code points without the marks.

    `opens` and `closes` are the code points of the marks, half-open around all of it; `mark` is the opening one.
    `closed` is False where the paragraph ends without a closing mark, `goes_on` is True where the next one takes it up.
    """

    opens: int
    start: int
    end: int
    closes: int
    mark: str
    closed: bool
    depth: int
    goes_on: bool = False


class _Open(NamedTuple):
    mark: str
    at: int
    start: int


def stretches(text: str) -> list[Stretch]:
    """All stretches between marks, by where they begin; nested ones have a greater depth.

    >>> text = "He said “not me” and left the 12'' pipe."
    >>> [text[s.start : s.end] for s in stretches(text)]
    ['not me']
    """
    found: list[Stretch] = []
    swedish = not any(mark in text for mark in "“„«‟")  # ”so” has the closing mark on both sides
    waiting: _Open | None = None  # goes on from the paragraph before
    spans = paragraphs(text)
    ahead = 0
    for number, (begin, end) in enumerate(spans):
        marks = _marks(text, begin, end)
        stack: list[_Open] = []
        if waiting is not None:
            first = _first(text, begin, end)
            if marks and marks[0].start() == first and _waits_for(waiting.mark, marks[0].group()):
                stack = [_Open(waiting.mark, first, marks[0].end())]
                marks = marks[1:]
            else:
                stack = [_Open(waiting.mark, begin, begin)]
        _pair(text, begin, end, marks, stack, swedish, found)
        waiting = None
        if stack:
            bottom = stack[0]
            taken = _taken_up(text, spans, number, bottom.mark, swedish)
            ahead = ahead + 1 if taken else 0
            last = end - (len(text[begin:end]) - len(text[begin:end].rstrip()))
            if taken and ahead <= _MOST:
                waiting = bottom
            found.append(
                Stretch(
                    bottom.at, bottom.start, max(last, bottom.start), last, bottom.mark, False, 0, waiting is not None
                )
            )
    found.sort(key=lambda s: (s.opens, -s.closes))
    return found


def _marks(text: str, begin: int, end: int) -> list[re.Match[str]]:
    return [m for m in _ANY.finditer(text, begin, end) if not (m.group()[0] == "<" and len(m.group()) > 1)]


def _first(text: str, begin: int, end: int) -> int:
    while begin < end and text[begin].isspace():
        begin += 1
    return begin


def _waits_for(mark: str, seen: str) -> bool:
    """Whether a paragraph that begins with `seen` goes on with what `mark` opened; French has » there too."""
    return seen == mark or (mark == "«" and seen == "»")


def _taken_up(text: str, spans: list[tuple[int, int]], number: int, mark: str, swedish: bool) -> bool:
    """Whether the paragraphs after go on with what is open: the next begins with the mark, or one soon closes it."""
    for ahead, (begin, end) in enumerate(spans[number + 1 : number + 1 + _MOST]):
        marks = [m for m in _marks(text, begin, end) if (m.group()[0] in SINGLE) == (mark[0] in SINGLE)]
        if not marks:
            if mark in SINGLE:
                return False
            continue
        first = marks[0]
        if ahead == 0 and first.start() == _first(text, begin, end) and _waits_for(mark, first.group()):
            return True
        if mark in SINGLE or ahead > 3:
            return False
        return first.group() in PAIRS[mark] and _side(text, first) == "closes"
    return False


def _pair(
    text: str, begin: int, end: int, marks: list[re.Match[str]], stack: list[_Open], swedish: bool, out: list[Stretch]
) -> None:
    """Go through the marks of a paragraph; what stays open is left on the stack."""
    for i, m in enumerate(marks):
        mark, at = m.group(), m.start()
        side = _side(text, m)
        if _no_mark(text, begin, marks, i, mark, stack):
            continue
        level = next((n for n in range(len(stack) - 1, -1, -1) if mark in PAIRS[stack[n].mark]), None)
        if level is not None and side != "opens":
            level_mark = stack[level]
            if mark in SINGLE and level < len(stack) - 1:
                continue
            del stack[level:]
            out.append(Stretch(level_mark.at, level_mark.start, at, m.end(), level_mark.mark, True, level))
            continue
        if level is not None and side == "opens" and mark in _ALWAYS and stack[-1].mark in "„‚»›":
            # German “ closes though a word follows without a space.
            level_mark = stack[level]
            del stack[level:]
            out.append(Stretch(level_mark.at, level_mark.start, at, m.end(), level_mark.mark, True, level))
            continue
        if mark not in PAIRS or side == "closes" or (mark in _NEVER and not (swedish and mark == "”")):
            continue
        if level is not None and mark in _SAME:
            del stack[level:]  # the one before was never closed
        stack.append(_Open(mark, at, m.end()))


def _side(text: str, m: re.Match[str]) -> str:
    """Whether a mark looks as if it `opens`, `closes` or may do either, by what stands beside it."""
    mark = m.group()
    before = text[m.start() - 1] if m.start() else " "
    after = text[m.end()] if m.end() < len(text) else " "
    if mark in "「『〝﹁﹃":
        return "opens"
    if mark in "」』〟〞﹂﹄":
        return "closes"
    left = before.isspace() or before in _OPENS_AFTER or before in PAIRS
    right = after.isspace() or after in ".,;:!?…)]}-–—،؛؟。，、”’»"
    if mark in "«»":
        return "either"
    if before.isspace() and not after.isspace():
        return "opens"
    if after.isspace() and not before.isspace():
        return "closes"
    if left and not right:
        return "opens" if mark not in "”’" else "either"
    if right and not left:
        return "closes"
    if mark in _ALWAYS and not before.isalnum():
        return "opens"
    return "closes" if mark in "”’" else "either"


def _no_mark(text: str, begin: int, marks: list[re.Match[str]], i: int, mark: str, stack: list[_Open]) -> bool:
    """Whether it is an apostrophe, feet or inches."""
    at = marks[i].start()
    before = text[at - 1] if at > begin else " "
    after = text[marks[i].end() : marks[i].end() + 2] or " "
    if mark in {'"', "”", "''"} and before.isdigit():
        if _INCHES.search(text, max(begin, at - 8), at):
            return True
        if not any(mark in PAIRS[o.mark] for o in stack):
            return True
        rest = [m for m in marks[i + 1 :] if m.group() in {'"', "”", "''"}]
        return bool(after[0] in " -" and after[1:].islower() and rest and _side(text, rest[0]) == "closes")
    if mark in {"'", "’"}:
        waits = any(mark in PAIRS[o.mark] for o in stack)
        if not waits:
            return mark == "’" or before.isalnum() or not after[0].isalnum() or after[0].isdigit()
        if before.isdigit() and after[0].isspace() is False and after[0].isdigit():
            return True
        if before in "sSzZxX" and after[0] == " " and after[1:].isalpha():
            # The boys' room: the mark that closes comes later.
            later = [m for m in marks[i + 1 :] if m.group() in {"'", "’", "‘"}]
            return bool(later and _side(text, later[0]) == "closes" and later[0].group() != "‘")
        if before.isspace():
            return True  # 'tis, ’90s
    return False
