"""Words of saying: which words of a sentence say that somebody says something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from inchorus.quote.language import Language
from inchorus.quote.tokens import TERMINAL, WORD, Token

SAYING, NAMING, BY, POSTPOSED, ALONE, WORDED = range(6)
FAR = 24  # tokens after a quotation in which its word of saying stands


class Cue(NamedTuple):
    """A word or a phrase of saying: tokens `first` to `end`, and what kind it is."""

    first: int
    end: int
    kind: int


def cues(t: Sequence[Token], low: int, high: int, of: Language) -> list[Cue]:
    """The words of saying between two tokens, in order."""
    found = []
    i = low
    while i < high:
        token = t[i]
        if token.low in of.begin_cues:
            cue = _cue(t, i, high, of)
            if cue is not None:
                found.append(cue)
                i = cue.end
                continue
        i += 1
    return found


def _cue(t: Sequence[Token], i: int, high: int, of: Language) -> Cue | None:
    low = t[i].low
    after_comma = of.by_after_comma if i and t[i - 1].kind != WORD and t[i - 1].text not in TERMINAL else ()
    for phrases, kind in ((of.by, BY), (after_comma, BY), (of.postposed, POSTPOSED), (of.worded, WORDED)):
        for phrase in phrases:
            n = len(phrase)
            if phrase[0] == low and i + n <= high and all(t[i + k].low == phrase[k] for k in range(n)):
                if kind == BY and i + n < high and t[i + n].low in of.saying:
                    return Cue(i, i + n + 1, SAYING)  # "so said Ash"
                return Cue(i, i + n, kind)
    if i and t[i - 1].kind == WORD and (t[i - 1].low in of.articles or t[i - 1].text.endswith(("'s", "’s"))):
        return None  # a claim, his calls: no verbs
    if i and t[i].text[0].isupper() and t[i - 1].kind == WORD:
        return None  # a noun, or part of a name: United States, the Joint Statement
    if low in of.parted and not _has_part(t, i, of):
        return None
    if low in of.saying:
        return Cue(i, i + 1, SAYING)
    if low in of.naming:
        return Cue(i, i + 1, NAMING)
    if low in of.alone:
        return Cue(i, i + 1, ALONE)
    return None


def _has_part(t: Sequence[Token], i: int, of: Language) -> bool:
    """Whether one of the words follows in the clause without which a verb is none of saying: "gab … an"."""
    parts = of.parted[t[i].low]
    for k in range(i + 1, min(len(t), i + FAR)):
        if t[k].low in parts and (k + 1 >= len(t) or t[k + 1].kind != WORD or t[k + 1].low in of.conjunctions):
            return True
        if t[k].text in TERMINAL:
            break
    return False
