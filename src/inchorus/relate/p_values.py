"""Tail probabilities of weighted counts, and q-values."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, kernel
from inchorus.relate.links import TYPICAL

STEPS = 32
BEYOND = 400
MORE = 3.0
RAREST = 0.05  # no class counts for more because hardly any pair ever meets in it
_LARGE = 1e200
_LOG_LARGE = 460.5170185988091


def weights(mean: F64) -> F64:
    """The weight of an occasion by pair and class: log(1 + 3 / ((n - 1) max(mean, 0.05))).

    It is the logarithm of the likelihood ratio between the null model and one in which the pair has
    3 / (n - 1) more occasions in the class, where n is the number of sources that use such a wording:
    the weight that Newman 2001 (doi:10.1103/PhysRevE.64.016132) gives to what two of n share.
    """
    return np.asarray(np.log1p(MORE / ((TYPICAL - 1) * np.maximum(mean, RAREST))))


@kernel
def _tails(counts: I64, mean: F64, weight: F64, spread: float, out: F64) -> None:
    n_classes = counts.shape[1]
    w = np.zeros(n_classes, np.int64)
    g = np.empty(0)
    for i in range(len(counts)):
        most = weight[i, 0]
        for c in range(1, n_classes):
            most = max(most, weight[i, c])
        t = 0
        rate = 0.0
        for c in range(n_classes):
            w[c] = int(weight[i, c] / most * STEPS + 0.5)
            t += w[c] * counts[i, c]
            if w[c] > 0:
                rate += mean[i, c]
        if t == 0 or rate <= 0.0:
            # Where nothing is left that could make them meet, having met is as unlikely as can be written.
            out[i] = 1.0 if t == 0 else 1e-300
            continue
        end = t + BEYOND * STEPS
        if len(g) < end:
            g = np.empty(end)
        g[0] = 1.0
        below = 1.0
        above = 0.0
        before = -1.0
        # Panjer's class (a, b): Poisson a = 0, b = rate; negative binomial of shape 1 / spread a = odds / (1 + odds).
        odds = rate * spread
        a = odds / (1.0 + odds)
        b = (1.0 / spread - 1.0) * a / rate if spread > 0.0 else 1.0
        a = a / rate
        scale = -np.log1p(odds) / spread if spread > 0.0 else -rate
        for j in range(1, end):
            if j >= t and 1.0 - np.exp(scale + np.log(max(below, 1e-300))) > 1e-8:
                break
            x = 0.0
            for c in range(n_classes):
                if 0 < w[c] <= j:
                    x += (a + b * w[c] / j) * mean[i, c] * g[j - w[c]]
            g[j] = x
            if j < t:
                below += g[j]
            else:
                above += g[j]
                if j % STEPS == 0:
                    if above - before < 1e-9 * above:
                        break
                    before = above
            if g[j] > _LARGE:
                for k in range(max(0, j - STEPS), j + 1):
                    g[k] /= _LARGE
                below /= _LARGE
                above /= _LARGE
                before /= _LARGE
                scale += _LOG_LARGE
        # Near 0, what lies above is summed itself: 1 minus nearly 1 has no digits left.
        tail = 1.0 - np.exp(scale + np.log(max(below, 1e-300)))
        if tail < 1e-8:
            tail = np.exp(scale + np.log(max(above, 1e-300)))
        out[i] = min(1.0, max(tail, 0.0))


def tails(counts: I64, mean: F64, spread: float = 0.0) -> F64:
    """P(sum of weighted counts >= the one observed) where counts are Poisson with `mean`.

    `counts` and `mean` are (pairs, classes). The weights are put on a lattice of 32 steps, and the compound
    Poisson distribution is computed exactly on it by Panjer's recursion (Panjer 1981,
    doi:10.1017/S0515036100006796): g(0) = exp(-sum of means), j g(j) = sum over classes of w mean g(j - w).

    >>> mean = np.full((1, 24), 1e-9); mean[0, 0] = 1.0
    >>> counts = np.zeros((1, 24), np.int64); counts[0, 0] = 3
    >>> bool(abs(tails(counts, mean)[0] - 0.0803014) < 1e-6)
    True
    """
    out = np.empty(len(counts))
    _tails(counts, mean, weights(mean), spread, out)
    return out


def q_values(p: F64, tested: int) -> F64:
    """Benjamini and Hochberg's adjusted p-values (1995) where `tested` - len(p) more tests had p = 1.

    >>> q_values(np.array([0.01, 0.04, 0.03]), 4).round(4).tolist()
    [0.04, 0.0533, 0.0533]
    """
    order = np.argsort(p, kind="stable")
    q = p[order] * tested / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(q[::-1])[::-1], 1.0)
    return out


@kernel
def likely(bounds: I64, won: I64, chance: F64, out: F64) -> None:
    """Write for each stretch of draws how likely so many wins or more are, by Poisson's binomial distribution.

    Of stretch k from `bounds[k]` to the next: `won` is 1, -1 where it is lost, 0 where it does not count; `chance`.
    """
    for k in range(len(bounds) - 1):
        low, high = bounds[k], bounds[k + 1]
        mass = np.zeros(high - low + 1)
        mass[0] = 1.0
        wins = 0
        for i in range(low, high):
            if won[i] == 0:
                continue
            wins += won[i] > 0
            for j in range(i - low + 1, 0, -1):
                mass[j] = mass[j] * (1 - chance[i]) + mass[j - 1] * chance[i]
            mass[0] *= 1 - chance[i]
        whole = 0.0
        for j in range(wins, high - low + 1):
            whole += mass[j]
        out[k] = min(1.0, whole)
