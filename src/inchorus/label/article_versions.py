"""Corrected versions of one article: documents of one source, days apart, that hold nearly the same words."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U32, U64, kernel
from inchorus.match.hashes import finalise
from inchorus.words.corpus import DAY, NEVER, Corpus

GRAM = 4  # words
FEWEST = 40  # words: shorter texts, such as posts, are alike by chance or on purpose
KEPT = 32  # of the least hashes of a text's grams, by which two texts are compared
ASKED = 8  # of these, the least, by which versions are found
NEXT = 4  # documents of a source with one hash, in order of time, that each is compared with
ALIKE = 0.6  # of the grams of either: one word in sixteen changed leaves so much
SOON = 7 * DAY  # from the first version to the last, at most: a form that comes back is not corrected


@kernel
def _sketch(word: U32, offsets: I64, out: U64) -> None:
    """The least distinct hashes of each text, rising; the rest of a row stays as it is."""
    for d in range(len(offsets) - 1):
        begin, end = offsets[d], offsets[d + 1]
        if end - begin < FEWEST:
            continue
        n = 0
        row = out[d]
        for p in range(begin, end - GRAM + 1):
            h = np.uint64(GRAM)
            for k in range(GRAM):
                h = (h ^ np.uint64(word[p + k])) * np.uint64(0x9E3779B97F4A7C15)
                h ^= h >> np.uint64(29)
            h = finalise(h)
            if n == KEPT and h >= row[KEPT - 1]:
                continue
            at = n
            while at > 0 and row[at - 1] > h:
                at -= 1
            if at > 0 and row[at - 1] == h:
                continue
            if n < KEPT:
                n += 1
            for k in range(n - 1, at, -1):
                row[k] = row[k - 1]
            row[at] = h


@kernel
def _alike(sketch: U64, left: I64, right: I64, out: BOOL) -> None:
    """Whether two texts share so much, by the least hashes of the two together (Broder 1997)."""
    none = np.uint64(0xFFFFFFFFFFFFFFFF)
    for i in range(len(left)):
        a, b = sketch[left[i]], sketch[right[i]]
        x = 0
        y = 0
        seen = 0
        same = 0
        while seen < KEPT and x < KEPT and y < KEPT and a[x] != none and b[y] != none:
            if a[x] == b[y]:
                same += 1
                x += 1
                y += 1
            elif a[x] < b[y]:
                x += 1
            else:
                y += 1
            seen += 1
        out[i] = seen > 0 and same >= ALIKE * seen


def originals(corpus: Corpus) -> I64:
    """The first version of each document: itself, where it is no version of another. int64, (documents,).

    A version is of the same source, at most a week later than the first (or either has no time), and shares six tenths
    of its runs of four words with the one before it. Documents with fewer than 40 words are their own. Documents are
    in order of source and time. Work grows as n log n: only neighbours in time that share one of the eight least hashes
    of their runs are compared.
    """
    n = len(corpus.source)
    own: I64 = np.arange(n)
    sketch = np.full((n, KEPT), np.iinfo(np.uint64).max)
    _sketch(corpus.word, corpus.offsets, sketch)
    rows = np.flatnonzero(np.diff(corpus.offsets) >= FEWEST)
    document = np.repeat(rows, ASKED)
    value = sketch[rows, :ASKED].reshape(-1)
    order = np.lexsort((document, value, corpus.source[document]))
    document, value = document[order], value[order]
    left, right = _neighbours(document, value, corpus)
    alike = np.zeros(len(left), np.bool_)
    _alike(sketch, np.ascontiguousarray(left), np.ascontiguousarray(right), alike)
    return _within_a_week(_joined(own, left[alike], right[alike]), corpus.earliest)


def _neighbours(document: I64, value: U64, corpus: Corpus) -> tuple[I64, I64]:
    """Pairs of documents that are the next, or the next but three at most, among those of a source with one hash."""
    pairs = []
    for step in range(1, min(NEXT + 1, len(document))):
        left, right = document[:-step], document[step:]
        near = (value[step:] == value[:-step]) & (corpus.source[left] == corpus.source[right]) & (left != right)
        near &= value[step:] != np.iinfo(np.uint64).max
        left, right = left[near], right[near]
        timed = (corpus.earliest[left] != NEVER) & (corpus.earliest[right] != NEVER)
        soon = ~timed | (np.where(timed, corpus.earliest[right] - corpus.earliest[left], 0) <= SOON)
        pairs.append(np.stack([left[soon], right[soon]]))
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    once = np.unique(np.concatenate(pairs, axis=1), axis=1)
    return once[0], once[1]


def _within_a_week(first: I64, time: I64) -> I64:
    """The first versions, where a week after the first of an article another one begins: a daily report is none."""
    out = first.copy()
    late = np.flatnonzero((time != NEVER) & (time[first] != NEVER))
    late = late[time[late] - time[first[late]] > SOON]
    begun: dict[int, int] = {}
    for d in late[np.argsort(time[late], kind="stable")].tolist():
        article = begun.get(int(first[d]), -1)
        if article < 0 or time[d] - time[article] > SOON:
            begun[int(first[d])] = article = d
        out[d] = article
    return out


def _joined(own: I64, left: I64, right: I64) -> I64:
    """The least document of each set of documents that pairs connect."""
    if not len(left):
        return own
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(left)), (left, right)), shape=(len(own), len(own)))
    number = connected_components(graph, directed=False)[1]
    first = np.full(len(own), len(own))
    np.minimum.at(first, number, own)
    return np.asarray(first[number])
