"""How well shared wording tells declared groups of sources apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.relate.opportunity import Opportunity
from inchorus.relate.p_values import q_values

PERMUTATIONS = 500
GOES_WITH = 0.2
LIKE = 1.5  # times as many documents, at most, in one stratum: see docs/decisions/018


class Separation(NamedTuple):
    """AUC of tie strength for pairs of one value against pairs of two.

    `auc`: the chance that a pair of sources with the same value shares more, relative to what the null model
    gives, than a pair with different ones whose sources are of like activity and language (see `alike`); 0.5 where
    there are no such pairs to compare, `compared` is how many there are. `crude`: the same among all pairs. `low`,
    `high`: the middle 95 % of AUC where the values are shuffled among the sources of one stratum; `p`: how often
    shuffled values reach it, or reach what it has above `there`, if that is more. `there`: the AUC of how much pairs
    were there together, among those that are compared; it is 0.5 unless that tells same pairs from different ones.
    `base_rate`: the share of same pairs. `strata`: how many there are; `movable`: the sources in strata with several
    values.
    """

    auc: float
    low: float
    high: float
    p: float
    same: int
    different: int
    base_rate: float
    sources: int
    crude: float
    compared: int
    strata: int
    movable: int
    there: float = 0.5


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


def goes_with(values: NDArray[np.object_], documents: I64) -> bool:
    """Whether sources with some values publish more than those with others: Kruskal and Wallis's test at 0.2.

    >>> goes_with(np.array(list("xxxxyyyy")), np.array([60, 66, 58, 61, 6, 7, 5, 8]))
    True
    """
    from scipy.stats import kruskal

    known = np.array([v is not None for v in values])
    groups = [documents[known & (values == v)] for v in {v for v in values if v is not None}]
    if len(groups) < 2 or len(np.unique(documents[known])) < 2:
        return False
    return bool(kruskal(*groups).pvalue < GOES_WITH)


def alike(documents: I64, language: NDArray[np.object_] | None = None) -> I64:
    """The stratum of each source: one language, numbers of documents that differ by a half at most.

    Whose wording is compared with many documents of others has more ties, so a value that goes with activity would go
    with ties. `language`, by source, is None where it is not known. One stratum of each language where all
    `documents` are equal.

    >>> alike(np.array([60, 6, 66, 58, 7])).tolist()
    [1, 0, 1, 1, 0]
    """
    names = np.array(["" if x is None else str(x) for x in language] if language is not None else [""] * len(documents))
    order = np.lexsort((documents, names))
    out = np.zeros(len(documents), np.int64)
    part, first = -1, order[0] if len(order) else 0
    for i in order.tolist():
        if part < 0 or names[i] != names[first] or documents[i] > LIKE * documents[first]:
            part, first = part + 1, i
        out[i] = part
    return out


class _Comparison:
    """Ranks of pairs within blocks: pairs whose two sources are of the same two strata."""

    def __init__(self, score: F64, block: I64) -> None:
        order = np.lexsort((score, block))
        self.block = np.unique(block, return_inverse=True)[1].reshape(-1)
        new = np.ones(len(order), bool)
        new[1:] = (np.diff(score[order]) != 0) | (np.diff(block[order]) != 0)
        run = np.cumsum(new) - 1
        size = np.bincount(run)
        middle = np.cumsum(size) - (size - 1) / 2
        self.rank = np.empty(len(order))
        self.rank[order] = middle[run]
        self.size = np.bincount(self.block)
        self.rank -= (np.cumsum(self.size) - self.size)[self.block]

    def area(self, same: BOOL) -> tuple[float, int]:
        """AUC over all comparisons within blocks, and how many there are."""
        n = np.bincount(self.block[same], minlength=len(self.size))
        pairs = int((n * (self.size - n)).sum())
        above = np.bincount(self.block[same], self.rank[same], len(self.size)) - n * (n + 1) / 2
        return (float(above[n < self.size].sum() / pairs) if pairs else 0.5), pairs


def separation(
    strength: F64,
    sources: int,
    values: NDArray[np.object_],
    seed: int,
    strata: I64 | None = None,
    together: Opportunity | None = None,
) -> Separation:
    """Compare pairs within and across `values` (by source, None where not known).

    `strength` has a number for every pair of sources, in the order of `numpy.triu_indices(sources, 1)`; `strata` (see
    `alike`) one for every source, all in one where it is None. `together` says how much every pair was there together:
    only pairs that were as much are compared, as one that was never there at one time is no weaker for what it is. What
    is left of that within bins may still tell same pairs from different ones. Where it does rather than by chance (at
    0.2), AUC is significant only by what it has above that of having been there: strength that is but an effect of it
    cannot separate better. AUC adjusted for strata is Janes and Pepe's (2009, doi:10.1093/biomet/asp002), each pair of
    strata weighed by its comparisons.
    """
    known = np.flatnonzero(np.array([v is not None for v in values]))
    _, code = np.unique(np.array([str(values[i]) for i in known]), return_inverse=True)
    part = np.zeros(len(known), np.int64) if strata is None else strata[known]
    a, b = np.triu_indices(sources, 1)
    where = np.full(sources, -1, np.int64)
    where[known] = np.arange(len(known))
    both = (where[a] >= 0) & (where[b] >= 0)
    x, y, score = where[a[both]], where[b[both]], strength[both]
    same = code[x] == code[y]
    n, different = int(same.sum()), int((~same).sum())
    held = np.unique(np.stack([part, code]), axis=1)[0]
    several = np.bincount(held, minlength=int(part.max(initial=0)) + 1) > 1
    facts = (n, different, n / max(1, len(x)), len(known))
    parts, movable = len(np.unique(part)), int(several[part].sum())
    if not n or not different:
        nan = float("nan")
        return Separation(nan, nan, nan, nan, *facts, nan, 0, parts, movable)
    lower, upper = np.minimum(part[x], part[y]), np.maximum(part[x], part[y])
    block = lower * (int(part.max()) + 1) + upper
    crude = auc(score, same)
    measured = [score]
    if together is not None:
        # Who was never there together shares nothing: such pairs compared with one another only make all AUC alike.
        met = together.much[0][both] > 0
        measured = [score[met], *(much[both][met] for much in together.much)]
        block = (block * (int(together.alike.max(initial=0)) + 1) + together.alike[both])[met]
        x, y, same = x[met], y[met], same[met]
    comparisons = [_Comparison(one, block) for one in measured]
    found = _areas(comparisons, same)
    compared = comparisons[0].area(same)[1]
    chance = np.random.default_rng(seed)
    by_part = np.argsort(part, kind="stable")
    shuffled = np.empty((PERMUTATIONS, 2))
    for i in range(PERMUTATIONS):
        moved = code.copy()
        moved[by_part] = code[np.lexsort((chance.random(len(code)), part))]
        shuffled[i] = _areas(comparisons, moved[x] == moved[y])
    low, high = np.quantile(shuffled[:, 0], [0.025, 0.975])
    reached = _reached(shuffled[:, 0], found[0])
    there = 0.5
    if _reached(shuffled[:, 1], found[1]) < GOES_WITH:
        there = float(found[1])
        reached = max(reached, _reached(shuffled[:, 0] - shuffled[:, 1], found[0] - found[1]))
    return Separation(float(found[0]), float(low), float(high), reached, *facts, crude, compared, parts, movable, there)


def _areas(comparisons: list[_Comparison], same: BOOL) -> F64:
    """AUC of the first, and the greatest of the others, or 0.5 if that is more."""
    areas = [one.area(same)[0] for one in comparisons]
    return np.array([areas[0], max(0.5, *areas[1:], 0.5)])


def _reached(shuffled: F64, found: float) -> float:
    return float((1 + (shuffled >= found - 1e-12).sum()) / (1 + len(shuffled)))


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
