"""Noun phrases: what of a sentence may be the words for a person or a body."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from inchorus.quote.language import Language
from inchorus.quote.tokens import POINT, QUOTED, WORD, Token

Span = tuple[int, int]  # half-open range of tokens
LONGEST = 24  # tokens that a speaker may have
COMMAS = frozenset(",،、")
INSIDE = frozenset("&'’/.#@")


def capital(token: Token) -> bool:
    """Whether a word begins with a capital, or is of a script that has none."""
    first = token.text[:1]
    return token.kind == WORD and (first.isupper() or (first.isalpha() and not first.islower()))


def with_name(t: Sequence[Token], span: Span, of: Language) -> Span:
    """A phrase for a person with the name that a comma parts from it: "the mayor, Ada Ash,"."""
    first, end = span
    owned = t[first].low.endswith(("'s", "’s"))
    if (t[first].low not in of.determiners and not owned) or end + 2 >= len(t) or t[end].text not in COMMAS:
        return span
    if any(capital(a) and capital(b) for a, b in pairwise(t[first:end])):
        return span  # it has one
    k = end + 1
    while k < len(t) and capital(t[k]) and t[k].low not in of.determiners | of.times and k - end < 6:
        k += 1
    closes = k >= len(t) or t[k].kind != WORD
    return (first, k) if k - end > 2 and closes else span


def skipped(token: Token, of: Language) -> bool:
    """Whether a word may stand between a subject and its verb; Kelly and Reilly are names, and end like adverbs."""
    return of.skipped(token.low) and not (capital(token) and token.low not in of.adverbs | of.auxiliaries)


def begins(token: Token, of: Language) -> bool:
    """Whether a phrase for a person or a body may begin with a word."""
    return token.kind == WORD and (capital(token) or token.low in of.determiners or token.low in of.pronouns)


def phrase_before(t: Sequence[Token], end: int, low: int, of: Language) -> Span | None:
    """The noun phrase that ends before token `end`."""
    if end <= low:
        return None
    last = t[end - 1]
    if last.kind != WORD and last.text not in INSIDE:
        return None
    if last.low in of.pronouns and last.low not in of.determiners:
        return (end - 1, end)
    k = end
    while k > low and end - k < LONGEST:
        token = t[k - 1]
        if token.kind == QUOTED:
            break
        if token.kind == POINT:
            if token.text in INSIDE and k - 1 > low:
                k -= 1
                continue
            break
        if token.low in of.inside and k - 1 > low and k < end:
            before_it = t[k - 2]
            if before_it.kind == WORD and noun(before_it, of) and not _starts(t, k - 2, low, of):
                k -= 1
                continue
        if (
            token.low in of.prepositions
            or token.low in of.conjunctions
            or (token.low in of.relatives and token.low not in of.determiners)
            or token.low in of.saying
            or (token.low in of.that and token.low not in of.determiners)
            or (token.low in of.auxiliaries and not capital(token))
            or (token.low in of.pronouns and token.low not in of.determiners)
        ):
            break
        k -= 1
    return trimmed(t, k, end, low, of)


def described(t: Sequence[Token], k: int, high: int, of: Language) -> bool:
    """Whether a name soon follows words that describe it: "conservative activist Ada Ash"."""
    for i in range(k, min(high, k + 5)):
        if t[i].kind != WORD or not noun(t[i], of):
            return False
        if capital(t[i]):
            return t[i].low not in of.times
    return False


def noun(token: Token, of: Language) -> bool:
    """Whether a word may be one of a noun phrase, and is of no small kind."""
    low = token.low
    return not (
        low in of.prepositions or low in of.conjunctions or low in of.saying or low in of.auxiliaries
        or low in of.pronouns or low in of.adverbs or low in of.naming or low in of.determiners
    )  # fmt: skip


def _starts(t: Sequence[Token], at: int, low: int, of: Language) -> bool:
    """Whether the words before belong to a phrase that begins with a preposition and stands before the subject."""
    k = at
    while k > low and t[k].kind == WORD and at - k < 4:
        k -= 1
        if t[k].low in of.prepositions and t[k].low not in of.inside:
            return True
    return False


def trimmed(t: Sequence[Token], first: int, end: int, low: int, of: Language) -> Span | None:
    """Without what belongs to the sentence and not to the phrase; after a preposition only the name at the end."""
    if first > low and t[first - 1].low in of.prepositions and t[first - 1].kind == WORD:
        k = end
        while k > first and capital(t[k - 1]) and t[k - 1].low not in of.times:
            k -= 1
        if k > first and k < end and not of.capital_nouns:
            first = k
    while first < end and (
        t[first].kind != WORD
        or t[first].low in of.times
        or (t[first].low in of.adverbs and not (capital(t[first]) and first > low))
        or t[first].low in of.conjunctions
        or (bool(of.adverb_endings) and t[first].low.endswith(of.adverb_endings) and not capital(t[first]))
    ):
        first += 1
    if (
        first < end
        and not begins(t[first], of)
        and not (of.capital_nouns or first == low or described(t, first, end, of))
    ):
        k = first
        while k < end and not (t[k].low in of.determiners or capital(t[k])):
            k += 1
        first = k if k < end else first
    while end > first and (t[end - 1].kind != WORD or t[end - 1].low in of.times or t[end - 1].low in of.inside):
        end -= 1
    if first >= end:
        return None
    if not any(capital(w) or w.low in of.pronouns or w.low in of.determiners for w in t[first:end]):
        return (first, end) if end - first <= 4 and not of.capital_nouns and not t[first].low[0].isdigit() else None
    return (first, end)
