"""What is near, what chance gives, what makes another claim, and stars, each on answers known by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.content import lexicon
from inchorus.match.meaning.near import CHANCE, CLOSE, STANDING, When, near
from inchorus.match.meaning.other_claims import REASONS, other_claims
from inchorus.match.meaning.stars import stars
from inchorus.match.meaning.threshold import LOWEST, by_draws, by_months, nearest
from inchorus.progress import Silent
from inchorus.words.corpus import build_corpus
from inchorus.words.texts import vocabulary


def nothing(done: int) -> None:
    pass


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("The council will raise the price of water", "Water will cost more, the council decided", ""),
        ("The council will not raise the price of water", "Water will cost more, the council decided", "negation"),
        ("It is not true that nobody pays for water", "Everybody pays for the water", ""),
        ("The council denied that water costs more", "Water will cost more than before", "negation"),
        ("The price of water was raised by the council", "By the council the price of water was lowered", "direction"),
        ("Only farmers pay for the water here", "Farmers pay for the water here", "only"),
        ("Water costs five dollars a month", "A month of water is priced at 7 dollars", "number"),
        ("Water costs five dollars a month", "A month of water is priced at $5", ""),
        ("Water costs five dollars a month", "A month of water is priced dearly", ""),
        ("Yesterday Miller sold the water", "The water was sold by Meyer", "name"),
        ("Yesterday Miller sold the water", "The water was sold by Miller himself", ""),
        ("YESTERDAY MILLER SOLD THE WATER", "The water was sold by Meyer", ""),
    ],
)
def test_words_tell_another_claim(one: str, other: str, reason: str) -> None:
    texts = pa.chunked_array([pa.array([one, other, "and so on"], pa.large_string())])
    documents = pa.table(
        {
            "source": ["a", "b", "c"], "text": texts, "time": pa.nulls(3, pa.timestamp("us", "UTC")),
            "time_precision": pa.nulls(3, pa.string()),
        }
    )  # fmt: skip
    corpus = build_corpus(documents, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, texts))
    begin, end = corpus.offsets[:-1], corpus.offsets[1:]
    for a, b in ((0, 1), (1, 0)):
        found = other_claims(corpus, words, begin, end, np.array([a, a]), np.array([b, a]))
        assert [REASONS[k] for k in found] == [reason, ""]


def test_the_threshold_is_where_chance_gives_few_enough() -> None:
    close = np.concatenate([np.full(100, 0.8), np.full(1000, 0.6)]).astype(np.float32)
    chance = np.concatenate([np.full(4, 0.8), np.full(2, 0.6)]).astype(np.float32)
    curve = by_months(close, chance, 10**6, 10**6, 0.05)
    assert curve.threshold == pytest.approx(LOWEST)
    assert curve.found[curve.at == 0.8].tolist() == [100]
    assert curve.chance[curve.at == 0.8].tolist() == [5]  # one is added
    assert by_months(close[:90], chance, 10**6, 10**6, 0.05).threshold is None
    assert by_months(close[:90], chance, 10**6, 2 * 10**6, 0.05).threshold is not None  # chance is half of it


def test_where_all_are_alike_by_chance_nothing_is_found() -> None:
    rng = np.random.default_rng(3)
    like = np.clip(rng.normal(0.5, 0.1, 4000), 0, 1).astype(np.float32)
    far = rng.random(4000) < 0.5
    assert by_months(like[~far], like[far], 10**6, 10**6, 0.05).threshold is None


@pytest.mark.parametrize("times", [True, False])
def test_the_tail_goes_on_beyond_what_is_there(times: bool) -> None:
    rng = np.random.default_rng(5)
    drawn = (0.1 + rng.exponential(0.04, 200_000)).astype(np.float32)
    by_chance = (0.1 + rng.exponential(0.04, 1_000_000)).astype(np.float32)
    close = np.concatenate([np.full(300, 0.95, np.float32), by_chance[by_chance > 0.5]])
    far = len(drawn)
    curve = (by_months if times else by_draws)(close, drawn, 10**6, far, 0.05)
    true = 1_000_000 * np.exp(-(curve.at - 0.1) / 0.04)
    assert np.all(curve.chance[:10] > true[:10] / 4)
    assert np.all(curve.chance[:10] < true[:10] * 4)
    assert curve.threshold is not None
    assert 0.5 <= curve.threshold < 0.7


def test_a_pair_counts_that_is_the_nearest_of_both() -> None:
    a, b = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4])
    like = np.array([0.7, 0.9, 0.8, 0.6], np.float32)
    assert nearest(a, b, like).tolist() == [False, True, False, True]
    assert nearest(a, b, np.full(4, 0.7, np.float32)).tolist() == [True, False, False, True]


def test_stars_chain_nothing_through_a_third() -> None:
    a, b = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4])  # a path of five
    found = stars(a, b, np.full(4, 0.9, np.float32), 5, np.ones(5, np.int64), np.arange(5))
    assert sorted(map(sorted, groups(found.star, found.wording))) == [[0, 1, 2], [3, 4]]


def groups(star: np.ndarray, wording: np.ndarray) -> list[list[int]]:
    return [wording[star == s].tolist() for s in np.unique(star)]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40), st.randoms())
@settings(max_examples=60, deadline=None)
def test_every_member_of_a_star_is_near_its_middle(drawn: list[tuple[int, int]], random: object) -> None:
    pairs = sorted({(min(x), max(x)) for x in drawn if x[0] != x[1]})
    a, b = (np.array([p[k] for p in pairs], np.int64) for k in (0, 1))
    found = stars(a, b, np.ones(len(a), np.float32), 12, np.ones(12, np.int64), np.arange(12))
    assert len(set(found.wording.tolist())) == len(found.wording)
    for middle, *others in groups(found.star, found.wording):
        assert others
        assert all((min(middle, o), max(middle, o)) in pairs for o in others)
    taken = set(found.wording.tolist())
    assert all(x in taken or y in taken for x, y in pairs)  # nothing is left that could be gathered


def test_near_pairs_are_all_that_are_alike() -> None:
    rng = np.random.default_rng(2)
    n = 120
    vectors = rng.normal(size=(n, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    span, source = np.sort(rng.integers(0, 8, n)), rng.integers(0, 5, n)
    offsets = np.searchsorted(span, np.arange(9))
    times = When(span, np.arange(n), offsets, span, span, source, True)
    found = near(vectors, times, 0, n, 1, nothing)
    like = vectors @ vectors.T
    low = found.like[found.kind == CLOSE].min()
    expected = {
        (i, j) for i in range(n) for j in range(i + 1, n)
        if source[i] != source[j] and abs(span[i] - span[j]) <= 1 and like[i, j] >= low
    }  # fmt: skip
    assert (
        set(zip(found.a[found.kind == CLOSE].tolist(), found.b[found.kind == CLOSE].tolist(), strict=True)) == expected
    )
    assert (abs(span[found.a] - span[found.b])[found.kind != CLOSE] > 1).all()
    assert set(found.kind.tolist()) == {CLOSE, CHANCE, STANDING}
    assert (source[found.a] != source[found.b]).all()
    few = near(vectors, times, 0, 10, 2, nothing)
    assert len(np.unique([few.a, few.b])) <= 10
    assert np.array_equal(few.a, found.a[: len(few.a)])
