"""The subject of a word of saying: who says it."""

from __future__ import annotations

from collections.abc import Sequence

from inchorus.quote.clause import clause_subject, opening_subject
from inchorus.quote.cues import ALONE, BY, POSTPOSED, WORDED, Cue
from inchorus.quote.language import Language
from inchorus.quote.phrases import Span, noun
from inchorus.quote.speakers import after, before, first_subject
from inchorus.quote.tokens import WORD, Token

_MANY = 6  # words that a phrase without an article may have
_SOON = 2  # small words that a sentence begins with before its word of saying


def subject(t: Sequence[Token], cue: Cue, low: int, high: int, of: Language, start: int | None = None) -> Span | None:
    """The speaker of a word of saying, between the tokens `low` and `high`; its sentence begins at `start`."""
    start = low if start is None else start
    if cue.kind == BY:
        at = cue.end if cue.end < high and t[cue.end].low in of.of else cue.end - 1
        return after(t, at, high, of) or _bare(t, at + 1, high, of)
    if cue.kind == POSTPOSED:
        return before(t, cue.first, low, of)
    if cue.kind == ALONE:
        return None
    if cue.kind == WORDED:
        return _worded(t, start, high, of)
    passive, agent = _passive(t, cue, high, of)
    if passive:
        return agent
    if of.subject == "after":
        return after(t, cue.first, high, of) or before(t, cue.first, low, of)
    if t[cue.first].low in of.impersonal:
        for k in range(cue.first - 1, low - 1, -1):
            if t[k].low in of.prepositions:
                found = after(t, k, cue.first, of)
                if found is not None:
                    return found
    if of.subject == "both":
        found = clause_subject(t, cue.first, low, high, of) or first_subject(t, start, cue.first, of)
        return whom(t, cue, found, high, of) or found
    if of.participle_endings and t[cue.first].low.endswith(of.participle_endings):
        aside = cue.first > low and (
            t[cue.first - 1].kind != WORD or t[cue.first - 1].low in of.conjunctions | of.prepositions
        )
        if aside or cue.first == low:
            return first_subject(t, start, cue.first, of)
    found = before(t, cue.first, low, of)
    if found is not None:
        return found
    if cue.first == low or t[cue.first - 1].kind != WORD:
        return after(t, cue.first, high, of) or first_subject(t, start, cue.first, of)
    opens = cue.first - start <= _SOON  # "Como dijo Ana Fresno, «…»"
    return first_subject(t, start, cue.first, of) or (after(t, cue.first, high, of) if opens else None)


def _bare(t: Sequence[Token], first: int, high: int, of: Language) -> Span | None:
    """A phrase without an article, up to the next point: "según fuentes del ministerio, …"."""
    if not of.bare_sources or first >= high or t[first].kind != WORD or not noun(t[first], of):
        return None
    end = next((k for k in range(first, high) if t[k].kind != WORD), high)
    return (first, end) if end < high and end - first <= _MANY else None


def _passive(t: Sequence[Token], cue: Cue, high: int, of: Language) -> tuple[bool, Span | None]:
    """Whether somebody is spoken of or told, and by whom: "Oak was praised by Ash as “…”"."""
    if cue.first == 0 or of.subject == "both" or t[cue.first - 1].low not in of.passive:
        return False, None
    if cue.end < high and t[cue.end].low in of.agents:
        return True, after(t, cue.end, high, of)
    return False, None


def whom(t: Sequence[Token], cue: Cue, found: Span | None, high: int, of: Language) -> Span | None:
    """Whom somebody quotes: "zitiert die Zeitung den Minister"."""
    if t[cue.first].low not in of.quoted or found is None or found[0] < cue.first or found[1] >= high:
        return None
    return after(t, found[1] - 1, high, of) if t[found[1]].low in of.oblique else None


def _worded(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """Who says it "with these words": the subject of the sentence, or whom it quotes."""
    quotes = next((k for k in range(low, high) if t[k].low in of.quoted), None)
    if quotes is not None and not any(w.low in of.passive for w in t[low:quotes]):
        return after(t, quotes, high, of) or opening_subject(t, low, high, of)
    return opening_subject(t, low, high, of)
