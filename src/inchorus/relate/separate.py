"""How well shared wording tells declared groups of sources apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.kernel import BOOL, F64, I64
from inchorus.relate.tail import q_values

PERMUTATIONS = 500


class Separation(NamedTuple):
    """AUC of tie strength for pairs of one value against pairs of two.

    `auc`: the chance that a pair of sources with the same value shares more, relative to what the null model
    gives, than a pair with different ones. `low`, `high`: the middle 95 % of AUC where the values are shuffled
    among the sources; `p`: how often shuffled values reach it. `base_rate`: the share of same pairs.
    """

    auc: float
    low: float
    high: float
    p: float
    same: int
    different: int
    base_rate: float
    sources: int


def auc(strength: F64, same: BOOL) -> float:
    """The area under the ROC curve (Mann and Whitney's U over the number of comparisons), ties half.

    >>> auc(np.array([3.0, 2.0, 1.0, 1.0]), np.array([True, False, False, True]))
    0.625
    """
    _, rank, count = np.unique(strength, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2
    ranks = middle[rank]
    n, m = int(same.sum()), int((~same).sum())
    return float((ranks[same].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def separation(strength: F64, sources: int, values: NDArray[np.object_], seed: int) -> Separation:
    """Compare pairs within and across `values` (by source, None where not known).

    `strength` has a number for every pair of sources, in the order of `numpy.triu_indices(sources, 1)`.
    """
    known = np.flatnonzero(np.array([v is not None for v in values]))
    _, code = np.unique(np.array([str(values[i]) for i in known]), return_inverse=True)
    a, b = np.triu_indices(sources, 1)
    where = np.full(sources, -1, np.int64)
    where[known] = np.arange(len(known))
    both = (where[a] >= 0) & (where[b] >= 0)
    x, y, score = where[a[both]], where[b[both]], strength[both]
    _, rank, count = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[rank]

    def area(labels: I64) -> float:
        same = labels[x] == labels[y]
        n = int(same.sum())
        m = len(same) - n
        return float((ranks[same].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")

    same = int((code[x] == code[y]).sum())
    if not 0 < same < len(x):
        nan = float("nan")
        return Separation(nan, nan, nan, nan, same, len(x) - same, same / max(1, len(x)), len(known))
    found = area(code)
    chance = np.random.default_rng(seed)
    shuffled = np.array([area(chance.permutation(code)) for _ in range(PERMUTATIONS)])
    low, high = np.nanquantile(shuffled, [0.025, 0.975])
    return Separation(
        found,
        float(low),
        float(high),
        float((1 + (shuffled >= found).sum()) / (1 + PERMUTATIONS)),
        same,
        len(x) - same,
        same / max(1, len(x)),
        len(known),
    )


class Telling(NamedTuple):
    """A talking point that one value's sources use more than the others: how many of each, p and q."""

    point: int
    value: str
    users: int
    of: int
    other_users: int
    of_others: int
    p: float
    q: float


def telling(point: I64, source: I64, values: NDArray[np.object_]) -> list[Telling]:
    """The talking points whose users are of one value more than a random draw of sources would be.

    `point` and `source` are in parallel, each pair once. For each talking point and its commonest value:
    the hypergeometric probability of so many users of it among so many users in all, times the number of
    values (the commonest was chosen after looking); q over all talking points.
    """
    from scipy.stats import hypergeom

    known = np.array([v is not None for v in values])
    names, code = np.unique(np.array([str(v) for v in values]), return_inverse=True)
    sizes = np.bincount(code[known], minlength=len(names))
    stays = known[source]
    points, row = np.unique(point[stays], return_inverse=True)
    if not len(points) or (sizes > 0).sum() < 2:
        return []
    table = np.zeros((len(points), len(names)), np.int64)
    np.add.at(table, (row, code[source[stays]]), 1)
    users = table.sum(1)
    single = hypergeom.sf(table - 1, sizes.sum(), sizes[None, :], users[:, None])
    best = single.argmin(1)
    rows = np.arange(len(points))
    p = np.minimum(1.0, single[rows, best] * (sizes > 0).sum())
    q = q_values(p, len(p))
    order = np.lexsort((points, p))
    return [
        Telling(
            int(points[i]),
            str(names[best[i]]),
            int(table[i, best[i]]),
            int(sizes[best[i]]),
            int(users[i] - table[i, best[i]]),
            int(sizes.sum() - sizes[best[i]]),
            float(p[i]),
            float(q[i]),
        )
        for i in order.tolist()
    ]
