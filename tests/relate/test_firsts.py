"""Many occasions at once are asked about as one is, and with calls that do not grow with them."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from inchorus.compiled.kernel import I64
from inchorus.relate.direction import Direction, Matched, When, directions
from inchorus.relate.firsts import NEAR, Asked, Occasions, asked
from inchorus.relate.lags import MOST, NEIGHBOURS, drawn
from inchorus.relate.p_values import likely
from inchorus.relate.precedence import HOUR, Published, Uses, published, used

DAY = 86_400_000_000


def made(seed: int, documents: int, sources: int = 5) -> tuple[Occasions, I64, I64, Published, Uses]:
    """Occasions of all pairs of sources: documents that have a thing in common."""
    rng = np.random.default_rng(seed)
    source = rng.integers(0, sources, documents)
    time = np.sort(rng.integers(0, 90 * DAY, documents))
    time -= time % (DAY if seed % 2 else 1_000_000)
    known = (rng.random(documents) > 0.05).astype(np.int64)
    thing, document = rng.integers(0, documents // 4, 2 * documents), rng.integers(0, documents, 2 * documents)
    of, uses = published(source, time, known, sources), used(thing, document, source, sources)
    rows: set[tuple[int, int, int, int]] = set()
    for t in range(documents // 4):
        users = [d for d in np.unique(document[thing == t]).tolist() if known[d]]
        rows |= {(int(source[i]), int(source[j]), i, j) for i in users for j in users if source[i] < source[j]}
    a, b, first, second = (np.array(column, np.int64) for column in zip(*sorted(rows), strict=True))
    new = np.flatnonzero(np.diff(a * sources + b, prepend=-1))
    coarse = rng.choice([1_000_000, DAY], len(a))
    bounds = np.append(new, len(a)).astype(np.int64)
    return Occasions(a[new], b[new], bounds, first, second, coarse), time, known, of, uses


class Pair(NamedTuple):
    """Two sources: rows and times of what they published, and a number of each: of the line it has (both have), or -1.

    Publications of one line, and of lines that stand in one document, have one number.
    """

    row: tuple[I64, I64]
    time: tuple[I64, I64]
    line: tuple[I64, I64]


def of_pair(a: int, b: int, of: Published, uses: Uses) -> Pair:
    """What two sources published, and which of it has lines of both."""
    parts = [slice(int(uses.first[s]), int(uses.first[s + 1])) for s in (a, b)]
    common = np.intersect1d(uses.thing[parts[0]], uses.thing[parts[1]])
    thing, document = (np.concatenate([column[part] for part in parts]) for column in uses[1:])
    thing, document = thing[np.isin(thing, common)], document[np.isin(thing, common)]
    held, row = np.unique(document, return_inverse=True)
    shape = (len(held) + len(common),) * 2
    graph = coo_array((np.ones(len(row)), (row, np.searchsorted(common, thing) + len(held))), shape=shape)
    number = dict(zip(held.tolist(), connected_components(graph, directed=False)[1].tolist(), strict=False))
    rows = [np.arange(of.first[s], of.first[s + 1]) for s in (a, b)]
    lines = [np.array([number.get(d, -1) for d in of.document[r].tolist()], np.int64) for r in rows]
    return Pair((rows[0], rows[1]), (of.time[rows[0]], of.time[rows[1]]), (lines[0], lines[1]))


def odds(pair: Pair, x: int, y: int, coarse: int, seed: int) -> tuple[float, float]:
    """How much rather a (at `x`) than b (at `y`) is first by so much, and b than a, by when they publish at all."""
    around = max(NEAR, 4 * abs(y - x))
    times, lines = [], []
    for row, t, line in zip(*pair, strict=True):
        low, high = np.searchsorted(t, [min(x, y) - around, max(x, y) + around + 1])
        chosen = drawn(int(row[0]) + int(low), int(row[0]) + int(high), seed) - row[0]
        times.append(t[chosen])
        lines.append(line[chosen])
    reasons = (earlier(times, lines, abs(y - x) // coarse, coarse), busier(pair, x, y, around))
    return max(1.0, *reasons), max(1.0, *(1 / reason for reason in reasons))


def earlier(times: list[I64], lines: list[I64], delay: int, coarse: int) -> float:
    lag = times[1][None, :] // coarse - times[0][:, None] // coarse
    own = (lines[0][:, None] < 0) | (lines[1][None, :] < 0)
    if (own & (lag != 0)).sum() < NEIGHBOURS:
        own |= lines[0][:, None] != lines[1][None, :]
    lags = lag[own & (lag != 0)]
    if not len(lags):
        return 1.0
    unlike = np.abs(np.abs(lags) - delay)
    near = lags[unlike <= np.sort(unlike)[min(NEIGHBOURS, len(lags)) - 1]]
    return float(((near > 0).sum() + 0.5) / ((near < 0).sum() + 0.5))


def busier(pair: Pair, x: int, y: int, around: int) -> float:
    low, high = min(x, y), max(x, y)
    later = pair.time[1] if x < y else pair.time[0]
    if ((later > low) & (later < high)).any():
        return 1.0
    rates = [
        len(np.unique(t[(t >= low - around) & (t <= high + around)] // HOUR)) / (2 * around + high - low)
        for t in pair.time
    ]
    return float(np.exp(np.clip((rates[0] - rates[1]) * (high - low), -20, 20)))


def one_by_one(o: Occasions, time: I64, known: I64, of: Published, uses: Uses, seed: int) -> Asked:
    """The same, in the words of the method."""
    ends, rather = [], []
    for k in range(len(o.a)):
        a, b = int(o.a[k]), int(o.b[k])
        pair = of_pair(a, b, of, uses)
        of_a, of_b = (
            list(zip(*(x[uses.first[s] : uses.first[s + 1]].tolist() for x in uses[1:]), strict=True)) for s in (a, b)
        )
        for i in range(int(o.bounds[k]), int(o.bounds[k + 1])):
            u, v = int(o.first[i]), int(o.second[i])
            x, y = int(time[u]), int(time[v])
            rather.append(odds(pair, x, y, int(o.coarse[i]), seed))
            both = sorted({t for t, d in of_a if d == u} & {t for t, d in of_b if d == v})
            last = [u, v]
            if both:
                count = {t: sum(s == t for s, _ in of_a) * sum(s == t for s, _ in of_b) for t in both}
                line = min(both, key=lambda t: (count[t], t))
                until = min(x, y) + max(NEAR, 4 * abs(y - x))
                for side, held in enumerate((of_a, of_b)):
                    mine = [d for t, d in held if t == line and known[d] and time[d] <= until]
                    last[side] = max(mine, key=lambda d: (time[d], -d))
            ends.append(last)
    return Asked(np.array(ends), np.array(rather))


@pytest.mark.parametrize(("seed", "documents"), [(0, 60), (1, 60), (2, 200), (3, 200), (4, 900), (5, 900)])
def test_each_occasion_is_answered_as_if_it_were_asked_about_alone(seed: int, documents: int) -> None:
    given = made(seed, documents)
    found, expected = asked(*given, seed), one_by_one(*given, seed)
    assert len(found.ends) > 40
    assert (found.ends != np.stack([given[0].first, given[0].second], 1)).any()
    assert (found.rather > 1).any()
    assert found.ends.tolist() == expected.ends.tolist()
    np.testing.assert_allclose(found.rather, expected.rather, rtol=1e-14)
    drawn = np.diff(given[3].first).max() > MOST
    assert drawn == (documents > 500)


def test_wins_are_a_sum_of_draws() -> None:
    won, chance = np.array([1, -1, 0, 1], np.int64), np.array([0.5, 0.5, 0.9, 1.0])
    out = np.empty(2)
    likely(np.array([0, 4, 4], np.int64), won, chance, out)
    assert out.tolist() == [0.75, 1.0]


def calls(pairs: int) -> tuple[int, Direction]:
    """How many functions of Python are called for so many pairs of ten occasions each, and what is found."""
    rng = np.random.default_rng(1)
    sources, occasions = 30, 10
    a, b = (side[:pairs] for side in np.triu_indices(sources, 1))
    first = rng.integers(0, 1000 * DAY, pairs * occasions)
    time = np.stack([first, first + rng.integers(1, 40_000_000_000, len(first))], 1).reshape(-1)
    source = np.stack([np.repeat(a, occasions), np.repeat(b, occasions)], 1).reshape(-1).astype(np.int32)
    documents = np.arange(2 * pairs * occasions)
    when = When(source, time, np.ones(len(time), np.int64), np.full(len(time), 1_000_000))
    shared = Matched(documents.reshape(-1, 2), np.repeat(np.arange(pairs), occasions), a, b)
    n = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal n
        n += event == "call" and "/inchorus/relate/" in frame.f_code.co_filename

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = directions(shared, when, (documents // 2, documents), np.ones(pairs, bool))
    finally:
        sys.setprofile(before)
    return n, found


def test_calls_do_not_grow_with_the_ties() -> None:
    few, found = calls(100)
    many, more = calls(400)
    assert (found.q < 1).mean() > 0.9
    assert (more.q < 1).mean() > 0.9
    assert few <= many <= few + 40
