"""Whether what stands in marks is a quotation, and not a title, a nickname or a word held at a distance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inchorus.quote.attributed import Attribution
from inchorus.quote.language import Language
from inchorus.quote.marks import SINGLE, Stretch
from inchorus.quote.tokens import POINT, TERMINAL, Token

_FEW = 3  # words up to which something in marks needs a word of saying
_MANY = 6  # words from which it needs none in single marks
_TITLE = 20  # words that a title may have
_NAME = 7  # words that a name in marks may have
_CLOSES = ".!?…,"
_BEFORE = re.compile(r"(?<![\w-])([^\W\d_][\w’'-]*)[ \xa0]\Z")
_AFTER = re.compile(r"[ \xa0]([^\W\d_]+)")
_LONG = 8  # words from which it needs none though it begins with a capital and ends without a point


def is_quotation(
    text: str, t: Sequence[Token], k: int, low: int, high: int, stretch: Stretch, told: Attribution | None,
    after_one: bool, of: Language,
) -> bool:  # fmt: skip
    """Whether the stretch at token `k` of the sentence from `low` to `high` is a quotation."""
    inner = text[stretch.start : stretch.end].strip()
    words = inner.split()
    n = len(words)
    if n == 0 or not any(c.isalpha() for c in inner):
        return False
    before = t[k - 1] if k > low else None
    if before is not None and before.low in of.none_before:
        return False
    reported = bool(of.subjunctives) and any(w.low in of.subjunctives for w in t[low:high])
    attributed = told is not None or reported
    near = told is not None and told.near
    ended = inner[-1] in TERMINAL or inner[-1] in ",-–—"
    alone = k == low and (k + 1 >= high or t[k + 1].kind == POINT)
    if not stretch.closed and not stretch.goes_on:
        return n > _FEW and (near or alone or k == low)
    if stretch.mark in SINGLE and not (near and (ended or n > _FEW)):
        return n > _MANY and ended
    held = before is not None and before.low in of.indefinite | of.as_before
    if k - 2 >= low and before is not None and before.low == before.text and t[k - 2].low in of.indefinite:
        held = True
    if before is not None and (before.low in of.saying or before.low in of.naming):
        held = True
    if told is not None and told.cue[0] < k and t[told.cue[0]].low in of.naming:
        held = held or inner[:1].islower() or (before is not None and before.low in of.of)
    said = near and told is not None and t[told.cue[0]].text != ":"  # and not a list or a name after a colon
    beside = before is None or before.text in {":", ","} or k == low
    titled = _title(words, inner, of)
    if titled and before is not None and before.text == "," and k - 2 >= low and t[k - 2].low in of.works:
        return False
    if titled and not (said and beside) and not (attributed and held and before is not None):
        return False
    if titled and n == 1 and of.capital_nouns and not _predicate(t, told, before, of):
        return False  # a word held at a distance
    if before is not None and before.low in of.as_before and not inner[:1].isupper():
        return True
    if n <= _FEW:
        whole = n > 1 and inner[-1] in TERMINAL and inner[:1].isupper()  # a sentence that stands for itself
        return attributed or (alone and (whole or (ended and after_one))) or (ended and inner[-1] in "?!" and n > 1)
    return attributed or ended or n >= _LONG or not inner[:1].isupper()


def is_name(text: str, begin: int, stretch: Stretch, of: Language) -> bool:
    """Whether what stands in marks is a name: behind a definite article or a noun, capital, and no sentence."""
    inner = text[stretch.start : stretch.end].strip()
    if not of.capital_nouns or not stretch.closed or not inner or inner[-1] in _CLOSES:
        return False
    before = _BEFORE.search(text, max(begin, stretch.opens - 40), stretch.opens)
    if before is not None and before.group(1).lower() in of.as_told:
        verb = _AFTER.match(text, stretch.closes)
        return verb is not None and verb.group(1).lower() in of.saying  # "Wie „heise“ berichtet"
    if not inner[:1].isupper():
        return False
    if before is None or len(inner.split()) > _NAME:
        return False
    word = before.group(1)
    return word.lower() in of.definite or (word[:1].isupper() and word.lower() not in of.determiners | of.saying)


def _title(words: Sequence[str], inner: str, of: Language) -> bool:
    """Whether it is written like a title: every longer word with a capital, and no point at the end."""
    if inner[-1] in "?!…":
        return False
    if of.capital_nouns and len(words) > 1 and words[0][:1].islower():
        return False
    if of.capital_nouns:
        small = of.determiners | of.prepositions | of.conjunctions
        named = [w for w in words if w.casefold() not in small]
        return (
            bool(named) and len(words) <= 10 and inner[-1] not in TERMINAL and all(not w[:1].islower() for w in named)
        )
    long = [w for w in words if len(w.strip(".,;:")) > 3]
    one = len(words) == 1 and inner[-1] in TERMINAL  # "Never."
    return (
        bool(long)
        and not one
        and len(words) <= _TITLE
        and all(not w[:1].islower() for w in long)
        and words[0][:1].isupper()
    )


def _predicate(t: Sequence[Token], told: Attribution | None, before: Token | None, of: Language) -> bool:
    """Whether somebody calls something by this one word: "Ash nannte es „Filz“", "Ash sprach von „Filz“"."""
    if told is None or told.speaker is None or before is None:
        return False
    return t[told.cue[0]].low in of.naming and before.low not in of.prepositions - of.as_before - of.of
