"""How often sources are near one another without sharing: counted by hand, and who is tied by that or is not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import F64, I64
from inchorus.relate.near_unshared import BELIEF, NEAR, Posted, begins, by_runs, nearness
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.presence import presence
from inchorus.relate.wording import TieOptions
from inchorus.thresholds import LEVEL
from relate.made import made

DAY, HOUR, WEEK = 86_400.0, 3600.0, 7 * 86_400.0
WINDOW = 60.0
NOTHING = np.zeros(0, np.int64)


def posted(source: I64, time: F64, objects: I64 = NOTHING, document: I64 = NOTHING) -> Posted:
    return Posted(source.astype(np.int32), time, np.ones(len(time), bool), objects, document)


def moments(time: list[float], near: float) -> list[float]:
    out: list[float] = []
    for t in sorted(time):
        if not out or t > out[-1] + near:
            out.append(t)
    return out


def freshness(p: Posted, source: int, near: float) -> list[float]:
    """By hour, how much rather than in all hours moments of the source hold what is new."""
    had: set[int] = set()
    found: list[list[float]] = []
    for d in sorted(np.flatnonzero(p.source == source).tolist(), key=lambda d: (p.time[d], d)):
        objects = set(p.object[p.document == d].tolist())
        if not found or p.time[d] > found[-1][0] + near:
            found.append([float(p.time[d]), 0.0])
        found[-1][1] = max(found[-1][1], float(not objects or bool(objects - had)))
        had |= objects
    new, every = np.zeros(24), np.zeros(24)
    for time, is_new in found:
        for beside, weight in ((-1, 0.25), (0, 0.5), (1, 0.25)):
            hour = (int(time % DAY // HOUR) + beside) % 24
            every[hour] += weight
            new[hour] += weight * is_new
    whole = new.sum() / every.sum()
    return [min(1.0, (n + 5 * whole) / (e + 5) / whole) for n, e in zip(new.tolist(), every.tolist(), strict=True)]


def by_hand(p: Posted, start: F64, told: I64, one: int, two: int) -> float:
    """The same, slowly, and from the chances of each cell written out."""
    n_sources = len(told)
    near, held = NEAR * WINDOW, list(zip(p.object.tolist(), p.document.tolist(), strict=True))
    shares = {
        d
        for (x, d), (y, e) in itertools.product(held, held)
        if x == y and {p.source[d], p.source[e]} == {one, two} and abs(p.time[d] - p.time[e]) <= WINDOW
    }
    every = {s: moments(p.time[p.source == s].tolist(), near) for s in range(n_sources)}
    rest = [
        moments([t for d, t in enumerate(p.time.tolist()) if p.source[d] == s and d not in shares], near)
        for s in (one, two)
    ]
    fresh = [freshness(p, s, near) for s in (one, two)]
    met = [(s, t) for s, t in itertools.product(*rest) if abs(s - t) <= near]
    seen = sum(fresh[0][int(s % DAY // HOUR)] * fresh[1][int(t % DAY // HOUR)] for s, t in met)
    flat = sorted((t, s) for s, times in every.items() for t in times)
    time, source = np.array([t for t, _ in flat]), np.array([s for _, s in flat], np.int32)
    block = (np.searchsorted(start, time, "right") - 1).astype(np.int32)
    there = presence(source, time, block, np.full(len(time), -1), np.ones(len(time), bool), n_sources, told)
    share = np.zeros((n_sources, len(there.hour)))
    for s in range(n_sources):
        for k in range(there.first[s], there.first[s + 1]):
            for j in range(there.first_cell[there.block[k]], there.first_cell[there.block[k] + 1]):
                share[s, j] = there.use[k, 0] * there.rhythm[s, there.hour[j]] / there.whole[j, 0]
    given = 0.0
    for i, j in itertools.combinations(range(len(time)), 2):
        if time[j] - time[i] <= near:
            x, y = share[:, there.cell[i]], share[:, there.cell[j]]
            given += (x[one] * y[two] + x[two] * y[one]) / (1 - x @ y)
    given *= len(rest[0]) * len(rest[1]) / (len(every[one]) * len(every[two]))
    return max(1.0, (seen + BELIEF) / (given + BELIEF))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from([HOUR, 6 * HOUR, 3 * DAY]))
def test_it_is_what_is_seen_over_what_presence_gives(seed: int, blocks: int, span: float) -> None:
    chance = np.random.default_rng(seed)
    n = 60
    source, time = chance.integers(0, 5, n), chance.uniform(0, span, n).round()
    source[:5] = np.arange(5)
    document = np.sort(chance.integers(0, n, 40))
    p = posted(source, time, chance.integers(0, 6, 40), document)
    start = np.append(0.0, np.sort(chance.uniform(0, span, blocks - 1)))
    a, b = np.triu_indices(5, 1)
    told = chance.integers(0, 30, 5)
    found = nearness(p, start, told, a, b, WINDOW)
    assert found == pytest.approx([by_hand(p, start, told, x, y) for x, y in zip(a.tolist(), b.tolist(), strict=True)])


def test_documents_without_a_time_say_nothing() -> None:
    chance = np.random.default_rng(1)
    source, time = np.repeat(np.arange(4), 30), chance.uniform(0, 9 * DAY, 120)
    a, b = np.triu_indices(4, 1)
    dated = chance.random(120) < 0.7
    whole = Posted(source.astype(np.int32), time, dated, np.zeros(120, np.int64), np.arange(120))
    place = np.cumsum(dated) - 1
    rest = posted(source[dated], time[dated], np.zeros(int(dated.sum()), np.int64), place[dated])
    asked = np.zeros(1), np.full(4, 30), a, b, WINDOW
    np.testing.assert_array_equal(nearness(whole, *asked), nearness(rest, *asked))


def test_what_two_share_does_not_bring_them_near() -> None:
    chance = np.random.default_rng(2)
    others = chance.uniform(0, 40 * WEEK, 30 * 40)
    together = np.arange(40) * WEEK + chance.uniform(0, DAY, 40)
    source = np.concatenate([np.repeat([0, 1], 40), np.repeat(np.arange(2, 32), 40)])
    time = np.concatenate([together, together + 5, others])
    things, document = np.tile(np.arange(40), 2), np.arange(80)
    asked = np.zeros(1), np.full(32, 40), np.array([0]), np.array([1]), WINDOW
    assert nearness(posted(source, time), *asked)[0] > 5
    assert nearness(posted(source, time, things, document), *asked)[0] == 1
    # Nor where they share one and the same thing again and again, which is one occasion.
    assert nearness(posted(source, time, 0 * things, document), *asked)[0] == 1


def test_repeats_of_an_hour_of_their_own_do_not_bring_two_near() -> None:
    chance = np.random.default_rng(6)
    pages = np.concatenate([np.arange(40) * DAY + 9 * HOUR + 30 * s for s in (0, 1)])
    time = np.concatenate([pages, chance.uniform(0, 40 * DAY, 2 * 30 + 30 * 40)])
    source = np.concatenate([np.repeat([0, 1], 40), np.repeat([0, 1], 30), np.repeat(np.arange(2, 32), 40)])
    asked = np.zeros(1), np.full(32, 30), np.array([0]), np.array([1]), WINDOW
    anew = nearness(posted(source, time), *asked)[0]
    again = nearness(posted(source, time, np.repeat([0, 1], 40), np.arange(80)), *asked)[0]
    assert anew > 4 * again


def test_hours_that_the_test_could_not_know_count() -> None:
    chance = np.random.default_rng(3)
    days = np.tile(np.arange(60), 20) * DAY
    hour = np.repeat(np.append([9, 9], chance.integers(0, 24, 18)), 60) * HOUR
    p = posted(np.repeat(np.arange(20), 60), days + hour + chance.uniform(0, HOUR, 1200))
    few, many = (nearness(p, np.zeros(1), np.full(20, n), np.array([0]), np.array([1]), WINDOW)[0] for n in (5, 500))
    assert few > 2 > many


@pytest.mark.parametrize(("window", "knows"), [(300.0, True), (301.0, False), (DAY, False)])
def test_what_is_no_nearer_than_an_hour_presence_knows(window: float, knows: bool) -> None:
    weekly = np.arange(40) * WEEK
    time = np.concatenate([weekly, weekly + 9, np.random.default_rng(0).uniform(0, 40 * WEEK, 1200)])
    source = np.append(np.repeat([0, 1], 40), np.repeat(np.arange(2, 32), 40))
    found = nearness(posted(source, time), np.zeros(1), np.full(32, 40), np.array([0]), np.array([1]), window)
    assert (found[0] > 1) == knows


def test_a_crowd_that_posts_at_once_is_no_quadratic_work() -> None:
    n = 4000
    cell, time = np.arange(n) // 2000, np.arange(n, dtype=np.float64) / 100
    one, two, times = by_runs(cell, time, WINDOW)
    assert one.tolist() == [0, 0, 1]
    assert two.tolist() == [0, 1, 1]
    assert times.tolist() == [2000 * 1999 / 2, 2000**2, 2000 * 1999 / 2]


def test_blocks_begin_with_their_first_unit() -> None:
    assert begins(np.array([2, 0, 2, 1], np.int32), np.array([9.0, 0.0, 8.0, 3.0])).tolist() == [0.0, 3.0, 8.0]
    assert begins(np.zeros(0, np.int32), np.zeros(0)).tolist() == []


def week_by_week(clocks: bool) -> set[tuple[int, int]]:
    """Who is tied of sixty accounts: 0 and 1 share four things within seconds; two post at one moment every week."""
    chance = np.random.default_rng(4)
    rows = [(s, float(t), -1) for s in range(2, 60) for t in chance.uniform(0, 26 * WEEK, 60)]
    for s in (0, 1):
        moment = 3 * DAY + 9 * HOUR + 5 * s
        rows += [(s, w * WEEK + moment + k, -1) for w in range(26) for k in range(3)] if clocks else []
        rows += [] if clocks else [(s, float(t), -1) for t in chance.uniform(0, 26 * WEEK, 78)]
    for k in range(150):
        users = chance.choice(np.arange(2, 60), int(chance.integers(2, 5)), replace=False)
        start = float(chance.uniform(0, 25 * WEEK))
        rows += [(int(s), start + float(chance.exponential(30)), k) for s in users]
    for k in range(4):
        rows += [(s, (5 * k + 2) * WEEK + 3 * DAY + 9 * HOUR + 5 * s, 1000 + k) for s in (0, 1)]
    source, time, thing = (np.array(column) for column in zip(*rows, strict=True))
    m = made([], [], source, np.zeros(len(rows)), 60)._replace(time=(time * 1e6).astype(np.int64))
    has = np.flatnonzero(thing >= 0)
    t = judge_objects(Objects(thing[has], has, []), m, WINDOW, TieOptions()).tested
    return {(int(a), int(b)) for a, b, q in zip(t.a, t.b, t.q, strict=True) if q <= LEVEL}


def test_whose_clocks_go_off_together_is_not_tied_by_what_others_are() -> None:
    assert week_by_week(clocks=False) == {(0, 1)}
    assert week_by_week(clocks=True) == set()
