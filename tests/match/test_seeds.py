from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64, U32
from inchorus.match.seeds import COSINE, DICE, MOST, bags, cosine, local, seeds, weigh

Document = list[list[int]]
document = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=8), min_size=1, max_size=6)


def flat(d: Document) -> tuple[U32, I64]:
    bounds = np.cumsum([0, *map(len, d)]).astype(np.int64)
    return np.array([w for s in d for w in s], np.uint32), bounds


def slow_weights(a: Document, b: Document) -> dict[int, float]:
    """The logarithm of how many sentences of both there are to one with the word."""
    seen = Counter(w for s in a + b for w in set(s))
    return {w: math.log(len(a + b) / n) for w, n in seen.items()}


def slow_cosine(a: list[int], b: list[int], weight: dict[int, float]) -> float:
    x, y = Counter(a), Counter(b)
    dot = sum(x[w] * y[w] * weight[w] ** 2 for w in x)
    norms = [math.sqrt(sum((n * weight[w]) ** 2 for w, n in c.items())) for c in (x, y)]
    return dot / (norms[0] * norms[1]) if all(norms) else 0.0


def found_seeds(a: Document, b: Document) -> set[tuple[int, int]]:
    """Seeds as `compare` asks for them, the documents being parts of a longer corpus."""
    word, bounds = flat([[7, 7, 1], *a, *b, [3]])
    first, middle, last = 1, 1 + len(a), 1 + len(a) + len(b)
    distinct = np.unique(word[bounds[first] : bounds[last]])
    x, y = local(word, bounds, first, middle, distinct), local(word, bounds, middle, last, distinct)
    assert distinct[x].tolist() == [w for s in a for w in s]
    seen = np.zeros(len(distinct), np.uint32)
    sides = [bags(x, bounds, first, middle, seen), bags(y, bounds, middle, last, seen)]
    for (start, ids, count), d in zip(sides, (a, b), strict=True):
        assert len(start) == len(d) + 1
        for s, words in enumerate(d):
            own = slice(start[s], start[s + 1])
            assert dict(zip(distinct[ids[own]].tolist(), count[own].tolist(), strict=True)) == Counter(words)
    weight = np.log((len(a) + len(b)) / seen)
    expected = slow_weights(a, b)
    assert weight.tolist() == pytest.approx([expected[w] for w in distinct.tolist()])
    norms = [weigh(start, ids, count, weight) for start, ids, count in sides]
    pairs = seeds(*sides[0], norms[0], *sides[1], norms[1], seen)
    assert pairs.shape[0] == 2
    assert len(set(zip(*pairs.tolist(), strict=True))) == pairs.shape[1]
    return set(zip(*pairs.tolist(), strict=True))


@given(document, document)
@settings(max_examples=300, deadline=None)
def test_seeds_are_the_pairs_above_both_limits(a: Document, b: Document) -> None:
    weight = slow_weights(a, b)
    found = found_seeds(a, b)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            like = slow_cosine(x, y, weight)
            dice = 2 * len(set(x) & set(y)) / (len(set(x)) + len(set(y)))
            if abs(like - COSINE) > 1e-9 and abs(dice - DICE) > 1e-9:
                assert ((i, j) in found) == (like > COSINE and dice > DICE)


@given(document, document)
@settings(max_examples=100, deadline=None)
def test_seeds_are_the_same_from_either_side(a: Document, b: Document) -> None:
    assert found_seeds(a, b) == {(i, j) for j, i in found_seeds(b, a)}


def test_more_seeds_than_there_was_room_for_at_first() -> None:
    a = [[1, 2, 3]] * 20 + [[9]]
    assert found_seeds(a, a) == {(i, j) for i in range(20) for j in range(20)} | {(20, 20)}


@given(st.lists(st.integers(0, 5), max_size=9), st.lists(st.integers(0, 5), max_size=9))
@settings(max_examples=200, deadline=None)
def test_cosine_is_that_of_the_textbook(a: list[int], b: list[int]) -> None:
    weight = np.array([0.0, 0.5, 1.0, 2.0, 2.5, 3.0])
    x, y = np.array(a, np.uint32), np.array(b, np.uint32)
    expected = slow_cosine(a, b, dict(enumerate(weight.tolist())))
    assert cosine(x, y, weight, np.zeros(6), np.zeros(6)) == pytest.approx(expected)
    assert cosine(y, x, weight, np.zeros(6), np.zeros(6)) == pytest.approx(expected)


def test_a_word_of_all_sentences_makes_no_pairs_and_hides_none() -> None:
    n = MOST // 2 + 1
    a = [[0, 5 * i + 1, 5 * i + 2, 5 * i + 3] for i in range(n)]
    b = [[0, 5 * i + 1, 5 * i + 2, 5 * i + 4] if i % 100 == 0 else [0, 6 * n + i] for i in range(n)]
    assert found_seeds(a, b) == {(i, i) for i in range(0, n, 100)}
