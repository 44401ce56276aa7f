from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64, U64
from inchorus.match import gaps
from inchorus.match.gaps import groups

Seeds = list[tuple[int, int]]
SEEDS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=30)


def by_hand(seeds: Seeds, allowed: tuple[int, int]) -> list[Seeds]:
    """Split at one gap after the other until there is none."""
    for side in range(2):
        rising = sorted(seeds, key=lambda seed: seed[side])
        for k in range(1, len(rising)):
            if rising[k][side] - rising[k - 1][side] > allowed[side]:
                return by_hand(rising[:k], allowed) + by_hand(rising[k:], allowed)
    return [sorted(seeds)]


@settings(deadline=None)
@given(SEEDS, st.integers(0, 6), st.integers(0, 6))
def test_groups_are_those_that_no_gap_divides(seeds: Seeds, gap_a: int, gap_b: int) -> None:
    pairs = np.array([(99, 99), *seeds, (77, 77)], np.int64).T.copy()
    begins = groups(pairs, 1, len(seeds) + 1, gap_a, gap_b).tolist()
    found = [sorted(map(tuple, pairs[:, a:b].T.tolist())) for a, b in itertools.pairwise(begins)]
    assert sorted(found) == sorted(by_hand(seeds, (gap_a, gap_b)))
    assert (begins[0], begins[-1]) == (1, len(seeds) + 1)
    assert pairs[:, [0, -1]].tolist() == [[99, 77], [99, 77]]


def chain(n: int) -> I64:
    """Seeds of which each that is parted off parts the next off, in the other document."""
    k = np.arange(1, n + 1)
    a, b = k - 1 + 2 * (k % 2), k + 1 - 2 * (k % 2)
    return np.stack([3 * a, np.where(k == 1, 0, 3 * b + 30)]).astype(np.int64)


@pytest.mark.parametrize("n", [64, 256, 1024])
def test_seeds_that_part_one_another_one_at_a_time_are_not_ordered_anew_each_time(
    n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = 0

    def counting(keys: U64) -> I64:
        nonlocal ordered
        ordered += len(keys)
        return np.argsort(keys, kind="stable")

    monkeypatch.setattr(gaps, "rising", counting)
    python: Any = getattr(groups, "py_func")  # noqa: B009 - mypy knows no dispatchers
    assert len(python(chain(n), 0, n, 4, 4)) == n + 1
    assert ordered <= 3 * n + n * math.log2(n)
