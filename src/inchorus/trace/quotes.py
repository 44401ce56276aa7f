"""What people read of a talking point: whole sentences of a real passage, between marks that belong to them."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import I64
from inchorus.match.families import Families
from inchorus.trace.shown_sentences import choose
from inchorus.words.corpus import Corpus
from inchorus.words.ends import going_on, sentence_starts
from inchorus.words.stops import stops
from inchorus.words.texts import cut

MARGIN = 12  # code points around the words within which marks belong to them
OPENERS = '“„«「‹"([¿¡#@$€£+−'
CLOSERS = '”»」›"“)].!?…؟۔।。！？%°'
_FINAL = ",;:–—-،؛、，；：/"
_ENDS = ".!?…؟۔।。！？)]”»"
_CLAUSE = _FINAL + _ENDS
_PAIRS = "“„«「‹(["
_OPENING = {"”": "“„", "“": "„", "»": "«", "」": "「", ")": "(", "]": "[", "›": "‹"}
_MARKS = re.compile("[" + re.escape('"' + _PAIRS + "".join(_OPENING)) + "]")


class Quotes(NamedTuple):
    """One entry a talking point (int64 each).

    document; start, end: the first code point and one past the last. words: how many there are. shared: how many of
    these are of the passage.
    """

    document: I64
    start: I64
    end: I64
    words: I64
    shared: I64


def quotes(corpus: Corpus, texts: pa.ChunkedArray, forms: pa.Array, families: Families) -> Quotes:
    """The sentences that each talking point is shown by, cut from one of its passages.

    `families` are sorted by family. `texts` are the texts of the corpus, `forms` comes from `vocabulary`.
    """
    n = len(families.canonical)
    document = families.document.astype(np.int64)
    having = np.flatnonzero(np.bincount(document, minlength=len(texts)))
    marks = stops(corpus, texts, having)
    starts = sentence_starts(corpus, forms, marks, having)
    further = going_on(forms)[corpus.word]
    first = np.searchsorted(families.family, np.arange(n + 1))
    chosen, begin, end = (np.empty(n, np.int64) for _ in range(3))
    choose(
        corpus.word, corpus.offsets, starts, marks, further, families.document, families.begin, families.end, first,
        families.canonical, chosen, begin, end,
    )  # fmt: skip
    at = document[chosen]
    start, stop = _points(corpus, begin, end)
    low, high = np.maximum(begin, families.begin[chosen]), np.minimum(end, families.end[chosen])
    words, of_passage = end - begin, np.maximum(high - low, 0)
    shared = _points(corpus, low, high)
    lengths = pc.utf8_length(texts).to_numpy().astype(np.int64)[at]
    low, high = np.maximum(start - MARGIN, 0), np.minimum(stop + MARGIN, lengths)
    found = np.array(
        [
            bounded(text.as_py(), *spans)
            for text, *spans in zip(
                cut(texts, at, low, high), *((x - low).tolist() for x in (start, stop, *shared)), strict=True
            )
        ],
        np.int64,
    ).reshape(-1, 2)
    return Quotes(at, low + found[:, 0], low + found[:, 1], words, of_passage)


def _points(corpus: Corpus, begin: I64, end: I64) -> tuple[I64, I64]:
    last = end - 1
    return corpus.start[begin].astype(np.int64), corpus.start[last].astype(np.int64) + corpus.length[last]


def bounded(text: str, start: int, end: int, shared: int, shared_end: int) -> tuple[int, int]:
    """Where a quote begins and ends: with the marks that belong to its words, and with no quotation mark alone.

    Of a text that leaves or enters a quotation, the side stays that has more of `text[shared:shared_end]`.

    >>> text = 'He asked, "Who pays?" We all do," she said.'
    >>> start, end = bounded(text, 22, 42, 22, 31)
    >>> text[start:end]
    'We all do'
    """
    while start > 0 and text[start - 1] in OPENERS:
        start -= 1
    while end < len(text) and text[end] in CLOSERS:
        end += 1
    for place, opens in _alone(text, start, end):
        if place < start or place >= end:
            continue
        before = min(place, shared_end) - max(start, shared)
        after = min(end, shared_end) - max(place + 1, shared)
        # Outside of the quotation a clause ends there only if a comma or the like says so; a name in quotation marks
        # stands within one, and half a clause is worse than a mark alone.
        if before >= after:
            end = place if not opens or _ends_clause(text, place) else end
        elif opens or _ends_clause(text, place):
            start = place + 1
    return _narrowed(text, start, end)


def _ends_clause(text: str, place: int) -> bool:
    """Whether punctuation stands before or right behind the quotation mark at a place."""
    before, behind = text[:place].rstrip(), text[place + 1 : place + 2]
    return (before[-1:] or ".") in _CLAUSE or (behind != "" and behind in _CLAUSE)


def _narrowed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and commas at the ends."""
    while start < end and (text[start].isspace() or text[start] in _FINAL or text[start] in _ENDS):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _FINAL):
        end -= 1
    return start, end


def _alone(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Quotation marks and brackets without a counterpart, in rising order: the place, and whether it opens something.

    Of two kinds of marks the one closes what the other opened, where both would be alone.
    """
    waiting: list[tuple[str, int]] = []
    alone: list[tuple[str, int]] = []
    for found in _MARKS.finditer(text, start, end):
        sign, place = found[0], found.start()
        if sign == '"':
            straight = [k for k, (mark, _) in enumerate(waiting) if mark == '"']
            opens = place == start or text[place - 1].isspace() or text[place - 1] in "([—–-"
            if opens and not straight:
                waiting.append((sign, place))
            elif straight:
                waiting.pop(straight[-1])
            else:
                alone.append((sign, place))
        else:
            mates = [k for k, (mark, _) in enumerate(waiting) if mark in _OPENING.get(sign, "")]
            if mates:
                waiting.pop(mates[-1])
            elif sign in _PAIRS:
                # Where the key of the other mark was missed: “so“ ends what it began.
                same = [k for k, (mark, _) in enumerate(waiting) if mark == sign and sign not in "(["]
                if same and not text[place + 1 : place + 2].isalnum():
                    waiting.pop(same[-1])
                else:
                    waiting.append((sign, place))
            else:
                alone.append((sign, place))
    left: list[tuple[int, bool]] = []
    for sign, place in alone:
        mates = [k for k, (mark, at) in enumerate(waiting) if at < place and mark not in "([" and sign not in ")]"]
        if mates:
            waiting.pop(mates[-1])
        else:
            left.append((place, False))
    return sorted(left + [(place, True) for _, place in waiting])
