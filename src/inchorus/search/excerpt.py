"""The part of a text that shows best why it was found, and where the words stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import I64, U32
from inchorus.search.matches import Wanted, places
from inchorus.words.tokens import tokenise

MOST_HITS = 2000  # of one text, from its beginning, are compared to find the best part


@dataclass(frozen=True)
class Excerpt:
    """A part of a text.

    start: its first code point in the whole text. hits: [start, end) of what was found, in code points
    of the part. before, after: whether the text goes on there.
    """

    text: str
    start: int
    hits: list[tuple[int, int]]
    before: bool
    after: bool


class Places(NamedTuple):
    """What was found in a text: start and end in code points, the number of the term (int64 each), by start."""

    start: I64
    end: I64
    term: I64


class Words(NamedTuple):
    """Where the words of a text start and end, in code points (int64)."""

    start: I64
    end: I64


def words_of(text: str) -> Words:
    """Where the words of a text stand."""
    tokens = tokenise(pa.array([text], pa.large_string()))
    start = tokens.start.astype(np.int64)
    return Words(start, start + tokens.length)


def found_in(words: Words, numbers: U32, terms: Sequence[Wanted]) -> Places:
    """Where the terms stand in a text with these words, whose numbers in the index are `numbers`."""
    parts: list[Places] = []
    for k, term in enumerate(terms):
        at = places(numbers, term)
        parts.append(Places(words.start[at], words.end[at + len(term.lo) - 1], np.full(len(at), k)))
    start, end, term_of = (np.concatenate([p[i] for p in parts]) if parts else np.empty(0, np.int64) for i in range(3))
    order = np.lexsort((term_of, end, start))
    return Places(start[order], end[order], term_of[order])


def within(found: Places, begin: int, end: int) -> Places:
    """What of `found` lies between two code points, cut at them, counted from the first."""
    keep = (found.start < end) & (found.end > begin)
    return Places(
        np.maximum(found.start[keep], begin) - begin, np.minimum(found.end[keep], end) - begin, found.term[keep]
    )


def excerpt(text: str, words: Words, found: Places, terms: Sequence[Wanted], width: int) -> Excerpt:
    """About `width` code points where the rarest and the most different of `terms` stand close together."""
    if len(text) <= width:
        return Excerpt(text, 0, merged(found), before=False, after=False)
    lo, hi = _best(found, [term.weight for term in terms], width)
    begin = max(0, min(lo - (width - min(hi - lo, width)) // 2, len(text) - width))
    end = begin + width
    # Whole words only, as long as these are shorter than the part.
    if begin > 0 and (at := int(np.searchsorted(words.start, begin))) < len(words.start) and words.start[at] <= lo:
        begin = int(words.start[at])
    if end < len(text) and (at := int(np.searchsorted(words.end, end, "right"))) and words.end[at - 1] >= min(hi, end):
        end = max(int(words.end[at - 1]), begin + 1)
    return Excerpt(text[begin:end], begin, merged(within(found, begin, end)), begin > 0, end < len(text))


def merged(found: Places) -> list[tuple[int, int]]:
    """Spans that do not overlap, in order, which cover the same code points.

    >>> merged(Places(*(np.array(x) for x in ([0, 2, 6], [4, 5, 7], [0, 1, 0]))))
    [(0, 5), (6, 7)]
    """
    out: list[tuple[int, int]] = []
    for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _best(found: Places, weights: list[float], width: int) -> tuple[int, int]:
    """The first and last code point of the hits to show; of equally good places the first."""
    start, end, term = (column[:MOST_HITS].tolist() for column in found)
    best, span = -1.0, (0, 0)
    counts = [0] * len(weights)
    value = 0.0
    right = 0
    for left in range(len(start)):
        while right < len(start) and (right <= left or end[right] - start[left] <= width):
            counts[term[right]] += 1
            # The first of a term counts for its rarity, a further one for little.
            value += weights[term[right]] * (1 if counts[term[right]] == 1 else 0.01)
            right += 1
        if value > best + 1e-9:
            best, span = value, (start[left], max(end[left:right]))
        counts[term[left]] -= 1
        value -= weights[term[left]] * (1 if counts[term[left]] == 0 else 0.01)
    return span
