"""Wordings as numbers that are equal where their words are."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import I64, U32, U64, kernel


@kernel
def wording_hashes(word: U32, begin: I64, end: I64, out: U64) -> None:
    """Write a 64-bit hash of the words of each span of the corpus."""
    for i in range(len(begin)):
        h = np.uint64(end[i] - begin[i]) * np.uint64(0xD6E8FEB86659FD93)  # far from any word's number
        for p in range(begin[i], end[i]):
            h = (h ^ np.uint64(word[p])) * np.uint64(0x9E3779B97F4A7C15)
            h ^= h >> np.uint64(29)
        out[i] = h
