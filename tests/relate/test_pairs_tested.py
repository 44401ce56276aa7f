"""Both null models, the spread of the bulk, and sets that recur, on answers that are known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import nbinom

from inchorus.compiled.kernel import F64
from inchorus.relate.expected_counts import drawn, joined, joins
from inchorus.relate.links import link, uses
from inchorus.relate.overdispersion import spread
from inchorus.relate.p_values import tails
from inchorus.relate.permutation_null import index_pairs
from inchorus.relate.recurring import recurring
from inchorus.relate.strata import Strata, choose

DAY = 24 * 3_600_000_000


@pytest.mark.parametrize("seed", range(3))
def test_means_are_those_of_the_definition(seed: int) -> None:
    chance = np.random.default_rng(seed)
    source, stratum = chance.integers(0, 6, 80).astype(np.int32), chance.integers(0, 4, 80).astype(np.int32)
    used = uses(np.repeat(np.arange(20), 3), chance.integers(0, 80, 60), source, 80)
    links = link(used, np.zeros(80, np.int64), np.zeros(80, np.int64), 6)
    a, b = np.triu_indices(6, 1)
    found = joined(joins(links, stratum, 4), drawn(source, stratum, np.ones(80, bool), 6), a, b)
    share: F64 = np.zeros((6, 4))
    np.add.at(share, (source, stratum), 1.0)
    share /= share.sum(0)
    wanted = np.zeros(len(a))
    for x, y in zip(links.a, links.b, strict=True):
        s, t = share[:, stratum[x]], share[:, stratum[y]]
        wanted += (s[a] * t[b] + s[b] * t[a]) / (1 - s @ t)
    assert np.allclose(found.sum(1), wanted)
    assert found.sum() == pytest.approx(len(links.a))


@pytest.mark.parametrize(("mean", "factor", "k"), [(0.5, 0.3, 3), (4.0, 1.5, 9), (0.01, 2.0, 2), (2.0, 0.0, 5)])
def test_the_tail_is_negative_binomial(mean: float, factor: float, k: int) -> None:
    means, counts = np.full((1, 24), 1e-12), np.zeros((1, 24), np.int64)
    means[0, 0], counts[0, 0] = mean, k
    shape = 1 / max(factor, 1e-9)
    wanted = nbinom.sf(k - 1, shape, shape / (shape + mean))
    assert tails(counts, means, factor)[0] == pytest.approx(wanted, rel=1e-4)


def test_spread_is_nothing_by_chance_and_found_where_rates_differ() -> None:
    chance = np.random.default_rng(0)
    mean = chance.uniform(0.5, 4, 4000)
    assert spread(chance.poisson(mean), mean, 0, 0.0) < 0.05
    factor = chance.gamma(2.0, 0.5, 4000)  # its variance is 1/2
    assert 0.3 < spread(chance.poisson(mean * factor), mean, 0, 0.0) < 0.9


def test_spread_of_rare_pairs_is_told_by_those_that_meet_twice() -> None:
    chance = np.random.default_rng(1)
    within = np.where(np.arange(50_000) % 10 == 0, 0.2, 0.0)  # nine pairs of ten never can
    counts, mean = chance.poisson(within), np.full(50_000, 0.02)
    assert spread(counts, mean, 0, 0.0) > 5
    assert spread(chance.poisson(mean), mean, 0, 0.0) < 1


def _corpus(seed: int, planted: int) -> tuple[list[int], list[int], list[int], list[float]]:
    """Thirty sources, 1,200 documents in half a year, 150 lines at random, and so many of sources 0 to 3."""
    chance = np.random.default_rng(seed)
    source = np.arange(1200) % 30
    day = np.sort(chance.uniform(0, 180, 1200))
    chance.shuffle(source)
    point, document = [], []
    for k in range(150):
        i = int(chance.integers(0, 1150))
        users = chance.choice(np.arange(i, i + 50), 4, replace=False)
        point += [k] * 4
        document += users.tolist()
    sources, days = source.tolist(), day.tolist()
    for k in range(planted):
        for s in range(4):
            point.append(150 + k)
            document.append(len(sources))
            sources.append(s)
            days.append(10.0 + 30 * k + 0.3 * s)
    return point, document, sources, days


def _recurring(seed: int, planted: int) -> dict[tuple[int, int], float]:
    point, document, sources, days = _corpus(seed, planted)
    source, time = np.array(sources, np.int32), (np.array(days) * DAY).astype(np.int64)
    known = np.ones(len(source), np.int64)
    used = uses(np.array(point), np.array(document), source, len(source))
    found = recurring(used, source, time, known, choose(time, known, source), 30, 0.0)
    return {(int(k) // 30, int(k) % 30): float(q) for k, q in zip(found.keys, found.q, strict=True) if q <= 0.05}


@pytest.mark.parametrize("seed", range(4))
def test_a_set_that_recurs_is_found_with_all_its_pairs_and_nobody_else(seed: int) -> None:
    assert set(_recurring(seed, 5)) == set(itertools.combinations(range(4), 2))
    assert _recurring(seed, 0) == {}


def test_what_happens_in_one_week_does_not_recur() -> None:
    source = np.tile(np.arange(4), 6).astype(np.int32)
    time = (np.repeat(np.arange(6), 4) * DAY).astype(np.int64)
    used = uses(np.repeat(np.arange(6), 4), np.arange(24), source, 24)
    known = np.ones(24, np.int64)
    strata = Strata(np.zeros(24, np.int32), "all")
    late = np.append(time, 200 * DAY)
    found = recurring(used, np.append(source, 0).astype(np.int32), late, np.ones(25, np.int64),
                      Strata(np.zeros(25, np.int32), "all"), 4, 0.0)  # fmt: skip
    assert (found.q > 0.05).all()
    assert len(index_pairs(found.keys, 4).a) == len(found.keys)
    assert (recurring(used, source, time, known, strata, 4, 0.0).q > 0.05).all()


def test_sources_that_come_and_go_are_compared_with_those_of_their_time() -> None:
    chance = np.random.default_rng(0)
    born = np.repeat(chance.uniform(0, 88, 60), 30)
    time = ((born + chance.uniform(0, 16, 1800)) * 7 * DAY).astype(np.int64)
    source = np.repeat(np.arange(60), 30).astype(np.int32)
    found = choose(time, np.ones(1800, np.int64), source)
    assert found.width in {"week", "4 weeks"}
    assert 4 < np.median(found.fellows) < 16
