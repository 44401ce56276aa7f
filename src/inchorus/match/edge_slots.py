"""Slots at the edge of a wording: sources say one thing or another right before or behind it."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.families import Families
from inchorus.match.hashes import wording_hashes
from inchorus.match.spans import HEAVY, Lexicon
from inchorus.match.turns import FIGURE
from inchorus.match.uncovered import BEYOND
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_NUMBER, STARTS_SENTENCE

FILLERS = 2  # things that stand in one slot, each of them said by as many sources as a talking point needs
FILLED = 0.8  # of the passages: what fills the slot is said by several sources, in a formula it is often said once
SEVERAL = 2  # words of weight that fill a slot, where no name and no figure does


def edge_slots(corpus: Corpus, words: Lexicon, families: Families, min_sources: int) -> Families:
    """Wordings with what fills a slot right before or behind them, each a talking point of its own.

    A wording with a word or two more than a talking point is none (`uncovered.BEYOND`), but where `FILLERS` such things
    stand in one place, each said by `min_sources` sources, they say different things: "four more years of Ann Lee",
    "four more years of John Roe". What they add lies in the same sentence and is a name, a figure or several words of
    weight. The result is unsorted, and empty where there is no slot.
    """
    size = np.bincount(families.family, minlength=len(families.canonical))
    rows = np.flatnonzero((families.similarity == 1) & (size >= FILLERS * min_sources)[families.family])
    weighty = _weighty(corpus, words)
    parts = [_filled(corpus, *weighty, families, rows, min_sources, at_end=at_end) for at_end in (False, True)]
    which, number, more = (np.concatenate([part[i] for part in parts]) for i in range(3))
    at_end = np.repeat([False, True], [len(part[0]) for part in parts])
    number = np.unique(2 * number + at_end, return_inverse=True)[1].reshape(-1).astype(np.int64)
    begin = families.begin[which] - np.where(at_end, 0, more)
    end = families.end[which] + np.where(at_end, more, 0)
    document = families.document[which]
    order = np.lexsort((begin, document, corpus.earliest[document], number))
    heads = order[np.flatnonzero(np.diff(number[order], prepend=-1))]
    return Families(number, document, begin, end, np.ones(len(number)), heads)


def _filled(
    corpus: Corpus, heavy: BOOL, telling: I64, families: Families, rows: I64, min_sources: int, *, at_end: bool
) -> tuple[I64, I64, I64]:
    """Of the passages `rows` those that fill a slot: which, the number of what they fill it with, and its words.

    `heavy` and `telling` come from `_weighty`. Of a filler and a longer one the shorter is taken, unless that goes on
    in several ways or always in one.
    """
    family, edge = families.family[rows], (families.end if at_end else families.begin)[rows]
    source = corpus.source[families.document[rows]].astype(np.int64)
    chosen, length = np.full(len(rows), -1), np.zeros(len(rows), np.int64)
    alike = np.zeros((BEYOND + 1, len(rows)), np.int64)
    base = 0
    for more in range(BEYOND, 0, -1):
        begin, end = (edge, edge + more) if at_end else (edge - more, edge)
        fits = np.flatnonzero(_in_sentence(corpus, families.document[rows].astype(np.int64), begin, end, at_end=at_end))
        hashes = np.empty(len(fits), np.uint64)
        wording_hashes(corpus.word, begin[fits], end[fits], hashes)
        hashes ^= family[fits].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        group = np.unique(hashes, return_inverse=True)[1].reshape(-1).astype(np.int64)
        n = int(group.max(initial=-1)) + 1
        alike[more, fits] = base + group
        good = _distinct(group, source[fits], n) >= min_sources
        good[group[~heavy[corpus.word[(end - 1 if at_end else begin)[fits]]]]] = False
        has = chosen[fits] >= 0
        ways = _distinct(group[has], chosen[fits[has]], n)
        whole = (ways == 1) & (np.bincount(group[has], minlength=n) == np.bincount(group, minlength=n))
        take = (good & (ways < FILLERS) & ~whole)[group]
        chosen[fits[take]], length[fits[take]] = base + group[take], more
        base += n
    out = np.flatnonzero(chosen >= 0)
    shared = np.zeros(len(families.canonical), np.int64)
    for more in range(1, BEYOND + 1):
        longer = out[length[out] >= more]
        ways = _distinct(family[longer], alike[more, longer], len(shared))
        every = np.bincount(family[longer], minlength=len(shared)) == np.bincount(family[out], minlength=len(shared))
        shared[(ways == 1) & every] = more
    told = np.zeros(len(out), np.int64)
    for step in range(BEYOND):
        place = edge[out] + step if at_end else edge[out] - 1 - step
        counts = (step >= shared[family[out]]) & (step < length[out])
        told[counts] += telling[corpus.word[place[counts]]]
    out = out[told >= SEVERAL]
    slots = _distinct(family[out], chosen[out], len(shared)) >= FILLERS
    # What anything may stand beside is a formula, and with what stands there none the less (Baayen 1992).
    slots &= np.bincount(family[out], minlength=len(shared)) >= FILLED * np.bincount(family, minlength=len(shared))
    out = out[slots[family[out]]]
    # Only what no talking point has is new.
    low = families.begin[rows[out]] - (0 if at_end else length[out])
    high = families.end[rows[out]] + (length[out] if at_end else 0)
    free = ~_told(families, low, high)
    new = _distinct(chosen[out[free]], source[out[free]], base) >= min_sources
    out = out[new[chosen[out]]]
    return rows[out], chosen[out], length[out]


def _distinct(of: I64, what: I64, n: int) -> I64:
    """How many different things each of `n` numbers has."""
    return np.bincount(np.unique(of << 32 | what) >> 32, minlength=n)


def _told(families: Families, begin: I64, end: I64) -> BOOL:
    """Which spans lie whole in a passage."""
    order = np.argsort(families.begin, kind="stable")
    reach = np.maximum.accumulate(families.end[order])
    at = np.searchsorted(families.begin[order], begin, "right") - 1
    out: BOOL = (at >= 0) & (reach[np.maximum(at, 0)] >= end)
    return out


def _weighty(corpus: Corpus, words: Lexicon) -> tuple[BOOL, I64]:
    """Which words are of weight; and what each counts of `SEVERAL`: a name or a figure all of it."""
    heavy = words.weight >= HEAVY
    is_number = np.zeros(len(heavy), np.bool_)
    is_number[corpus.word[corpus.flags & IS_NUMBER != 0]] = True
    is_number |= words.turns.kinds & FIGURE != 0
    whole = (words.named != 0) & heavy | is_number
    return heavy | is_number, np.where(whole, SEVERAL, heavy)


def _in_sentence(corpus: Corpus, document: I64, begin: I64, end: I64, *, at_end: bool) -> BOOL:
    """Whether words right before or behind a passage are in its document and its sentence."""
    out: BOOL = (begin >= corpus.offsets[document]) & (end <= corpus.offsets[document + 1])
    last = len(corpus.word) - 1
    # The first word behind a passage may begin no sentence, nor may the passage's own first word behind what is added.
    first = begin + (0 if at_end else 1)
    for step in range(BEYOND):
        place = first + step
        within = place < end + (0 if at_end else 1)
        out &= ~(within & (corpus.flags[np.clip(place, 0, last)] & STARTS_SENTENCE != 0))
    return out
