from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.sorting import place, put_in_order, rising, signed_keys

NUMBERS = st.integers(0, 2**64 - 1) | st.integers(0, 300) | st.sampled_from([0, 255, 256, 2**63, 2**64 - 1])


@settings(deadline=None)  # the first example waits for the kernel
@given(st.lists(NUMBERS, max_size=200))
def test_the_order_is_that_of_a_stable_sort(values: list[int]) -> None:
    keys = np.array(values, np.uint64)
    assert rising(keys).tolist() == np.argsort(keys, kind="stable").tolist()
    put_in_order(keys)
    assert keys.tolist() == sorted(values)


@settings(deadline=None)  # the first example waits for the kernel
@given(st.lists(NUMBERS, max_size=50), NUMBERS)
def test_a_place_is_that_of_a_binary_search(values: list[int], key: int) -> None:
    keys = np.sort(np.array(values, np.uint64))
    assert place(keys, np.uint64(key)) == int(np.searchsorted(keys, np.uint64(key)))


@settings(deadline=None)  # the first example waits for the kernel
@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3), max_size=100))
def test_signed_numbers_keep_their_order(values: list[int]) -> None:
    numbers = np.array(values, np.int64)
    assert rising(signed_keys(numbers)).tolist() == np.argsort(numbers, kind="stable").tolist()


@pytest.mark.parametrize("n", [0, 1, 32, 33, 5000])
def test_many_and_few_equal_numbers(n: int) -> None:
    assert rising(np.full(n, 7, np.uint64)).tolist() == list(range(n))
    assert rising(np.arange(n, dtype=np.uint64)[::-1].copy()).tolist() == list(range(n))[::-1]
