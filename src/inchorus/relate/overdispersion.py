"""How much more the pairs' rates differ than the null model allows for: structure that nobody declared."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64

TRIMMED = 0.05
OFTEN = 0.5
DOUBT = 1.5  # what is estimated from the rest of the pairs is the less certain the fewer there are
MOST = 64.0


def spread(counts: I64, mean: F64, others: int, squares: float) -> float:
    """The variance of the factor, of mean 1, by which pairs depart from their means; 0 where chance explains them.

    Beats, owners, cities, a language that is not known: sources that have it in common share more, all others less, and
    every pair of the one kind would be a tie. Genetics calls that population structure, and corrects all tests
    by the spread of their bulk (genomic control: Devlin and Roeder 1999, doi:10.1111/j.0006-341X.1999.00997.x). Here
    the count of a pair is negative binomial with variance m + spread m^2, and the spread is the greater of two
    estimates: from moments, sum((o - m)^2 - o) / sum(m^2) with the twentieth of all pairs left out that is most above
    its mean, if that is half of the pairs that meet at most, and from how many pairs of rare meetings have two
    occasions or more, against what a spread of 0 gives. Half again as much is taken. `counts` and `mean` (pairs)
    are of pairs that share anything; there are `others` more, whose means have the sum of squares `squares`.

    >>> spread(np.array([1, 0, 1, 2]), np.ones(4), 0, 0.0)
    0.0
    """
    o, m = counts.astype(np.float64), np.maximum(mean, 1e-9)
    n = len(o) + others
    # A partner for each source of a small corpus is more than a twentieth.
    drop = max(int(TRIMMED * n), int((1 + np.sqrt(1 + 8 * n)) / 4))
    by_moments = _moments(o, m, drop, squares) if 2 * drop <= np.count_nonzero(o) else 0.0
    return min(DOUBT * max(by_moments, _twice(o, m, squares)), MOST)


def _moments(o: F64, m: F64, drop: int, squares: float) -> float:
    """The spread by moments, without the pairs that stand out most."""
    kept = np.argsort((o - m) / np.sqrt(m + 0.05), kind="stable")[: len(o) - drop]
    whole = float((m[kept] ** 2).sum()) + squares
    if whole == 0:
        return 0.0
    return max(0.0, (float(((o[kept] - m[kept]) ** 2 - o[kept]).sum()) + squares) / whole)


def _twice(o: F64, m: F64, squares: float) -> float:
    """The spread that as many pairs with two occasions or more give; pairs whose mean is under 1/2 tell it."""
    rare = m < OFTEN
    seen = float((o[rare] >= 2).sum())
    given = float((1 - np.exp(-m[rare]) * (1 + m[rare])).sum()) + squares / 2
    # Above what two standard deviations more would be: few such pairs are no structure.
    return max(0.0, (seen - 2 * float(np.sqrt(given)) - 2) / max(given, 1e-9) - 1)
