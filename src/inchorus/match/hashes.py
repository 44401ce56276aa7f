"""Wordings as numbers that are equal where their words are."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, inline, kernel


@inline
def finalise(h: np.uint64) -> np.uint64:
    """Mix all bits of a number into all bits, one to one (the last steps of SplitMix64: Steele, Lea and Flood 2014)."""
    h = (h ^ (h >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))


@kernel
def _content_key(word: U32) -> int:
    h = np.uint64(len(word))
    for w in word:
        h = (h ^ np.uint64(w)) * np.uint64(0x9E3779B97F4A7C15)
        h ^= h >> np.uint64(29)
    return int(finalise(h) >> np.uint64(1))


def content_key(word: U32) -> int:
    """A number of 63 bits that any other choice of words changes: nobody can choose words by it.

    >>> content_key(np.arange(3, dtype=np.uint32)) == content_key(np.arange(4, dtype=np.uint32))
    False
    """
    return int(_content_key(word))


@kernel
def wording_hashes(word: U32, begin: I64, end: I64, out: U64) -> None:
    """Write a 64-bit hash of the words of each span of the corpus."""
    for i in range(len(begin)):
        h = np.uint64(end[i] - begin[i]) * np.uint64(0xD6E8FEB86659FD93)  # far from any word's number
        for p in range(begin[i], end[i]):
            h = (h ^ np.uint64(word[p])) * np.uint64(0x9E3779B97F4A7C15)
            h ^= h >> np.uint64(29)
        out[i] = h
