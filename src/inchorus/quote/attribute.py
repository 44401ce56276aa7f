"""Whose a quotation is: the word of saying beside it, and the speaker beside that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from inchorus.quote.clause import clause_subject, opening_subject, source
from inchorus.quote.language import Language
from inchorus.quote.speakers import Span, after, before, capital, first_subject
from inchorus.quote.tokens import POINT, QUOTED, TERMINAL, WORD, Token

SAYING, NAMING, BY, POSTPOSED, ALONE, WORDED = range(6)
_FAR = 24  # tokens after a quotation in which its word of saying stands
_FIRST = re.compile(r"\W{0,3}(\w+)")
_LINKS = frozenset(",،、-–—―")
_OPEN_ENDS = frozenset(",،?!…-–—؟")


class Cue(NamedTuple):
    """A word or a phrase of saying: tokens `first` to `end`, and what kind it is."""

    first: int
    end: int
    kind: int


class Attribution(NamedTuple):
    """The cue and, where told, the speaker, as ranges of tokens; `near` is False where other words stand between."""

    cue: Span
    speaker: Span | None
    near: bool


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
    for k in range(i + 1, min(len(t), i + _FAR)):
        if t[k].low in parts and (k + 1 >= len(t) or t[k + 1].kind != WORD or t[k + 1].low in of.conjunctions):
            return True
        if t[k].text in TERMINAL:
            break
    return False


def subject(t: Sequence[Token], cue: Cue, low: int, high: int, of: Language, start: int | None = None) -> Span | None:
    """The speaker of a word of saying, between the tokens `low` and `high`; its sentence begins at `start`."""
    start = low if start is None else start
    if cue.kind == BY:
        return after(t, cue.end if cue.end < high and t[cue.end].low in of.of else cue.end - 1, high, of)
    if cue.kind == POSTPOSED:
        return before(t, cue.first, low, of)
    if cue.kind == ALONE:
        return None
    if cue.kind == WORDED:
        return _worded(t, start, high, of)
    if of.subject == "after":
        return after(t, cue.first, high, of) or before(t, cue.first, low, of)
    if t[cue.first].low in of.impersonal:
        for k in range(cue.first - 1, low - 1, -1):
            if t[k].low in of.prepositions:
                found = after(t, k, cue.first, of)
                if found is not None:
                    return found
    if of.subject == "both":
        return clause_subject(t, cue.first, low, high, of) or first_subject(t, start, cue.first, of)
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
    return first_subject(t, start, cue.first, of)


def _worded(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """Who says it "with these words": the subject of the sentence, or whom it quotes."""
    quotes = next((k for k in range(low, high) if t[k].low in of.quoted), None)
    if quotes is not None and not any(w.low in of.passive for w in t[low:quotes]):
        return after(t, quotes, high, of) or opening_subject(t, low, high, of)
    return opening_subject(t, low, high, of)


def _begins_clause(t: Sequence[Token], first: int, low: int, of: Language) -> bool:
    """Whether nothing but a conjunction or an adverb stands before a phrase in its clause."""
    k = first - 1
    while k >= low and t[k].kind == WORD and (t[k].low in of.conjunctions or of.skipped(t[k].low)):
        if t[k].low in of.prepositions:
            return False
        k -= 1
    return k < low or (t[k].kind != WORD and t[k + 1].low not in of.prepositions)


def attribution(t: Sequence[Token], k: int, low: int, high: int, of: Language) -> Attribution | None:
    """Whose the quotation at token `k` is, told in its sentence, which goes from token `low` to `high`."""
    last = _inner_end(t[k])
    right_end = next((i for i in range(k + 1, high) if t[i].kind == QUOTED), high)
    left_end = next((i + 1 for i in range(k - 1, low - 1, -1) if t[i].kind == QUOTED), low)
    follows = t[k + 1] if k + 1 < right_end else None
    if of.capital_nouns and last in "?!…" and (follows is None or capital(follows)):
        last = "."  # the quotation ends its sentence: a verb after it would be before its subject
    linked = last in _OPEN_ENDS or (k + 1 < right_end and t[k + 1].text in _LINKS)
    beside = _beside(t, k, low, of)
    if beside is not None:
        return beside
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
    return left or right or _unsaid(t, k, low, left_end, right_end, of, linked and last != ".")


def _after_first_field(t: Sequence[Token], k: int, low: int, high: int, of: Language) -> Span | None:
    """The subject behind the verb, where the verb comes second and the quotation is part of what stands before it."""
    if of.subject != "both" or k + 2 >= high or not _plain(t[k + 1], of) or capital(t[k + 1]):
        return None
    return clause_subject(t, k + 1, k + 1, high, of)  # "Mit den Worten „…“ verließ Ash den Saal"


def _names_it(t: Sequence[Token], told: Attribution, k: int, of: Language) -> bool:
    """Whether the quotation is the object of a word of naming in its clause: what follows a comma is another clause."""
    at = told.cue[0]
    return of.subject == "both" and t[at].low in of.naming and not any(w.kind != WORD for w in t[at + 1 : k])


def _plain(token: Token, of: Language) -> bool:
    return token.kind == WORD and token.low not in of.conjunctions | of.prepositions | of.relatives | of.pronouns


def _unsaid(
    t: Sequence[Token], k: int, low: int, left: int, right: int, of: Language, linked: bool
) -> Attribution | None:
    """A speaker beside the quotation whose word of saying is not in the lists: "Ash fumed", "Ash sees it calmly:"."""
    i = k + 1
    while i < right and t[i].text in _LINKS:
        i += 1
    lowered = i < right and not (of.capital_nouns and i == k + 1 and t[k].text.rstrip("“”«»\"'")[-1:] in "?!…")
    if (
        linked
        and lowered
        and i + 1 < right
        and t[i].kind == WORD
        and t[i].low not in of.conjunctions | of.prepositions | of.relatives
    ):
        plain = not capital(t[i]) and t[i].low not in of.determiners | of.pronouns
        if not plain:
            speaker = after(t, i - 1, right, of)
        elif of.subject == "both" and k == low:
            speaker = clause_subject(t, i, i, right, of)
        else:
            speaker = after(t, i, right, of) if capital(t[i + 1]) else None
        if speaker is not None and (speaker[1] < right or plain):
            verb = (i, i + 1) if plain else (speaker[1], speaker[1] + 1)
            said = t[verb[0]]
            return Attribution(verb, speaker, True) if _plain(said, of) and not capital(said) else None
    if k > left and t[k - 1].text == ":":
        if any(w.low in of.subjunctives for w in t[left:k]):
            return None  # reported already: whoever is said to say the sentences before
        speaker = source(t, left, k - 1, of) or opening_subject(t, left, k - 1, of)
        if speaker is not None:
            return Attribution((k - 1, k), speaker, True)
    first = left
    while first < k and (t[first].low in of.conjunctions or t[first].kind == POINT):
        first += 1
    if first < k and t[first].low in of.views:
        speaker = after(t, first, k, of)
        if speaker is not None and speaker[1] < k and t[speaker[1]].low in of.auxiliaries | of.subjunctives:
            return Attribution((first, first + 1), speaker, False)
    return None


def _beside(t: Sequence[Token], k: int, low: int, of: Language) -> Attribution | None:
    """A phrase right before the quotation and nothing else: "…, and the mayor, Ada Ash: “…”", "Ada Ash (“…!”)"."""
    if k <= low:
        return None
    speaker = None
    if t[k - 1].text == ":":
        speaker = _alone_before(t, k - 1, low, of)
    elif t[k - 1].text == "(" and k + 1 < len(t) and t[k + 1].text == ")" and _inner_end(t[k]) in TERMINAL:
        speaker = before(t, k - 1, low, of)
        if speaker is not None and (speaker[1] != k - 1 or not any(capital(w) for w in t[slice(*speaker)])):
            speaker = None
    return None if speaker is None else Attribution((k - 1, k), speaker, True)


def _inner_end(token: Token) -> str:
    """The last code point of a quotation without its marks."""
    return token.text.rstrip(" \t\r\n\xa0\u202f”“\"'’»«」』")[-1:]


def _alone_before(t: Sequence[Token], colon: int, low: int, of: Language) -> Span | None:
    """A phrase that is all that stands before a colon since the last comma: "…, and the mayor, Ada Ash: “…”"."""
    first = next((i + 1 for i in range(colon - 1, low - 1, -1) if t[i].kind != WORD), low)
    while first < colon and t[first].low in of.joining:
        first += 1
    if first >= colon or not (capital(t[first]) or t[first].low in of.determiners) or t[first].low in of.oblique:
        return None
    found = before(t, colon, first, of)
    names = found is not None and any(capital(a) and capital(b) for a, b in pairwise(t[slice(*found)]))
    return found if found == (first, colon) and names and capital(t[colon - 1]) else None


def _right(
    t: Sequence[Token], k: int, low: int, high: int, of: Language, linked: bool, ended: bool
) -> Attribution | None:
    i = k + 1
    while i < high and t[i].text in _LINKS:
        i += 1
    if i >= high:
        return None
    naming = of.subject == "both"  # "als „Erfolg“ bezeichnete"
    found = next((c for c in cues(t, i, min(high, i + _FAR), of) if naming or c.kind != NAMING), None)
    if found is None:
        return None
    if t[i].low in of.conjunctions and found.first > i:
        return _closing(t, found, high, of)
    j = found.first - 1
    while j >= i and t[j].kind == WORD and of.skipped(t[j].low):
        j -= 1
    if found.kind == BY or (j < i and found.kind in {SAYING, NAMING, WORDED}):
        apart = t[found.first - 1].text in _LINKS
        if found.kind == WORDED:
            return Attribution((found.first, found.end), opening_subject(t, i, high, of), True)
        if of.subject == "both" and found.kind != BY and found.first == k + 1 and _closes(t, found, high, of):
            return Attribution((found.first, found.end), clause_subject(t, found.first, low, high, of), True)
        speaker = subject(t, found, i, high, of) if found.kind == BY else after(t, found.end - 1, high, of)
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
    if speaker is None or speaker[0] - i > 4 or any(not _plain(w, of) for w in t[i : speaker[0]]):
        return None
    if ended and not linked:
        return Attribution((found.first, found.end), speaker, False) if high - found.end <= 1 else None
    return Attribution((found.first, found.end), speaker, linked)


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
    if of.subject != "both" or cue.kind != SAYING or t[cue.first - 1].text not in _LINKS:
        return None
    speaker = after(t, cue.end - 1, high, of) or clause_subject(t, cue.first, cue.first, high, of)
    return None if speaker is None else Attribution((cue.first, cue.end), speaker, False)


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
