"""Talking points: for each chain a canonical passage, and the passages that are like it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.engine.executor import Executor
from inchorus.match.anchored import canonical_table, words_in_common
from inchorus.match.chains import Occurrences
from inchorus.match.x_drop import extension
from inchorus.prepare.corpus import Corpus

ROUNDS = 8  # wordings taken out of one chain; each must bring in a source that the ones before lack there
KEPT = 0.8  # of `min_words`: words that a passage has in common with the canonical one at least
ASKED = 32  # passages that are asked how far a wording goes on
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
def _beyond(a: int, b: int, place: int, places: U32, runs: U32) -> int:
    """The first of the segments `a:b` that ends past `place`, or `b`."""
    while a < b:
        middle = (a + b) // 2
        if np.int64(places[middle]) + runs[middle] <= place:
            a = middle + 1
        else:
            b = middle
    return a


@kernel
def _before(a: int, b: int, place: int, places: U32) -> int:
    """One past the last of the segments `a:b` that begins before `place`, or `a`."""
    while a < b:
        middle = (a + b) // 2
        if places[middle] < place:
            a = middle + 1
        else:
            b = middle
    return a


@kernel
def _common(oa: int, ob: int, ka: int, kb: int, words: I64, places: U32, runs: U32, step: int) -> tuple[int, int]:
    """Words of the first (`step` 1) or last (-1) n-gram that two occurrences share: of the one, of the other; or -1.

    Segments of an occurrence rise. Those that the other cannot share are leapt over: a canonical passage may have
    thousands, and as many short passages beside it.
    """
    while oa < ob and ka < kb:
        i, j = (oa, ka) if step > 0 else (ob - 1, kb - 1)
        at, other = int(np.int64(places[i])), int(np.int64(places[j]))
        stop, other_stop = at + runs[i], other + runs[j]
        lo, hi = max(at, other), min(stop, other_stop)
        if lo < hi:
            s = lo if step > 0 else hi - 1
            return words[i] + s - at, words[j] + s - other
        if step > 0 and stop < other_stop:
            oa = _beyond(oa, ob, other, places, runs)
        elif step > 0:
            ka = _beyond(ka, kb, at, places, runs)
        elif at > other:
            ob = _before(oa, ob, other_stop, places)
        else:
            kb = _before(ka, kb, stop, places)
    return -1, -1


@kernel
def _ranked(values: I64, n: int, rank: int) -> int:
    """The value at `rank` of the first `n`, which are put in order; at most ASKED are soon in order by insertion."""
    for i in range(1, n):
        value = values[i]
        j = i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value
    return int(values[rank])


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
def _widened(
    word: U32, offsets: I64, document: U32, best: int, a: int, b: int, begin: I64, end: I64, first: I64, words: I64,
    places: U32, runs: U32, gram: int,
) -> tuple[int, int]:  # fmt: skip
    """The canonical passage, wider by what half of the others have too past its outermost n-grams.

    The first and last words of a wording may be edited in the passage that is otherwise the most complete.
    """
    left = np.zeros(min(b - a, ASKED), np.int64)
    right = np.zeros(min(b - a, ASKED), np.int64)
    # Numbers that are not written out have one `_common`, `extension` and `_ranked` compiled for all calls.
    asked, forward, back = int(np.int64(0)), int(np.int64(1)), int(np.int64(-1))
    c = document[best]
    # A text that says it again next to it says it twice, not at greater length.
    floor, ceiling = offsets[c], offsets[c + 1]
    if best > a and document[best - 1] == c:
        floor = min(end[best - 1], begin[best])
    if best + 1 < b and document[best + 1] == c:
        ceiling = max(begin[best + 1], end[best])
    for i in range(a, b):
        if i == best or asked == len(left):
            continue
        wl, kl = _common(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, forward)
        if wl < 0:
            continue
        wr, kr = _common(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, back)
        d = document[i]
        on, _ = extension(word, kl - 1, floor - 1, word, wl - 1, offsets[d] - 1, back)
        left[asked] = on - (kl - begin[best])
        on, _ = extension(word, kr + gram, ceiling, word, wr + gram, offsets[d + 1], forward)
        right[asked] = on - (end[best] - kr - gram)
        asked += 1
    if asked == 0:
        return begin[best], end[best]
    # Of an even number the lower middle one: more than half must agree.
    middle = (asked - 1) // 2
    lead = max(0, _ranked(left, asked, middle))
    tail = max(0, _ranked(right, asked, middle))
    return begin[best] - lead, end[best] + tail


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
            k0, k1 = _widened(word, offsets, document, best, a, b, begin, end, first, words, places, runs, gram)
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
                    wl, kl = _common(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, forward)
                    if wl < 0:
                        continue
                    wr, kr = _common(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, back)
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
