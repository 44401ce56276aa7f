"""Who says it: the words for a person or a body beside a word of saying."""

from __future__ import annotations

from collections.abc import Sequence

from inchorus.quote.language import Language
from inchorus.quote.phrases import (
    COMMAS,
    INSIDE,
    LONGEST,
    Span,
    begins,
    capital,
    described,
    noun,
    phrase_before,
    skipped,
    trimmed,
    with_name,
)
from inchorus.quote.tokens import POINT, QUOTED, WORD, Token

_DASHES = frozenset("-–—―")


def _caseless(token: Token) -> bool:
    """Whether a word is of a script without capitals."""
    first = token.text[:1]
    return first.isalpha() and not first.isupper() and not first.islower()


def before(t: Sequence[Token], verb: int, low: int, of: Language) -> Span | None:
    """The subject that ends before the word of saying at `verb`, no further back than `low`."""
    j = verb - 1
    while j >= low and t[j].kind == WORD and skipped(t[j], of):
        j -= 1
    if j < low or t[j].kind == QUOTED:
        return None
    if t[j].kind == WORD and (
        t[j].low in of.conjunctions or (t[j].low in of.relatives and t[j].low not in of.determiners)
    ):
        if t[j].low in of.relatives:
            k = j - 1 if j > low and t[j - 1].text in COMMAS else j
            return phrase_before(t, k, low, of)
        return first_subject(t, low, j, of)
    if t[j].low in of.prepositions and not capital(t[j]):
        return first_subject(t, low, j, of)
    if t[j].text in COMMAS:
        return _before_comma(t, j, low, of)
    if t[j].kind == POINT and t[j].text not in ')_*"”':
        if t[j].text in _DASHES:
            first = next((k for k in range(j - 1, low, -1) if t[k].text in _DASHES or t[k].kind == QUOTED), low)
            aside = first > low and t[first].text in _DASHES  # "Ash — a farmer — said"
            return phrase_before(t, first if aside else j, low, of)
        return None
    if t[j].text == ")":
        k = j
        while k > low and t[k].text != "(":
            k -= 1
        return phrase_before(t, k, low, of)
    return phrase_before(t, j + 1, low, of)


def _before_comma(t: Sequence[Token], comma: int, low: int, of: Language) -> Span | None:
    """The subject that has something said of it in commas: "Ash, a farmer, said"."""
    end = comma
    for _ in range(6):
        k = end - 1
        while k >= low and t[k].text not in COMMAS and t[k].kind != QUOTED:
            k -= 1
        first = k + 1
        if k < low or t[k].kind == QUOTED:
            return None if first >= end or not begins(t[first], of) else phrase_before(t, end, first, of)
        one = end - first == 1
        aside = (
            not capital(t[first])
            or _caseless(t[first])
            or one
            or t[first].low in of.prepositions
            or t[first].low in of.determiners
            or (t[first].low in of.titles and t[first + 1].low in of.prepositions)  # "chairman of the council"
        )
        if not aside:
            return phrase_before(t, end, first, of)
        at = k
        if t[k - 1].text == ")":  # "Ash (R-Pa.), who came late, said"
            at = next((i for i in range(k - 1, low, -1) if t[i].text == "("), k)
        found = phrase_before(t, at, low, of)
        if found is None and t[k - 1].low.isdigit():
            end = k  # "Ada Ash, 31, a farmer, said"
            continue
        if found is None:
            return None
        if capital(t[found[0]]) or t[found[0]].low in of.determiners or t[found[0]].low in of.pronouns:
            lone = found[1] - found[0] == 1 and found[0] > low and t[found[0] - 1].low in of.prepositions
            if not lone:
                return found
        end = k
    return None


def first_subject(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """The subject that a sentence or a clause begins with."""
    if of.subject == "both":
        return _around_verb(t, low, high, of)
    k = low
    while k < high and (t[k].kind == POINT or t[k].low in of.conjunctions or skipped(t[k], of)):
        k += 1
    if k < high and t[k].kind == WORD and (t[k].low in of.prepositions or t[k].low in of.opening_participles):
        while k < high and t[k].text not in COMMAS:
            k += 1
        k += 1
    if k >= high or t[k].kind != WORD:
        return None
    if t[k].low in of.pronouns and t[k].low not in of.determiners:
        return (k, k + 1)
    if not begins(t[k], of):
        return None
    end = k + 1
    if t[k].low in of.determiners:
        end = k + 2 if k + 1 < high and capital(t[k + 1]) else min(high, k + 3)
    while (
        end < high
        and end - k < LONGEST
        and t[end].kind == WORD
        and (capital(t[end]) or (t[end].low in of.inside and end + 1 < high and capital(t[end + 1])))
    ):
        end += 1
    if t[end - 1].low.endswith(("'s", "’s")):  # "Ash's lawyer": whoever is named by somebody else
        while end < high and end - k < LONGEST and t[end].kind == WORD and noun(t[end], of) and not capital(t[end]):
            end += 1
            if end < high and t[end].kind != WORD:
                return with_name(t, (k, end), of)
    return (k, end)


def _around_verb(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """The subject where the verb comes second in a sentence: before it, or after it if something else is first."""
    k = low
    while k < high:
        token = t[k]
        if token.kind != WORD or token.low in of.conjunctions or of.skipped(token.low):
            k += 1
        elif token.low in of.prepositions:
            k += 1
            while k < high and t[k].kind == WORD and not capital(t[k]):
                k += 1
            while k < high and capital(t[k]) and t[k].low not in of.pronouns:
                k += 1
        elif token.low in of.pronouns and token.low not in of.determiners:
            return (k, k + 1)
        elif token.low in of.oblique:
            k += 1
            while k < high and t[k].kind == WORD and not capital(t[k]):
                k += 1
            while k < high and capital(t[k]):
                k += 1
        elif begins(token, of) and token.low not in of.times and not (k == low and _adverbial(t, k, high, of)):
            return after(t, k - 1, high, of) or (k, k + 1)
        else:
            k += 1
    return None


def _adverbial(t: Sequence[Token], k: int, high: int, of: Language) -> bool:
    """Whether a capital is only that of the first word, as a preposition follows that no name is followed by."""
    return capital(t[k]) and t[k].low.endswith(of.adjective_endings) and k + 1 < high and not capital(t[k + 1])


def after(t: Sequence[Token], verb: int, high: int, of: Language) -> Span | None:
    """The subject that stands after the word of saying at `verb`, before token `high`."""
    k = verb + 1
    while k < high and t[k].kind == WORD and skipped(t[k], of) and t[k].low not in of.determiners:
        k += 1
    if k >= high or t[k].kind != WORD:
        return None
    if t[k].low in of.pronouns and t[k].low not in of.determiners:
        return (k, k + 1)
    bare = not of.articles and noun(t[k], of)  # "— asks resident"
    if not begins(t[k], of) and not described(t, k, high, of) and not bare:
        return None
    if t[k].low in of.prepositions or t[k].low in of.that or t[k].low in of.conjunctions:
        return None
    end = k
    while end < high and end - k < LONGEST:
        token = t[end]
        if token.kind == QUOTED:
            break
        if token.kind == POINT:
            if token.text in INSIDE and token.text != "." and end + 1 < high:
                end += 1
                continue
            break
        if token.low in of.inside and end > k and end + 1 < high and t[end + 1].kind == WORD:
            if t[end + 1].low in of.times or t[end + 1].low.isdigit():
                break
            end += 1
            continue
        if (
            of.capital_nouns
            and end > k
            and capital(t[end - 1])
            and t[end - 1].low not in of.determiners
            and not capital(token)
            and token.low not in of.determiners
        ):
            break  # the verb
        if of.genitive and end > k and capital(t[end - 1]) and token.low in of.determiners - of.genitive:
            break  # another phrase
        if end > k and (
            token.low in of.prepositions
            or token.low in of.conjunctions
            or (token.low in of.relatives and token.low not in of.determiners)
            or token.low in of.auxiliaries
            or token.low in of.that
            or token.low in of.times
            or token.low in of.saying
            or token.low in of.adverbs
            or (token.low in of.pronouns and token.low not in of.determiners)
        ):
            break
        end += 1
    return trimmed(t, k, end, k, of)
