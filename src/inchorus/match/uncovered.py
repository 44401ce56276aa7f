"""Talking points of wordings that two sources share to the letter, and that no one talking point has of all of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, kernel
from inchorus.compiled.sorting import place, put_in_order
from inchorus.match.families import Families
from inchorus.match.maximal_repeats import Repeats, longer
from inchorus.match.stretches import Visits
from inchorus.words.corpus import Corpus

BEYOND = 3  # words that a talking point may lack of a wording that it has everywhere
LOOK = 64  # passages over one place that are looked at
# Places of wordings, beside one for every word: 200 overlapping cuts of one text, 42,000 words, have 0.29 million, and
# three times as many with twice as many words.
ROOM = 1 << 20


class Uncovered(NamedTuple):
    """Talking points, and how many wordings could be none, because they are too many and in too many places."""

    families: Families
    without_room: int


@kernel
def _runs(word: U32, at: I64, from_start: I64, order: I64) -> I64:
    """For each place of the order, the first of those up to it that one and the same word stands before."""
    run = np.empty(len(order), np.int64)
    for k in range(len(order)):
        run[k] = k
        i, j = order[k], order[k - 1]
        if k and from_start[i] and from_start[j] and word[at[i] - 1] == word[at[j] - 1]:
            run[k] = run[k - 1]
    return run


@kernel
def _held(
    at: I64, order: I64, first: int, stop: int, words: int, begin: U64, end: I64, family: I64, votes: I64
) -> bool:  # fmt: skip
    """Whether one family has all but `BEYOND` of the words at every place. Passages are sorted by `begin`."""
    found = False
    for k in range(first, stop):
        s = at[order[k]]
        e = s + words
        i = place(begin, np.uint64(e)) - 1
        looked = 0
        met = False
        while i >= 0 and looked < LOOK:
            if min(end[i], e) - max(np.int64(begin[i]), s) >= words - BEYOND and votes[family[i]] == k - first:
                votes[family[i]] += 1
                met = True
                found |= k + 1 == stop
            i -= 1
            looked += 1
        if not met:
            break
    for k in range(first, stop):
        i = place(begin, np.uint64(at[order[k]] + words)) - 1
        looked = 0
        while i >= 0 and looked < LOOK:
            votes[family[i]] = 0
            i -= 1
            looked += 1
    return found


@kernel
def _rows(
    run: I64, at: I64, order: I64, first: I64, stop: I64, words: I64, begin: U64, end: I64, family_of: I64,
    votes: I64, room: int,
) -> tuple[I64, int, int]:  # fmt: skip
    """Rows of family, piece, begin, end; how many; and the wordings for whose places there was no `room`.

    Places of one wording do not overlap. Where one word stands before all of them, a longer wording says it.
    """
    out = np.zeros((4, 1024), np.int64)
    n = 0
    family = 0
    without = 0
    for v in range(len(first)):
        if run[stop[v] - 1] <= first[v]:
            continue
        places = stop[v] - first[v]
        if places > room:
            without += 1
            continue
        room -= places
        if _held(at, order, first[v], stop[v], words[v], begin, end, family_of, votes):
            continue
        pieces = np.empty(places, np.uint64)
        for k in range(places):
            pieces[k] = np.uint64(order[first[v] + k])
        put_in_order(pieces)
        behind = np.int64(-1)
        for k in range(places):
            i = np.int64(pieces[k])
            if at[i] < behind:
                continue
            if n == out.shape[1]:
                out = longer(out, n)
            out[0, n], out[1, n], out[2, n], out[3, n] = family, i, at[i], at[i] + words[v]
            behind = at[i] + words[v]
            n += 1
        family += 1
    return out, n, without


def untold(corpus: Corpus, visits: Visits, repeats: Repeats, families: Families, room: int = ROOM) -> Uncovered:
    """The wordings of `repeats`, each a talking point with all of its places, the canonical one the earliest.

    Not those of which one of the `families` has all but `BEYOND` words at every place: a line with a word or two more
    is no other line. Where wordings have more than `room` places together, and one for every word of the corpus, those
    with too many are left out, the longest first served, so that work and result are linear in the corpus.
    """
    by = np.argsort(families.begin, kind="stable")
    from_start = visits.word - corpus.offsets[visits.document]
    run = _runs(corpus.word, visits.word, from_start, repeats.order)
    out, n, without = _rows(
        run, visits.word, repeats.order, repeats.first, repeats.stop, repeats.words,
        families.begin[by].astype(np.uint64), families.end[by], families.family[by],
        np.zeros(len(families.canonical), np.int64), room + len(corpus.word),
    )  # fmt: skip
    family, piece, begin, end = (np.ascontiguousarray(row[:n]) for row in out)
    document = visits.document[piece]
    order = np.lexsort((np.arange(n), corpus.earliest[document], family))
    heads = order[np.flatnonzero(np.diff(family[order], prepend=-1))]
    return Uncovered(Families(family, document, begin, end, np.ones(n), heads), without)


def joined(one: Families, other: Families) -> Families:
    """All families of both."""
    return Families(
        np.concatenate([one.family, other.family + len(one.canonical)]),
        np.concatenate([one.document, other.document]),
        np.concatenate([one.begin, other.begin]),
        np.concatenate([one.end, other.end]),
        np.concatenate([one.similarity, other.similarity]),
        np.concatenate([one.canonical, other.canonical + len(one.family)]),
    )
