"""Slots at the edge of a wording: sources say one thing or another right before or behind it."""

from __future__ import annotations

from typing import NamedTuple

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


class _Edges(NamedTuple):
    """The same edge of passages: family, document, source and first word beyond, in parallel; which edge it is."""

    family: I64
    document: I64
    source: I64
    edge: I64
    at_end: bool

    def beyond(self, words: int) -> tuple[I64, I64]:
        """Where so many words beyond the edge begin and end."""
        return (self.edge, self.edge + words) if self.at_end else (self.edge - words, self.edge)

    def farthest(self, words: int) -> I64:
        """The last of so many words, seen from the edge."""
        return self.edge + words - 1 if self.at_end else self.edge - words


class _Fillers(NamedTuple):
    """By passage: the number of what fills its slot, or -1; its words; and by words, the number of what stands there.

    Numbers are below `n`; what stands there is 0 where that many words are not of the sentence.
    """

    chosen: I64
    length: I64
    alike: I64
    n: int


def _filled(
    corpus: Corpus, heavy: BOOL, telling: I64, families: Families, rows: I64, min_sources: int, *, at_end: bool
) -> tuple[I64, I64, I64]:
    """Of the passages `rows` those that fill a slot: which, the number of what they fill it with, and its words.

    `heavy` and `telling` come from `_weighty`.
    """
    document = families.document[rows].astype(np.int64)
    source, edge = corpus.source[document].astype(np.int64), (families.end if at_end else families.begin)[rows]
    edges = _Edges(families.family[rows].astype(np.int64), document, source, edge, at_end)
    fillers = _fillers(corpus, heavy, edges, min_sources)
    out = _differing(corpus, telling, edges, fillers, len(families.canonical))
    slots = _distinct(edges.family[out], fillers.chosen[out], len(families.canonical)) >= FILLERS
    # What anything may stand beside is a formula, and with what stands there none the less (Baayen 1992).
    size = np.bincount(edges.family, minlength=len(slots))
    slots &= np.bincount(edges.family[out], minlength=len(slots)) >= FILLED * size
    out = out[slots[edges.family[out]]]
    # Only what no talking point has is new.
    low = families.begin[rows[out]] - (0 if at_end else fillers.length[out])
    high = families.end[rows[out]] + (fillers.length[out] if at_end else 0)
    free = out[~_told(families, low, high)]
    new = _distinct(fillers.chosen[free], source[free], fillers.n) >= min_sources
    out = out[new[fillers.chosen[out]]]
    return rows[out], fillers.chosen[out], fillers.length[out]


def _fillers(corpus: Corpus, heavy: BOOL, edges: _Edges, min_sources: int) -> _Fillers:
    """What enough sources say beyond the edge, up to a word of weight.

    Of a filler and a longer one the shorter is taken, unless that goes on in several ways or always in one.
    """
    passages = len(edges.edge)
    chosen, length = np.full(passages, -1), np.zeros(passages, np.int64)
    alike = np.zeros((BEYOND + 1, passages), np.int64)
    base = 0
    for more in range(BEYOND, 0, -1):
        begin, end = edges.beyond(more)
        fits = np.flatnonzero(_in_sentence(corpus, edges.document, begin, end, at_end=edges.at_end))
        hashes = np.empty(len(fits), np.uint64)
        wording_hashes(corpus.word, begin[fits], end[fits], hashes)
        hashes ^= edges.family[fits].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        group = np.unique(hashes, return_inverse=True)[1].reshape(-1).astype(np.int64)
        n = int(group.max(initial=-1)) + 1
        alike[more, fits] = base + group
        good = _distinct(group, edges.source[fits], n) >= min_sources
        good[group[~heavy[corpus.word[edges.farthest(more)[fits]]]]] = False
        has = chosen[fits] >= 0
        ways = _distinct(group[has], chosen[fits[has]], n)
        whole = (ways == 1) & (np.bincount(group[has], minlength=n) == np.bincount(group, minlength=n))
        take = (good & (ways < FILLERS) & ~whole)[group]
        chosen[fits[take]], length[fits[take]] = base + group[take], more
        base += n
    return _Fillers(chosen, length, alike, base)


def _differing(corpus: Corpus, telling: I64, edges: _Edges, fillers: _Fillers, families: int) -> I64:
    """The passages whose filler says something besides the words that all fillers of its slot begin with."""
    out = np.flatnonzero(fillers.chosen >= 0)
    shared = np.zeros(families, np.int64)
    every = np.bincount(edges.family[out], minlength=families)
    for more in range(1, BEYOND + 1):
        longer = out[fillers.length[out] >= more]
        ways = _distinct(edges.family[longer], fillers.alike[more, longer], families)
        shared[(ways == 1) & (np.bincount(edges.family[longer], minlength=families) == every)] = more
    told = np.zeros(len(out), np.int64)
    for step in range(BEYOND):
        counts = (step >= shared[edges.family[out]]) & (step < fillers.length[out])
        told[counts] += telling[corpus.word[edges.farthest(step + 1)[out[counts]]]]
    return out[told >= SEVERAL]


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
