"""A passage as a page shows it: some sentences around it, and long stretches folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from inchorus.text.differences import words

_SENTENCE_END = re.compile(r"[.!?…؟।。！？]+[\"'”’»)\]]*\s+|\n\s*\n|[。！？]")
_SPACE = re.compile(r"\s+")
_LEAST = 60  # characters of context that are kept, even if they are no whole sentence
_ENDLESS = 4000  # characters that are folded even if they are few words
_NEAR = 40  # characters within which a cut looks for a space


def context(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """What stands before and after `text[start:end]`: whole sentences where there are some within `most` characters.

    `…` stands where text is left out.

    >>> context("One. Two is here. A line. Three is here. Four.", 18, 25, 16)
    ('…Two is here. ', ' Three is here. …')
    """
    before, after = text[max(0, start - most) : start], text[end : end + most]
    if start > most:
        before = "…" + before[_opening(before, text[start - most - 1]) :].lstrip()
    if len(text) > end + most:
        after = after[: _closing(after)] + "…"
    return before, after


def folded(pieces: Sequence[tuple[str, str]], whole: int = 0, ends: int = 0) -> list[dict[str, Any]]:
    """Pieces of a wording as dictionaries of `op`, `text` and `folded`; those of more than `whole` words as three.

    `folded` is empty, or says how much a page folds away: the middle of such a piece. By default more than 120 words
    are folded, but for 40 at either end; in a wording of more than 3,000 characters more than 50, but for 16. The
    texts joined are as before, and no accent is parted from its letter.

    >>> [(piece["text"], piece["folded"]) for piece in folded([("same", "one two three four")], whole=3, ends=1)]
    [('one ', ''), ('two three ', '2 words'), ('four', '')]
    """
    out = []
    if not whole:
        whole, ends = (50, 16) if sum(len(text) for _, text in pieces) > 3000 else (120, 40)
    for op, text in pieces:
        first, last, amount = _fold(text, whole, ends)
        out.append({"op": op, "text": text[:first], "folded": ""})
        if amount:
            out.append({"op": op, "text": text[first:last], "folded": amount})
            out.append({"op": op, "text": text[last:], "folded": ""})
    return out


def by_its_ends(text: str) -> list[dict[str, Any]]:
    """A wording that is not compared, as pieces: its beginning and its end; what is folded between has no text."""
    pieces = folded([("same", text)], whole=120, ends=40)
    return [{**piece, "text": "" if piece["folded"] else piece["text"]} for piece in pieces]


def _fold(text: str, whole: int, ends: int) -> tuple[int, int, str]:
    """Where the middle of a text begins and ends that is folded away, and how much that is; all of it and nothing."""
    if len(text) > 2 * whole:
        found = words(text)
        if len(found) > whole:
            return found[ends][0], found[-ends][0], f"{len(found) - 2 * ends:,} words"
        if len(text) > _ENDLESS:
            first, last = _cut_near(text, _ENDLESS // 4), _cut_near(text, len(text) - _ENDLESS // 4)
            return first, last, f"{last - first:,} characters"
    return len(text), len(text), ""


def _opening(before: str, previous: str) -> int:
    """Where to begin: after the first end of a sentence, else after the first space, else at a whole letter."""
    for found in _SENTENCE_END.finditer(before):
        if len(before) - found.end() >= min(_LEAST, len(before) // 2):
            return found.end()
    return 0 if previous.isspace() else _cut_near(before, 0)


def _closing(after: str) -> int:
    ends = [m.end() for m in _SENTENCE_END.finditer(after) if m.end() >= min(_LEAST, len(after) // 2)]
    if ends:
        return ends[-1]
    space = after.rfind(" ", max(0, len(after) - _NEAR))
    return space + 1 if space >= 0 else _whole_letter(after, len(after))


def _cut_near(text: str, place: int) -> int:
    """The first place from `place` on after a space, within 40 characters; else one before a letter, not an accent."""
    if place and text[place - 1].isspace():
        return place
    space = _SPACE.search(text, place, place + _NEAR)
    return space.end() if space else _whole_letter(text, place)


def _whole_letter(text: str, place: int) -> int:
    while place < len(text) and unicodedata.category(text[place])[0] == "M":
        place += 1
    return place
