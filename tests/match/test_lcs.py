from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.lcs import lcs_length, match_table
from match.planted import lcs

few_words = st.lists(st.integers(0, 6), max_size=30)


@given(few_words.filter(bool), few_words)
@settings(max_examples=200, deadline=None)
def test_lcs_is_that_of_the_textbook(a: list[int], b: list[int]) -> None:
    canonical = np.array(a, np.uint32)
    assert lcs_length(*match_table(canonical), len(a), np.array(b, np.uint32)) == lcs(a, b)


def test_lcs_of_wordings_wider_than_a_machine_word() -> None:
    rng = np.random.default_rng(5)
    for m in (1, 63, 64, 65, 127, 128, 129, 200, 321):
        for kinds in (2, 20, 1000):
            a, b = (rng.integers(0, kinds, n).astype(np.uint32) for n in (m, 150))
            assert lcs_length(*match_table(a), m, b) == lcs(a.tolist(), b.tolist())
            assert lcs_length(*match_table(a), m, a) == m
