"""Speech that dashes mark, as French, Spanish and Russian print it: “— It is safe, — said Ash. — Nobody pays”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inchorus.quote.language import Language
from inchorus.quote.marks import Stretch

_BEGINS = re.compile(r"\s*([—–―]|-(?=\s))\s*(?=[\w¿¡«“\"…])")
_SOON = 3  # words of the narrator among which the word of saying is
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def turns(text: str, paragraphs: Sequence[tuple[int, int]], of: Language) -> list[Stretch]:
    """The stretches of speech in paragraphs that begin with a dash and in which a narrator says who speaks.

    A list with dashes has no narrator, and gives none.

    >>> from inchorus.quote.language import language
    >>> text = "—El puente es seguro —dijo Ada Fresno—. Nadie pagará dos veces."
    >>> [text[s.start : s.end] for s in turns(text, [(0, len(text))], language("es"))]
    ['El puente es seguro', 'Nadie pagará dos veces.']
    """
    if not of.dialogue:
        return []
    found: list[Stretch] = []
    for begin, end in paragraphs:
        first = _BEGINS.match(text, begin, end)
        if first is not None:
            found += _of_paragraph(text, first.start(1), first.end(), end, first.group(1), of)
    return found


def _of_paragraph(text: str, dash: int, begin: int, end: int, mark: str, of: Language) -> list[Stretch]:
    parts = _parts(text, begin, end, mark)
    if len(parts) == 1:
        stop = _narrator(text, begin, end, of)
        return [] if stop is None else [_stretch(text, dash, begin, stop, mark)]
    if not _narrated(text, *parts[1], of):
        return []
    return [
        _stretch(text, dash if a == begin else a, a, b, mark)
        for n, (a, b) in enumerate(parts)
        if n % 2 == 0 and any(c.isalpha() for c in text[a:b])
    ]


def _parts(text: str, begin: int, end: int, mark: str) -> list[tuple[int, int]]:
    """What dashes part, without the points behind a dash: "— dijo Ash —. Nadie"."""
    out = []
    at = begin
    for found in re.finditer(rf"(?:(?<=\s){re.escape(mark)}|{re.escape(mark)}(?=[\s.,;:]))[.,;:]?\s*", text[begin:end]):
        out.append((at, begin + found.start()))
        at = begin + found.end()
    out.append((at, end))
    return out


def _narrated(text: str, begin: int, end: int, of: Language) -> bool:
    """Whether a part begins with a word of saying, or soon has one."""
    words = [w.group().lower() for w in _WORD.finditer(text, begin, end)][:_SOON]
    return any(_says(word, of) for word in words)


def _says(word: str, of: Language) -> bool:
    clitic = next((c for c in of.clitics if word.endswith(c)), "")
    return word[: len(word) - len(clitic)] in of.saying


def _narrator(text: str, begin: int, end: int, of: Language) -> int | None:
    """Where speech ends that only a comma or a mark parts from its narrator, as in French."""
    for found in re.finditer(r"[,!?…]\s+(?=[^\W\d_])", text[begin:end]):
        word = _WORD.match(text, begin + found.end(), end)
        if word is not None and word.group()[0].islower() and _says(word.group().lower(), of):
            return begin + found.start() + (found.group()[0] != ",")
    return None


def _stretch(text: str, opens: int, start: int, end: int, mark: str) -> Stretch:
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Stretch(opens, start, end, end, mark, True, 0)
