from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.search.bm25 import fit, norms, rarity
from inchorus.search.index import build

texts = st.lists(st.lists(st.sampled_from("ab cd ef gh".split()), min_size=1, max_size=12), min_size=1, max_size=8)


@given(texts)
@settings(max_examples=50, deadline=None)
def test_as_the_textbook_has_it(said: list[list[str]]) -> None:
    index, _ = build([pa.array([" ".join(words) for words in said], pa.large_string())], 1, lambda rows: None)
    times = np.array([words.count("ab") for words in said], np.float64)
    mean = sum(map(len, said)) / len(said)
    having = int((times > 0).sum())
    expected = [
        math.log(1 + (len(said) - having + 0.5) / (having + 0.5))
        * (n * 2.2 / (n + 1.2 * (0.25 + 0.75 * len(words) / mean)))
        for n, words in zip(times.tolist(), said, strict=True)
    ]
    assert np.allclose(rarity(len(said), having) * fit(times, norms(index)), expected)
