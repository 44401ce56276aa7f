"""What activity alone gives each pair, beside the formula written out over all strata."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.relate.activity import by_activity, share_of
from inchorus.relate.chance import index_pairs
from inchorus.relate.expected import shares
from inchorus.relate.links import CLASSES, Links


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(2, 12), st.integers(0, 80))
def test_the_sparse_sums_are_those_over_all_strata(seed: int, n_strata: int, n_sources: int, n_links: int) -> None:
    chance = np.random.default_rng(seed)
    source = chance.integers(0, n_sources, 60).astype(np.int32)
    stratum = chance.integers(0, n_strata, 60).astype(np.int32)
    a, b = (chance.integers(0, 60, n_links).astype(np.int32) for _ in range(2))
    cls = chance.integers(0, CLASSES, n_links).astype(np.int32)
    none, few = np.zeros(0, np.int64), np.zeros(0, np.int32)
    links = Links(none, few, a, b, cls, none, few, few)
    left, right = np.triu_indices(n_sources, 1)
    pairs = index_pairs(left * n_sources + right, n_sources)

    share = shares(source, stratum, n_sources, n_strata)
    expected, whole = np.zeros((len(left), CLASSES)), np.zeros(CLASSES)
    for s, t, c in zip(stratum[a], stratum[b], cls, strict=True):
        expected[:, c] += share[left, s] * share[right, t] + share[right, s] * share[left, t]
        whole[c] += 1 - share[:, s] @ share[:, t]
    found, total = by_activity(links, share_of(source, stratum, n_sources, n_strata), stratum, pairs)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(total, whole, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.sum(0), total, rtol=1e-9, atol=1e-9)
