"""What presence gives each pair beside the formula written out, and what the test of shared objects says of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import F64, I64
from inchorus.relate.links import CLASSES, Links
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.objects_tested import spread
from inchorus.relate.presence import HOURS, SIZES, Presence, joined, presence
from inchorus.relate.wording import Material, TieOptions
from inchorus.thresholds import LEVEL
from relate.made import made

DAY, HOUR = 86_400.0, 3600.0
ONE = np.ones(2000)


def units(seed: int, n: int = 90, sources: int = 8, blocks: int = 3) -> tuple[Any, ...]:
    chance = np.random.default_rng(seed)
    source = chance.choice(sources, n, p=(w := 1 / (np.arange(sources) + 1.0)) / w.sum()).astype(np.int32)
    time = np.sort(chance.random(n)) * 4 * DAY
    block = (np.arange(n) * blocks // n).astype(np.int32)
    return source, time, block, chance.integers(-1, 6, n)


def share(p: Presence, n_sources: int) -> F64:
    """The chance of each source, (levels, cells, sources)."""
    out = np.zeros((p.use.shape[1], len(p.hour), n_sources))
    for s in range(n_sources):
        for k in range(p.first[s], p.first[s + 1]):
            for j in range(p.first_cell[p.block[k]], p.first_cell[p.block[k] + 1]):
                out[:, j, s] = p.use[k] * p.rhythm[s, p.hour[j]] / p.whole[j]
    return out


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(0, 60))
def test_means_are_the_sums_over_all_cells_and_all_pairs_have_what_there_is(seed: int, blocks: int, n: int) -> None:
    source, time, block, level = units(seed, blocks=blocks)
    p = presence(source, time, block, level, np.ones(len(source), bool), 8)
    chance = np.random.default_rng(seed)
    ends = chance.integers(0, len(source), (2, 4 * n + 4)).astype(np.int32)
    a, b = ends[:, source[ends[0]] != source[ends[1]]][:, :n]
    cls = chance.integers(0, CLASSES, len(a)).astype(np.int32)
    none, few = np.zeros(0, np.int64), np.zeros(0, np.int32)
    chances, (left, right) = share(p, 8), np.triu_indices(8, 1)
    assert chances.sum(2) == pytest.approx(1)
    expected = np.zeros((len(left), CLASSES))
    for s, t, c in zip(p.cell[a], p.cell[b], cls, strict=True):
        x, y = chances[c // 4, s], chances[c // 4, t]
        expected[:, c] += (x[left] * y[right] + x[right] * y[left]) / (1 - x @ y)
    links = Links(none, few, a, b, cls)
    found = joined(links, p, left.astype(np.int64), right.astype(np.int64))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.sum(0), np.bincount(cls, minlength=CLASSES), rtol=1e-9, atol=1e-9)


def test_who_does_much_is_in_all_that_many_share_and_more_than_its_share_in_what_two_do() -> None:
    source = np.repeat(np.arange(20), [8, *[2] * 19]).astype(np.int32)
    level = np.tile([0, 5], 23)
    one = np.zeros(len(source))
    p = presence(source, one, one.astype(np.int32), level, np.ones(len(source), bool), 20)
    rare, common = (p.use[:, k] / p.use[:, k].sum() for k in (0, 5))
    assert common[0] < 8 / 46 < rare[0]
    events = 23 / SIZES[1] * p.use[0, 0] + 23 / SIZES[6] * p.use[0, 5]
    assert events == pytest.approx(8, rel=0.15)


def test_each_source_keeps_its_hours_if_it_has_shown_them() -> None:
    hours = np.array([9] * 60 + [21] * 60 + [9, 21])
    source = np.repeat([0, 1, 2], [60, 60, 2]).astype(np.int32)
    time = np.arange(122) // 2 * DAY + hours * HOUR
    nothing = np.zeros(122, np.int32)
    p = presence(source, time, nothing, nothing.astype(np.int64), np.ones(122, bool), 3)
    assert p.hour.tolist() == [9, 21]
    morning = share(p, 3)[0, 0]
    assert morning[0] > 3 * morning[1]
    assert p.rhythm.shape == (3, HOURS)
    assert p.rhythm[2, 9] == pytest.approx(p.rhythm[2, 21], rel=0.2)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        (np.random.default_rng(0).poisson(2.0, 2000), 0.0, 0.02),
        (np.random.default_rng(0).poisson(2.0 * np.repeat([0.2, 1.8], 1000)), 0.4, 0.8),
        (np.append(np.random.default_rng(0).poisson(2.0, 1970), np.full(30, 40)), 0.0, 0.05),
    ],
    ids=["chance alone", "two circles", "thirty tied pairs"],
)
def test_the_spread_is_that_of_the_bulk(counts: I64, low: float, high: float) -> None:
    assert low <= spread(counts, np.full(len(counts), counts.mean()), ONE[: len(counts)]) <= high


def posts(rows: list[tuple[int, float, int]], sources: int) -> tuple[Objects, Material]:
    """(source, seconds, object), each a document."""
    source, time, objects = (np.array(x) for x in zip(*rows, strict=True))
    m = made([], [], source, np.zeros(len(rows)), sources)._replace(time=(time * 1e6).astype(np.int64))
    return Objects(objects.astype(np.int64), np.arange(len(rows)), []), m


def background(chance: np.random.Generator, sources: int, things: int) -> list[tuple[int, float, int]]:
    out = []
    for k in range(things):
        start = chance.random() * 27 * DAY
        users = chance.choice(sources, int(chance.integers(2, 9)), replace=False)
        out += [(int(s), start + chance.exponential(HOUR), k) for s in users]
    return out


@pytest.mark.parametrize("window", [60.0, 600.0, 3600.0])
@pytest.mark.parametrize("hours", [0.5, 300.0], ids=["in one hour", "on several days"])
def test_what_happens_in_one_hour_is_one_event(window: float, hours: float) -> None:
    chance = np.random.default_rng(3)
    rows = background(chance, 60, 100)
    for k in range(5):
        at = 10 * DAY + 0.4 * HOUR * k * hours
        rows += [(s, at + s, 1000 + k) for s in (4, 5)]
    t = judge_objects(*posts(rows, 60), window, TieOptions()).tested
    tied = {(int(a), int(b)) for a, b, q in zip(t.a, t.b, t.q, strict=True) if q <= LEVEL}
    assert tied == ({(4, 5)} if hours > 10 else set())


@pytest.mark.parametrize("window", [600.0, 3600.0, DAY])
def test_circles_that_never_meet_are_no_ties(window: float) -> None:
    chance = np.random.default_rng(5)
    circle = chance.integers(0, 4, 60)
    rows = []
    for k in range(400):
        some = np.flatnonzero(circle == chance.integers(4))
        users = chance.choice(some, min(len(some), int(chance.integers(2, 6))), replace=False)
        rows += [(int(s), k % 28 * DAY + HOUR * (8 + k % 12) + chance.exponential(HOUR), k) for s in users]
    t = judge_objects(*posts(rows, 60), window, TieOptions()).tested
    assert (t.occasions.sum(1) >= 3).sum() > 10
    assert not (t.q <= LEVEL).any()
