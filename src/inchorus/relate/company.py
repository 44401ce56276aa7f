"""Who keeps company anyway: how often two sources are beside one another in the same hour without sharing anything.

Documents of a stratum exchange their sources as if each could stand at any of its hours. A few who are there when
nearly nobody else is, or at one evening's game, then seem to share more than chance gives, though they share no more
than any who are there at that hour. They show by what they publish beside one another *without* sharing it; two who
come together only to act have no such hours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64, kernel
from inchorus.relate.links import Links
from inchorus.relate.sorted_arrays import in_order
from inchorus.relate.strata import HOUR

# Standard errors less than what was seen: with half of one, a single hour that two had in common by chance counts for
# much where they publish little, and groups that share five lines are lost (docs/decisions/074).
LESS = 1.0
_LEAST = 1e-9
Company = Callable[[I64, I64], F64]  # of sources in parallel


class Hours(NamedTuple):
    """Which sources were there in each hour of each stratum.

    `hour` by document, and `counted`, whether it counts. By hour its `stratum` and `size`, how many documents count; by
    stratum `near`, what a pair of its documents of two sources weighs on average: 1 / size of the hour that both are
    of, 0 where they are not of one. Of source s, from `first[s]` to `first[s + 1]`: its `hours` and how many `times`.
    """

    source: I32
    hour: I32
    counted: BOOL
    stratum: I32
    size: F64
    near: F64
    first: I64
    hours: I32
    times: F64


def hours(source: I32, time: I64, known: I64, stratum: I32, counted: BOOL, n_sources: int) -> Hours:
    """The hours of documents of a `source` at `time` (microseconds; `known` 1 where there is one), in a `stratum`.

    What has no time is of one hour with the others of its stratum that have none.

    >>> noon = np.array([0, 1, 30, 0]) * HOUR
    >>> who, one = np.array([0, 1, 0, 2], np.int32), np.ones(4, np.int64)
    >>> hours(who, noon, one, np.zeros(4, np.int32), one > 0, 3).size.tolist()
    [2.0, 1.0, 1.0]
    """
    place = np.where(known > 0, time // HOUR, -1)
    of_hour, hour = _numbered(stratum, place)
    told = np.flatnonzero(counted)
    size = np.bincount(hour[told], minlength=len(of_hour)).astype(np.float64)
    key, times = np.unique(source[told].astype(np.int64) * len(of_hour) + hour[told], return_counts=True)
    first = np.searchsorted(key, np.arange(n_sources + 1) * len(of_hour)).astype(np.int64)
    own = np.bincount(key % max(len(of_hour), 1), times**2.0, len(of_hour))
    n_strata = int(stratum.max(initial=-1)) + 1
    met = np.bincount(of_hour, (size**2 - own) / np.maximum(size, 1), n_strata)
    both, of = np.unique(source[told].astype(np.int64) * n_strata + stratum[told], return_counts=True)
    whole = np.bincount(stratum[told], minlength=n_strata).astype(np.float64)
    pairs = whole**2 - np.bincount(both % max(n_strata, 1), of**2.0, n_strata)
    near = met / np.maximum(pairs, _LEAST)
    at = (key % max(len(of_hour), 1)).astype(np.int32)
    return Hours(source, hour, counted, of_hour, size, near, first, at, times.astype(np.float64))


def _numbered(stratum: I32, place: I64) -> tuple[I32, I32]:
    """The stratum of each hour that there is, those of one stratum together, and the hour of each document."""
    order = in_order(stratum.astype(np.int64), place)
    s, t = stratum[order], place[order]
    new = np.ones(len(order), bool)
    new[1:] = (s[1:] != s[:-1]) | (t[1:] != t[:-1])
    hour = np.empty(len(order), np.int32)
    hour[order] = np.cumsum(new) - 1
    return s[new], hour


class Kept(NamedTuple):
    """The `hours` of sources, and by link the pair it is of (`key`, rising) and its documents, `left` and `right`."""

    hours: Hours
    key: I64
    left: I32
    right: I32


def kept(h: Hours, links: Links) -> Kept:
    """What the company of pairs is told by: who was there, and which documents share; see `company`."""
    one, two = h.source[links.a].astype(np.int64), h.source[links.b].astype(np.int64)
    key = np.minimum(one, two) * len(h.first) + np.maximum(one, two)
    order = in_order(key)
    return Kept(h, key[order], links.a[order], links.b[order])


def company(x: Kept, a: I64, b: I64) -> F64:
    """By how much more often than their strata give, 1 at least, sources `a` < `b` (in parallel) are in one hour.

    Counted are pairs of their documents in one hour, as 1 / n of n documents there, as if each had one link
    (see `opportunity.beside`); without those documents that share wording with the other source. One standard error
    less is taken: 1 / root of k of it, with k the number of such hours (sum of weights, squared, over the sum of their
    squares).

    >>> night, day = np.arange(12) * 24, np.arange(12) * 24 + 12
    >>> time = np.concatenate([night, night, np.repeat(day, 8)]) * HOUR
    >>> who = np.concatenate([np.repeat([0, 1], 12), np.tile(np.arange(2, 10), 12)]).astype(np.int32)
    >>> one, nothing = np.ones(len(time), np.int64), np.zeros(0, np.int32)
    >>> h = hours(who, time, one, np.zeros(len(time), np.int32), one > 0, 10)
    >>> none = Links(np.zeros(len(time) + 1, np.int64), nothing, nothing, nothing, nothing)
    >>> company(kept(h, none), np.array([0, 0, 2]), np.array([1, 2, 3])).round(1).tolist()
    [4.0, 1.0, 1.0]
    """
    h, out = x.hours, np.ones(len(a))
    asked = a * len(h.first) + b
    low, high = np.searchsorted(x.key, asked, "left"), np.searchsorted(x.key, asked, "right")
    of = (h.hour, h.source, h.counted, h.stratum, h.size, h.near, h.first, h.hours, h.times)
    _company(a, b, low, high, x.left, x.right, *of, out)
    return out


def of_sets(sets: I64, n_sources: int, company: Company) -> F64:
    """The `company` that the sources of each of (sets, k) keep: the k-th root of the product of all pairs', squared.

    Where it is f for each pair that is f^(k - 1), as where all are there f times as densely.

    >>> of_sets(np.array([[0, 1, 2], [0, 1, 3]]), 4, lambda a, b: np.where(b < 3, 2.0, 1.0)).round(2).tolist()
    [4.0, 1.59]
    """
    k = sets.shape[1]
    i, j = np.triu_indices(k, 1)
    a, b = np.sort(np.stack([sets[:, i].ravel(), sets[:, j].ravel()]), axis=0)
    pairs, at = np.unique(a * n_sources + b, return_inverse=True)
    rather = np.log(company(pairs // n_sources, pairs % n_sources))[at]
    return np.asarray(np.exp(2 / k * rather.reshape(len(sets), -1).sum(1)))


@kernel
def _company(
    a: I64,
    b: I64,
    low: I64,
    high: I64,
    left: I32,
    right: I32,
    hour: I32,
    source: I32,
    counted: BOOL,
    stratum: I32,
    size: F64,
    near: F64,
    first: I64,
    hours: I32,
    times: F64,
    out: F64,
) -> None:
    mine, theirs = np.zeros(len(size)), np.zeros(len(size))
    mine_in, theirs_in = np.zeros(len(near)), np.zeros(len(near))
    gone = np.zeros(len(source), np.bool_)
    for p in range(len(a)):
        for k in range(first[a[p]], first[a[p] + 1]):
            mine[hours[k]] = times[k]
            mine_in[stratum[hours[k]]] += times[k]
        for k in range(first[b[p]], first[b[p] + 1]):
            theirs[hours[k]] = times[k]
            theirs_in[stratum[hours[k]]] += times[k]
        for i in range(2 * low[p], 2 * high[p]):
            d = left[i // 2] if i % 2 == 0 else right[i // 2]
            if gone[d] or not counted[d]:
                continue
            gone[d] = True
            if source[d] == a[p]:
                mine[hour[d]] -= 1.0
                mine_in[stratum[hour[d]]] -= 1.0
            else:
                theirs[hour[d]] -= 1.0
                theirs_in[stratum[hour[d]]] -= 1.0
        seen = 0.0
        squares = 0.0
        given = 0.0
        for k in range(first[a[p]], first[a[p] + 1]):
            here = mine[hours[k]] * theirs[hours[k]] / size[hours[k]]
            seen += here
            squares += here * here
            s = stratum[hours[k]]
            given += mine_in[s] * theirs_in[s] * near[s]
            mine_in[s] = 0.0
            mine[hours[k]] = 0.0
        for k in range(first[b[p]], first[b[p] + 1]):
            theirs[hours[k]] = 0.0
            theirs_in[stratum[hours[k]]] = 0.0
        for k in range(low[p], high[p]):
            gone[left[k]] = False
            gone[right[k]] = False
        if given > 0.0 and seen > given:
            often = seen * seen / squares
            out[p] = max(1.0, seen / given * (1.0 - LESS / np.sqrt(often)))
