"""Negative controls from the corpus itself: the same test on sources that swapped names, week by week.

Whoever is alike in a week, in how much it publishes and how much of that it shares with others at all, swaps names for
that week: a source's documents of the week stay together, and go to another. Two sources that have something to do
with each other in many weeks then have it no longer, but the times, the wording, what is popular, who is there
when, the habits of sharing and the stories of a week are those of the corpus. A test that finds ties there would find
them in this corpus whether there are any or not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.engine.executor import Executor
from inchorus.relate.links import NOTHING, Uses, link
from inchorus.relate.sorted_arrays import in_order
from inchorus.relate.strata import HOUR, MONDAY, Strata
from inchorus.relate.wording import Material, judge_uses, kept_uses
from inchorus.thresholds import LEVEL

FULL, FEW = 20, 5
MANY_LINKS = 100_000  # a second and more a control: a few at first
ALIKE = 8  # sources at least that swap with one another
WEEK = 168 * HOUR
_PARTS = 20  # a corpus shorter than so many weeks is parted so
_WIDER = (1, 2, 4, 13)


class Controls(NamedTuple):
    """How many controls were `made`, how many ties each had, and the q-values of all of these, sorted.

    None is made where too few sources are alike.
    """

    made: int
    ties: tuple[int, ...]
    q: tuple[float, ...] = ()

    @property
    def with_ties(self) -> int:
        """In how many controls anybody was tied."""
        return sum(n > 0 for n in self.ties)

    def corrected(self, q: F64) -> F64:
        """By pair, how many ties as strong a control has on average, over how many there are here; 0 beyond `LEVEL`.

        So many of the ties up to that q-value are expected to be there by chance (Tusher, Tibshirani and Chu 2001).
        `q` is by pair; the result does not fall with it.

        >>> Controls(20, (1,) + (0,) * 18 + (2,), (0.01, 0.02, 0.04)).corrected(np.array([0.001, 0.03, 0.5]))
        array([0.  , 0.05, 0.  ])
        """
        out = np.zeros(len(q))
        tied = np.flatnonzero(q <= LEVEL)
        if not len(tied) or not len(self.q):
            return out
        order = tied[np.argsort(q[tied], kind="stable")]
        here = np.searchsorted(q[order], q[order], "right")
        rate = np.searchsorted(self.q, q[order], "right") / self.made / here
        out[order] = np.minimum.accumulate(rate[::-1])[::-1]
        return out


def controls(m: Material, keep: BOOL, strata: Strata, seed: int = 0, threads: int = 1) -> Controls:
    """Test the corpus with names swapped, 20 times; where it is large 5 times, and 15 more if one of them has ties.

    As many at a time as there are `threads`; the result does not depend on how many.
    """
    used, only = kept_uses(m, keep)
    block = blocks(m)
    if block is None or not len(used.point):
        return Controls(0, ())
    large = len(link(used, m.time, m.known, len(m.names), m.counted).a) > MANY_LINKS

    def tied(number: int) -> F64:
        source = swapped(m, used, block, np.random.default_rng([seed, number]))
        one = m._replace(source=source)
        once = _uses(used, source, len(m.names))
        q = judge_uses(one, once, only, strata).q
        return q[q <= LEVEL]

    found = list(Executor(threads).map(tied, range(FEW if large else FULL)))
    if large and any(map(len, found)):
        found += Executor(threads).map(tied, range(FEW, FULL))
    return Controls(len(found), tuple(map(len, found)), tuple(np.sort(np.concatenate(found)).tolist()))


def _uses(used: Uses, source: I32, n_sources: int) -> Uses:
    """What was used once by each source, under new names; two that now have one name use a wording once."""
    key = used.point * n_sources + source[used.document]
    order = in_order(key)
    first = order[np.append(True, np.diff(key[order]) != 0)] if len(key) else order
    users = np.bincount(used.point[first])
    first = first[users[used.point[first]] >= 2]
    return Uses(used.point[first], used.document[first], NOTHING, NOTHING)


def blocks(m: Material) -> I64 | None:
    """A number for each document: those of one week and one part, or of several weeks where few sources publish.

    In a corpus of less than 20 weeks a block is a twentieth of it. Documents without a time are dealt to 20 blocks.
    None where half of the documents are in blocks of fewer than eight sources, however wide: nobody could swap.
    """
    known, n = m.known > 0, len(m.names)
    part = np.zeros(len(m.source), np.int64) if m.part is None else m.part.astype(np.int64)
    dealt = -1 - np.random.default_rng(0).integers(0, _PARTS, len(m.source))
    width = min(WEEK, max(1, int(np.ptp(m.time[known])) // _PARTS)) if known.any() else WEEK
    begin = int(m.time[known].min(initial=MONDAY)) if width < WEEK else MONDAY
    dealt += min(0, int(((m.time[known] - begin) // width).min(initial=0)))
    for times in _WIDER:
        place = np.where(known, (m.time - begin) // (times * width), dealt)
        _, block = np.unique(np.stack([place, part]), axis=1, return_inverse=True)
        block = block.reshape(-1).astype(np.int64)
        there = np.unique(block * n + m.source) // n
        sources = np.bincount(there)
        if len(block) and np.median(sources[block]) >= ALIKE and (times == 1 or sources.size >= _PARTS // 2):
            return block
    return None


def swapped(m: Material, used: Uses, block: I64, chance: np.random.Generator) -> I32:
    """The sources of documents after a swap of names among at least eight alike ones of each block.

    Alike are those that publish as much in the block and share as much of all that they publish; both are measured in
    standard errors (the root of a count), and sources are halved by one of both, the one in which they differ
    more, until there are fewer than sixteen.
    """
    n = len(m.names)
    carries = np.zeros(len(m.source))
    carries[used.document] = 1.0
    documents = np.maximum(np.bincount(m.source, minlength=n), 1)
    shares = np.bincount(m.source, carries, n) / documents
    habit = 2 * np.sqrt(shares * np.median(documents))
    key, of, count = np.unique(block * n + m.source, return_inverse=True, return_counts=True)
    who = (key % n).astype(np.int32)
    measures = np.stack([2 * np.sqrt(count), habit[who]], axis=1) + chance.uniform(-0.5, 0.5, (len(key), 2))
    new = who.copy()
    start = np.searchsorted(key // n, np.arange(int(block.max()) + 2))
    for low, high in zip(start[:-1].tolist(), start[1:].tolist(), strict=True):
        for rows in _alike(measures, np.arange(low, high), chance):
            new[rows] = who[chance.permutation(rows)]
    return np.asarray(new[of.reshape(-1)])


def _alike(measures: F64, rows: I64, chance: np.random.Generator) -> list[I64]:
    if len(rows) < 2 * ALIKE:
        return [rows]
    by = measures[rows, int(measures[rows].var(0).argmax())]
    order = rows[np.argsort(by, kind="stable")]
    middle, most = len(rows) // 2, min(len(rows) // 8, len(rows) // 2 - ALIKE)
    cut = middle + int(chance.integers(-most, most + 1))
    return _alike(measures, order[:cut], chance) + _alike(measures, order[cut:], chance)
