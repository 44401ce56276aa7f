from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inchorus.relate.sorted_arrays import among, distinct, in_order

INTS = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3) | st.integers(0, 2**40).map(lambda x: x << 8)
FLOATS = st.floats(allow_nan=False) | st.integers(1_700_000_000, 1_700_000_100).map(float)
ROWS = st.lists(st.tuples(INTS, FLOATS, st.integers(0, 2**31 - 1)))


@given(ROWS)
def test_rows_are_ordered_as_lexsort_orders_them(rows: list[tuple[int, float, int]]) -> None:
    a = np.array([row[0] for row in rows], np.int64)
    b = np.array([row[1] for row in rows], np.float64)
    c = np.array([row[2] for row in rows], np.int32)
    assert in_order(a, b, c).tolist() == np.lexsort((c, b, a)).tolist()
    assert in_order(c, a).tolist() == np.lexsort((a, c)).tolist()
    assert in_order(b).tolist() == np.argsort(b, kind="stable").tolist()


@pytest.mark.parametrize("n", [2, 300, 70_000])
def test_several_keys_fill_more_than_one_sort(n: int) -> None:
    chance = np.random.default_rng(n)
    seconds = chance.integers(0, 2_592_000, n).astype(np.float64) + 1.7e9
    keys = [*(chance.integers(0, 1 << bits, n) for bits in (3, 25, 24, 40)), seconds]
    assert (in_order(*keys) == np.lexsort(keys[::-1])).all()


@given(st.lists(INTS), st.lists(INTS))
def test_membership_and_distinct_values_are_those_of_sets(values: list[int], held: list[int]) -> None:
    one, two = np.array(values, np.int64), np.array(held, np.int64)
    assert distinct(one).tolist() == sorted(set(values))
    assert among(one, two).tolist() == [value in set(held) for value in values]


@pytest.mark.parametrize("kind", [np.int32, np.uint64, np.int64])
def test_nothing_in_gives_nothing_of_the_same_type(kind: type) -> None:
    none: NDArray[Any] = np.zeros(0, kind)
    assert distinct(none).dtype == kind
    assert among(none, np.arange(3)).tolist() == []
    assert in_order(none).tolist() == []
