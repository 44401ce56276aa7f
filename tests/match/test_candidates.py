from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match import candidates
from inchorus.match.candidates import (
    ALIKE,
    COMMON,
    CROWD,
    FEW,
    LONGEST,
    candidate_pairs,
    index_wordings,
    pair_keys,
    rare_words,
    rarity_ranks,
)
from inchorus.match.sentences import sentences
from match.planted import corpus_of, filler, line


def pairs_of(rows: list[tuple[str, str]]) -> set[tuple[int, int]]:
    corpus = corpus_of(rows)
    found = candidate_pairs(corpus, sentences(corpus))
    pairs: list[tuple[int, int]] = [(a, b) for a, b in found.tolist()]
    assert pairs == sorted(set(pairs))
    for a, b in pairs:
        assert 0 <= a < b < len(rows)
        assert rows[a][0] != rows[b][0]
    return set(pairs)


def edited(rng: random.Random, words: list[str], share: float) -> str:
    """The words in another order, a share of them replaced."""
    kept = [w if rng.random() >= share else f"n{rng.randrange(10**9)}" for w in words]
    return " ".join(rng.sample(kept, len(kept)))


@given(
    st.lists(st.integers(0, 9), max_size=20), st.lists(st.integers(0, 6), min_size=10, max_size=10), st.integers(2, 5)
)
@settings(max_examples=200, deadline=None)
def test_rare_words_are_the_rarest_that_others_have_too(words: list[int], documents: list[int], most: int) -> None:
    ranks = np.array([-1 if n < 2 or n > most else n * 10 + w for w, n in enumerate(documents)], np.int64)
    out = np.empty(4, np.uint32)
    n = rare_words(np.array(words, np.uint32), ranks, out)
    wanted = sorted({(int(ranks[w]), w) for w in words if ranks[w] >= 0})
    assert out[:n].tolist() == [w for _, w in wanted[:4]]


def test_ranks_go_by_octaves_of_frequency() -> None:
    rng = random.Random(3)
    corpus = corpus_of([(f"s{k}", filler(rng, 300, 400)) for k in range(8)])
    ranks = rarity_ranks(corpus)
    assert len(set(ranks[ranks >= 0].tolist())) == np.sum(ranks >= 0)
    assert np.array_equal(ranks < 0, (corpus.documents < 2) | (corpus.documents > FEW))
    octave = np.log2(corpus.documents + ALIKE).astype(np.int64)
    order = np.argsort(ranks[ranks >= 0])
    assert np.all(np.diff(octave[ranks >= 0][order]) >= 0)


@given(st.lists(st.integers(0, 2**32 - 1), unique=True, max_size=8))
@settings(max_examples=100, deadline=None)
def test_every_two_words_have_a_key_whatever_their_order(words: list[int]) -> None:
    out = np.empty(64, np.uint64)
    keys = out[: pair_keys(np.array(words, np.uint32), out)].tolist()
    assert len(keys) == len(words) * (len(words) - 1) // 2
    assert sorted(keys) == sorted(min(a, b) << 32 | max(a, b) for i, a in enumerate(words) for b in words[:i])


def test_planted_pairs_are_found_and_no_others() -> None:
    rng = random.Random(1)
    rows, planted = [], set()
    for k in range(60):
        shared = line(f"p{k}x", 14).split()
        planted.add((k, 60 + k))
        rows.append((f"a{k:02}", f"{filler(rng, 40, 10**6)}. {' '.join(shared)}. {filler(rng, 40, 10**6)}."))
        rows.append((f"b{k:02}", f"{filler(rng, 40, 10**6)}. {edited(rng, shared, 0.2)}. {filler(rng, 40, 10**6)}."))
    assert pairs_of(sorted(rows)) == planted


def test_what_one_source_repeats_is_no_candidate() -> None:
    rng = random.Random(2)
    rows = [("a", f"{line('w', 12)}. {filler(rng, 30, 10**6)}") for _ in range(5)]
    rows += [(f"b{k:02}", filler(rng, 30, 10**6)) for k in range(50)]
    assert pairs_of(rows) == set()


def components(pairs: set[tuple[int, int]], of: range) -> int:
    group = {d: d for d in of}
    for a, b in pairs:
        old, new = group[b], group[a]
        group = {d: new if g == old else g for d, g in group.items()}
    return len(set(group.values()))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25])
def test_a_line_that_a_crowd_edited_is_reached_through_hubs(share: float) -> None:
    rng = random.Random(3)
    crowd = 100
    assert crowd > CROWD
    shared = line("w", 16).split()
    rows = [(f"a{k:03}", f"{filler(rng, 20, 10**6)}. {edited(rng, shared, share)}.") for k in range(crowd)]
    rows += [(f"b{k:04}", filler(rng, 40, 10**6)) for k in range(COMMON * crowd)]
    pairs = pairs_of(rows)
    assert {d for pair in pairs for d in pair} >= set(range(crowd))
    assert components(pairs, range(crowd)) == 1
    # Not each with each.
    assert len(pairs) < crowd * crowd / 4


def test_an_index_holds_each_two_rare_words_of_each_wording() -> None:
    rng = random.Random(4)
    wordings = [line(f"p{k}x", 9) for k in range(4)] + [line("long", LONGEST + 1)]
    rows = [(s, f"{w} {filler(rng, 9, 10**6)}") for s in "ab" for w in wordings]
    corpus = corpus_of(rows)
    begin = corpus.offsets[:5].copy()
    end = begin + np.array([9, 9, 9, 9, LONGEST + 1])
    index = index_wordings(corpus, begin, end)
    assert np.all(np.diff(index.keys.astype(object)) >= 0)
    assert index.longest == LONGEST
    # The eight rarest of nine words; a wording that is too long has none.
    assert np.bincount(index.of_key, minlength=5).tolist() == [28, 28, 28, 28, 0]
    for key, f in zip(index.keys.tolist(), index.of_key.tolist(), strict=True):
        words = set(corpus.word[begin[f] : end[f]].tolist())
        assert {key >> 32, key & 0xFFFFFFFF} <= words
        bit = (key * 0x9E3779B97F4A7C15 & (1 << 64) - 1) >> (64 - candidates.FILTER_BITS)
        assert index.seen[bit >> 3] >> (bit & 7) & 1
    assert np.unpackbits(index.seen).sum() <= len(index.keys)


def test_corpora_without_words_or_without_shared_ones() -> None:
    assert pairs_of([("a", ""), ("b", "")]) == set()
    assert pairs_of([("a", line("v", 20)), ("b", line("w", 20))]) == set()
    assert pairs_of([("a", "x y"), ("b", "x y")]) == set()
    corpus = corpus_of([("a", ""), ("b", "")])
    none = np.empty(0, np.int64)
    assert not len(index_wordings(corpus, none, none).keys)


@pytest.mark.parametrize(("carriers", "others"), [(3, 7), (10, 20), (100, 200)])
def test_a_line_that_many_of_few_documents_carry_is_a_candidate(carriers: int, others: int) -> None:
    rng = random.Random(5)
    shared = line("w", 16).split()
    rows = [(f"a{k:03}", f"{filler(rng, 20, 10**6)}. {edited(rng, shared, 0.1)}.") for k in range(carriers)]
    rows += [(f"b{k:04}", filler(rng, 40, 10**6)) for k in range(others)]
    assert {d for pair in pairs_of(rows) for d in pair} >= set(range(carriers))
