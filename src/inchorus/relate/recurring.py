"""Sets of three sources or more that come together again and again, more often than their activity gives.

A pair that shares five lines among hundreds of innocent ones stands out little; five sources that print one new line
within two days, and do so in five different months, stand out much, because chance has so many sets to choose from. The
statistic is the number of episodes of a set, its null model the exchange of sources within strata: the significance of
frequent itemsets after Kirsch, Mitzenmacher, Pietracaprina, Pucci, Upfal and Vandin 2012 (doi:10.1145/2220357.2220359).
"""

from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.special import betainc, gammaln

from inchorus.compiled.kernel import F64, I32, I64, kernel
from inchorus.relate.company import Company, of_sets
from inchorus.relate.links import Uses, most_sources
from inchorus.relate.possible_sets import Possible
from inchorus.relate.sorted_arrays import distinct, in_order
from inchorus.relate.stories import number_episodes
from inchorus.relate.strata import HOUR, Strata

TOGETHER = 48 * HOUR
APART = 7 * 24 * HOUR  # from the beginning of one episode to the next: a story is over
LEAST = 3
LARGEST = 12
TOLD = 0.05
# Documents' worth of doubt of a habit of sharing. With 2, those that share nothing seem too likely to meet where eight
# of fifty share at all, and these eight were a set in 6 of 40 corpora (docs/decisions/032).
DOUBT = 0.5
_CLOSED = 2000  # so many sets of three are completed, the least likely ones
_BLOCK = 4096


class Found(NamedTuple):
    """A set that recurs: its corrected p, the sources in it, and when each episode began (microseconds)."""

    q: float
    members: tuple[int, ...]
    times: tuple[int, ...]


class Recurring(NamedTuple):
    """Pairs of sources (keys: lesser x sources + greater) of recurring sets, and the least likely set of each."""

    keys: I64
    found: list[Found]

    @property
    def q(self) -> F64:
        """The corrected p of each pair's set."""
        return np.array([one.q for one in self.found], np.float64)


class _Meetings(NamedTuple):
    """Windows in which three sources or more first used a wording, and what there was to choose from.

    By largest window `time` and `members` (sources, rising). `over` (columns, strata) has in each row the strata that
    documents of a window are in, in equal parts, and `choices` (LARGEST + 1, columns) how many ordered choices of k
    users there are in windows of that kind.
    """

    time: I64
    members: list[tuple[int, ...]]
    over: csr_array
    choices: F64


def recurring(
    used: Uses,
    source: I32,
    time: I64,
    known: I64,
    strata: Strata,
    n_sources: int,
    spread: float,
    lasts: int = 0,
    company: Company | None = None,
) -> Recurring:
    """Sets of sources that meet in three episodes or more, seven days apart, tested against chance.

    `source`, `time` (microseconds) and `known` are by document. A set R of k sources meets by chance
    E = sum over kinds of windows of M(k) w(R) / (k! e_k(w)) times, where M(k) counts the ordered choices of k users of
    one wording within two days, w is a source's share of the stratum (half of it from the strata beside it) times its
    habit of sharing, and e_k the elementary symmetric polynomial. The number of episodes is negative binomial with that
    mean and spread (1 + `spread`)^(k - 1) - 1; its tail is multiplied by twice the number of sets of k sources that
    could have met so often (see `Possible`; each set of three, and all that always come with it). In a corpus of less
    than half a year both times shrink with it. E is multiplied by the `company` that its sources keep.

    >>> u = Uses(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    >>> none = np.zeros(0, np.int64)
    >>> recurring(u, none.astype(np.int32), none, none, Strata(none.astype(np.int32), ""), 3, 0.0).keys.tolist()
    []
    """
    none = Recurring(np.zeros(0, np.int64), [])
    sure = known[used.document] > 0
    point, document = used.point[sure], used.document[sure]
    if not len(point) or n_sources < LEAST:
        return none
    span = int(np.ptp(time[known > 0]))
    apart = min(APART, span // 20)
    together = min(TOGETHER, apart * TOGETHER // APART)
    apart = max(apart, lasts)
    order = in_order(point, time[document])
    point, document = point[order], document[order]
    users = np.bincount(point)[point]
    few = (users >= LEAST) & (users <= most_sources(n_sources))
    point, document = point[few], document[few]
    if not len(point):
        return none
    met = _meetings(point, document, source, time, strata.stratum, together)
    keys, episodes = _triples(met, n_sources, apart)
    if not len(keys):
        return none
    # Others cannot be there three times.
    able = np.bincount(source[distinct(used.document)], minlength=n_sources) >= LEAST
    needed = max(0, (LEAST - 1) * apart - 2 * together)
    tests = Possible(source, strata.stratum, time, known, able, needed)
    chance = _Chance(used, source, strata.stratum, met, spread, tests, company)
    return _tested(keys, episodes, met, chance, n_sources, apart)


def _meetings(point: I64, document: I64, source: I32, time: I64, stratum: I32, together: int) -> _Meetings:
    when, last = time[document], np.empty(len(point), np.int64)
    _ends(point, when, together, last)
    size = last - np.arange(len(point))
    new = (size >= LEAST) & (size <= LARGEST)
    new[1:] &= (last[1:] > last[:-1]) | (point[1:] != point[:-1])
    rows, who = np.flatnonzero(new), source[document]
    members = [tuple(sorted(who[i : last[i]].tolist())) for i in rows.tolist()]
    begun = np.flatnonzero(size >= LEAST)
    strata = stratum[document]
    kinds: dict[tuple[int, ...], int] = {}
    kind = [kinds.setdefault(tuple(sorted(set(strata[i : last[i]].tolist()))), len(kinds)) for i in begun.tolist()]
    choices = np.zeros((LARGEST + 1, len(kinds)))
    for k in range(LEAST, LARGEST + 1):
        enough = size[begun] >= k
        n = size[begun][enough]
        # The first of the k is the earliest, the others any of those after it in its window.
        ways = np.exp(gammaln(n) - gammaln(k) - gammaln(n - k + 1)) * factorial(k)
        np.add.at(choices[k], np.array(kind, np.int64)[enough], ways)
    parts = [1 / len(several) for several in kinds for _ in several]
    of = [row for row, several in enumerate(kinds) for _ in several]
    shape = (len(kinds), int(stratum.max()) + 1)
    over = csr_array((parts, (of, [k for several in kinds for k in several])), shape=shape)
    return _Meetings(when[rows], members, over, choices)


@kernel
def _ends(point: I64, time: I64, together: int, last: I64) -> None:
    end = 0
    for i in range(len(point)):
        end = max(end, i + 1)
        while end < len(point) and point[end] == point[i] and time[end] - time[i] <= together:
            end += 1
        last[i] = end


def _triples(met: _Meetings, n_sources: int, apart: int) -> tuple[I64, I64]:
    """Sets of three sources that meet in three episodes or more: (sets, 3), and how many episodes."""
    if not met.members:
        return np.zeros((0, LEAST), np.int64), np.zeros(0, np.int64)
    sizes = np.array([len(x) for x in met.members], np.int64)
    keys, times = [], []
    for n in np.unique(sizes):
        rows = np.flatnonzero(sizes == n)
        members = np.array([met.members[i] for i in rows.tolist()], np.int64)
        i, j, k = np.array(list(combinations(range(int(n)), LEAST))).T
        keys.append(((members[:, i] * n_sources + members[:, j]) * n_sources + members[:, k]).ravel())
        times.append(np.repeat(met.time[rows], len(i)))
    key, time = np.concatenate(keys), np.concatenate(times)
    order = in_order(key, time)
    key, time = key[order], time[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    episode = np.empty(len(key), np.int64)
    number_episodes(key, time, apart, episode)
    counts = np.diff(np.append(episode[first], episode[-1] + 1))
    often = counts >= LEAST
    found = key[first[often]]
    return np.stack([found // n_sources**2, found // n_sources % n_sources, found % n_sources], 1), counts[often]


class _Chance:
    """What the null model gives a set."""

    def __init__(
        self,
        used: Uses,
        source: I32,
        stratum: I32,
        met: _Meetings,
        spread: float,
        tests: Possible,
        company: Company | None,
    ) -> None:
        n_strata, n_sources = met.over.shape[1], len(tests.able)
        carrying = np.zeros(len(source), bool)
        carrying[used.document] = True
        self.has = csr_array((np.ones(len(source)), (source, stratum)), shape=(n_sources, n_strata))
        shared = np.bincount(stratum[carrying], minlength=n_strata) / np.maximum(np.bincount(stratum), 1)
        seen = np.bincount(source[carrying], minlength=n_sources)
        self.tests = tests
        self.habit = (seen + DOUBT) / (self.has @ shared + DOUBT)
        self.whole = np.asarray(self.has.sum(1)).ravel()
        self.met, self.spread, self.n_sources, self.company = met, spread, n_sources, company
        total = sum(self._weight(rows).sum(0) for rows in self._blocks())
        self.total = np.maximum(total, 1e-9)
        self.ways = np.zeros((LARGEST + 1, met.over.shape[0]))
        self.ways[0] = 1.0
        for rows in self._blocks():
            for x in self.share(rows):
                self.ways[1:] += self.ways[:-1] * x

    def _blocks(self) -> list[I64]:
        return [np.arange(low, min(low + _BLOCK, self.n_sources)) for low in range(0, self.n_sources, _BLOCK)]

    def _weight(self, rows: I64) -> F64:
        """How much of each stratum is of these sources, (rows, strata); strata beside it count, and a little all."""
        now = self.has[rows].toarray()
        near = now.copy()
        near[:, 1:] += now[:, :-1]
        near[:, :-1] += now[:, 1:]
        near += 0.05 * self.whole[rows, None] / now.shape[1]
        return np.asarray(near * self.habit[rows, None])

    def share(self, rows: I64) -> F64:
        """The chance of each source to be drawn in each kind of window, (rows, kinds).

        Documents of a window may be of several strata, as where papers keep to weekdays: its chance is their mean.
        """
        return np.asarray(self.met.over.dot((self._weight(rows) / self.total).T).T)

    def expected(self, sets: I64) -> F64:
        """The mean number of meetings of each set of (sets, k) sources."""
        k = sets.shape[1]
        scale = self.met.choices[k] / np.maximum(self.ways[k] * factorial(k), 1e-12)
        out = np.empty(len(sets))
        for low in range(0, len(sets), _BLOCK):
            part = sets[low : low + _BLOCK]
            flat, at = np.unique(part, return_inverse=True)
            share = self.share(flat)[at.reshape(part.shape)]
            out[low : low + _BLOCK] = share.prod(1) @ scale
        return out

    def tail(self, sets: I64, episodes: I64) -> F64:
        """The chance of so many episodes in one of all sets of that size."""
        k = sets.shape[1]
        shape = 1 / max((1 + self.spread) ** (k - 1) - 1, 1e-6)
        mean = np.maximum(self.expected(sets), 1e-12)
        # Negative binomial; `scipy.stats` has it by name, and takes half a second to import.
        times = 2.0 * self.tests.tests(sets)
        p = np.minimum(betainc(episodes, shape, mean / (shape + mean)) * times, 1.0)
        told = np.flatnonzero(p <= TOLD)
        if self.company is not None and len(told):
            mean = mean[told] * of_sets(sets[told], self.n_sources, self.company)
            p[told] = np.minimum(betainc(episodes[told], shape, mean / (shape + mean)) * times[told], 1.0)
        return np.asarray(p)


def _tested(keys: I64, episodes: I64, met: _Meetings, chance: _Chance, n_sources: int, apart: int) -> Recurring:
    p = chance.tail(keys, episodes)
    of: dict[int, set[int]] = {}
    for i, members in enumerate(met.members):
        for x in members:
            of.setdefault(x, set()).add(i)
    best: dict[tuple[int, int], Found] = {}

    def take(q: float, members: tuple[int, ...], rows: set[int]) -> None:
        one = Found(q, members, _begun(met.time, rows, apart))
        for pair in combinations(members, 2):
            if pair not in best or q < best[pair].q:
                best[pair] = one

    closed = set()
    order = np.argsort(p * 1e6 + chance.expected(keys) / episodes, kind="stable")
    for place, row in enumerate(order[: max(_CLOSED, int((p <= TOLD).sum()))].tolist()):
        three = tuple(keys[row].tolist())
        rows = set.intersection(*(of[x] for x in three))
        take(float(p[row]), three, rows)
        if place >= _CLOSED:
            continue
        whole = frozenset.intersection(*[frozenset(met.members[i]) for i in rows])
        if len(whole) > LEAST and whole not in closed:
            closed.add(whole)
            members = tuple(sorted(whole))
            n = np.array([len(_begun(met.time, rows, apart))])
            take(float(chance.tail(np.array([members], np.int64), n)[0]), members, rows)
    pairs = sorted(best)
    return Recurring(np.array([a * n_sources + b for a, b in pairs], np.int64), [best[pair] for pair in pairs])


def _begun(time: I64, rows: set[int], apart: int) -> tuple[int, ...]:
    """When the episodes of these meetings began; see `number_episodes`."""
    out: list[int] = []
    for one in sorted(time[list(rows)].tolist()):
        if not out or one - out[-1] > apart:
            out.append(one)
    return tuple(out)
