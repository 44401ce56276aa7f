"""Talking points of wordings that two sources share to the letter, and that no one talking point has of all of them."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel
from inchorus.match.families import Families
from inchorus.match.maximal_repeats import Repeats, longer
from inchorus.match.stretches import Visits
from inchorus.prepare.corpus import Corpus

BEYOND = 3  # words that a talking point may lack of a wording that it has everywhere
LOOK = 64  # passages over one place that are looked at


@kernel
def _same_before(word: U32, at: I64, from_start: I64, order: I64, first: int, stop: int) -> bool:
    """Whether one and the same word stands before all places: then a longer wording says it all."""
    i = order[first]
    if from_start[i] == 0:
        return False
    w = word[at[i] - 1]
    for k in range(first + 1, stop):
        j = order[k]
        if from_start[j] == 0 or word[at[j] - 1] != w:
            return False
    return True


@kernel
def _held(
    at: I64, order: I64, first: int, stop: int, words: int, begin: I64, end: I64, family: I64, votes: I64
) -> bool:  # fmt: skip
    """Whether one family has all but `BEYOND` of the words at every place. Passages are sorted by `begin`."""
    found = False
    for k in range(first, stop):
        s = at[order[k]]
        e = s + words
        i = np.searchsorted(begin, e) - 1
        looked = 0
        met = False
        while i >= 0 and looked < LOOK:
            if min(end[i], e) - max(begin[i], s) >= words - BEYOND and votes[family[i]] == k - first:
                votes[family[i]] += 1
                met = True
                found |= k + 1 == stop
            i -= 1
            looked += 1
        if not met:
            break
    for k in range(first, stop):
        e = at[order[k]] + words
        i = np.searchsorted(begin, e) - 1
        looked = 0
        while i >= 0 and looked < LOOK:
            votes[family[i]] = 0
            i -= 1
            looked += 1
    return found


@kernel
def _rows(
    word: U32, at: I64, from_start: I64, order: I64, first: I64, stop: I64, words: I64, begin: I64, end: I64,
    family_of: I64, votes: I64,
) -> tuple[I64, int]:  # fmt: skip
    """Rows of family, piece, begin, end; and how many. Places of one wording do not overlap."""
    out = np.zeros((4, 1024), np.int64)
    n = 0
    family = 0
    for v in range(len(first)):
        if _same_before(word, at, from_start, order, first[v], stop[v]) or _held(
            at, order, first[v], stop[v], words[v], begin, end, family_of, votes
        ):
            continue
        places = np.sort(order[first[v] : stop[v]])
        behind = np.int64(-1)
        for i in places:
            if at[i] < behind:
                continue
            if n == out.shape[1]:
                out = longer(out, n)
            out[0, n], out[1, n], out[2, n], out[3, n] = family, i, at[i], at[i] + words[v]
            behind = at[i] + words[v]
            n += 1
        family += 1
    return out, n


def untold(corpus: Corpus, visits: Visits, repeats: Repeats, families: Families) -> Families:
    """The wordings of `repeats`, each a talking point with all of its places, the canonical one the earliest.

    Not those of which one of the `families` has all but `BEYOND` words at every place: a line with a word or two more
    is no other line.
    """
    by = np.argsort(families.begin, kind="stable")
    from_start = visits.word - corpus.offsets[visits.document]
    out, n = _rows(
        corpus.word, visits.word, from_start, repeats.order, repeats.first, repeats.stop, repeats.words,
        families.begin[by], families.end[by], families.family[by], np.zeros(len(families.canonical), np.int64),
    )  # fmt: skip
    family, piece, begin, end = (np.ascontiguousarray(row[:n]) for row in out)
    document = visits.document[piece]
    order = np.lexsort((np.arange(n), corpus.earliest[document], family))
    heads = order[np.flatnonzero(np.diff(family[order], prepend=-1))]
    return Families(family, document, begin, end, np.ones(n), heads)


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
