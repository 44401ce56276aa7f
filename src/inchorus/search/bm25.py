"""How well texts of an index fit words: BM25 (Robertson and Zaragoza 2009), with the constants of its authors."""

from __future__ import annotations

import math

import numpy as np

from inchorus.compiled.kernel import F64, I64
from inchorus.search.index import Index

_K1, _B = 1.2, 0.75


def norms(index: Index) -> F64:
    """For each text what its length takes from how often it has a word (float64), for `fit`."""
    length = np.diff(index.offsets)
    return np.asarray(_K1 * (1 - _B + _B * length / max(1.0, len(index.stream) / max(1, len(index)))))


def rarity(texts: int, having: int) -> float:
    """What a word that `having` of so many texts have is worth.

    >>> rarity(100, 1) > rarity(100, 50) > 0
    True
    """
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))


def fit(times: F64 | I64, norm: F64) -> F64:
    """How well texts that have a word so many times fit it, times its `rarity`; `norm` comes from `norms`."""
    return np.asarray((_K1 + 1) * times / (times + norm))
