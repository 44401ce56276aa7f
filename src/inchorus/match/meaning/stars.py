"""Wordings that say one thing, as stars: each is near the one in the middle, and nothing is chained through a third."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F32, I64


class Stars(NamedTuple):
    """One entry a wording of a star.

    star (int64), rising from 0; wording (int64), the one in the middle first; like (float32): the likeness to that.
    """

    star: I64
    wording: I64
    like: F32


def stars(a: I64, b: I64, like: F32, n: int, weight: I64, early: I64) -> Stars:
    """Gather pairs of `n` wordings into stars; every wording is in one at most.

    The wording in the middle is the one whose free neighbours have the most `weight`, of equals the earliest: in one
    pass over the wordings by what they begin with, each counted again when its turn comes.
    """
    order = np.lexsort((np.concatenate([b, a]), np.concatenate([a, b])))
    left, right = np.concatenate([a, b])[order], np.concatenate([b, a])[order]
    likes = np.concatenate([like, like])[order]
    first = np.searchsorted(left, np.arange(n + 1))
    free = np.ones(n, np.bool_)
    total = np.bincount(left, weights=weight[right], minlength=n)
    waiting = [(-float(total[w]), int(early[w]), int(w)) for w in np.unique(left).tolist()]
    heapify(waiting)
    star, wording, kept = list[int](), list[int](), list[float]()
    found = 0
    while waiting:
        held, when, w = heappop(waiting)
        if not free[w]:
            continue
        rows = np.arange(first[w], first[w + 1])
        rows = rows[free[right[rows]]]
        now = -float(weight[right[rows]].sum())
        if not len(rows):
            continue
        if now > held:  # some were taken since
            heappush(waiting, (now, when, w))
            continue
        rows = rows[np.lexsort((right[rows], -likes[rows]))]
        free[w] = False
        free[right[rows]] = False
        star += [found] * (1 + len(rows))
        wording += [w, *right[rows].tolist()]
        kept += [1.0, *likes[rows].tolist()]
        found += 1
    return Stars(np.array(star, np.int64), np.array(wording, np.int64), np.array(kept, np.float32))
