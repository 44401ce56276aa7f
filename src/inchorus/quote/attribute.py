"""Whose a quotation is: the word of saying beside it, and the speaker beside that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inchorus.quote.attributed import LINKS, Attribution, inner_end, plain
from inchorus.quote.beside import beside, unsaid
from inchorus.quote.clause import clause_subject, closes_clause, opening_subject
from inchorus.quote.cues import ALONE, BY, FAR, NAMING, POSTPOSED, SAYING, WORDED, Cue, cues
from inchorus.quote.language import Language
from inchorus.quote.phrases import Span, capital, skipped
from inchorus.quote.speakers import after
from inchorus.quote.subject import subject, whom
from inchorus.quote.tokens import QUOTED, WORD, Token

_FIRST = re.compile(r"\W{0,3}(\w+)")
_ASIDES = 2  # that may stand between a word of saying and its subject
_OPEN_ENDS = frozenset(",،?!…-–—؟")


def attribution(t: Sequence[Token], k: int, low: int, high: int, of: Language) -> Attribution | None:
    """Whose the quotation at token `k` is, told in its sentence, which goes from token `low` to `high`."""
    last = inner_end(t[k])
    right_end = next((i for i in range(k + 1, high) if t[i].kind == QUOTED), high)
    left_end = next((i + 1 for i in range(k - 1, low - 1, -1) if t[i].kind == QUOTED), low)
    follows = t[k + 1] if k + 1 < right_end else None
    if of.capital_nouns and last in "?!…" and (follows is None or capital(follows)):
        last = "."  # the quotation ends its sentence: a verb after it would be before its subject
    parted = k + 1 < right_end and t[k + 1].text in LINKS
    linked = last in _OPEN_ENDS or parted
    phrase = beside(t, k, low, of)
    if phrase is not None:
        return phrase
    right = _right(t, k, low, right_end, of, linked, last == ".")
    left = _left(t, k, left_end, of, low)
    if left is not None and left.speaker is None:
        left = left._replace(speaker=_after_first_field(t, k, low, right_end, of))
    if left is None and left_end > low:
        left = _left(t, left_end - 1, low, of, low)  # said of an earlier quotation in the sentence, and of this one
        left = None if left is None else left._replace(near=False)
    if left is not None and _names_it(t, left, k, of):
        return left
    if right is not None and right.near:
        return right
    if left is not None and left.near:
        return left
    return (
        left
        or right
        or unsaid(t, k, low, left_end, right_end, of, linked and (last != "." or (parted and of.subject == "both")))
    )


def _after_first_field(t: Sequence[Token], k: int, low: int, high: int, of: Language) -> Span | None:
    """The subject behind the verb, where the verb comes second and the quotation is part of what stands before it."""
    if of.subject != "both" or k + 2 >= high or not plain(t[k + 1], of) or capital(t[k + 1]):
        return None
    return clause_subject(t, k + 1, k + 1, high, of)  # "Mit den Worten „…“ verließ Ash den Saal"


def _names_it(t: Sequence[Token], told: Attribution, k: int, of: Language) -> bool:
    """Whether the quotation is the object of a word of naming in its clause: what follows a comma is another clause."""
    at = told.cue[0]
    return of.subject == "both" and t[at].low in of.naming and not any(w.kind != WORD for w in t[at + 1 : k])


def _right(
    t: Sequence[Token], k: int, low: int, high: int, of: Language, linked: bool, ended: bool
) -> Attribution | None:
    i = k + 1
    while i < high and t[i].text in LINKS:
        i += 1
    if i >= high:
        return None
    naming = of.subject == "both"  # "als „Erfolg“ bezeichnete"
    found = next((c for c in cues(t, i, min(high, i + FAR), of) if naming or c.kind != NAMING), None)
    if found is None:
        return None
    told = _as_told(t, i, high, of, linked)
    if told is not None:
        return told
    if t[i].low in of.conjunctions and found.first > i:
        return _closing(t, found, high, of)
    j = found.first - 1
    while j >= i and t[j].kind == WORD and skipped(t[j], of):
        j -= 1
    if found.kind == BY or (j < i and found.kind in {SAYING, NAMING, WORDED}):
        apart = t[found.first - 1].text in LINKS
        if found.kind == WORDED:
            return Attribution((found.first, found.end), opening_subject(t, i, high, of), True)
        if of.subject == "both" and found.kind != BY and found.first == k + 1 and _closes(t, found, high, of):
            return Attribution((found.first, found.end), clause_subject(t, found.first, low, high, of), True)
        speaker = subject(t, found, i, high, of) if found.kind == BY else after(t, found.end - 1, high, of)
        speaker = whom(t, found, speaker, high, of) or speaker
        small = speaker is not None and all(w.low in of.determiners | of.times for w in t[slice(*speaker)])
        if (speaker is None or small) and linked and found.kind == SAYING:
            speaker = _past_aside(t, found.end, high, of) or speaker
        if speaker is None and of.subject == "both" and found.kind != BY:
            speaker = clause_subject(t, found.first, found.first, high, of)
        if found.kind == BY and (speaker is None or (found.first - i > 2 and not (apart and of.subject == "both"))):
            return None
        if found.kind == BY and found.first - i > 2:
            return Attribution((found.first, found.end), speaker, False)
        if speaker is None and not linked:
            return None
        near = linked or found.kind == BY
        return Attribution((found.first, found.end), speaker, near)
    closing = _closing(t, found, high, of)
    if closing is not None:
        return closing
    speaker = subject(t, found, i, high, of) if found.kind != ALONE else None
    if found.kind == POSTPOSED:
        return Attribution((found.first, found.end), speaker, True) if speaker and speaker[0] - i < 3 else None
    if linked and t[i].kind == WORD and (speaker is None or speaker[0] > i):
        speaker = after(t, i - 1, found.first, of) or speaker  # much is said of who said it
    if speaker is None or speaker[0] - i > 4 or any(not plain(w, of) for w in t[i : speaker[0]]):
        return None
    if ended and not linked:
        return Attribution((found.first, found.end), speaker, False) if high - found.end <= 1 else None
    return Attribution((found.first, found.end), speaker, linked)


def _as_told(t: Sequence[Token], low: int, high: int, of: Language, linked: bool) -> Attribution | None:
    """A clause that says who says what stands before it: "…, wie die Anwältin Ada Ash mitteilte"."""
    for k in range(low, high):
        if t[k].low not in of.as_told or not k or t[k - 1].text not in LINKS:
            continue
        cue = next((c for c in cues(t, k + 1, high, of) if closes_clause(t, c.first, high, of)), None)
        if cue is not None and cue.kind == SAYING:
            speaker = clause_subject(t, cue.first, low, high, of)
            if speaker is not None:
                return Attribution((cue.first, cue.end), speaker, linked and k == low)
    return None


def _aside(t: Sequence[Token], cue: Cue, k: int, of: Language) -> bool:
    """Whether somebody is only said to speak: "those who spoke “did not …”", "hear what they have to say to “…”"."""
    if of.subject != "before" or cue.first == 0 or t[k - 1].text in {":", ","}:
        return False
    word = t[cue.first - 1].low
    goes_on = _FIRST.match(t[k].text) if k < len(t) and t[k].kind == QUOTED else None
    predicate = goes_on is not None and goes_on.group(1) in of.auxiliaries
    return (word in of.relatives and predicate) or (word in of.infinitives and k - cue.end > 1)


def _closing(t: Sequence[Token], cue: Cue, high: int, of: Language) -> Attribution | None:
    """A word of saying behind a comma, its subject behind it: "„…“ nennen, sagte Ash"."""
    if of.subject != "both" or cue.kind != SAYING:
        return None
    first = next((i for i in range(cue.first - 1, -1, -1) if t[i].kind != WORD), 0)
    if first < cue.first - 1 and t[first].text in LINKS and t[first + 1].low in of.auxiliaries - of.adverbs:
        speaker = after(t, first + 1, cue.first, of)  # "…, hatte Ash damals gesagt"
        if speaker is None or t[speaker[0]].low in of.oblique or not closes_clause(t, cue.first, high, of):
            return None
        return Attribution((cue.first, cue.end), speaker, False)
    if t[cue.first - 1].text not in LINKS:
        return None
    speaker = after(t, cue.end - 1, high, of) or clause_subject(t, cue.first, cue.first, high, of)
    return None if speaker is None else Attribution((cue.first, cue.end), speaker, False)


def _past_aside(t: Sequence[Token], first: int, high: int, of: Language) -> Span | None:
    """The subject behind where and when it was said: "escribió ayer en Twitter la diputada Ana Fresno"."""
    if not of.inverted:
        return None
    at = first
    for _ in range(_ASIDES):
        at = _aside_end(t, at, high, of)
    found = after(t, at - 1, high, of) if first < at < high else None
    return found if found is not None and any(capital(w) or w.low in of.determiners for w in t[slice(*found)]) else None


def _aside_end(t: Sequence[Token], at: int, high: int, of: Language) -> int:
    """Where a time or a phrase with a preposition ends that begins at a token, with the commas around it."""
    k = at + 1 if at < high and t[at].text in {",", "،"} else at
    if k + 1 >= high:
        return at
    if t[k].low in of.times or (t[k].low in of.determiners and t[k + 1].low in of.times):
        k += 1 if t[k].low in of.times else 2
    elif t[k].low in of.prepositions:
        k += 2 if t[k + 1].low in of.determiners else 1
        last = k + 3
        while k < min(high, last) and t[k].kind == WORD and t[k].low not in of.determiners | of.that | of.relatives:
            k += 1
    else:
        return at
    return k + 1 if k < high and t[k].text in {",", "،"} else k


def _closes(t: Sequence[Token], cue: Cue, high: int, of: Language) -> bool:
    """Whether a word of saying closes its clause, alone or with an auxiliary."""
    k = cue.end
    while k < high and t[k].kind == WORD and t[k].low in of.auxiliaries:
        k += 1
    return k >= high or t[k].kind != WORD or t[k].low in of.joining


def _left(t: Sequence[Token], k: int, low: int, of: Language, start: int) -> Attribution | None:
    found = cues(t, low, k, of)
    if not found:
        return None
    beside = t[k - 1].text in {":", ",", "،"} if k > low else False
    for cue in sorted(found, key=lambda cue: (not _aside(t, cue, k, of), cue.first), reverse=True):
        speaker = subject(t, cue, start if of.subject == "both" else low, k, of, start)
        if speaker is not None or cue.kind == ALONE:
            near = beside or k - cue.end <= 2
            return Attribution((cue.first, cue.end), speaker, near)
    cue = found[-1]
    if cue.first == start and of.participle_endings and t[cue.first].low.endswith(of.participle_endings):
        speaker = opening_subject(t, k + 1, len(t), of) if k + 1 < len(t) and capital(t[k + 1]) else None
        if speaker is not None:
            return Attribution((cue.first, cue.end), speaker, True)  # "Calling it “a mess”, Senators Ash and Oak …"
    return Attribution((cue.first, cue.end), None, beside or k - cue.end <= 2)
