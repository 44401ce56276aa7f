"""What each pair of sources would share by chance: the chain's means, steadied by what activity alone gives."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import BOOL, F64, I32, I64
from inchorus.relate.chance import Chain
from inchorus.relate.links import Links

# The prior's weight: as if this many occasions had been seen at the rate that activity gives.
PRIOR = 50.0
BELIEF = 30.0
_BLOCK = 1 << 10  # pairs whose classes fit in a processor's own memory
_LEAST = 1e-9


def shares(sources: I32, stratum: I32, n_sources: int, n_strata: int) -> F64:
    """Each source's share of the documents of each stratum, (sources, strata)."""
    out = np.zeros((n_sources, n_strata))
    np.add.at(out, (sources, stratum), 1.0)
    return np.asarray(out / np.maximum(out.sum(0), 1.0))


def steadied(chain: Chain, draws: int, activity: F64) -> F64:
    """The mean of the gamma distribution that the chain's counts make of the prior, (pairs, classes).

    Prior: shape 50, its mean r = what activity gives, scaled so that all pairs together have the chain's
    total in each class. Posterior mean: (50 + counts) / (50 / r + draws).
    """
    whole = activity.sum(0)
    total = chain.occasions.sum(0)
    out = np.empty_like(activity)
    for low in range(0, len(out), _BLOCK):
        part = slice(low, low + _BLOCK)
        scaled = np.maximum(activity[part] * total / np.maximum(whole, _LEAST), _LEAST)
        out[part] = (PRIOR + chain.occasions[part] * draws) / (PRIOR / scaled + draws)
    return out


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


def set_aside(mean: F64, before: F64, after: F64, whole: F64, tied: BOOL) -> F64:
    """Means once the links between tied sources are set aside, given that nobody tied meets any more.

    `before` and `after` are what activity gives with and without those links, `whole` (classes) what it
    gives to all pairs without them: mean x after / before x whole / (whole - what falls to tied pairs).
    """
    left = np.maximum(whole - after[tied].sum(0), 0.1 * whole + _LEAST)
    return np.asarray(mean * np.where(before > 0, after / np.maximum(before, _LEAST), 1.0) * (whole / left))


def popular(sizes: I64, share: F64, pairs: tuple[I64, I64]) -> F64:
    """How many talking points too popular for the chain each pair is expected to share, (pairs,).

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
