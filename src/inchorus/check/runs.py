"""Where runs of a draft's words stand in the documents of an index: one pass over all their words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.check.draft import Draft
from inchorus.compiled.kernel import BOOL, I64, U8, U32, U64, inline, kernel
from inchorus.match.hashes import content_key, finalise
from inchorus.search.index import Index

GRAM = 3  # words of a run: of a sentence with one word in ten changed, some run of three is left
# Places in sentences that runs are looked at, in all; beyond it the commonest runs are left out, as what stands
# everywhere tells no place. A speech of 100 sentences needs about a million in 40 million words.
MOST_PLACES = 20_000_000


class Runs(NamedTuple):
    """The different runs of a draft, and where each stands in it, once a sentence.

    hash (uint64), rising. Run r stands in the sentences `sentence[bounds[r]:bounds[r + 1]]`, `offset` words after their
    beginning (int64 each).
    """

    hash: U64
    bounds: I64
    sentence: I64
    offset: I64
    base: int


class Places(NamedTuple):
    """Places in documents, in their order: the word of the index where a run stands, and the run (int64 each)."""

    place: I64
    run: I64
    left_out: int


def runs_of(draft: Draft) -> Runs:
    """The runs of `GRAM` words of the sentences of a draft; of those with the same words, of the first."""
    base = content_key(draft.word) | 5
    hashes = np.zeros(len(draft.word), np.uint64)
    _hash_runs(draft.word, draft.bounds, draft.known, base, hashes)
    at = np.flatnonzero(hashes)
    sentence = np.searchsorted(draft.bounds, at, "right") - 1
    alike = draft.first_alike()
    asked = alike[sentence] == sentence
    at, sentence = at[asked], sentence[asked]
    distinct, run = np.unique(hashes[at], return_inverse=True)
    # A run that a sentence has twice is looked for at its first place.
    _, first = np.unique(np.stack([run.reshape(-1), sentence]), axis=1, return_index=True)
    at, sentence, run = at[first], sentence[first], run.reshape(-1)[first]
    bounds = np.searchsorted(run, np.arange(len(distinct) + 1)).astype(np.int64)
    return Runs(distinct, bounds, sentence.astype(np.int64), (at - draft.bounds[sentence]).astype(np.int64), base)


def places_of(runs: Runs, index: Index) -> Places:
    """Find every place of the runs in an index; `left_out` says how many runs are too common to be looked at."""
    none = np.empty(0, np.int64)
    if not len(runs.hash):
        return Places(none, none, 0)
    size = 1 << max(10, int(4 * len(runs.hash)).bit_length())
    keys, rows, seen = np.zeros(size, np.uint64), np.zeros(size, np.int64), np.zeros(8 * size, np.uint8)
    wanted = np.ones(len(runs.hash), np.bool_)
    out = np.empty((2, 1 << 18), np.int64)
    uses = np.diff(runs.bounds)
    while True:
        keys[:] = 0
        seen[:] = 0
        _table(runs.hash, wanted, keys, rows, seen)
        counts = np.zeros(len(runs.hash), np.int64)
        n = _scan(index.stream, index.offsets, runs.base, keys, rows, seen, counts, out)
        cost = np.cumsum(np.sort(counts * uses))
        if cost[-1] > MOST_PLACES:
            order = np.argsort(counts * uses, kind="stable")
            wanted[order[cost > MOST_PLACES]] = False
            out = np.empty((2, max(1, int(counts[wanted].sum()))), np.int64)
        elif n > out.shape[1]:
            out = np.empty((2, n), np.int64)
        else:
            return Places(out[0, :n], out[1, :n], int((~wanted).sum()))


@inline
def _mixed(a: int, b: int, c: int, base: int) -> np.uint64:
    """The hash of three words that follow each other; never 0."""
    one = np.uint64(1)
    h = (np.uint64(a) + one) * np.uint64(base) + np.uint64(b) + one
    h = h * np.uint64(base) + np.uint64(c) + one
    return finalise(h) | one


@kernel
def _hash_runs(word: U32, bounds: I64, known: int, base: int, out: U64) -> None:
    for s in range(len(bounds) - 1):
        for p in range(bounds[s], bounds[s + 1] - 2):
            if word[p] < known and word[p + 1] < known and word[p + 2] < known:
                out[p] = _mixed(word[p], word[p + 1], word[p + 2], base)


@kernel
def _table(hashes: U64, wanted: BOOL, keys: U64, rows: I64, seen: U8) -> None:
    """Put hashes into a table with their rows; `seen` has a 1 for the upper bits of each."""
    mask = np.uint64(len(keys) - 1)
    few = np.uint64(len(seen) - 1)
    for r in range(len(hashes)):
        if not wanted[r]:
            continue
        slot = (hashes[r] >> np.uint64(1)) & mask
        while keys[slot] != 0:
            slot = (slot + np.uint64(1)) & mask
        keys[slot] = hashes[r]
        rows[slot] = r
        seen[(hashes[r] >> np.uint64(24)) & few] = 1


@kernel
def _scan(stream: U32, offsets: I64, base: int, keys: U64, rows: I64, seen: U8, counts: I64, out: I64) -> int:
    """Count the places of each run, and write as many as `out` has room for."""
    mask = np.uint64(len(keys) - 1)
    few = np.uint64(len(seen) - 1)
    n = 0
    for d in range(len(offsets) - 1):
        lo, hi = offsets[d], offsets[d + 1]
        if hi - lo < 3:
            continue
        a, b = stream[lo], stream[lo + 1]
        for p in range(lo, hi - 2):
            c = stream[p + 2]
            h = _mixed(a, b, c, base)
            a, b = b, c
            if seen[(h >> np.uint64(24)) & few] == 0:
                continue
            slot = (h >> np.uint64(1)) & mask
            while keys[slot] != 0 and keys[slot] != h:
                slot = (slot + np.uint64(1)) & mask
            if keys[slot] == h:
                counts[rows[slot]] += 1
                if n < out.shape[1]:
                    out[0, n] = p
                    out[1, n] = rows[slot]
                n += 1
    return n
