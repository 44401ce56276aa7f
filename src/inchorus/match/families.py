"""Talking points: for each chain a canonical passage, and the passages that are like it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.engine.executor import Executor
from inchorus.match.anchored import canonical_table, words_in_common
from inchorus.match.chains import Occurrences
from inchorus.match.common_grams import common_gram
from inchorus.match.widened import widened
from inchorus.match.x_drop import extension
from inchorus.words.corpus import Corpus

ROUNDS = 8  # wordings taken out of one chain; each must bring in a source that the ones before lack there
KEPT = 0.8  # of `min_words`: words that a passage has in common with the canonical one at least
_PARTS = 64


class Families(NamedTuple):
    """Passages by talking point.

    family (int64): a number a passage, rising. document (uint32); begin, end (int64): words of the
    corpus. similarity (float64): to the canonical passage, which is the one at `canonical[family]`.
    """

    family: I64
    document: U32
    begin: I64
    end: I64
    similarity: F64
    canonical: I64


@kernel
def _longer(out: I64, like: F64, n: int, room: int) -> tuple[I64, F64]:
    """The first `n` columns in arrays with more room.

    By loops: an assignment to a slice has Numba compile the text of an error about shapes, which takes seconds.
    """
    more = np.empty((len(out), room), np.int64)
    more_like = np.empty(room, np.float64)
    for row in range(len(out)):
        for i in range(n):
            more[row, i] = out[row, i]
    for i in range(n):
        more_like[i] = like[i]
    return more, more_like


@kernel
def _families(
    word: U32, offsets: I64, source: U32, earliest: I64, document: U32, chain: U32, begin: I64, end: I64, low: U32,
    high: U32, hits: U32, first: I64, words: I64, places: U32, runs: U32, lo: int, hi: int, gram: int, min_words: int,
    min_sources: int, min_similarity: float,
) -> tuple[I64, F64]:  # fmt: skip
    room = 4 * (hi - lo) + 64
    out = np.empty((5, room), np.int64)  # family, document, begin, end, canonical?
    like = np.empty(room, np.float64)
    n, forward, back = int(np.int64(0)), int(np.int64(1)), int(np.int64(-1))
    families = 0
    a = lo
    while a < hi:
        b = a
        while b < hi and chain[b] == chain[a]:
            b += 1
        known = np.zeros(b - a, np.uint8)  # 1: in a family, or tried in vain
        served = np.zeros(b - a, np.uint8)  # its source has this part of the chain in a family
        for turn in range(ROUNDS):
            best = int(np.int64(-1))  # a plain -1 has another `_widened` compiled, for that number
            for i in range(a, b):
                if known[i - a] or end[i] - begin[i] < min_words:
                    continue
                if turn and served[i - a]:
                    continue
                if (
                    best < 0
                    or hits[i] > hits[best]
                    or (hits[i] == hits[best] and earliest[document[i]] < earliest[document[best]])
                ):
                    best = i
            if best < 0:
                break
            k0, k1 = widened(word, offsets, document, best, a, b, begin, end, first, words, places, runs, gram)
            canonical = word[k0:k1]
            m = k1 - k0
            distinct, table = canonical_table(canonical)
            start = n
            new_source = False
            inside = np.zeros(b - a, np.uint8)
            for i in range(a, b):
                if n + 1 >= room:
                    room *= 2
                    out, like = _longer(out, like, n, room)
                w0 = k0
                w1 = k1
                matched = m
                if i != best:
                    wl, kl = common_gram(
                        first[i], first[i + 1], first[best], first[best + 1], words, places, runs, forward
                    )
                    if wl < 0:
                        continue
                    wr, kr = common_gram(
                        first[i], first[i + 1], first[best], first[best + 1], words, places, runs, back
                    )
                    wr += gram
                    kr += gram
                    d = document[i]
                    w0 = wl
                    w1 = wr
                    if kl > k0:
                        w0 -= extension(word, kl - 1, k0 - 1, word, wl - 1, offsets[d] - 1, back)[1]
                    if kr < k1:
                        w1 += extension(word, kr, k1, word, wr, offsets[d + 1], forward)[1]
                    same = w1 - w0 == m
                    if same:
                        for j in range(m):
                            if word[w0 + j] != canonical[j]:
                                same = False
                                break
                    if not same:
                        if 2.0 * min(m, w1 - w0) < min_similarity * (m + w1 - w0):
                            continue
                        matched = words_in_common(canonical, distinct, table, word[w0:w1])
                similarity = 2.0 * matched / (m + w1 - w0)
                if similarity < min_similarity or matched < KEPT * min_words:
                    continue
                if not known[i - a]:
                    new_source |= not served[i - a]
                    # An occurrence that goes on far beyond this wording stays open for a longer one.
                    if 2 * (w1 - w0) >= end[i] - begin[i]:
                        known[i - a] = 1
                out[0, n] = families
                out[1, n] = document[i]
                out[2, n] = w0
                out[3, n] = w1
                out[4, n] = 1 if i == best else 0
                inside[i - a] = 1
                like[n] = similarity
                n += 1
            known[best - a] = 1
            sources = 0
            last = -1
            for j in range(start, n):
                own = int(source[out[1, j]])
                if own != last:  # occurrences of a chain come by document, documents by source
                    sources += 1
                    last = own
            if sources < min_sources or not new_source:
                n = start
                continue
            families += 1
            # What a source has of this wording reaches from `least` to `most`; what else it has of the chain is open:
            # two lines that went into the same documents may be on one chain.
            i = a
            while i < b:
                j = i
                least = np.int64(high[best])
                most = np.int64(0)
                while j < b and source[document[j]] == source[document[i]]:
                    if inside[j - a]:
                        least = min(least, max(np.int64(low[j]), np.int64(low[best])))
                        most = max(most, min(np.int64(high[j]), np.int64(high[best])))
                    j += 1
                for x in range(i, j):
                    common = min(np.int64(high[x]), most) - max(np.int64(low[x]), least)
                    if 2 * common >= np.int64(high[x]) - np.int64(low[x]):
                        served[x - a] = 1
                i = j
        a = b
    return out[:, :n].copy(), like[:n].copy()


def _parts(chain: U32) -> I64:
    """Bounds of parts of about equal size that never cut a chain."""
    wanted = np.linspace(0, len(chain), _PARTS + 1).astype(np.int64)
    return np.unique(np.searchsorted(chain, chain[np.minimum(wanted[:-1], len(chain) - 1)])).astype(np.int64)


def build_families(
    corpus: Corpus,
    found: Occurrences,
    gram: int,
    min_words: int,
    min_sources: int,
    min_similarity: float,
    threads: int,
) -> Families:
    """Choose canonical passages and gather the passages that are like them.

    The canonical passage of a chain is the occurrence with the most shared n-grams, the earliest of
    equals. Every other occurrence is cut to it, its ends are settled by alignment, and it belongs to
    the talking point if `2 x LCS / (m + n)` is at least `min_similarity`. Occurrences that are not
    like it are tried again among themselves, so that a part which more sources use than the whole
    becomes a talking point of its own, with the same words inside the whole as its passages too.
    """
    bounds = np.append(_parts(found.chain), len(found.chain)) if len(found.chain) else np.zeros(1, np.int64)

    def run(part: tuple[int, int]) -> tuple[I64, F64]:
        return _families(
            corpus.word, corpus.offsets, corpus.source, corpus.earliest, found.document, found.chain, found.begin,
            found.end, found.low, found.high, found.hits, found.first, found.words, found.places, found.runs, part[0],
            part[1], gram, min_words, min_sources, min_similarity,
        )  # fmt: skip

    parts = [(int(lo), int(hi)) for lo, hi in pairwise(bounds)]
    rows, likes, total = [np.empty((5, 0), np.int64)], [np.empty(0)], 0
    for table, like in Executor(threads).map(run, parts):
        if table.shape[1]:
            table[0] += total
            total = int(table[0, -1]) + 1
            rows.append(table)
            likes.append(like)
    out = np.concatenate(rows, axis=1)
    return Families(
        out[0],
        out[1].astype(np.uint32),
        out[2],
        out[3],
        np.concatenate(likes),
        np.flatnonzero(out[4]).astype(np.int64),
    )
