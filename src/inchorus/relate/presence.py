"""Who is there when something is shared: each source's chance to be among those who do, by time and how many do.

Time is parted into cells, the hours of the day inside blocks of time. A source is in a cell as often as it is in the
block, and as its own rhythm has it, whose hours are believed by and by. And who does much is among all users of what
many share, and still has shares left for what few do: of n users, source s is one with chance 1 - exp(-theta(n) x(s)),
with x such that its shares add up to what it has in the block, as in configuration models of bipartite networks
(Saracco et al. 2015, doi:10.1038/srep10595).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64, kernel
from inchorus.relate.links import CLASSES, LEVELS, TYPICAL, Links
from inchorus.relate.sorted_arrays import distinct

HOUR = 3600.0
HOURS = 24
RHYTHM = 20.0  # of so many units the hours of all are believed as much as the source's own
# How many share what nobody else does within the window, and what is of each level of rarity.
SIZES: F64 = np.concatenate([[1.0], TYPICAL[:: CLASSES // len(LEVELS)]])
_EVEN = 0.1  # where the busiest source has so little that even of 24 users it is seldom twice one, shares are chances
_FITS = 10
_LEAST = 1e-9


class Presence(NamedTuple):
    """Each source's chance to be the one, by cell of time and level of rarity.

    `cell` by unit. By cell `hour`, of the day, those of block k from `first_cell[k]` to `first_cell[k + 1]`. By source,
    from `first[s]` to `first[s + 1]`: its `block`s and `use` of them (rows, levels); and `rhythm` (sources, 24). The
    chance is use times rhythm over `whole` (cells, levels), which is their sum.
    """

    cell: I32
    hour: I64
    first_cell: I64
    first: I64
    block: I32
    use: F64
    rhythm: F64
    whole: F64


def presence(
    source: I32, time: F64, block: I32, level: I64, members: BOOL, n_sources: int, told: I64 | None = None
) -> Presence:
    """The presence of sources where units are of `source` at `time` (seconds), in a `block` of time.

    `level` is that of the rarest thing that a unit shares with others, -1 where there is none. Only `members`, by unit,
    say who is there; who has none in a block is not. `told`, by source: its hours are believed as if it had so many.

    >>> one = np.zeros(4, np.int32)
    >>> p = presence(np.array([0, 0, 0, 1], np.int32), np.zeros(4), one, np.zeros(4, np.int64), np.ones(4, bool), 2)
    >>> (p.use[:, 0] * p.rhythm[:, 0] / p.whole[0, 0]).round(2).tolist()
    [0.53, 0.47]
    """
    blocks = int(block.max(initial=0)) + 1
    hour = hour_of_day(time)
    kept, cell = np.unique(block.astype(np.int64) * HOURS + hour, return_inverse=True)
    first_cell = np.searchsorted(kept, np.arange(blocks + 1) * HOURS).astype(np.int64)
    there = np.flatnonzero(members)
    rhythm = _rhythm(source[there], hour[there], n_sources, told)
    key, count = np.unique(source[there].astype(np.int64) * blocks + block[there], return_counts=True)
    first = np.searchsorted(key, np.arange(n_sources + 1) * blocks).astype(np.int64)
    of = (key % blocks).astype(np.int32)
    by_block = np.argsort(of, kind="stable")
    first_row = np.searchsorted(of[by_block], np.arange(blocks + 1)).astype(np.int64)
    shared = np.bincount(block[there] * len(SIZES) + level[there] + 1, minlength=blocks * len(SIZES))
    use = np.empty((len(key), len(LEVELS)))
    _fit(first_row, by_block, count.astype(np.float64), shared.reshape(blocks, -1) / SIZES, SIZES, use)
    in_cell = np.bincount(cell[there], minlength=len(kept)).astype(np.float64)
    whole = np.zeros((len(kept), len(LEVELS)))
    _spread_over_cells(first, of, first_cell, kept % HOURS, in_cell, rhythm, use, whole)
    return Presence(cell.astype(np.int32), kept % HOURS, first_cell, first, of, use, rhythm, np.maximum(whole, _LEAST))


def _rhythm(source: I32, hour: I64, n_sources: int, told: I64 | None) -> F64:
    """How much rather than all others each source is there in each hour of the day, smoothed over its neighbours."""
    smooth = by_hour(source, hour, n_sources)
    if told is not None:
        smooth *= told[:, None] / np.maximum(smooth.sum(1, keepdims=True), 1.0)
    whole = np.maximum(smooth.sum(0) / max(smooth.sum(), 1.0), 1e-6)
    return np.asarray((smooth + RHYTHM * whole) / ((smooth.sum(1, keepdims=True) + RHYTHM) * whole))


def by_hour(source: I32, hour: I64, n_sources: int) -> F64:
    """How much each source does in each hour of the day, smoothed over its neighbours, (sources, 24).

    >>> by_hour(np.zeros(4, np.int32), np.array([0, 0, 0, 0]), 1)[0, [23, 0, 1, 2]].tolist()
    [1.0, 2.0, 1.0, 0.0]
    """
    own = np.bincount(source.astype(np.int64) * HOURS + hour, minlength=n_sources * HOURS).reshape(n_sources, HOURS)
    return np.asarray((np.roll(own, 1, 1) + 2.0 * own + np.roll(own, -1, 1)) / 4)


def hour_of_day(time: F64) -> I64:
    """The hour of the day, 0 to 23, of `time` in seconds."""
    return np.asarray(time % (HOURS * HOUR) // HOUR).astype(np.int64)


@kernel
def _fit(first_row: I64, rows: I64, count: F64, events: F64, sizes: F64, use: F64) -> None:
    """Write how likely each source is among the users of something of each size, so that all add up to its `count`."""
    n_sizes = len(sizes)
    theta = np.zeros(n_sizes)
    for b in range(len(first_row) - 1):
        low, high = first_row[b], first_row[b + 1]
        if low == high:
            continue
        whole = 0.0
        most = 0.0
        for i in range(low, high):
            whole += count[rows[i]]
            most = max(most, count[rows[i]])
        if most * sizes[n_sizes - 1] < _EVEN * whole:
            for i in range(low, high):
                for k in range(n_sizes - 1):
                    use[rows[i], k] = count[rows[i]]
            continue
        x = np.empty(high - low)
        given = np.empty(high - low)
        for i in range(high - low):
            x[i] = count[rows[low + i]]
        for fit in range(_FITS):
            total = 0.0
            for i in range(high - low):
                total += x[i]
                given[i] = 0.0
            for k in range(n_sizes):
                users = min(sizes[k], 0.95 * (high - low))
                # Concave in theta and not above 0 here, so that Newton's steps never pass the root.
                t = users / total
                for _ in range(50):
                    missing = users
                    slope = 0.0
                    for i in range(high - low):
                        e = np.exp(-t * x[i])
                        missing -= 1.0 - e
                        slope += x[i] * e
                    if missing < 1e-6 * users or slope <= 0.0:
                        break
                    t += missing / slope
                theta[k] = t
                for i in range(high - low):
                    given[i] += events[b, k] * (1.0 - np.exp(-t * x[i]))
            if fit < _FITS - 1:
                for i in range(high - low):
                    x[i] *= min(5.0, max(0.2, count[rows[low + i]] / max(given[i], 1e-12)))
        for i in range(high - low):
            for k in range(n_sizes - 1):
                use[rows[low + i], k] = 1.0 - np.exp(-theta[k + 1] * x[i])


@kernel
def _spread_over_cells(
    first: I64, block: I32, first_cell: I64, hour: I64, in_cell: F64, rhythm: F64, use: F64, whole: F64
) -> None:
    """Scale rhythms to a mean of 1 over each block, and add up what all sources have of each cell."""
    for s in range(len(first) - 1):
        for k in range(first[s], first[s + 1]):
            mean = 0.0
            n = 0.0
            for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                mean += in_cell[j] * rhythm[s, hour[j]]
                n += in_cell[j]
            for c in range(use.shape[1]):
                use[k, c] *= n / mean
            for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                for c in range(use.shape[1]):
                    whole[j, c] += use[k, c] * rhythm[s, hour[j]]


@kernel
def _of_one_source(
    first: I64, block: I32, first_cell: I64, hour: I64, use: F64, rhythm: F64, whole: F64, row: I64, end: I32, out: F64
) -> None:
    """Of each pair of cells that links join, by level, the chance that both ends would be of one source."""
    n_levels = use.shape[1]
    held = np.zeros(whole.shape)
    for s in range(len(first) - 1):
        for k in range(first[s], first[s + 1]):
            for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                for c in range(n_levels):
                    held[j, c] = use[k, c] * rhythm[s, hour[j]] / whole[j, c]
        for k in range(first[s], first[s + 1]):
            for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                for e in range(row[j], row[j + 1]):
                    for c in range(n_levels):
                        out[e, c] += held[j, c] * held[end[e], c]
        for k in range(first[s], first[s + 1]):
            for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                held[j] = 0.0


@kernel
def _joined(
    a: I64,
    b: I64,
    first: I64,
    block: I32,
    first_cell: I64,
    hour: I64,
    use: F64,
    rhythm: F64,
    whole: F64,
    row: I64,
    end: I32,
    links: F64,
    classes: I64,
    out: F64,
) -> None:
    """What each pair's presence gives, by class; what one source reaches is kept while the next pair has it, too.

    Columns of `links` are those of `classes`, the only ones that there are links of.
    """
    n_levels = use.shape[1]
    n_classes = len(classes)
    n_blocks = len(first_cell) - 1
    level = np.empty(n_classes, np.int64)
    for c in range(n_classes):
        level[c] = classes[c] * n_levels // out.shape[1]
    of = np.empty(len(hour), np.int64)
    for k in range(n_blocks):
        for j in range(first_cell[k], first_cell[k + 1]):
            of[j] = k
    share = np.empty(n_levels)
    reached = np.zeros((len(hour), n_classes))
    touched = np.zeros(n_blocks, np.bool_)
    total = np.empty(n_classes)
    now = -1
    for i in range(len(a)):
        if a[i] != now:
            for k in range(n_blocks):
                if touched[k]:
                    touched[k] = False
                    for j in range(first_cell[k], first_cell[k + 1]):
                        for c in range(n_classes):
                            reached[j, c] = 0.0
            now = a[i]
            for k in range(first[now], first[now + 1]):
                for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                    for v in range(n_levels):
                        share[v] = use[k, v] * rhythm[now, hour[j]] / whole[j, v]
                    for e in range(row[j], row[j + 1]):
                        touched[of[end[e]]] = True
                        for c in range(n_classes):
                            reached[end[e], c] += share[level[c]] * links[e, c]
        for c in range(n_classes):
            total[c] = 0.0
        for k in range(first[b[i]], first[b[i] + 1]):
            if touched[block[k]]:
                for j in range(first_cell[block[k]], first_cell[block[k] + 1]):
                    for v in range(n_levels):
                        share[v] = use[k, v] * rhythm[b[i], hour[j]] / whole[j, v]
                    for c in range(n_classes):
                        total[c] += share[level[c]] * reached[j, c]
        for c in range(n_classes):
            out[i, classes[c]] = total[c]


def joined(links: Links, p: Presence, a: I64, b: I64) -> F64:
    """The mean number of links of each class between sources `a` and `b`, in parallel, (pairs, classes).

    See `joined_cells`.
    """
    one, two = p.cell[links.a].astype(np.int64), p.cell[links.b].astype(np.int64)
    return joined_cells(p, one, two, links.cls, None, a, b)


def joined_cells(p: Presence, one: I64, two: I64, cls: I32, times: F64 | None, a: I64, b: I64) -> F64:
    """The same of links between cells `one` and `two` of class `cls`, in parallel, each so many `times` or once.

    A link between cells s and t joins a and b with chance (share(a, s) share(b, t) + share(b, s) share(a, t)) / (1 -
    the chance that both ends are of one source). Time grows with the cells in which a source is, and those that links
    lead to from there, which are few where links are of a window.
    """
    n = len(p.hour)
    kept = distinct(np.concatenate([one * n + two, two * n + one]))
    row = np.searchsorted(kept, np.arange(n + 1) * n).astype(np.int64)
    end = (kept % max(n, 1)).astype(np.int32)
    between = np.zeros((len(kept), CLASSES))
    for s, t in ((one, two), (two, one)):
        place = np.searchsorted(kept, s * n + t) * CLASSES + cls
        between += np.bincount(place, times, between.size).reshape(between.shape)
    where = (p.first, p.block, p.first_cell, p.hour, p.use, p.rhythm, p.whole, row, end)
    alike = np.zeros((len(kept), len(LEVELS)))
    _of_one_source(*where, alike)
    between /= np.repeat(np.maximum(1 - alike, 1e-6), CLASSES // len(LEVELS), axis=1)
    out = np.zeros((len(a), CLASSES))
    classes = np.flatnonzero(between.any(axis=0))
    _joined(a, b, *where, np.ascontiguousarray(between[:, classes]), classes, out)
    return out
