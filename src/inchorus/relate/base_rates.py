"""Habits of sharing, and what popular wording pairs of sources are expected to have in common."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate.links import Links

BELIEF = 30.0
_LEAST = 1e-9


def habit(links: Links, sources: I32, stratum: I32, n_sources: int) -> F64:
    """How much rather than others each source shares wording at all, 1 for as much as its activity gives.

    With c documents of the source that share wording with others, where its strata give e: (c + 30) / (e + 30),
    the posterior mean of a Poisson rate whose prior weighs as much as 30 documents. A source with wording of
    its own is below 1, one that prints much that is about above.
    """
    carrying = np.zeros(len(sources))
    carrying[links.a], carrying[links.b] = 1.0, 1.0
    rate = np.bincount(stratum, carrying) / np.maximum(np.bincount(stratum), 1)
    seen = np.bincount(sources, carrying, n_sources)
    given = np.bincount(sources, rate[stratum], n_sources)
    return np.asarray((seen + BELIEF) / (given + BELIEF))


def popular(sizes: I64, share: F64, pairs: tuple[I64, I64]) -> F64:
    """How many talking points too popular for the test each pair is expected to share, (pairs,).

    `sizes` are their numbers of sources. Of a talking point with n sources, source s is one with
    probability u(s) = 1 - exp(-theta share(s)), theta such that they sum to n; a pair both are with
    u(a) u(b) (n^2 - n) / (n^2 - sum of u^2), so that all pairs together have n (n - 1) / 2.
    """
    a, b = pairs
    out = np.zeros(len(a))
    for n, times in zip(*np.unique(sizes, return_counts=True), strict=True):
        if n >= np.count_nonzero(share):
            out += times
            continue
        low, high = 0.0, 1e12
        for _ in range(200):
            theta = np.sqrt((low + 1e-6) * high)
            low, high = (theta, high) if (1 - np.exp(-theta * share)).sum() < n else (low, theta)
        use = 1 - np.exp(-high * share)
        whole = (n * n - n) / max(n * n - float((use**2).sum()), _LEAST)
        out += times * np.minimum(use[a] * use[b] * whole, 1.0)
    return out
