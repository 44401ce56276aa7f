"""Separation among sources of like activity and language."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inchorus.relate.opportunity import opportunity
from inchorus.relate.separate import alike, separation


def test_one_stratum_compares_all_pairs() -> None:
    values = np.array(["x"] * 6 + ["y"] * 6, dtype=object)
    a, b = np.triu_indices(12, 1)
    found = separation((values[a] == values[b]) * 1.0, 12, values, 0)
    assert (found.auc, found.crude, found.compared, found.strata, found.movable) == (1.0, 1.0, 30 * 36, 1, 12)


def test_a_value_that_goes_with_activity_separates_nothing() -> None:
    values = np.array(["x"] * 8 + ["y"] * 4, dtype=object)
    documents = np.array([60, 66, 58, 70, 64, 61, 62, 65, 6, 5, 7, 6])
    a, b = np.triu_indices(12, 1)
    found = separation(documents[a] * documents[b] * 1.0, 12, values, 0, alike(documents))
    assert (found.auc, found.low, found.high, found.p, found.movable) == (0.5, 0.5, 0.5, 1.0, 0)
    assert found.crude > 0.8


def test_what_is_real_is_found_among_sources_of_like_activity() -> None:
    documents = np.repeat([60, 6], 10)
    values = np.array(["x", "y"] * 10, dtype=object)
    a, b = np.triu_indices(20, 1)
    noise = np.random.default_rng(3).random(190)
    strength = documents[a] * documents[b] / 3600 + 0.5 * (values[a] == values[b]) + 0.1 * noise
    found = separation(strength, 20, values, 0, alike(documents))
    assert found.auc > 0.9
    assert found.p < 0.01
    assert (found.strata, found.movable) == (2, 20)


def test_values_that_are_languages_are_not_shuffled() -> None:
    language = np.array(["en", "en", "de", "de"] * 5, dtype=object)
    a, b = np.triu_indices(20, 1)
    found = separation((language[a] == language[b]) * 1.0, 20, language, 0, alike(np.full(20, 9), language))
    assert (found.p, found.movable) == (1.0, 0)


def test_a_value_that_goes_with_when_sources_were_there_separates_nothing() -> None:
    """Forty sources of two values, the ones in the first half of the time; who is there together shares by chance."""
    weeks = 7 * 86_400_000_000
    chance = np.random.default_rng(5)
    source = np.repeat(np.arange(40), 30).astype(np.int32)
    time = (chance.uniform(0, 12, len(source)) * weeks + (source >= 20) * 12 * weeks).astype(np.int64)
    every = np.ones(len(source), np.int64)
    together = opportunity(time, every, source, np.zeros(len(source), np.int32), 40)
    values = np.repeat(np.array(["x", "y"], dtype=object), 20)
    a, b = np.triu_indices(40, 1)
    strength = np.where(values[a] == values[b], chance.random(len(a)), 0.0)
    assert separation(strength, 40, values, 0).p < 0.01
    found = separation(strength, 40, values, 0, None, together)
    assert (found.auc, found.compared) == (0.5, 0), "nobody of the one was there with anybody of the other"

    # Values that have nothing to do with it are compared, and what is real is found.
    values = np.array(["x", "y"] * 20, dtype=object)
    strength = strength + 0.5 * (values[a] == values[b])
    assert separation(strength, 40, values, 0, None, together).auc > 0.75


def test_a_value_whose_sources_pause_together_separates_only_by_more_than_that() -> None:
    """Sixty sources of three regions, each without a quarter of the weeks; two share as often as they are there."""
    week = 7 * 86_400_000_000
    small = found = 0
    for seed in range(4):
        chance = np.random.default_rng(seed)
        pauses = [set(chance.choice(52, 13, replace=False).tolist()) for _ in range(3)]
        weeks = [(s, w) for s in range(60) for w in range(52) if w not in pauses[s // 20] and chance.random() < 0.8]
        source, at = np.array(weeks).T
        time = ((at + chance.random(len(at))) * week).astype(np.int64)
        every, part = np.ones(len(at), np.int64), np.zeros(len(at), np.int32)
        together = opportunity(time, every, source.astype(np.int32), part, 60)
        values = np.array([f"region {s // 20}" for s in range(60)], dtype=object)
        a, b = np.triu_indices(60, 1)
        there = np.zeros((60, 52))
        there[source, at] = 1.0
        shared = chance.poisson((there @ there.T)[a, b] / 10.0).astype(float)
        assert separation(shared, 60, values, seed).p < 0.01
        small += separation(shared, 60, values, seed, None, together).p <= 0.05
        real = shared + chance.poisson(3.0, len(a)) * (values[a] == values[b])
        found += separation(real, 60, values, seed, None, together).p <= 0.05
    assert (small, found) == (0, 4)


def test_by_chance_few_corpora_have_a_small_p() -> None:
    """40 sources of two values, one busier than the other; strength grows with activity and chance."""
    small = 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        values = np.repeat(np.array(["x", "y"], dtype=object), 20)
        documents = np.maximum(3, np.where(values == "x", 48, 30) * np.exp(chance.normal(0, 0.35, 40))).astype(int)
        a, b = np.triu_indices(40, 1)
        strength = chance.poisson(documents[a] * documents[b] / 600.0).astype(float)
        small += separation(strength, 40, values, seed, alike(documents)).p <= 0.05
    assert small <= 4


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40), st.booleans())
def test_strata_of_sources_are_of_one_language_and_like_activity(counts: list[int], tongues: bool) -> None:
    documents = np.array(counts)
    language = np.array(["en" if i % 3 else None for i in range(len(counts))], dtype=object) if tongues else None
    strata = alike(documents, language)
    for number in np.unique(strata):
        members = np.flatnonzero(strata == number)
        assert documents[members].max() <= 1.5 * documents[members].min()
        assert language is None or len({language[i] for i in members}) == 1
