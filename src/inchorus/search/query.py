"""What somebody asks for, understood: words, phrases, what is not to be there, filters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa

from inchorus.words.texts import cut, folded
from inchorus.words.tokens import tokenise

LONGEST = 400  # code points of a query; what follows is not read
MOST_WORDS = 64  # of a query, those of its phrases among them

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"：": ":", "\u3000": " ", "−": "-", "－": "-"})
_FIELD = "(?:source|label|from|to):"
_PART = re.compile(
    rf"""(?P<minus>-)?(?P<field>{_FIELD})?(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<plain>(?!-?{_FIELD})[^\s"]+))"""
    rf"|-?{_FIELD}",  # a filter without a value, as one types it
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True)
class Term:
    """Words, folded, that stand next to each other in this order; of the last perhaps only the beginning."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Query:
    """All of `terms` and none of `without`, by one of `sources`, with one of `labels`, in the span of time.

    sources, labels: as written; empty for all. since, until: half-open, UTC; None for no end.
    notes: what of the query was left out, and why, each a sentence.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.terms or self.without or self.sources or self.labels or self.since or self.until)


def parse(text: str) -> Query:
    """Understand any text as a query; nothing is an error.

    Words must all occur, and the last of them may be unfinished as long as nothing follows it. What is
    written without a space, or in quotation marks, must stand in one piece. `-` before a word or phrase:
    it must not occur. source:, label:, from: and to: are filters; the latter take 2024, 2024-05 or
    2024-05-01, the end included. Words are folded as those of documents are.

    >>> query = parse('-draft "Clean Water" vall')
    >>> query.terms
    (Term(words=('clean', 'water'), prefix=False), Term(words=('vall',), prefix=True))
    >>> query.without
    (Term(words=('draft',), prefix=False),)
    """
    notes: list[str] = []
    if len(text) > LONGEST:
        notes.append(f"Only the first {LONGEST} characters of the query are read.")
        text = text[:LONGEST]
    # Half of a surrogate pair is no text; it can come in an address.
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_QUOTES)
    parts = [found for found in _PART.finditer(text) if found["plain"] or found["quoted"]]
    wanted = [_content(found) for found in parts if not found["field"]]
    words, complete = _words(wanted)
    terms: dict[bool, list[Term]] = {True: [], False: []}
    fields: dict[str, list[str]] = {"source": [], "label": [], "from": [], "to": []}
    left = MOST_WORDS
    rank = 0
    for found in parts:
        if found["field"]:
            field = found["field"].lower().rstrip(":")
            if found["minus"]:
                notes.append(f"-{field}: is not understood: a filter can only ask for something.")
            else:
                fields[field].append(_content(found).strip())
            continue
        excluded = bool(found["minus"])
        here = words[rank]
        typed = found.end() == len(text) and not found["closed"] and complete[rank] and not excluded
        rank += 1
        if len(here) > left:
            notes.append(f"Only the first {MOST_WORDS} words of the query are searched.")
            here, typed = here[:left], False
        left -= len(here)
        if here:
            terms[excluded].append(Term(here, typed))
        elif any(sign.isalnum() for sign in _content(found)):
            notes.append("Web addresses and markup are no words of a text, and are not searched.")
        if not left:
            break
    since, until = _span(fields, notes)
    return Query(
        tuple(dict.fromkeys(terms[False])),
        tuple(dict.fromkeys(terms[True])),
        tuple(dict.fromkeys(filter(None, fields["source"]))),
        tuple(dict.fromkeys(filter(None, fields["label"]))),
        since,
        until,
        tuple(dict.fromkeys(notes)),
    )


def plain(text: str) -> str:
    """What a query says, without its filters and what it excludes.

    >>> plain('-draft "Clean Water" in the valley source:Herald')
    'Clean Water in the valley'
    """
    text = text[:LONGEST].encode("utf-8", "replace").decode("utf-8").translate(_QUOTES)
    found = (part for part in _PART.finditer(text) if part["plain"] or part["quoted"])
    return " ".join(_content(part) for part in found if not part["field"] and not part["minus"])


def fold_words(texts: list[str]) -> list[tuple[str, ...]]:
    """The folded words of each text.

    >>> fold_words(["The Café", "..."])
    [('the', 'cafe'), ()]
    """
    return _words(texts)[0]


def _words(texts: list[str]) -> tuple[list[tuple[str, ...]], list[bool]]:
    """The folded words of each text, and whether it ends with the last of them."""
    array = pa.array(texts, pa.large_string())
    tokens = tokenise(array, whole=False)
    start = tokens.start.astype(np.int64)
    end = start + tokens.length
    text = np.repeat(np.arange(len(texts)), np.diff(tokens.offsets))
    forms = folded(cut(pa.chunked_array([array]), text, start, end)).to_pylist()
    bounds = tokens.offsets.tolist()
    spans = list(pairwise(bounds))
    words = [tuple(forms[lo:hi]) for lo, hi in spans]
    return words, [hi > lo and int(end[hi - 1]) == len(t) for t, (lo, hi) in zip(texts, spans, strict=True)]


def _content(found: re.Match[str]) -> str:
    return str(found["plain"] or found["quoted"])


def _span(fields: dict[str, list[str]], notes: list[str]) -> tuple[datetime | None, datetime | None]:
    ends: list[datetime | None] = []
    for field, after in (("from", False), ("to", True)):
        end = None
        for value in filter(None, fields[field]):
            try:
                end = _date(value, after)
            except (ValueError, OverflowError):
                notes.append(f"{field}: takes a date such as 2024, 2024-05 or 2024-05-01, so this one is left out.")
        ends.append(end)
    return ends[0], ends[1]


def _date(value: str, after: bool) -> datetime:
    """When a day, month or year begins, or the one after it does; ValueError for what is none."""
    found = _DAY.fullmatch(value)
    if not found:
        raise ValueError(value)
    year, month, day = (int(part) if part else None for part in found.groups())
    begin = date(year or 0, month or 1, day or 1)
    if after and day:
        begin += timedelta(1)
    elif after:
        months = begin.year * 12 + begin.month - 1 + (1 if month else 12)
        begin = date(months // 12, months % 12 + 1, 1)
    return datetime(begin.year, begin.month, begin.day, tzinfo=UTC)
