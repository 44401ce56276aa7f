"""Who stands beside a quotation without a word of saying: a colon, brackets, a verb that no list has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from inchorus.quote.attributed import LINKS, Attribution, inner_end, plain
from inchorus.quote.clause import clause_subject, opening_subject, source
from inchorus.quote.language import Language
from inchorus.quote.nominative import thing
from inchorus.quote.phrases import Span, capital
from inchorus.quote.speakers import after, before
from inchorus.quote.tokens import POINT, TERMINAL, WORD, Token


def beside(t: Sequence[Token], k: int, low: int, of: Language) -> Attribution | None:
    """A phrase right before the quotation and nothing else: "…, and the mayor, Ada Ash: “…”", "Ada Ash (“…!”)"."""
    if k <= low:
        return None
    speaker = None
    if t[k - 1].text == ":":
        speaker = _alone_before(t, k - 1, low, of)
    elif t[k - 1].text == "(" and k + 1 < len(t) and t[k + 1].text == ")" and inner_end(t[k]) in TERMINAL:
        speaker = before(t, k - 1, low, of)
        if speaker is not None and (speaker[1] != k - 1 or not any(capital(w) for w in t[slice(*speaker)])):
            speaker = None
    return None if speaker is None else Attribution((k - 1, k), speaker, True)


def _alone_before(t: Sequence[Token], colon: int, low: int, of: Language) -> Span | None:
    """A phrase that is all that stands before a colon since the last comma: "…, and the mayor, Ada Ash: “…”"."""
    first = next((i + 1 for i in range(colon - 1, low - 1, -1) if t[i].kind != WORD), low)
    while first < colon and t[first].low in of.joining:
        first += 1
    if first >= colon or not (capital(t[first]) or t[first].low in of.determiners) or t[first].low in of.oblique:
        return None
    found = before(t, colon, first, of)
    names = found is not None and any(
        capital(a) and capital(b) and a.low not in of.determiners for a, b in pairwise(t[slice(*found)])
    )
    return found if found == (first, colon) and names and capital(t[colon - 1]) else None


def unsaid(
    t: Sequence[Token], k: int, low: int, left: int, right: int, of: Language, linked: bool
) -> Attribution | None:
    """A speaker beside the quotation whose word of saying is not in the lists: "Ash fumed", "Ash sees it calmly:"."""
    i = k + 1
    while i < right and t[i].text in LINKS:
        i += 1
    lowered = i < right and not (of.capital_nouns and i == k + 1 and t[k].text.rstrip("“”«»\"'")[-1:] in "?!…")
    if (
        linked
        and lowered
        and i + 1 < right
        and t[i].kind == WORD
        and t[i].low not in of.conjunctions | of.prepositions | of.relatives
    ):
        verb_first = not capital(t[i]) and t[i].low not in of.determiners | of.pronouns
        if not verb_first:
            speaker = after(t, i - 1, right, of)
        elif of.subject == "both" and (k == low or t[i + 1].low in of.determiners) and not of.skipped(t[i].low):
            speaker = clause_subject(t, i, i, right, of)
        else:
            speaker = after(t, i, right, of) if capital(t[i + 1]) else None
        if speaker is not None and (speaker[1] < right or verb_first):
            verb = (i, i + 1) if verb_first else (speaker[1], speaker[1] + 1)
            said = t[verb[0]]
            return Attribution(verb, speaker, True) if plain(said, of) and not capital(said) else None
    reported = any(w.low in of.subjunctives for w in t[low:right])
    comma = next((j for j in range(right - 1, k, -1) if t[j].text == ","), right) if reported else right
    if comma + 2 < right and plain(t[comma + 1], of) and not capital(t[comma + 1]) and not of.skipped(t[comma + 1].low):
        speaker = after(t, comma + 1, right, of)
        opens = speaker is not None and (capital(t[speaker[0]]) or t[speaker[0]].low in of.determiners - of.oblique)
        if opens and speaker is not None and speaker[1] >= right - 1 and t[comma + 1].low not in of.subjunctives:
            return Attribution((comma + 1, comma + 2), speaker, False)  # "… lasse sich „nichts“ bauen, findet Ash."
    if k > left and t[k - 1].text == ":":
        if any(w.low in of.subjunctives for w in t[left:k]):
            return None  # reported already: whoever is said to say the sentences before
        speaker = source(t, left, k - 1, of) or opening_subject(t, left, k - 1, of)
        if speaker is not None and of.subject == "both" and thing(t, speaker, of):
            return None  # "Sein Fazit: …": whoever spoke before
        if speaker is not None:
            return Attribution((k - 1, k), speaker, True)
    first = left
    while first < k and (t[first].low in of.conjunctions or t[first].kind == POINT):
        first += 1
    if first < k and t[first].low in of.views:
        speaker = after(t, first, k, of)
        verbs = of.auxiliaries | of.subjunctives | of.view_verbs
        if speaker is not None and any(w.low in verbs for w in t[speaker[1] : min(speaker[1] + 2, k)]):
            return Attribution((first, first + 1), speaker, False)
    return None
