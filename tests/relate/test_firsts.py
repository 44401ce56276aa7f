"""Many occasions at once are asked about as one is, and with calls that do not grow with them."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import numpy as np
import pytest

from inchorus.compiled.kernel import I64
from inchorus.relate.direction import Direction, Matched, When, directions
from inchorus.relate.firsts import Asked, Occasions, asked
from inchorus.relate.p_values import likely
from inchorus.relate.precedence import MOST, NEAR, Published, Uses, odds, of_pair, published, used

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


def one_by_one(o: Occasions, time: I64, known: I64, of: Published, uses: Uses, seed: int) -> Asked:
    """The same, in the words of the method."""
    ends, rather = [], []
    for k in range(len(o.a)):
        a, b = int(o.a[k]), int(o.b[k])
        pair, chance = of_pair(a, b, of, uses), np.random.default_rng(seed)
        of_a, of_b = (
            list(zip(*(x[uses.first[s] : uses.first[s + 1]].tolist() for x in uses[1:]), strict=True)) for s in (a, b)
        )
        for i in range(int(o.bounds[k]), int(o.bounds[k + 1])):
            u, v = int(o.first[i]), int(o.second[i])
            x, y = int(time[u]), int(time[v])
            rather.append(odds(pair, x, y, int(o.coarse[i]), chance))
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
