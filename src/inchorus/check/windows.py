"""The parts of documents that have several runs of a sentence close together, and how they align with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.check.draft import Draft
from inchorus.check.runs import GRAM, Places, Runs
from inchorus.compiled.kernel import BOOL, F64, I64, U32, kernel
from inchorus.match.anchored import LONG, kept_words
from inchorus.match.smith_waterman import best_span
from inchorus.search.index import Index

SHARE = 6  # of the runs of a sentence one in so many stands in the part; at 0.6 of the words kept two in six do
MOST = 2000  # parts of documents that are aligned with one sentence, those with most of its runs


class Aligned(NamedTuple):
    """Where sentences of a draft stand in documents, a row each, the best place of each document; sorted by sentence.

    sentence, document (int64). begin, end (int64): words of the index. kept (int64): words in common, in order.
    same (float64): 2 x kept / (words of both). run_begin, run_end (int64): the longest run in common, in words of the
    sentence. shared, lost (float64): the weight of the words in common, and of those that one of both has more.
    """

    sentence: I64
    document: I64
    begin: I64
    end: I64
    kept: I64
    same: F64
    run_begin: I64
    run_end: I64
    shared: F64
    lost: F64


def aligned(
    draft: Draft, runs: Runs, places: Places, index: Index, weight: F64, min_words: int
) -> tuple[Aligned, BOOL]:
    """Align the sentences of a draft with the documents; `weight` (float64) is by number of the words of both.

    Also gives for each sentence whether more parts than `MOST` had to be looked at, so that documents may be missing.
    """
    size = np.diff(draft.bounds)
    need = np.clip((size - GRAM + 1) // SHARE, 1, max(1, min_words - GRAM + 1))
    room = 1024
    while True:
        out = np.empty((5, room), np.int64)
        n = _windows(
            places.place, places.run, index.offsets, runs.bounds, runs.sentence, runs.offset, size, need, out
        )  # fmt: skip
        if n <= room:
            break
        room = n
    out = out[:, :n]
    verbatim = np.zeros(n, np.bool_)
    _exact(draft.word, draft.bounds, index.stream, index.offsets, out, verbatim)
    # Those to the letter stay; of the others the ones with most runs.
    order = np.lexsort((out[2], -out[4], ~verbatim, out[0]))
    out, verbatim = out[:, order], verbatim[order]
    rank = np.arange(n) - np.searchsorted(out[0], out[0])
    cut = np.zeros(len(draft), np.bool_)
    cut[out[0][~verbatim & (rank >= MOST)]] = True
    stays = verbatim | (rank < MOST)
    out, verbatim = out[:, stays], verbatim[stays]
    whole = np.empty((6, out.shape[1]), np.int64)
    weights = np.empty((2, out.shape[1]))
    _align(draft.word, draft.bounds, index.stream, index.offsets, out, verbatim, weight, whole, weights)
    begin, end, kept = whole[0], whole[1], whole[2]
    same = 2.0 * kept / np.maximum(1, size[out[0]] + end - begin)
    run = whole[4] - whole[3]
    order = np.lexsort((begin, -run, -same, out[1], out[0]))
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(out[0][order]) != 0) | (np.diff(out[1][order]) != 0)
    kept_rows = order[first]
    columns = (out[0], out[1], begin, end, kept, same, whole[3], whole[4], weights[0], weights[1])
    return Aligned(*(column[kept_rows] for column in columns)), cut


@kernel
def _windows(
    place: I64, run: I64, offsets: I64, bounds: I64, sentence: I64, offset: I64, size: I64, need: I64, out: I64
) -> int:
    """Gather places of one sentence's runs that are close together in one document.

    Writes sentence, document, the first place, the last one, how many, for as many as `out` has room for.
    """
    open_at = np.full(len(size), -1)
    last = np.zeros(len(size), np.int64)
    many = np.zeros(len(size), np.int64)
    document = np.zeros(len(size), np.int64)
    n = 0
    d = 0
    for i in range(len(place)):
        p = place[i]
        while p >= offsets[d + 1]:
            d += 1
        for k in range(bounds[run[i]], bounds[run[i] + 1]):
            s = sentence[k]
            at = p - offset[k]
            if open_at[s] >= 0 and (document[s] != d or p - open_at[s] > size[s] + size[s] // 2):
                if many[s] >= need[s]:
                    if n < out.shape[1]:
                        out[0, n], out[1, n], out[2, n], out[3, n], out[4, n] = (
                            s, document[s], open_at[s], last[s], many[s],
                        )  # fmt: skip
                    n += 1
                open_at[s] = -1
            if open_at[s] < 0:
                open_at[s] = p
                document[s] = d
                many[s] = 0
            last[s] = at
            many[s] += 1
    for s in range(len(size)):
        if open_at[s] >= 0 and many[s] >= need[s]:
            if n < out.shape[1]:
                out[0, n], out[1, n], out[2, n], out[3, n], out[4, n] = s, document[s], open_at[s], last[s], many[s]
            n += 1
    return n


@kernel
def _exact(word: U32, bounds: I64, stream: U32, offsets: I64, out: I64, verbatim: BOOL) -> None:
    """Mark the parts in which the sentence stands to the letter where its last run says that it begins."""
    for i in range(out.shape[1]):
        lo = bounds[out[0, i]]
        size = bounds[out[0, i] + 1] - lo
        at = out[3, i]
        if at < offsets[out[1, i]] or at + size > offsets[out[1, i] + 1]:
            continue
        k = 0
        while k < size and stream[at + k] == word[lo + k]:
            k += 1
        verbatim[i] = k == size


@kernel
def _align(
    word: U32, bounds: I64, stream: U32, offsets: I64, out: I64, verbatim: BOOL, weight: F64, whole: I64, weights: F64
) -> None:
    """Write begin, end, words kept, the longest run (in words of the sentence), and the weights shared and lost."""
    longest = int(np.int64(LONG))
    for i in range(out.shape[1]):
        lo, hi = bounds[out[0, i]], bounds[out[0, i] + 1]
        own = word[lo:hi]
        size = hi - lo
        total = 0.0
        for w in own:
            total += weight[w]
        if verbatim[i]:
            whole[0, i], whole[1, i], whole[2, i] = out[3, i], out[3, i] + size, size
            whole[3, i], whole[4, i] = 0, size
            weights[0, i], weights[1, i] = total, 0.0
            continue
        first = max(offsets[out[1, i]], out[2, i] - size)
        last = min(offsets[out[1, i] + 1], out[2, i] + size + size // 2 + size)
        begin, end = best_span(own, stream[first:last])
        kept = kept_words(own, stream[first + begin : first + end], longest)
        shared = 0.0
        theirs = 0.0
        n = 0
        run = 0
        run_begin = 0
        run_end = 0
        for j in range(len(kept)):
            theirs += weight[stream[first + begin + j]]
            if kept[j] < 0:
                run = 0
                continue
            n += 1
            shared += weight[own[kept[j]]]
            run = run + 1 if run > 0 and kept[j] == kept[j - 1] + 1 else 1
            if run > run_end - run_begin:
                run_begin, run_end = kept[j] + 1 - run, kept[j] + 1
        whole[0, i], whole[1, i], whole[2, i] = first + begin, first + end, n
        whole[3, i], whole[4, i] = run_begin, run_end
        weights[0, i], weights[1, i] = shared, max(total, theirs) - shared
