"""What the null model keeps, and what comes of it on corpora whose answer is known."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.errors import UsageError
from inchorus.relate.links import CLASSES, link, most_sources, uses
from inchorus.relate.permutation_null import _exchange, index_pairs, observe, states
from inchorus.relate.wording import Material, TieOptions, judge_pairs, shared_points
from relate.made import DAY, background, made


def everything(m: Material) -> Any:
    return np.ones(len(m.labels), bool)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 12))
def test_the_chain_keeps_activity_strata_and_the_number_of_sources_of_each_wording(seed: int, sources: int) -> None:
    chance = np.random.default_rng(seed)
    source = chance.integers(0, sources, 60).astype(np.int32)
    stratum = chance.integers(0, 3, 60).astype(np.int32)
    point = np.repeat(np.arange(15), 4)
    document = np.concatenate([chance.choice(60, 4, replace=False) for _ in range(15)])
    used = uses(point, document, source, 60)
    links = link(used, np.zeros(60, np.int64), np.zeros(60, np.int64), sources)
    now = source.copy()
    members = np.argsort(stratum, kind="stable").astype(np.int32)
    first_in = np.concatenate([[0], np.cumsum(np.bincount(stratum, minlength=3))]).astype(np.int64)
    movable = np.flatnonzero(np.diff(links.first)).astype(np.int32)
    state = np.array([seed + 1], np.uint64)
    for _ in range(20):
        _exchange(now, movable, stratum, first_in, members, links.first, links.other, state)
    for s in range(3):
        assert sorted(now[stratum == s]) == sorted(source[stratum == s])
    few = np.bincount(used.point)[used.point] <= most_sources(sources)
    for p in np.unique(used.point[few]):
        users = used.document[used.point == p]
        assert len(set(now[users])) == len(users)


def test_a_copied_text_with_thirty_talking_points_is_one_occasion() -> None:
    point, document, source, day = background(0)
    a, b = 0, 1
    one, two = int(np.flatnonzero(source == a)[0]), int(np.flatnonzero(source == b)[0])
    extra = list(range(200, 230))
    m = made(point + extra * 2, document + [one] * 30 + [two] * 30, source, day)
    alone = judge_pairs(made(point, document, source, day), np.ones(200, bool), TieOptions())
    t = judge_pairs(m, everything(m), TieOptions())
    row = np.flatnonzero((t.a == a) & (t.b == b))[0]
    before = np.flatnonzero((alone.a == a) & (alone.b == b))
    assert t.observed[row] == (alone.observed[before[0]] if len(before) else 0) + 30
    assert t.occasions[row].sum() <= (alone.occasions[before[0]].sum() if len(before) else 0) + 1
    assert t.q[row] > 0.05


def test_groups_that_share_five_lines_are_found_and_nobody_else() -> None:
    point, document, source, day = background(1)
    source, day = list(source), list(day)
    members = [5, 11, 17, 23, 29]
    for k in range(5):
        for s in members:
            point.append(200 + k)
            document.append(len(source))
            source.append(s)
            day.append(20 * k)
    m = made(point, document, source, day)
    t = judge_pairs(m, everything(m), TieOptions())
    tied = {(int(a), int(b)) for a, b, q in zip(t.a, t.b, t.q, strict=True) if q <= 0.05}
    assert set(itertools.combinations(members, 2)) <= tied
    assert len(tied) <= 11
    assert t.tested == 40 * 39 // 2


def test_where_nobody_coordinates_small_p_values_are_rare_and_nobody_is_tied() -> None:
    p, tests, ties = [], 0, 0
    for seed in range(12):
        m = made(*background(100 + seed))
        t = judge_pairs(m, everything(m), TieOptions())
        p.append(t.p)
        tests += t.tested
        ties += int((t.q <= 0.05).any())
    low = np.concatenate(p)
    assert ties <= 1
    assert (low <= 0.01).sum() / tests <= 0.012
    assert (low <= 0.001).sum() / tests <= 0.0025


def test_one_shared_text_is_never_a_tie() -> None:
    source = np.arange(600) % 300
    m = made([0, 0], [0, 1], source, np.arange(600) // 20)
    t = judge_pairs(m, everything(m), TieOptions())
    assert t.observed.tolist() == [1]
    assert t.p.tolist() == [1.0]


def test_sources_without_three_documents_are_not_tested() -> None:
    point, document, source, day = background(3)
    alone = np.concatenate([source, np.repeat(np.arange(40, 540), 2)])
    days = np.concatenate([day, np.tile(np.arange(100), 10)])
    m = made(point, document, alone, days, 540)
    # Each shares a wording twice with the next, and can do no more.
    twice = [len(source) + k for k in range(1000)]
    m = m._replace(
        point=np.concatenate([m.point, 200 + np.arange(1000) // 4 * 2 + np.arange(1000) % 2]),
        document=np.concatenate([m.document, twice]),
        labels=np.array(["line"] * 700, dtype="<U12"),
        point_ids=[str(i) for i in range(700)],
    )
    t = judge_pairs(m, np.ones(700, bool), TieOptions())
    assert t.tested == 40 * 39 // 2
    few = (t.a >= 40) | (t.b >= 40)
    assert few.sum() >= 250
    assert (t.q[few] == 1).all()
    assert (t.p[few] == 1).all()


def test_the_busiest_sources_are_not_tied_for_being_busy() -> None:
    point, document, source, day = background(3, lines=900)
    m = made(point, document, source, day)
    t = judge_pairs(m, everything(m), TieOptions())
    busy = (t.a < 3) & (t.b < 3)
    assert t.occasions[busy].sum() > 30
    assert (t.p[busy] > 0.001).all()
    ratio = t.occasions.sum() / t.expected_occasions.sum()
    assert 0.85 < ratio < 1.1


def test_the_same_input_gives_the_same_numbers() -> None:
    m = made(*background(4))
    one = judge_pairs(m, everything(m), TieOptions())
    two = judge_pairs(m, everything(m), TieOptions())
    assert np.array_equal(one.p, two.p)
    assert np.array_equal(one.expected_occasions, two.expected_occasions)


def test_expected_numbers_add_up_to_what_is_shared() -> None:
    m = made(*background(5))
    t = judge_pairs(m, everything(m), TieOptions())
    assert t.observed.sum() == sum(n * (n - 1) // 2 for n in np.bincount(_distinct_users(m)))
    # Listed pairs share by definition, so they hold more than their part of what chance spreads over all.
    assert 0.3 < t.expected.sum() / t.observed.sum() < 1.05


def _distinct_users(m: Material) -> list[int]:
    once = {(int(p), int(m.source[d])) for p, d in zip(m.point, m.document, strict=True)}
    return [p for p, _ in once]


def test_without_times_or_talking_points_it_still_answers() -> None:
    point, document, source, _ = background(6)
    t = judge_pairs(m := made(point, document, source), everything(m), TieOptions())
    assert t.strata == "no times"
    t = judge_pairs(m := made([], [], [0, 1, 2]), everything(m), TieOptions())
    assert len(t.p) == 0
    t = judge_pairs(m := made([0, 0, 1, 1], [0, 1, 2, 3], [0, 1, 0, 1]), everything(m), TieOptions())
    assert t.p[0] > 0.05


def test_pairs_of_very_popular_wording_are_counted_where_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inchorus.relate.wording.MOST_LISTED", 3)
    m = made([0, 0, 0, 0, 1, 1], [0, 1, 2, 3, 0, 1], [0, 1, 2, 3])
    used = uses(m.point, m.document, m.source, 4)
    keys, counts = shared_points(used, m.source, 4)
    assert dict(zip(keys.tolist(), counts.tolist(), strict=True)) == {1: 2}


def test_pairs_are_no_more_than_may_be_however_many_share_popular_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    n_sources, popular = 60, 130
    chance = np.random.default_rng(3)
    users = [chance.choice(n_sources, chance.integers(40, n_sources), replace=False) for _ in range(popular)]
    users += [chance.choice(n_sources, 3, replace=False) for _ in range(20)]
    point = np.repeat(np.arange(len(users)), [len(some) for some in users])
    m = made(point, np.concatenate(users), np.arange(n_sources))
    used = uses(m.point, m.document, m.source, n_sources)

    def by_hand(least: int) -> dict[int, int]:
        """How many talking points those pairs share that share one of at most `least` sources."""
        pairs = [[a * n_sources + b for a, b in itertools.combinations(sorted(some), 2)] for some in users]
        listed = {key for some, keys in zip(users, pairs, strict=True) for key in keys if len(some) <= least}
        return dict(Counter(key for keys in pairs for key in keys if key in listed))

    everybody = shared_points(used, m.source, n_sources)
    assert dict(zip(*(x.tolist() for x in everybody), strict=True)) == by_hand(n_sources)
    monkeypatch.setattr("inchorus.relate.wording.MOST_PAIRS", 100)
    few = shared_points(used, m.source, n_sources)
    assert dict(zip(*(x.tolist() for x in few), strict=True)) == by_hand(3)


def test_the_chain_moves_the_sources_and_counts_like_the_observed_state() -> None:
    m = made(*background(7))
    used = uses(m.point, m.document, m.source, 2000)
    links = link(used, m.time, m.known, 40)
    keys, _ = shared_points(used, m.source, 40)
    pairs = index_pairs(keys, 40)
    counts, edges, _ = observe(links, m.source, pairs)
    assert counts.sum() == len(edges)
    stratum = (m.time // (10 * DAY)).astype(np.int32)
    found = states(links, m.source, stratum, np.arange(2000, dtype=np.int32), 40, 50, 1)
    assert found.moved > 0.8
    # All pairs are listed here, so that the observed state is one of those drawn.
    assert found.occasions.sum() == pytest.approx(counts.sum(), rel=0.03)
    assert (found.occasions <= np.bincount(links.cls, minlength=CLASSES)).all()


def test_wrong_options_are_named() -> None:
    m = made(*background(8))
    for options in (TieOptions(width="fortnight"), TieOptions(null="poisson")):
        with pytest.raises(UsageError):
            judge_pairs(m, everything(m), options)


def test_wording_that_counts_as_popular_makes_no_occasion_and_is_still_observed() -> None:
    point, document, source, day = background(0)
    m = made(point, document, source, day)
    t = judge_pairs(m, everything(m), TieOptions())
    popular = m._replace(counted=np.full(len(m.labels), len(m.names), np.int64))
    none = judge_pairs(popular, everything(m), TieOptions())
    assert t.occasions.sum() > 0
    assert none.occasions.sum() == 0
    assert np.array_equal(none.observed, t.observed)
    assert none.expected.sum() == pytest.approx(none.observed.sum(), rel=0.2)
