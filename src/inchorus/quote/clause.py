"""The subject of a word of saying where the verb comes second in a main clause and last in a subordinate one.

The fields of a German clause: what stands before the finite verb, what between it and the parts of the verb that close
the clause. A subject is in the nominative, which articles and the endings of adjectives show as far as forms differ:
*der israelische Premierminister* is one, *der israelischen Zeitung* and *dem Premierminister* are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from inchorus.quote.language import Language
from inchorus.quote.speakers import after, before, capital, first_subject
from inchorus.quote.tokens import POINT, QUOTED, WORD, Token

Span = tuple[int, int]
_APART = frozenset(",;:،–—―")  # what parts clauses
_LIKELY, _MAYBE = 2, 1  # how sure the form is that a phrase is a subject


def clause_subject(t: Sequence[Token], verb: int, low: int, high: int, of: Language) -> Span | None:
    """The subject of the verb at token `verb` of a sentence from `low` to `high`, None where no form shows one."""
    begin = _begins(t, verb, low)
    if begin > low and t[begin - 1].text in ",،" and begin < verb and _subordinate(t, begin, verb, high, of):
        return _of_subordinate(t, begin, verb, low, of)
    if begin == low and begin < verb and t[begin].low in of.subordinating and _last(t, verb, high, of):
        return _of_subordinate(t, begin, verb, low, of)
    if verb > begin and t[verb - 1].low in of.joining and not capital(t[verb]):
        found = opening_subject(t, begin, verb - 1, of)  # of two verbs
        if found is not None:
            return found
    if verb == begin and verb + 1 < high and t[verb + 1].low in of.passive:
        return agent(t, verb + 2, _ends(t, verb + 1, high), of)
    finite = _finite(t, begin, verb, high, of)
    if finite != verb and t[finite].low in of.passive and t[verb].low not in of.quoted:
        return agent(t, begin, verb, of)
    if finite == begin:
        return _verb_first(t, begin, low, high, of)
    first = begin
    while first < finite and (
        t[first].low in of.conjunctions or of.skipped(t[first].low) or t[first].kind == POINT
    ) and t[first].low not in of.prepositions:  # fmt: skip
        first += 1
    here, sure = (None, 0) if first >= finite else _nominative(t, first, finite, of, begins=True)
    if here is not None and here[0] > first:
        here, sure = (here, 0) if t[first].kind == QUOTED else (None, 0)  # it begins with something else
    there, likely = _within(t, finite + 1, _ends(t, finite, high), of)
    if here is not None and there is not None and _thing(t, here, of) and not _named(t, here, of):
        return there
    if here is None or (likely == _LIKELY and sure < _LIKELY and not _named(t, here, of)):
        return there or here or _whole(t, begin, first, low, of)
    return here


def agent(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """By whom something is done in a passive clause; who or what it is done to says nothing."""
    for k in range(low, high):
        if t[k].low in of.agents:
            found = after(t, k, high, of)
            if found is not None:
                return found
    return None


def source(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """From whom something comes that is said: "Lob gab es vom Mieterbund", "Kritik kam von der Opposition"."""
    if of.subject != "both" or low >= high or not (capital(t[low]) and _thing(t, (low, high), of)):
        return None
    return agent(t, low + 1, high, of)


def opening_subject(t: Sequence[Token], low: int, high: int, of: Language) -> Span | None:
    """The subject that a sentence or a clause begins with, whatever its verb is."""
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
        if token.kind == POINT and token.text in _APART:
            return None
        if token.kind != WORD:
            seen = True
        elif token.low in of.auxiliaries or token.low in of.saying or token.low in of.naming:
            return k
        elif token.low in of.prepositions or token.low in of.determiners or token.low in of.inside:
            if _alone(t, k, high, of):
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
        elif token.kind == POINT and (token.text in _APART or token.text == "("):
            break
        k -= 1
    return max(k, low)


def _ends(t: Sequence[Token], at: int, high: int) -> int:
    """Where the clause of a token ends."""
    k = at + 1
    while k < high and not (t[k].kind == POINT and (t[k].text in _APART or t[k].text in ".!?()")):
        k += 1
    return k


def _last(t: Sequence[Token], verb: int, high: int, of: Language) -> bool:
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
    return opens and _last(t, verb, high, of)


def _of_subordinate(t: Sequence[Token], begin: int, verb: int, low: int, of: Language) -> Span | None:
    word = t[begin].low
    if word in of.subordinating or word in of.that:
        return _within(t, begin + 1, verb, of)[0]
    inner, sure = _within(t, begin + 1, verb, of)
    if sure == _LIKELY or t[begin].low in of.prepositions or word in of.oblique or inner is not None:
        return inner  # "die er eine Schande nannte"
    return before(t, begin, low, of)


def _finite(t: Sequence[Token], begin: int, verb: int, high: int, of: Language) -> int:
    """The finite verb of a clause: an auxiliary before a verb that closes the clause, else the verb itself."""
    if _last(t, verb, high, of):
        for k in range(begin, verb):
            if t[k].low in of.auxiliaries and t[k].low not in of.adverbs and t[k].low not in of.reflexive:
                return k
    return verb


def _verb_first(t: Sequence[Token], verb: int, low: int, high: int, of: Language) -> Span | None:
    """The subject of a clause that begins with its verb: behind it, or a phrase before commas of its own."""
    there, sure = _within(t, verb + 1, _ends(t, verb, high), of)
    if verb > low and t[verb - 1].kind == POINT and t[verb - 1].text in ",،–—―-" and sure < _LIKELY:
        apart = next((k for k in range(low, verb) if t[k].text in ",،–—―-"), verb - 1)
        if apart < verb - 1 and _some_verb(t, low, apart, of) is None:
            found, _ = _nominative(t, low, apart, of, begins=True)
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


def _within(t: Sequence[Token], low: int, high: int, of: Language) -> tuple[Span | None, int]:
    """The first phrase between two tokens that may be a subject, and how sure its form is."""
    k = low
    held: Span | None = None
    while k < high:
        found, sure = _nominative(t, k, high, of)
        if found is None:
            break
        if sure == _LIKELY or held is None:
            if sure == _LIKELY or _named(t, found, of) or t[found[0]].low in of.determiners:
                return found, sure
            held = found
        k = found[1]
    return held, _MAYBE if held is not None else 0


def _nominative(t: Sequence[Token], low: int, high: int, of: Language, begins: bool = False) -> tuple[Span | None, int]:
    """The first phrase whose form may be that of a subject; at the beginning of a sentence few are another case."""
    k = low
    while k < high:
        token = t[k]
        if token.kind != WORD:
            if token.kind == POINT and token.text in _APART:
                return None, 0
            k += 1
        elif token.low in of.prepositions and not (capital(token) and k > low):
            k = _past(t, k + 1, high, of)
        elif token.low in of.pronouns and token.low not in of.determiners:
            return (k, k + 1), _LIKELY
        elif token.low in of.determiners and _alone(t, k, high, of):
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
                sure = _MAYBE
            if sure:
                found = after(t, k - 1, high, of)
                return (found, sure) if found is not None else (None, 0)
            k = _past(t, k + 1, high, of)
        elif capital(token) and token.low not in of.times and not of.skipped(token.low) and not (
            k == low and token.low.endswith(of.adjective_endings) and k + 1 < high and not capital(t[k + 1])
        ):  # fmt: skip
            found = after(t, k - 1, high, of)
            if found is not None:
                return found, _MAYBE
            k += 1
        else:
            k += 1
    return None, 0


def _alone(t: Sequence[Token], k: int, high: int, of: Language) -> bool:
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
        return _MAYBE
    if after_it is None or after_it.kind != WORD:
        return 0
    if not capital(after_it):
        return 0 if after_it.low.endswith(of.oblique_endings) else _LIKELY
    noun = after_it.text.rpartition("-")[2]
    feminine = noun.isupper() or noun.lower().endswith(of.feminine_endings)
    if not noun.isupper() and noun.lower().endswith(of.weak_endings):
        return 0
    return 0 if feminine else _LIKELY


def _thing(t: Sequence[Token], span: Span, of: Language) -> bool:
    """Whether the noun of a phrase is what somebody says something of, and nobody who does: a plan, a reproach."""
    noun = next((w for w in t[slice(*span)] if capital(w) and w.low not in of.determiners), None)
    return noun is not None and noun.low.endswith(of.things)


def _named(t: Sequence[Token], span: Span | None, of: Language) -> bool:
    """Whether a phrase has a person in it: a name of two words, a title, a pronoun."""
    if span is None:
        return False
    words = t[span[0] : span[1]]
    if any(
        w.low in of.pronouns - of.determiners or w.low in of.titles or w.low.endswith(of.title_endings) for w in words
    ):
        return True
    return len(words) > 1 and all(capital(w) and w.low not in of.determiners for w in words[-2:])
