"""Word n-grams that two or more sources share, numbered by first appearance."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import I64, U32, in_threads, kernel
from inchorus.prepare.corpus import Corpus

NONE = np.uint32(0xFFFFFFFF)  # a position where no shared n-gram starts

_WORDS_A_PASS = 1 << 23  # positions a pass takes: 12 bytes each while it works
_WORDS_A_BUCKET = 1 << 14  # a bucket's hash table then stays in the processor's cache


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
    first: U32,
) -> None:
    """Set `first[p]` for the positions p of one part of the hash space: where p's n-gram first stands.

    Left alone where fewer than `min_sources` sources have the n-gram.
    """
    # A polynomial in the word numbers, modulo 2^64 (Karp and Rabin 1987); its high bits are the good ones.
    base = np.uint64(0xD1342543DE82EF95)
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
            h = np.uint64(0)
            lo = int(offsets[d])
            for p in range(lo, offsets[d + 1]):
                h = np.uint64(h * base + np.uint64(word[p]) + one)
                if p - lo >= gram:
                    h -= leave * (np.uint64(word[p - gram]) + one)
                if p - lo < gram - 1:
                    continue
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
    lo = 0
    for bucket in range(buckets):
        hi = fill[bucket]
        size = 16
        slot_shift = np.uint64(60)
        while size < 2 * (hi - lo):
            size *= 2
            slot_shift -= one
        keys = np.zeros(size, np.uint64)
        where = np.empty(size, np.uint32)
        sources = np.zeros(size, np.int32)
        last = np.empty(size, np.int32)
        slots = np.empty(hi - lo, np.uint32)
        mask = np.uint64(size - 1)
        s = 0
        for i in range(lo, hi):
            while places[i] >= source_bounds[s + 1]:
                s += 1
            h = hashes[i] if hashes[i] != 0 else base  # 0 marks an empty slot
            slot = (h << used) >> slot_shift
            while keys[slot] != 0 and keys[slot] != h:
                slot = (slot + one) & mask
            if keys[slot] == 0:
                keys[slot] = h
                where[slot] = places[i]
                last[slot] = -1
            if last[slot] != s:
                last[slot] = s
                sources[slot] += 1
            slots[i - lo] = slot
        for i in range(lo, hi):
            if sources[slots[i - lo]] >= min_sources:
                first[places[i]] = where[slots[i - lo]]
        lo = hi


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
    part_bits = max(0, int(np.ceil(np.log2(max(1, n / _WORDS_A_PASS)))))
    bucket_bits = max(0, int(np.ceil(np.log2(max(1, n / (_WORDS_A_BUCKET << part_bits))))))
    bounds = source_bounds(corpus)

    def run(part: int) -> None:
        _share(corpus.word, corpus.offsets, bounds, gram, part, part_bits, bucket_bits, min_sources, first)

    for _ in in_threads(run, range(1 << part_bits), threads):
        pass
    return first, int(_rank(first))


__all__ = ["NONE", "shared_grams", "source_bounds"]
