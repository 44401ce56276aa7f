"""Where sentences begin, for comparisons that do not care about the order of words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U8, kernel
from inchorus.words.corpus import Corpus
from inchorus.words.flags import STARTS_SENTENCE

LEAST = 3  # words; a shorter sentence is joined to the next (Sanchez-Perez et al. 2014)
MOST = 100  # words; a list or a text without full stops is cut


class Sentences(NamedTuple):
    """Sentences of the corpus: sentence s has the words `bounds[s]:bounds[s + 1]` (int64).

    Document d has the sentences `offsets[d]:offsets[d + 1]` (int64).
    """

    bounds: I64
    offsets: I64


@kernel
def _cut(flags: U8, offsets: I64, first: I64, bounds: I64) -> int:
    """Write where sentences begin; with empty `bounds`, only count them."""
    n = 0
    for d in range(len(offsets) - 1):
        first[d] = n
        lo, hi = offsets[d], offsets[d + 1]
        begin = lo
        for p in range(lo, hi):
            opens = p == lo or (flags[p] & STARTS_SENTENCE and p - begin >= LEAST) or p - begin >= MOST
            if opens and (p == lo or hi - p >= LEAST):
                begin = p
                if len(bounds):
                    bounds[n] = p
                n += 1
    first[len(offsets) - 1] = n
    return n


def sentences(corpus: Corpus) -> Sentences:
    """Cut every document into sentences of 3 to 100 words, where it has as many."""
    first = np.empty(len(corpus.offsets), np.int64)
    n = _cut(corpus.flags, corpus.offsets, first, np.empty(0, np.int64))
    bounds = np.empty(n + 1, np.int64)
    if n:
        _cut(corpus.flags, corpus.offsets, first, bounds)
    bounds[n] = corpus.offsets[-1]
    return Sentences(bounds, first)
