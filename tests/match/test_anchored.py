from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64, U32
from inchorus.match import anchored as module
from inchorus.match.anchored import LONG, anchors, canonical_table, kept_words, words_in_common
from match.planted import lcs

some_words = st.integers(1, 30).flatmap(lambda kinds: st.lists(st.integers(0, kinds), max_size=60))


def words_of(numbers: list[int]) -> U32:
    return np.array(numbers, np.uint32)


def kept_of(a: U32, b: U32, longest: int) -> int:
    """How many words are kept, after a look at whether they are a common subsequence."""
    kept = kept_words(a, b, longest)
    mine = kept[kept >= 0]
    assert np.all(np.diff(mine) > 0)
    assert np.array_equal(a[mine], b[kept >= 0])
    return len(mine)


def edited(a: U32, edits: int, seed: int) -> U32:
    """A copy of `a` with so many words replaced, put in or left out, in equal shares."""
    rng = np.random.default_rng(seed)
    places = np.sort(rng.choice(len(a), edits, replace=False))
    b = a.copy()
    b[places[::3]] = 10**8 + places[::3]
    b = np.insert(b, places[1::3], 2 * 10**8 + places[1::3])
    return np.delete(b, places[2::3] + 1).astype(np.uint32)


@given(some_words, some_words, st.integers(1, 70))
@settings(max_examples=300, deadline=None)
def test_never_more_is_kept_than_the_textbook_keeps_and_as_much_where_one_is_short(
    a: list[int], b: list[int], longest: int
) -> None:
    most = lcs(a, b)
    kept = kept_of(words_of(a), words_of(b), longest)
    assert kept <= most
    if min(len(a), len(b)) <= longest:
        assert kept == most


@given(st.lists(st.integers(0, 400), min_size=40, max_size=120, unique=True), st.integers(0, 12), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_between_anchors_an_edited_text_keeps_what_the_textbook_keeps(a: list[int], edits: int, seed: int) -> None:
    left = words_of(a)
    right = edited(left, edits, seed)
    assert kept_of(left, right, 4) == lcs(left.tolist(), right.tolist())


@pytest.mark.parametrize("period", [1, 2, 7, 500])
def test_a_text_that_repeats_itself_keeps_nearly_all(period: int) -> None:
    a = (np.arange(30_000) % period).astype(np.uint32)
    assert kept_of(a, edited(a, 30, 1), LONG) >= 30_000 - 60


def test_long_texts_without_a_word_in_common_keep_nothing() -> None:
    a = np.arange(20_000, dtype=np.uint32)
    assert kept_of(a, a + np.uint32(20_000), LONG) == 0
    assert kept_of(a, a[::-1].copy(), LONG) == 1


@pytest.mark.parametrize("kind", ["edited", "unlike", "few words", "reversed"])
def test_cells_of_the_tables_grow_with_the_words(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    trace, halves = module._trace, module._halves
    cells = 0

    def counted_trace(a: U32, b: U32, shift: int, out: I64) -> None:
        nonlocal cells
        cells += len(a) * len(b)
        trace(a, b, shift, out)

    def counted_halves(a: U32, b: U32) -> tuple[int, int]:
        nonlocal cells
        cells += len(a) * len(b)
        return halves(a, b)

    monkeypatch.setattr(module, "_trace", counted_trace)
    monkeypatch.setattr(module, "_halves", counted_halves)
    uncompiled = kept_words.py_func  # type: ignore[attr-defined]
    rng = np.random.default_rng(2)
    longest = 32
    for n in (40 * longest, 160 * longest):
        a = rng.integers(0, 3 if kind == "few words" else n, n).astype(np.uint32)
        if kind == "edited":
            b = edited(a, 40, 3)
        elif kind == "reversed":
            b = a[::-1].copy()
        else:
            b = rng.integers(0, 3 if kind == "few words" else n, n + n // 3).astype(np.uint32)
        cells = 0
        uncompiled(a, b, longest)
        assert cells <= 4 * longest * (len(a) + len(b))


def test_anchors_are_the_longest_series_of_what_both_have_once() -> None:
    a, b = words_of([9, 1, 2, 3, 4, 9, 5]), words_of([4, 1, 2, 9, 9, 3, 5])
    assert anchors(a, b, 1).tolist() == [[1, 2, 3, 6], [1, 2, 5, 6]]
    assert anchors(a, b, 2).tolist() == [[1], [1]]
    assert anchors(a, b, 8).shape == (2, 0)
    assert anchors(words_of([7, 7]), words_of([7, 7]), 1).shape == (2, 0)


@pytest.mark.parametrize(("m", "n"), [(LONG + 900, LONG + 700), (LONG + 900, 500), (500, LONG + 900)])
def test_common_words_whichever_is_long(m: int, n: int) -> None:
    text = np.random.default_rng(4).permutation(LONG + 1000).astype(np.uint32)
    a, b = text[:m], text[50 : 50 + n]
    assert words_in_common(a, *canonical_table(a), b) == min(m, 50 + n) - 50
