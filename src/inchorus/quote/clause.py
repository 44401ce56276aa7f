"""The subject of a word of saying where the verb comes second in a main clause and last in a subordinate one.

The fields of a German clause: what stands before the finite verb, what between it and the parts of the verb that close
the clause. A subject is in the nominative, which articles and the endings of adjectives show as far as forms differ:
*der israelische Premierminister* is one, *der israelischen Zeitung* and *dem Premierminister* are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from inchorus.quote.language import Language
from inchorus.quote.nominative import APART, LIKELY, alone, named, nominative, number_differs, thing, within
from inchorus.quote.phrases import Span, capital
from inchorus.quote.speakers import after, before, first_subject
from inchorus.quote.tokens import POINT, QUOTED, WORD, Token


def clause_subject(t: Sequence[Token], verb: int, low: int, high: int, of: Language) -> Span | None:
    """The subject of the verb at token `verb` of a sentence from `low` to `high`, None where no form shows one."""
    begin = _begins(t, verb, low)
    if begin > low and t[begin - 1].text in ",،" and begin < verb and _subordinate(t, begin, verb, high, of):
        return _of_subordinate(t, begin, verb, low, of)
    if begin == low and begin < verb and t[begin].low in of.subordinating and closes_clause(t, verb, high, of):
        return _of_subordinate(t, begin, verb, low, of)
    joined = _second(t, begin, verb, of) if _finite(t, begin, verb, high, of) == verb else None
    if joined is not None:
        return joined
    if verb > begin and t[verb - 1].low in of.joining and not capital(t[verb]):
        found = opening_subject(t, begin, verb - 1, of)  # of two verbs
        if found is not None:
            return found
    if verb == begin and verb + 1 < high and t[verb + 1].low in of.passive:
        return agent(t, verb + 2, _ends(t, verb + 1, high), of)
    finite = _finite(t, begin, verb, high, of)
    if finite != verb and t[finite].low in of.passive and t[verb].low not in of.quoted:
        return agent(t, begin, verb, of) or _work(t, begin, verb, of)
    if finite == begin:
        return _verb_first(t, begin, low, high, of)
    first = begin
    while first < finite and (
        t[first].low in of.conjunctions or of.skipped(t[first].low) or t[first].kind == POINT
    ) and t[first].low not in of.prepositions:  # fmt: skip
        first += 1
    here, sure = (None, 0) if first >= finite else nominative(t, first, finite, of, begins=True)
    if here is not None and here[0] > first:
        here, sure = (here, 0) if t[first].kind == QUOTED else (None, 0)  # it begins with something else
    there, likely = within(t, finite + 1, _ends(t, finite, high), of)
    if here is not None and there is not None and number_differs(t, here, finite, of):
        return there
    if here is not None and there is not None and thing(t, here, of) and not named(t, here, of):
        return there
    if here is None or (likely == LIKELY and sure < LIKELY and not named(t, here, of)):
        return there or here or _whole(t, begin, first, low, of)
    return here


def _second(t: Sequence[Token], begin: int, verb: int, of: Language) -> Span | None:
    """The subject of the second of two main clauses: "Ash lobte den Plan und Oak rief: …"."""
    at = next((k for k in range(verb - 1, begin, -1) if t[k].low in of.joining), None)
    if at is None or at + 1 >= verb or t[verb].low not in of.saying | of.naming:
        return None
    if _some_verb(t, begin, at, of) is None or t[begin].low in of.subordinating | of.relative_articles - of.determiners:
        return None
    found, _ = nominative(t, at + 1, verb, of, begins=True)
    return found if found is not None and found == (at + 1, verb) else None


def agent(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """By whom something is done in a passive clause; who or what it is done to says nothing."""
    for k in range(low, high):
        if t[k].low in of.agents:
            found = after(t, k, high, of)
            if found is not None:
                return found
    return None


def _work(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """A text that something is said in, in a passive clause without an agent: "In dem Bericht wird … genannt"."""
    for k in range(low, high):
        if t[k].low in of.prepositions:
            found = after(t, k, high, of)
            noun = None if found is None else next((w for w in t[slice(*found)] if capital(w)), None)
            if noun is not None and noun.low.endswith(tuple(of.works)):
                return found
    return None


def source(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """From whom something comes that is said: "Lob gab es vom Mieterbund", "Kritik kam von der Opposition"."""
    if of.subject != "both" or low >= high or not (capital(t[low]) and thing(t, (low, high), of)):
        return None
    return agent(t, low + 1, high, of)


def opening_subject(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """The subject that a sentence or a clause begins with, whatever its verb is."""
    if of.subject == "both" and low < high and t[low].low in of.opening_participles:
        comma = next((k for k in range(low, high) if t[k].text in ",،"), None)
        if comma is not None and comma + 2 < high:  # "Gefragt nach dem Preis, winkte Ash ab"
            return clause_subject(t, comma + 1, comma + 1, high, of)
    verb = _some_verb(t, low, high, of) if of.subject == "both" else None
    found = None if verb is None else clause_subject(t, verb, low, high, of)
    return found or first_subject(t, low, high, of)


def _some_verb(t: Sequence[Token], low: int, high: int, of: Language) -> int | None:
    """The finite verb of a main clause: the first small word behind its first phrase that no phrase goes on with."""
    k = low
    while k < high and t[k].kind == WORD and (t[k].low in of.conjunctions or of.skipped(t[k].low)):
        if t[k].low in of.auxiliaries and t[k].low not in of.adverbs:
            return k
        k += 1
    seen = k > low  # a first phrase
    while k < high:
        token = t[k]
        if token.kind == POINT and token.text in APART:
            return None
        if token.kind != WORD:
            seen = True
        elif token.low in of.auxiliaries or token.low in of.saying or token.low in of.naming:
            return k
        elif token.low in of.prepositions or token.low in of.determiners or token.low in of.inside:
            if alone(t, k, high, of):
                return k + 1
            k += 1
            while k < high and t[k].kind == WORD and not capital(t[k]):
                k += 1
            seen = True
            continue
        elif capital(token) or token.low in of.pronouns - of.determiners:
            seen = True
        elif seen and token.low not in of.adverbs and token.low not in of.conjunctions:
            return k
        k += 1
    return None


def _begins(t: Sequence[Token], at: int, low: int) -> int:
    """Where the clause of a token begins; what stands in brackets is passed over."""
    k = at
    while k > low:
        token = t[k - 1]
        if token.text == ")":
            while k > low and t[k - 1].text != "(":
                k -= 1
        elif token.kind == POINT and (token.text in APART or token.text == "("):
            break
        k -= 1
    return max(k, low)


def _ends(t: Sequence[Token], at: int, high: int) -> int:
    """Where the clause of a token ends."""
    k = at + 1
    while k < high and not (t[k].kind == POINT and (t[k].text in APART or t[k].text in ".!?()")):
        k += 1
    return k


def closes_clause(t: Sequence[Token], verb: int, high: int, of: Language) -> bool:
    """Whether a verb closes its clause, alone or with an auxiliary."""
    k = verb + 1
    while k < high and t[k].kind == WORD and t[k].low in of.auxiliaries:
        k += 1
    return k >= high or t[k].kind != WORD or t[k].low in of.joining


def _subordinate(t: Sequence[Token], begin: int, verb: int, high: int, of: Language) -> bool:
    """Whether a clause begins like a subordinate one, and ends with its verb."""
    at = begin + 1 if t[begin].low in of.prepositions and begin + 1 < verb else begin
    word = t[at].low
    opens = word in of.subordinating or word in of.that or word in of.relatives or word in of.relative_articles
    return opens and closes_clause(t, verb, high, of)


def _of_subordinate(t: Sequence[Token], begin: int, verb: int, low: int, of: Language) -> Span | None:
    word = t[begin].low
    if word in of.subordinating or word in of.that:
        return within(t, begin + 1, verb, of)[0]
    inner, sure = within(t, begin + 1, verb, of)
    if word in of.ambiguous and inner is not None and sure < LIKELY and t[inner[0]].low in of.determiners:
        return before(t, begin, low, of)  # "ein Brief, der die Wahl eine Farce nennt"
    if sure == LIKELY or t[begin].low in of.prepositions or word in of.oblique or inner is not None:
        return inner  # "die er eine Schande nannte"
    return before(t, begin, low, of)


def _finite(t: Sequence[Token], begin: int, verb: int, high: int, of: Language) -> int:
    """The finite verb of a clause: an auxiliary before a verb that closes the clause, else the verb itself."""
    if closes_clause(t, verb, high, of):
        for k in range(begin, verb):
            if t[k].low in of.auxiliaries and t[k].low not in of.adverbs and t[k].low not in of.reflexive:
                return k
    return verb


def _verb_first(t: Sequence[Token], verb: int, low: int, high: int, of: Language) -> Span | None:
    """The subject of a clause that begins with its verb: behind it, or a phrase before commas of its own."""
    there, sure = within(t, verb + 1, _ends(t, verb, high), of)
    if verb > low and t[verb - 1].kind == POINT and t[verb - 1].text in ",،–—―-" and sure < LIKELY:
        apart = next((k for k in range(low, verb) if t[k].text in ",،–—―-"), verb - 1)
        if apart < verb - 1 and _some_verb(t, low, apart, of) is None:
            found, _ = nominative(t, low, apart, of, begins=True)
            if found is not None and found[0] - low <= 1:
                return found
        if there is None:
            return before(t, verb, low, of)
    return there


def _whole(t: Sequence[Token], begin: int, first: int, low: int, of: Language) -> Span | None:
    """A subject that stands before a clause without one."""
    if first == begin and begin > low and t[begin - 1].text in ",،":
        return before(t, begin, low, of)
    return None
