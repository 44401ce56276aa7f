"""Pairs of wordings that sources near in time have, and pairs of sources far from each other: what chance has.

All of them are compared, in products of blocks: a pair that an index overlooks would be missing on one side of the
comparison by which the threshold is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F32, I64
from inchorus.engine.executor import Executor
from inchorus.match.meaning.wordings import Wordings
from inchorus.progress import Task
from inchorus.words.corpus import DAY, NEVER, Corpus

MONTH = 30 * DAY
SPANS = 6  # into which a corpus of less than as many months is cut
LEAST_SPANS = 4  # with a time: with fewer nothing lies apart
_ROWS = 1024  # of a block
# Near in time; far apart, to tell chance by; far apart, to tell what is said always.
CLOSE, CHANCE, STANDING = range(3)
_STANDING = 2  # spans that each is compared with for the last
_EACH = 20  # pairs a wording has room for, on average


class When(NamedTuple):
    """Spans of time and who speaks in them.

    span, wording (int64): which wordings stand in each span, sorted by span. offsets (int64): the rows of span s are
    `offsets[s]:offsets[s + 1]`. first, last (int64): of each wording. source (int64): its only source, or -1.
    apart: whether there are spans that lie apart.
    """

    span: I64
    wording: I64
    offsets: I64
    first: I64
    last: I64
    source: I64
    apart: bool


class Near(NamedTuple):
    """Pairs that are alike by their words, most alike first, and how many were compared.

    a, b (int64): wordings, a < b. like (float32). kind (int64): CLOSE, CHANCE or STANDING. compared, compared_far: how
    many of the first two kinds were.
    """

    a: I64
    b: I64
    like: F32
    kind: I64
    compared: int
    compared_far: int


def when(corpus: Corpus, found: Wordings) -> When:
    """Months, or shorter spans where there are few; one span of all where times are missing or too near."""
    n = len(found.heads)
    sources = corpus.source[found.document].astype(np.int64)
    low = np.minimum.reduceat(sources, found.first[:-1]) if n else sources
    high = np.maximum.reduceat(sources, found.first[:-1]) if n else sources
    source = np.where(low == high, low, -1)
    time = corpus.earliest[found.document]
    known = time != NEVER
    span, rows = np.zeros(len(time), np.int64), np.ones(len(time), np.bool_)
    apart = False
    if 2 * known.sum() > len(time):
        begin = int(time[known].min())
        width = max(1, min(MONTH, (int(time[known].max()) - begin) // SPANS))
        of = (time[known] - begin) // width
        if len(np.unique(of)) >= LEAST_SPANS:
            apart, rows, span = True, known, np.where(known, (np.where(known, time, begin) - begin) // width, 0)
    keys = np.unique(np.stack([span[rows], found.wording[rows]]), axis=1)
    spans = int(keys[0].max(initial=-1)) + 1
    first, last = np.full(n, np.iinfo(np.int64).max), np.full(n, -1)
    np.minimum.at(first, keys[1], keys[0])
    np.maximum.at(last, keys[1], keys[0])
    return When(keys[0], keys[1], np.searchsorted(keys[0], np.arange(spans + 1)), first, last, source, apart)


def near(vectors: F32, times: When, seed: int, room: int, threads: int, advance: Task) -> Near:
    """Compare every two wordings of one span or of neighbours, and those of some spans that lie apart, drawn by `seed`.

    `vectors` have length one. Kept are the pairs that are most alike, up to `_EACH` a wording on average, and of these
    as many as have at most `room` wordings among them. Nothing is kept of one source with itself.
    """
    blocks = list(_blocks(times, np.random.default_rng(seed)))
    sizes = [sum(_size(times, x, y) for x, y, of in blocks if of == kind) for kind in range(3)]
    compared, compared_far, _ = sizes
    cut = _cut(vectors, times, blocks, seed, _EACH * max(len(vectors), 1) / max(sum(sizes), 1))
    parts = [
        (lo, min(lo + _ROWS, int(times.offsets[x + 1])), x, y, kind)
        for x, y, kind in blocks
        for lo in range(int(times.offsets[x]), int(times.offsets[x + 1]), _ROWS)
    ]

    def run(part: tuple[int, int, int, int, int]) -> tuple[I64, F32]:
        return _alike(vectors, times, part, cut)

    pairs, likes = [np.empty((3, 0), np.int64)], [np.empty(0, np.float32)]
    for rows, like in Executor(threads).map(run, parts):
        pairs.append(rows)
        likes.append(like)
        advance(1)
    table, like = np.concatenate(pairs, axis=1), np.concatenate(likes)
    # Wordings of several spans meet more than once.
    table, at = np.unique(table, axis=1, return_index=True)
    like = like[at]
    order = np.lexsort((table[1], table[0], -like))
    order = order[: _fitting(table[:, order], room)]
    a, b, kind = table[:, order]
    return Near(a, b, like[order], kind, compared, compared_far)


def _blocks(times: When, rng: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    """Pairs of spans to compare: each with itself and the next; and with some that lie apart."""
    spans = len(times.offsets) - 1
    filled = np.flatnonzero(np.diff(times.offsets))
    drawn = {x: rng.permutation(filled[np.abs(filled - x) > 1])[: 1 + _STANDING].tolist() for x in filled.tolist()}
    # What tells chance tells nothing else: a pair would be said always for being there itself.
    by_chance = {(min(x, far[0]), max(x, far[0])) for x, far in drawn.items() if far} if times.apart else set()
    for x in filled.tolist():
        yield x, x, CLOSE
        if times.apart and x + 1 < spans and times.offsets[x + 2] > times.offsets[x + 1]:
            yield x, x + 1, CLOSE
        for y in drawn[x][1:] if times.apart else ():
            if (min(x, y), max(x, y)) not in by_chance:
                yield x, y, STANDING
    for x, y in sorted(by_chance):
        yield x, y, CHANCE


def _size(times: When, x: int, y: int) -> int:
    n, m = (int(times.offsets[s + 1] - times.offsets[s]) for s in (x, y))
    return n * (n - 1) // 2 if x == y else n * m


def _cut(vectors: F32, times: When, blocks: list[tuple[int, int, int]], seed: int, share: float) -> float:
    """The likeness that `share` of the pairs exceed, by pairs drawn at random."""
    if not blocks:
        return 1.0
    rng = np.random.default_rng(seed)
    weights = np.array([_size(times, x, y) for x, y, _ in blocks], float)
    if not weights.sum():
        return 1.0
    drawn = []
    for k in rng.choice(len(blocks), 64, p=weights / weights.sum()).tolist():
        x, y, _ = blocks[k]
        left, right = (times.wording[times.offsets[s] : times.offsets[s + 1]] for s in (x, y))
        one, other = (vectors[rng.choice(side, min(len(side), 512), replace=False)] for side in (left, right))
        drawn.append((one @ other.T).ravel())
    return float(np.quantile(np.concatenate(drawn), max(0.0, 1 - share)))


def _alike(vectors: F32, times: When, part: tuple[int, int, int, int, int], cut: float) -> tuple[I64, F32]:
    lo, hi, x, y, kind = part
    left = times.wording[lo:hi]
    right = times.wording[times.offsets[y] : times.offsets[y + 1]]
    like = vectors[left] @ vectors[right].T
    i, j = np.nonzero(like > cut)
    value = like[i, j]
    u, v = left[i], right[j]
    keep = (u < v) if x == y else (u != v)
    keep &= (times.source[u] != times.source[v]) | (times.source[u] < 0)
    if kind != CLOSE:  # not those that are near by other documents
        keep &= (times.first[u] > times.last[v] + 1) | (times.first[v] > times.last[u] + 1)
    a, b = np.minimum(u, v)[keep], np.maximum(u, v)[keep]
    return np.stack([a, b, np.full(len(a), kind)]), value[keep]


def _fitting(table: I64, room: int) -> int:
    """How many of the first pairs have at most `room` wordings among them."""
    both = table[:2].T.ravel()
    new = np.zeros(len(both), np.int64)
    new[np.unique(both, return_index=True)[1]] = 1
    return int((np.cumsum(new)[1::2] <= room).sum())
