"""A paragraph as a narrator tells it: words, points and whole quotations as its tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from inchorus.quote.language import Language

WORD, POINT, QUOTED = 0, 1, 2
TAG = r"</?[A-Za-z!][^<>]{0,2000}>"  # is no text
_MARKS = " \"'“”„‟«»‹›‘’‚"
_LETTER = re.compile(r"\A\W{1,3}(?!\W)[a-zß-öø-ÿ]")
_ENDED = re.compile(r"[.!?…][”“\"'’‘»«›‹]{1,2}\Z")
TERMINAL = frozenset(".!?…。！？؟۔")


class Token(NamedTuple):
    """A word, a point or a quotation with its marks; `low` is a word in lower case, `of` the number of a quotation."""

    kind: int
    start: int
    end: int
    text: str
    low: str
    of: int = -1


@lru_cache(16)
def _pattern(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    short = "|".join(re.escape(a) for a in sorted(abbreviations, key=len, reverse=True))
    short = rf"(?:{short})\.|" if short else ""
    return re.compile(
        rf"{TAG}|(?<!\w)(?:{short}[^\W\d_]\.)(?:[^\W\d_]\.)*|\w+(?:[’'\-‐&/\u200c\u200d]\w+|\.(?![A-ZÄÖÜА-Я])\w+)*(?:[’'](?=\s))?|[^\w\s]"
    )


def tokens(text: str, begin: int, end: int, of: Language, quoted: Sequence[tuple[int, int, int]] = ()) -> list[Token]:
    """The tokens between two places; `quoted` has begin, end and number of each quotation there, in order.

    >>> from inchorus.quote.language import language
    >>> [t.text for t in tokens("Mr. Ash left.", 0, 13, language("en"))]
    ['Mr.', 'Ash', 'left', '.']
    """
    out: list[Token] = []
    at = begin
    for first, last, number in quoted:
        _words(text, at, first, of, out)
        if number < 0:  # a name in marks is a word
            name = text[first:last].strip(_MARKS)
            out.append(Token(WORD, first, last, name, name.lower()))
        else:
            out.append(Token(QUOTED, first, last, text[first:last], "", number))
        at = last
    _words(text, at, end, of, out)
    return out


def _words(text: str, begin: int, end: int, of: Language, out: list[Token]) -> None:
    new, append = tuple.__new__, out.append  # half the time of Token(…)
    for m in _pattern(of.abbreviations).finditer(text, begin, end):
        word = m.group()
        first, last = m.span()
        if of.clitics and "-" in word and word.lower().endswith(of.clitics):
            joined = next(c for c in of.clitics if word.lower().endswith(c))
            verb, subject = word[: -len(joined)], joined.rpartition("-")[2]
            append(new(Token, (WORD, first, first + len(verb), verb, verb.lower(), -1)))
            append(new(Token, (WORD, last - len(subject), last, text[last - len(subject) : last], subject, -1)))
            continue
        if word[0].isalnum() or word[0] == "_":
            append(new(Token, (WORD, first, last, word, word.lower(), -1)))
        elif len(word) == 1:
            append(new(Token, (POINT, first, last, word, word, -1)))


def sentences(all_tokens: Sequence[Token], of: Language) -> list[tuple[int, int]]:
    """The sentences, as half-open ranges of tokens; a quotation that ends one ends it only where a capital follows."""
    out = []
    begin = 0
    n = len(all_tokens)
    for i, token in enumerate(all_tokens):
        if token.kind == QUOTED and of.capital_nouns and i + 1 < n and _ENDED.search(token.text):
            if all_tokens[i + 1].kind == WORD and all_tokens[i + 1].text[:1].isupper():
                out.append((begin, i + 1))
                begin = i + 1
            continue
        if token.kind == POINT and token.text in TERMINAL:
            after = all_tokens[i + 1] if i + 1 < n else None
            if after is not None and ((after.kind == POINT and after.text not in "([#@$") or after.text[:1].islower()):
                continue  # the last of several points ends it, and a point of an abbreviation none
            if after is not None and after.kind == QUOTED and _LETTER.search(after.text[:4]):
                continue  # Benedict XVI. “is and remains”
            if after is not None and after.low in of.times and i and all_tokens[i - 1].text.isdigit():
                continue  # the 3. Mai
            out.append((begin, i + 1))
            begin = i + 1
    if begin < n:
        out.append((begin, n))
    return out
