"""Phrases in the nominative, as far as articles and endings show it: *der Sprecher*, and not *dem Sprecher*."""

from __future__ import annotations

from collections.abc import Sequence

from inchorus.quote.language import Language
from inchorus.quote.phrases import Span, capital
from inchorus.quote.speakers import after
from inchorus.quote.tokens import POINT, WORD, Token

APART = frozenset(",;:،–—―")  # what parts clauses
LIKELY, MAYBE = 2, 1  # how sure the form is that a phrase is a subject


def within(t: Sequence[Token], low: int, high: int, of: Language) -> tuple[Span | None, int]:
    """The first phrase between two tokens that may be a subject, and how sure its form is."""
    k = low
    held: Span | None = None
    while k < high:
        found, sure = nominative(t, k, high, of)
        if found is None:
            break
        if sure == LIKELY or held is None:
            if sure == LIKELY or named(t, found, of) or t[found[0]].low in of.determiners:
                return found, sure
            held = found
        k = found[1]
    return held, MAYBE if held is not None else 0


def nominative(t: Sequence[Token], low: int, high: int, of: Language, begins: bool = False) -> tuple[Span | None, int]:
    """The first phrase whose form may be that of a subject; at the beginning of a sentence few are another case."""
    k = low
    while k < high:
        token = t[k]
        if token.kind != WORD:
            if token.kind == POINT and token.text in APART:
                return None, 0
            k += 1
        elif token.low in of.prepositions and not (capital(token) and k > low):
            k = _past(t, k + 1, high, of)
        elif token.low in of.pronouns and token.low not in of.determiners:
            return (k, k + 1), LIKELY
        elif token.low in of.determiners and alone(t, k, high, of):
            k += 1
        elif token.low in of.determiners:
            sure = _case(t, k, high, of)
            if (
                not sure
                and begins
                and k == low
                and k + 1 < high
                and token.low in of.ambiguous
                and t[k + 1].text.rpartition("-")[2].isupper()
            ):
                sure = MAYBE
            if sure:
                found = after(t, k - 1, high, of)
                return (found, sure) if found is not None else (None, 0)
            k = _past(t, k + 1, high, of)
        elif capital(token) and token.low not in of.times and not of.skipped(token.low) and not (
            k == low and token.low.endswith(of.adjective_endings) and k + 1 < high and not capital(t[k + 1])
        ):  # fmt: skip
            found = after(t, k - 1, high, of)
            if found is not None:
                return found, MAYBE
            k += 1
        else:
            k += 1
    return None, 0


def alone(t: Sequence[Token], k: int, high: int, of: Language) -> bool:
    """Whether a determiner has no noun: a small word and another phrase follow ("Das sieht die Kammer anders")."""
    if k + 2 >= high or t[k + 1].kind != WORD or capital(t[k + 1]):
        return False
    then = t[k + 2]
    return then.low in of.determiners - of.genitive - of.oblique or then.low in of.pronouns - of.determiners


def _past(t: Sequence[Token], k: int, high: int, of: Language) -> int:
    """Past a phrase: its small words and its noun or name."""
    while k < high and t[k].kind == WORD and not capital(t[k]):
        if t[k].low in of.pronouns - of.determiners:
            return k + 1
        k += 1
    while k < high and t[k].kind == WORD and capital(t[k]):
        k += 1
    return k


def _case(t: Sequence[Token], k: int, high: int, of: Language) -> int:
    """How sure a phrase with a determiner is a subject: 0 where the form is another case."""
    word = t[k].low
    if word in of.oblique:
        return 0
    after_it = t[k + 1] if k + 1 < high else None
    if word not in of.ambiguous:
        return MAYBE
    if after_it is None or after_it.kind != WORD:
        return 0
    if not capital(after_it):
        return 0 if after_it.low.endswith(of.oblique_endings) else LIKELY
    noun = after_it.text.rpartition("-")[2]
    feminine = noun.isupper() or noun.lower().endswith(of.feminine_endings)
    if not noun.isupper() and noun.lower().endswith(of.weak_endings):
        return 0
    return 0 if feminine else LIKELY


def number_differs(t: Sequence[Token], span: Span, verb: int, of: Language) -> bool:
    """Whether a phrase is many and the verb is of one: "Die bunten Plakate nannte die Bürgermeisterin …"."""
    first, end = span
    if t[first].low not in of.plural_articles or end - first < 3 or t[verb].low.endswith(of.plural_endings):
        return False
    return t[first + 1].low.endswith(of.oblique_endings) and not capital(t[first + 1]) and capital(t[first + 2])


def thing(t: Sequence[Token], span: Span, of: Language) -> bool:
    """Whether the noun of a phrase is what somebody says something of, and nobody who does: a plan, a reproach."""
    noun = next((w for w in t[slice(*span)] if capital(w) and w.low not in of.determiners), None)
    return noun is not None and noun.low.endswith(of.things)


def named(t: Sequence[Token], span: Span | None, of: Language) -> bool:
    """Whether a phrase has a person in it: a name of two words, a title, a pronoun."""
    if span is None:
        return False
    words = t[span[0] : span[1]]
    if any(
        w.low in of.pronouns - of.determiners or w.low in of.titles or w.low.endswith(of.title_endings) for w in words
    ):
        return True
    return len(words) > 1 and all(capital(w) and w.low not in of.determiners for w in words[-2:])
