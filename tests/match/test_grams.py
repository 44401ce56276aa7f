from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match import grams as module
from inchorus.match.grams import NONE, shared_grams, source_bounds
from inchorus.match.hashes import content_key
from inchorus.words.corpus import Corpus
from match.planted import corpus_of


def expected(corpus: Corpus, gram: int, min_sources: int) -> list[int]:
    where: dict[tuple[int, ...], list[int]] = defaultdict(list)
    users: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for d in range(len(corpus.offsets) - 1):
        for p in range(int(corpus.offsets[d]), int(corpus.offsets[d + 1]) - gram + 1):
            key = tuple(corpus.word[p : p + gram].tolist())
            where[key].append(p)
            users[key].add(int(corpus.source[d]))
    out = [int(NONE)] * len(corpus.word)
    kept = [places for key, places in where.items() if len(users[key]) >= min_sources]
    for number, places in enumerate(sorted(kept)):
        for p in places:
            out[p] = number
    return out


documents = st.lists(st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from("xyz"), max_size=14)), max_size=10)


@pytest.mark.parametrize("bits", ["none", "buckets", "parts", "both"])
@given(documents.filter(bool), st.integers(2, 4), st.integers(2, 7))
@settings(max_examples=50, deadline=None)
def test_shared_grams_are_those_of_a_dictionary(
    bits: str, rows: list[tuple[str, list[str]]], min_sources: int, gram: int
) -> None:
    corpus = corpus_of(sorted((s, " ".join(t)) for s, t in rows))
    with pytest.MonkeyPatch.context() as patch:
        if bits in {"parts", "both"}:
            patch.setattr(module, "_WORDS_A_PASS", 8)
        if bits in {"buckets", "both"}:
            patch.setattr(module, "_WORDS_A_BUCKET", 2)
        found, count = shared_grams(corpus, gram, min_sources, 1)
    wanted = expected(corpus, gram, min_sources)
    assert found.tolist() == wanted
    assert count == len({g for g in wanted if g != NONE})


@pytest.mark.parametrize("period", [1, 2, 3, 5])
def test_periodic_texts(period: int) -> None:
    words = " ".join(f"w{i % period}" for i in range(40))
    corpus = corpus_of([("a", words), ("a", words), ("b", words), ("c", "w0 w1")])
    found, count = shared_grams(corpus, 4, 2, 1)
    assert found.tolist() == expected(corpus, 4, 2)
    assert count == period


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize(("a_pass", "a_bucket"), [(1 << 23, 1 << 14), (1000, 64), (100, 1 << 14), (1 << 23, 16)])
def test_neither_threads_nor_parts_change_the_numbers(
    monkeypatch: pytest.MonkeyPatch, threads: int, a_pass: int, a_bucket: int
) -> None:
    rng = random.Random(3)
    corpus = corpus_of([(f"s{k:02}", " ".join(f"w{rng.randrange(12)}" for _ in range(200))) for k in range(30)])
    monkeypatch.setattr(module, "_WORDS_A_PASS", a_pass)
    monkeypatch.setattr(module, "_WORDS_A_BUCKET", a_bucket)
    assert shared_grams(corpus, 3, 3, threads)[0].tolist() == expected(corpus, 3, 3)


def test_grams_never_cross_documents() -> None:
    corpus = corpus_of([("a", "one two three"), ("a", "four five six"), ("b", "one two three four five six")])
    found, count = shared_grams(corpus, 3, 2, 1)
    assert count == 2
    assert np.flatnonzero(found != NONE).tolist() == [0, 3, 6, 9]


def test_bounds_of_sources_some_of_which_wrote_nothing() -> None:
    corpus = corpus_of([("a", ""), ("b", "x y"), ("b", ""), ("c", ""), ("d", "z")])
    assert source_bounds(corpus).tolist() == [0, 0, 2, 2, 3]
    assert shared_grams(corpus, 2, 2, 1)[1] == 0
    silent = corpus_of([("a", ""), ("b", "")])
    assert shared_grams(silent, 6, 2, 2)[1] == 0


def looked_at(corpus: Corpus, gram: int, bucket_bits: int) -> int:
    first = np.full(len(corpus.word), NONE, np.uint32)
    bounds = source_bounds(corpus)
    key = content_key(corpus.word)
    return int(module._share(corpus.word, corpus.offsets, bounds, gram, 0, 0, bucket_bits, 2, key, first))


@pytest.mark.parametrize("kind", ["own links", "one word", "two words", "multiples", "equal"])
def test_slots_that_are_looked_at_grow_with_the_words(kind: str) -> None:
    """Whatever the words: about one and a half slots for each n-gram, wherever it differs from the others."""
    rng = np.random.default_rng(1)
    for n in (1000, 4000):
        words = np.empty((n, 9), np.uint32)
        if kind == "own links":  # the last word of every post is its own
            words[:, :8] = rng.integers(0, 50, 8)
            words[:, 8] = 100 + np.arange(n)
        elif kind == "one word":
            words[:] = 7
        elif kind == "two words":
            words[:] = np.arange(9 * n).reshape(n, 9) % 2
        elif kind == "multiples":  # equal in their low bits
            words[:] = rng.integers(0, 1 << 12, (n, 9)) << 16
        else:
            words[:] = np.arange(9)
        corpus = corpus_of([("s", "x " * 9)] * n)
        corpus = corpus._replace(word=words.ravel().copy(), source=np.sort(np.arange(n) % 7).astype(np.uint32))
        assert looked_at(corpus, 6, 2) <= 4 * words.size


def test_passes_over_the_corpus_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[int] = []
    share = module._share

    def counted(*args: Any) -> int:
        passes.append(args[4])
        return share(*args)

    monkeypatch.setattr(module, "_WORDS_A_PASS", 16)
    monkeypatch.setattr(module, "_share", counted)
    corpus = corpus_of([(f"s{k}", " ".join(f"w{i % 31}" for i in range(400))) for k in range(5)])
    assert shared_grams(corpus, 4, 2, 1)[0].tolist() == expected(corpus, 4, 2)
    assert len(passes) == 1 << module._PART_BITS
