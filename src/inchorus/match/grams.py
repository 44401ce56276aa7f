"""Word n-grams that two or more sources share, numbered by first appearance."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel
from inchorus.engine.executor import Executor
from inchorus.match.hashes import content_key, finalise
from inchorus.words.corpus import Corpus

NONE = np.uint32(0xFFFFFFFF)  # a position where no shared n-gram starts

_WORDS_A_PASS = 1 << 23  # positions a pass takes: 12 bytes each while it works
_WORDS_A_BUCKET = 1 << 14  # a bucket's hash table then stays in the processor's cache
_PART_BITS = 5  # every pass reads the whole corpus: passes without limit would cost the square of its words


@kernel
def _share(
    word: U32,
    offsets: I64,
    source_bounds: I64,
    gram: int,
    part: int,
    part_bits: int,
    bucket_bits: int,
    min_sources: int,
    key: int,
    first: U32,
) -> int:
    """Set `first[p]` for the positions p of one part of the hash space: where p's n-gram first stands.

    Left alone where fewer than `min_sources` sources have the n-gram. Returns how many slots were looked at.
    """
    # A polynomial in the word numbers, modulo 2^64 (Karp and Rabin 1987). The last word is in its low bits only, and
    # who knows its base can choose words that collide: it is finalised, and its base comes from the corpus itself.
    base = np.uint64(key) | np.uint64(5)
    one = np.uint64(1)
    leave = one
    for _ in range(gram):
        leave *= base
    buckets = 1 << bucket_bits
    fill = np.zeros(buckets + 1, np.int64)
    used = np.uint64(part_bits + bucket_bits)
    part_shift = np.uint64(64 - part_bits)
    bucket_shift = np.uint64(64 - bucket_bits)
    whole = part_bits == 0
    hashes = np.empty(0, np.uint64)
    places = np.empty(0, np.uint32)
    for scan in range(2):
        for d in range(len(offsets) - 1):
            rolling = np.uint64(0)
            lo = int(offsets[d])
            for p in range(lo, offsets[d + 1]):
                rolling = np.uint64(rolling * base + np.uint64(word[p]) + one)
                if p - lo >= gram:
                    rolling -= leave * (np.uint64(word[p - gram]) + one)
                if p - lo < gram - 1:
                    continue
                h = finalise(rolling)
                if whole or h >> part_shift == part:
                    b = (h << np.uint64(part_bits)) >> bucket_shift if bucket_bits else np.uint64(0)
                    if scan == 0:
                        fill[b + 1] += 1
                    else:
                        hashes[fill[b]] = h
                        places[fill[b]] = p - gram + 1
                        fill[b] += 1
        if scan == 0:
            for k in range(buckets):
                fill[k + 1] += fill[k]
            hashes = np.empty(fill[buckets], np.uint64)
            places = np.empty(fill[buckets], np.uint32)
    looked = 0
    lo = 0
    for bucket in range(buckets):
        hi = fill[bucket]
        # By the different n-grams and not by the occurrences: one n-gram may be most of a corpus.
        size = 16
        slot_shift = np.uint64(60)
        mask = np.uint64(size - 1)
        keys = np.zeros(size, np.uint64)
        where, sources, last = np.empty(size, np.uint32), np.zeros(size, np.int32), np.empty(size, np.int32)
        n = 0
        s = 0
        for i in range(lo, hi):
            while places[i] >= source_bounds[s + 1]:
                s += 1
            h = hashes[i] if hashes[i] != 0 else base  # 0 marks an empty slot
            slot = (h << used) >> slot_shift
            looked += 1
            while keys[slot] != 0 and keys[slot] != h:
                slot = (slot + one) & mask
                looked += 1
            if keys[slot] == 0:
                if 2 * n >= size:
                    old_keys, old_where, old_sources, old_last = keys, where, sources, last
                    size *= 4
                    slot_shift -= np.uint64(2)
                    mask = np.uint64(size - 1)
                    keys = np.zeros(size, np.uint64)
                    where, sources, last = np.empty(size, np.uint32), np.zeros(size, np.int32), np.empty(size, np.int32)
                    for k in range(len(old_keys)):
                        if old_keys[k] == 0:
                            continue
                        slot = (old_keys[k] << used) >> slot_shift
                        looked += 1
                        while keys[slot] != 0:
                            slot = (slot + one) & mask
                            looked += 1
                        keys[slot], where[slot] = old_keys[k], old_where[k]
                        sources[slot], last[slot] = old_sources[k], old_last[k]
                    slot = (h << used) >> slot_shift
                    while keys[slot] != 0:
                        slot = (slot + one) & mask
                n += 1
                keys[slot] = h
                where[slot] = places[i]
                last[slot] = -1
            if last[slot] != s:
                last[slot] = s
                sources[slot] += 1
        for i in range(lo, hi):
            h = hashes[i] if hashes[i] != 0 else base
            slot = (h << used) >> slot_shift
            while keys[slot] != h:
                slot = (slot + one) & mask
            if sources[slot] >= min_sources:
                first[places[i]] = where[slot]
        lo = hi
    return looked


@kernel
def _rank(first: U32) -> int:
    """Turn first places into numbers 0, 1, 2 … by first appearance, in place; return how many."""
    none = np.uint32(0xFFFFFFFF)
    n = 0
    for p in range(len(first)):
        f = first[p]
        if f == none:
            continue
        if f == p:
            first[p] = n
            n += 1
        else:
            first[p] = first[f]
    return n


def source_bounds(corpus: Corpus) -> I64:
    """The word at which each source begins, and the end: int64, one more than sources."""
    starts = np.flatnonzero(np.diff(corpus.source, prepend=corpus.source[:1] + 1))
    return np.append(corpus.offsets[starts], corpus.offsets[-1])


def shared_grams(corpus: Corpus, gram: int, min_sources: int, threads: int) -> tuple[U32, int]:
    """Number the `gram`-word n-grams that at least `min_sources` sources have.

    Returns an uint32 a word, the number of the n-gram that starts there or `NONE`, and how many
    there are. No n-gram is left out for being common. Two n-grams are taken for one if their
    64-bit hashes agree: for 10^9 n-grams, a chance of about 1 in 40 that this happens at all.
    """
    n = len(corpus.word)
    first = np.full(n, NONE, np.uint32)
    part_bits = min(_PART_BITS, max(0, int(np.ceil(np.log2(max(1, n / _WORDS_A_PASS))))))
    bucket_bits = max(0, int(np.ceil(np.log2(max(1, n / (_WORDS_A_BUCKET << part_bits))))))
    bounds = source_bounds(corpus)
    key = content_key(corpus.word)

    def run(part: int) -> int:
        return _share(corpus.word, corpus.offsets, bounds, gram, part, part_bits, bucket_bits, min_sources, key, first)

    for _ in Executor(threads).map(run, range(1 << part_bits)):
        pass
    return first, int(_rank(first))


__all__ = ["NONE", "shared_grams", "source_bounds"]
