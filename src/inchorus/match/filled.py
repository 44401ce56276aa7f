"""Places of a wording that documents fill with something of their own: what stands around is a frame, not the line."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U32
from inchorus.match.content import Compared
from inchorus.match.edits import KEEP
from inchorus.match.hashes import wording_hashes
from inchorus.words.corpus import Corpus

SOLID = 5  # words that both have on end: less stands in any two texts of a language by chance
# Words that both have in order, of those of either, below which the one is not the other edited. Of stretches of 8 to
# 60 words of two press releases, 95 in 100 have 0.2 at most; of a wording that each edits in a fifth of its words, 0.6.
UNLIKE = 0.25
OTHER = 0.5  # the same in any order, for two fillings to be different ones
SHARE = 0.25  # of what a passage has of its wording: who fills in so much says something else than the wording
_MOST = 8  # of the fillings of a place, so many are looked at


class _Gaps(NamedTuple):
    """Where a passage, `row`, and its wording say different things, between what both have to the letter.

    `family` is the wording's; `begin`, `end` are words of the corpus in it, `own_begin`, `own_end` in the passage.
    """

    row: I64
    family: I64
    begin: I64
    end: I64
    own_begin: I64
    own_end: I64


def filled_in(corpus: Corpus, found: Compared, family: I64, document: I64, min_words: int) -> BOOL:
    """Which passages have, in a place that each source fills as it likes, something else than their wording.

    Letters of several campaigns begin and end as a portal has it, and would be like one another for that. Such a place
    has `min_words` words on end, and at least two sources fill it with words unlike those of the wording, and unlike
    one another. Where what is filled in is a quarter of what stands around, the passage does not repeat the wording.
    `family` and `document` are by pair of `found`.
    """
    n = len(found.same)
    out = np.zeros(n, np.bool_)
    gaps = _gaps(found, family, min_words)
    if not len(gaps.row):
        return out
    is_open = _open(corpus, gaps, document, min_words)
    own, other = gaps.own_end - gaps.own_begin, gaps.end - gaps.begin
    size = np.bincount(gaps.row[is_open], weights=np.maximum(own, other)[is_open], minlength=n)
    out[(size > 0) & (size >= SHARE * found.kept)] = True
    return out


def _gaps(found: Compared, family: I64, min_words: int) -> _Gaps:
    runs = found.runs
    owner = np.repeat(np.arange(len(family)), np.diff(runs.offsets))
    same = np.where(runs.op == KEEP, runs.from_end - runs.from_begin, 0)
    solid = same >= SOLID
    left = np.flatnonzero(~solid)
    part = np.stack([owner[left], np.cumsum(solid)[left]])
    first = np.flatnonzero((np.diff(part, prepend=-1) != 0).any(axis=0))
    if not len(first):
        none = np.empty(0, np.int64)
        return _Gaps(none, none, none, none, none, none)
    last = np.append(first[1:], len(left)) - 1
    begin, end = runs.from_begin[left[first]], runs.from_end[left[last]]
    own_begin, own_end = runs.to_begin[left[first]], runs.to_end[left[last]]
    kept = np.add.reduceat(same[left], first)
    size, own = end - begin, own_end - own_begin
    which = (size >= min_words) & (own >= min_words) & (2 * kept < UNLIKE * (size + own))
    row = part[0, first[which]]
    return _Gaps(row, family[row], begin[which], end[which], own_begin[which], own_end[which])


def _open(corpus: Corpus, gaps: _Gaps, document: I64, min_words: int) -> BOOL:
    """Which gaps are in places of their wording that sources fill in several ways."""
    order = np.lexsort((gaps.own_begin, gaps.row, gaps.end, gaps.begin, gaps.family))
    hashes = np.empty(len(order), np.uint64)
    wording_hashes(corpus.word, gaps.own_begin, gaps.own_end, hashes)
    source = corpus.source[document[gaps.row]]
    out = np.zeros(len(order), np.bool_)
    low = 0
    while low < len(order):
        one = order[low]
        high = low
        said: dict[int, int] = {}
        while high < len(order):
            gap = order[high]
            if gaps.family[gap] != gaps.family[one]:
                break
            if min(gaps.end[gap], gaps.end[one]) - gaps.begin[gap] < min_words:
                break
            if len(said) < _MOST:
                said.setdefault(int(hashes[gap]), int(gap))
            high += 1
        out[order[low:high]] = _several(corpus, gaps, source, list(said.values()))
        low = high
    return out


def _several(corpus: Corpus, gaps: _Gaps, source: U32, some: list[int]) -> bool:
    """Whether two of these fillings, of two sources, are unlike one another."""
    words = {k: set(corpus.word[gaps.own_begin[k] : gaps.own_end[k]].tolist()) for k in some}
    return any(
        source[a] != source[b] and 2 * len(words[a] & words[b]) < OTHER * (len(words[a]) + len(words[b]))
        for a, b in combinations(some, 2)
    )
