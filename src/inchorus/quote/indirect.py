"""What is said without marks: the clause of a word of saying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from inchorus.quote.cues import ALONE, BY, POSTPOSED, SAYING, Cue, cues
from inchorus.quote.language import Language
from inchorus.quote.phrases import with_name
from inchorus.quote.subject import subject
from inchorus.quote.tokens import POINT, QUOTED, TERMINAL, WORD, Token, sentences

Span = tuple[int, int]
_COMMAS = frozenset(",،")
_LEAST = 2  # words that a clause has
_TAIL = 9  # tokens that may follow a word of saying at the end of a sentence: when and where it was said


class Content(NamedTuple):
    """Spans in code points: what is said, the speaker if the sentence tells, the word of saying."""

    spans: tuple[Span, ...]
    speaker: Span | None
    cue: Span


def contents(text: str, t: Sequence[Token], of: Language, used: set[int]) -> list[Content]:
    """The clauses of words of saying that no direct quotation `used`, over the tokens of a paragraph."""
    out = []
    for low, high in sentences(t, of):
        found = cues(t, low, high, of)
        told = False
        for number, cue in enumerate(found):
            if cue.first in used:
                continue
            following = found[number + 1].first if number + 1 < len(found) else high
            content = _content(t, low, high, cue, following, of)
            if content is not None:
                out.append(content)
                told = True
        if not told and of.subjunctives:
            whole = _mixed(t, low, high, found, of) or _reported(t, low, high, of)
            out += [] if whole is None else [whole]
    return out


def _content(t: Sequence[Token], low: int, high: int, cue: Cue, following: int, of: Language) -> Content | None:
    speaker = subject(t, cue, low, high, of)
    ranges: list[Span]
    end = high - 1 if t[high - 1].text in TERMINAL else high
    if cue.kind == BY:
        if speaker is None:
            return None
        ranges = _around(t, low, cue.first, speaker[1], end)
    elif cue.kind == POSTPOSED:
        if speaker is None:
            return None
        ranges = _around(t, low, speaker[0], cue.end, end)
    elif cue.kind == ALONE:
        ranges = [(cue.end, end)]
    else:
        ranges = _of_verb(t, low, end, cue, following, speaker, of)
    spans = tuple(span for a, b in ranges if (span := _span(t, a, b)) is not None)
    if not spans or sum(b - a for a, b in ranges) < _LEAST:
        return None
    speaker = None if speaker is None else with_name(t, speaker, of)
    who = None if speaker is None else (t[speaker[0]].start, t[speaker[1] - 1].end)
    return Content(spans, who, (t[cue.first].start, t[cue.end - 1].end))


def _mixed(t: Sequence[Token], low: int, high: int, found: Sequence[Cue], of: Language) -> Content | None:
    """A clause of reported speech that has words in marks: "Ash sagte, das sei „eine Schande“"."""
    verbs = [t[i].start for i in range(low, high) if t[i].low in of.subjunctives]
    for number, cue in enumerate(found if verbs else ()):
        following = found[number + 1].first if number + 1 < len(found) else high
        content = _content(t, low, high, cue, following, of)
        if content is None or content.speaker is None:
            continue
        if any(begin <= verb < end for verb in verbs for begin, end in content.spans):
            return content
    return None


def _reported(t: Sequence[Token], low: int, high: int, of: Language) -> Content | None:
    """A sentence in the mood of reported speech, which has no word of saying."""
    verb = next((i for i in range(low, high) if t[i].low in of.subjunctives), None)
    span = None if verb is None else _span(t, low, high)
    return None if verb is None or span is None else Content((span,), None, (t[verb].start, t[verb].end))


def _span(t: Sequence[Token], a: int, b: int) -> Span | None:
    while a < b and t[a].kind == POINT and t[a].text not in "([$£€#@":
        a += 1
    while a < b and t[b - 1].kind == POINT and t[b - 1].text not in ")]%$£€":
        b -= 1
    return (t[a].start, t[b - 1].end) if a < b else None


def _around(t: Sequence[Token], low: int, first: int, last: int, end: int) -> list[Span]:
    """What stands around "according to Ash": what follows where it begins the sentence, else what comes before."""
    if first - low <= 1:
        return [(last, end)]
    rest = [(last, end)] if last < end and t[last].text in _COMMAS and end - last > _TAIL else []
    return [(low, first), *rest]


def _of_verb(
    t: Sequence[Token], low: int, end: int, cue: Cue, following: int, speaker: Span | None, of: Language
) -> list[Span]:
    first = min(cue.first, speaker[0]) if speaker is not None else cue.first
    last = max(cue.end, speaker[1]) if speaker is not None and speaker[0] >= cue.first else cue.end
    behind = _begins(t, last, end, of)
    if cue.kind == SAYING and first > low + 1 and _parenthesis(t, first, behind, end, of):
        if end - last <= _TAIL or t[last].text not in _COMMAS:
            return [(low, first)]
        return [(low, first), (last, end)]
    if cue.kind == SAYING and cue.end < end and t[cue.end].text in TERMINAL:
        return []
    return [(behind, _clause_end(t, behind, end, of))]


def _parenthesis(t: Sequence[Token], first: int, last: int, end: int, of: Language) -> bool:
    """Whether "Ash said" follows a comma and closes the sentence, or is closed by another comma."""
    if t[first - 1].text not in _COMMAS and t[first - 1].kind != QUOTED:
        return False
    if last >= end or t[last].text in _COMMAS:
        return True
    return end - last <= _TAIL and t[last].low in of.prepositions | of.times | of.adverbs


def _begins(t: Sequence[Token], i: int, end: int, of: Language) -> int:
    """Where the clause begins: at the "that" which soon follows, or after whom and when it was said."""
    for k in range(i, min(end, i + 10)):
        if t[k].kind == POINT and t[k].text not in _COMMAS:
            if t[k].text == ":":
                return k + 1
            break
        if t[k].low in of.that:
            return k
    return i


def _clause_end(t: Sequence[Token], i: int, end: int, of: Language) -> int:
    """Where the clause ends: with the sentence, or before another word of saying that a comma sets apart."""
    for k in range(i + 1, end):
        if t[k].text in _COMMAS and k + 1 < end:
            nxt = t[k + 1]
            if (
                nxt.kind == WORD
                and of.participle_endings
                and nxt.low.endswith(of.participle_endings)
                and (nxt.low in of.saying or nxt.low in of.naming)
            ):
                return k
    return end
