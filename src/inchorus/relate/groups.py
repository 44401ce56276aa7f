"""Groups: sets of sources bound by ties, and how firmly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64
from inchorus.relate.leiden import leiden

RESAMPLES = 50
SMALLEST = 2


class Member(NamedTuple):
    """One source of a group: its strength in it, and how often it stays with the others."""

    group: int
    source: int
    strength: float
    stability: float


def find_groups(a: I64, b: I64, weight: F64, seed: int) -> dict[int, int]:
    """The group of each source that has a tie; ties are pairs of sources with positive weights.

    >>> find_groups(np.array([3, 3, 5, 8]), np.array([5, 7, 7, 9]), np.ones(4), 0)
    {3: 0, 5: 0, 7: 0, 8: 1, 9: 1}
    """
    nodes = np.unique(np.concatenate([a, b]))
    rows: list[dict[int, float]] = [{} for _ in nodes]
    for x, y, w in zip(np.searchsorted(nodes, a), np.searchsorted(nodes, b), weight, strict=True):
        rows[x][int(y)] = rows[x].get(int(y), 0.0) + float(w)
        rows[y][int(x)] = rows[y].get(int(x), 0.0) + float(w)
    if not rows:
        return {}
    return dict(zip(nodes.tolist(), leiden(rows, seed), strict=True))


def members(a: I64, b: I64, weight: F64, counts: F64, seed: int, resamples: int = RESAMPLES) -> list[Member]:
    """The members of every group of two or more, groups in order of their size, members of their strength.

    `weight` is the strength of each tie, `counts` (ties, talking points or occasions that it rests on) says
    how surely it is known. The strength of a member is the sum of its ties within the group. Its stability
    is how often, over resamples of the evidence, another member is still in its group, averaged over the
    other members: in each resample a tie keeps weight x Poisson(counts) / counts, which is the bootstrap of
    talking points, Poisson instead of multinomial (Hanley and MacGibbon 2006).
    """
    group = find_groups(a, b, weight, seed)
    if not group:
        return []
    nodes = np.array(list(group))
    home = np.array([group[n] for n in nodes.tolist()])
    x, y = np.searchsorted(nodes, a), np.searchsorted(nodes, b)
    inner = home[x] == home[y]
    strength = np.bincount(x[inner], weight[inner], len(nodes)) + np.bincount(y[inner], weight[inner], len(nodes))
    together = np.zeros(len(nodes))
    others = np.bincount(home)[home] - 1
    chance = np.random.default_rng(seed)
    for _ in range(resamples):
        drawn = chance.poisson(counts) / np.maximum(counts, 1e-9)
        stays = drawn > 0
        now = find_groups(a[stays], b[stays], (weight * drawn)[stays], seed)
        where = np.array([now.get(n, -1 - i) for i, n in enumerate(nodes.tolist())])
        _, pair, times = np.unique(np.stack([home, where]), axis=1, return_inverse=True, return_counts=True)
        together += times[pair] - 1
    stability = together / np.maximum(others * resamples, 1)
    sizes = np.bincount(home)
    order = sorted(range(len(nodes)), key=lambda i: (-sizes[home[i]], home[i], -strength[i], nodes[i]))
    names: dict[int, int] = {}
    return [
        Member(names.setdefault(int(home[i]), len(names)), int(nodes[i]), float(strength[i]), float(stability[i]))
        for i in order
        if sizes[home[i]] >= SMALLEST
    ]
