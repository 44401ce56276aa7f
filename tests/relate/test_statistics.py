"""Tails, strata, layers, direction, separation: known answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from inchorus.errors import UsageError
from inchorus.labels import check_layers
from inchorus.relate.layers import kept, layers
from inchorus.relate.links import CLASSES
from inchorus.relate.p_values import STEPS, _tails, q_values, tails, weights
from inchorus.relate.separate import auc, separation, telling
from inchorus.relate.strata import HOUR, choose
from relate.made import made

WEEK = 168 * HOUR


@pytest.mark.parametrize(("k", "mean"), [(1, 0.01), (5, 1.0), (40, 20.0), (900, 700.0), (30, 0.1), (3000, 2500.0)])
def test_with_one_class_the_tail_is_poissons(k: int, mean: float) -> None:
    out = np.zeros(1)
    _tails(np.array([[k]]), np.array([[mean]]), np.ones((1, 1)), 0.0, out)
    assert out[0] == pytest.approx(poisson.sf(k - 1, mean), rel=1e-4, abs=1e-300)


def test_the_tail_of_several_classes_is_what_drawing_shows() -> None:
    chance = np.random.default_rng(0)
    means = np.full((1, CLASSES), 1e-12)
    means[0, [0, 6, 10, 23]] = 0.05, 0.4, 1.0, 3.0
    counts = np.zeros((1, CLASSES), np.int64)
    counts[0, [0, 6, 10, 23]] = 1, 1, 2, 3
    w = (weights(means) / weights(means).max() * STEPS + 0.5).astype(int)
    drawn = (chance.poisson(means, (400_000, CLASSES)) * w).sum(1)
    assert tails(counts, means)[0] == pytest.approx((drawn >= (counts * w).sum()).mean(), rel=0.05)


def test_rarer_classes_weigh_more_and_nothing_is_infinite() -> None:
    w = weights(np.full((1, CLASSES), 0.2))[0]
    assert (np.diff(w[::4]) < 0).all()
    assert np.isfinite(weights(np.zeros((1, CLASSES)))).all()


def test_q_values_are_benjamini_and_hochbergs() -> None:
    p = np.array([0.001, 0.008, 0.039, 0.041, 0.042])
    assert q_values(p, 5) == pytest.approx([0.005, 0.02, 0.042, 0.042, 0.042])
    assert q_values(p, 50)[0] == pytest.approx(0.05)


def test_strata_are_no_narrower_than_leaves_somebody_to_exchange_with() -> None:
    chance = np.random.default_rng(0)
    time = np.sort(chance.integers(0, 20 * WEEK, 4000))
    sure = np.ones(4000, np.int64)
    assert choose(time, sure, chance.integers(0, 10, 4000).astype(np.int32)).width in {"day", "6 hours"}
    assert choose(time, sure, chance.integers(0, 400, 4000).astype(np.int32)).width in {"4 weeks", "quarter"}
    one = choose(time, sure, np.zeros(4000, np.int32), "week")
    assert one.width == "week"
    assert len(np.unique(one.stratum)) in {20, 21}
    some = choose(time, (np.arange(4000) % 2), chance.integers(0, 10, 4000).astype(np.int32))
    assert (some.stratum[::2] == some.stratum.max()).all()


def test_layers_take_out_what_they_name() -> None:
    m = made([0, 0, 1, 1, 2, 2], [0, 1, 2, 3, 0, 3], [0, 1, 0, 1], [0, 0, 0, 5])
    m.labels[:] = ["line", "quotation", "line"]
    every = layers(m, np.array([False, False, True, True, False, False]))
    assert every["quotation"].tolist() == [False, True, False]
    assert every["one day"].tolist() == [True, False, False]
    assert every["whole post"].tolist() == [False, True, False]
    assert kept(every, ("quotation", "one day")).tolist() == [False, False, True]
    assert check_layers(["one-day", "none"][:1]) == ("one day",)
    assert check_layers(["none"]) == ()
    with pytest.raises(UsageError, match="did you mean 'quotation'"):
        check_layers(["quotatoin"])


def test_separation_of_known_groups() -> None:
    values = np.array(["x"] * 6 + ["y"] * 6, dtype=object)
    a, b = np.triu_indices(12, 1)
    inside = values[a] == values[b]
    s = separation(inside * 1.0, 12, values, 0)
    assert s.auc == 1.0
    assert s.p < 0.02
    assert s.low < 0.5 < s.high
    assert (s.same, s.different) == (30, 36)
    values[3] = None
    assert separation(inside * 1.0, 12, values, 0).sources == 11
    flat = separation(np.zeros(66), 12, values, 0)
    assert flat.auc == 0.5
    assert np.isnan(separation(np.zeros(66), 12, np.array(["z"] * 12, dtype=object), 0).auc)
    assert auc(np.array([1.0, 1.0]), np.array([True, False])) == 0.5


def test_lines_that_tell_groups_apart() -> None:
    values = np.array(["x"] * 10 + ["y"] * 10, dtype=object)
    point = np.array([0] * 8 + [1] * 8)
    source = np.array([*range(8), *range(4), *range(10, 14)])
    found = telling(point, source, values)
    assert (found[0].point, found[0].value, found[0].users, found[0].other_users) == (0, "x", 8, 0)
    # C(10, 8) / C(20, 8), for either value, over two lines.
    assert found[0].q == pytest.approx(2 * 2 * 45 / 125970)
    assert found[1].q == 1.0
