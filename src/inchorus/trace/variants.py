"""Distinct wordings of a talking point."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32
from inchorus.match.hashes import wording_hashes


class Variants(NamedTuple):
    """Distinct wordings, sorted by family, then by their earliest passage.

    of (int64): for each passage its variant. family, passage (int64): for each variant its talking
    point and its earliest passage.
    """

    of: I64
    family: I64
    passage: I64


def distinct_wordings(word: U32, family: I64, begin: I64, end: I64, earliest: I64) -> Variants:
    """Group the passages of each family by their normalised words; `earliest` is a time a passage."""
    hashes = np.empty(len(begin), np.uint64)
    wording_hashes(word, begin, end, hashes)
    order = np.lexsort((np.arange(len(begin)), earliest, hashes, family))
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (np.diff(family[order]) != 0) | (hashes[order][1:] != hashes[order][:-1])
    passage = order[fresh]
    rank = np.empty(len(passage), np.int64)
    by_family = np.lexsort((passage, family[passage]))
    rank[by_family] = np.arange(len(passage))
    of = np.empty(len(begin), np.int64)
    of[order] = rank[np.cumsum(fresh) - 1]
    return Variants(of, family[passage[by_family]], passage[by_family])
