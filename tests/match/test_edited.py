from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.edited import REACH, compare
from inchorus.match.sentences import sentences
from match.planted import corpus_of, line

MIN_WORDS = 24


def unrelated(rng: random.Random, n: int, vocabulary: int = 20_000) -> str:
    """`n` sentences of 12 words that share nothing but their most frequent words with another text."""
    return " ".join(" ".join(f"z{int(vocabulary * rng.random() ** 3)}" for _ in range(12)) + "." for _ in range(n))


def passage(name: str, n: int, size: int = 12) -> list[str]:
    return [line(f"{name}{k}x", size) for k in range(n)]


def shuffled(rng: random.Random, sentences_of: Sequence[str], kept: float = 0.8) -> str:
    """The sentences in another order, and the words of each; one word in five is another."""
    out = []
    for sentence in rng.sample(sentences_of, len(sentences_of)):
        words = [w if rng.random() < kept else f"n{rng.randrange(10**6)}" for w in sentence.split()]
        out.append(" ".join(rng.sample(words, len(words))) + ".")
    return " ".join(out)


def compared(a: str, b: str, min_words: int = MIN_WORDS) -> list[tuple[int, int, int, int]]:
    """Begin and end in the one and in the other, counted from the start of each document."""
    corpus = corpus_of([("a", a), ("b", b)])
    cut = sentences(corpus)
    lo, mid, hi = map(int, cut.offsets)
    rows = compare(corpus.word, cut.bounds, lo, mid, mid, hi, min_words)
    n_a, n = int(corpus.offsets[1]), int(corpus.offsets[2])
    for a0, a1, b0, b1 in rows.tolist():
        assert 0 <= a0 < a1 <= n_a <= b0 < b1 <= n
        assert min(a1 - a0, b1 - b0) >= min_words
    return [(a0, a1, b0 - n_a, b1 - n_a) for a0, a1, b0, b1 in rows.tolist()]


@pytest.mark.parametrize("seed", range(12))
def test_a_shuffled_passage_is_found_with_its_ends(seed: int) -> None:
    rng = random.Random(seed)
    original = passage("p", rng.randrange(6, 15))
    heads = rng.randrange(5, 30), rng.randrange(5, 30)
    a = " ".join([unrelated(rng, heads[0]), ". ".join(original) + ".", unrelated(rng, 20)])
    b = " ".join([unrelated(rng, heads[1]), shuffled(rng, original), unrelated(rng, 20)])
    (found,) = compared(a, b)
    n = 12 * len(original)
    expected = (12 * heads[0], 12 * heads[0] + n, 12 * heads[1], 12 * heads[1] + n)
    assert all(abs(x - y) <= REACH for x, y in zip(found, expected, strict=True)), (found, expected)


@pytest.mark.parametrize("seed", range(6))
def test_a_passage_to_the_letter_has_exact_ends(seed: int) -> None:
    rng = random.Random(seed)
    copied = ". ".join(passage("p", 10)) + "."
    (found,) = compared(
        f"{unrelated(rng, 15, 10**9)} {copied} {unrelated(rng, 9, 10**9)}",
        f"{unrelated(rng, 4, 10**9)} {copied} {unrelated(rng, 20, 10**9)}",
    )
    assert found == (180, 300, 48, 168)


def test_two_passages_far_apart_are_two() -> None:
    rng = random.Random(3)
    one, other = passage("p", 8), passage("q", 8)
    parts = [". ".join(one) + ".", unrelated(rng, 30), ". ".join(other) + "."]
    found = compared(" ".join(parts), " ".join([shuffled(rng, other), unrelated(rng, 30), shuffled(rng, one)]))
    assert len(found) == 2
    for span in found:
        expected = (0, 96, 456, 552) if span[0] < 96 else (456, 552, 0, 96)
        assert all(abs(x - y) <= REACH for x, y in zip(span, expected, strict=True))


@pytest.mark.parametrize("seed", range(10))
def test_unrelated_documents_share_nothing(seed: int) -> None:
    rng = random.Random(seed)
    assert compared(unrelated(rng, 60), unrelated(rng, 60)) == []


def test_a_summary_is_one_passage_against_the_whole_that_it_sums_up() -> None:
    rng = random.Random(4)
    sections = [f"{line(f's{k}x', 12)}. {unrelated(rng, 5, 10**9)}" for k in range(8)]
    summary = shuffled(rng, [line(f"s{k}x", 12) for k in range(8)], kept=1.0)
    a = f"{unrelated(rng, 20, 10**9)} {' '.join(sections)} {unrelated(rng, 40, 10**9)}"
    b = f"{unrelated(rng, 20, 10**9)} {summary} {unrelated(rng, 40, 10**9)}"
    (found,) = compared(a, b)
    # From the first to the last sentence that the summary takes up: 7 stretches of 6 sentences and one.
    expected = (240, 240 + 12 * (7 * 6 + 1), 240, 336)
    assert all(abs(x - y) <= REACH for x, y in zip(found, expected, strict=True)), (found, expected)


@pytest.mark.parametrize("seed", range(8))
def test_swapped_documents_give_the_same_spans(seed: int) -> None:
    rng = random.Random(seed)
    original = passage("p", 10)
    a = " ".join([unrelated(rng, 10), ". ".join(original) + ".", unrelated(rng, 20)])
    b = " ".join([unrelated(rng, 30), shuffled(rng, original), unrelated(rng, 5)])
    (there,), (back,) = compared(a, b), compared(b, a)
    swapped = (*back[2:], *back[:2])
    # Ends are settled in turns, so which side goes first may move them by a word or two.
    assert all(abs(x - y) <= 3 for x, y in zip(there, swapped, strict=True)), (there, swapped)


def test_min_words_is_asked_of_both_sides() -> None:
    rng = random.Random(5)
    copied = ". ".join(passage("p", 3)) + "."
    a, b = (f"{unrelated(rng, 40, 10**9)} {copied} {unrelated(rng, 40, 10**9)}" for _ in range(2))
    assert compared(a, b, 36) == [(480, 516, 480, 516)]
    assert compared(a, b, 37) == []


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d.", "e. f", "g h i.", "j k. l m n."]), max_size=14),
    st.lists(st.sampled_from(["a", "b", "c", "d.", "e. f", "g h i.", "x y z."]), max_size=14),
    st.integers(1, 3),
)
@settings(max_examples=300, deadline=None)
def test_tiny_documents_stay_in_range(a: list[str], b: list[str], min_words: int) -> None:
    compared(" ".join(a), " ".join(b), min_words)


@given(st.integers(0, 2**32), st.integers(1, 60), st.integers(1, 30), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_whatever_two_documents_share_spans_stay_in_range(seed: int, kinds: int, n: int, min_words: int) -> None:
    rng = random.Random(seed)
    blocks = [
        " ".join(f"v{rng.randrange(40 * kinds)}" for _ in range(rng.randrange(3, 20))) + "." for _ in range(kinds)
    ]
    a, b = (" ".join(rng.choice(blocks) for _ in range(rng.randrange(n))) for _ in range(2))
    for found in (compared(a, b, min_words), compared(a, a, min_words)):
        assert len({tuple(row) for row in found}) == len(found)


def test_documents_of_one_repeated_sentence_share_nothing_rare() -> None:
    same = " ".join([line("w", 12) + "."] * 30)
    assert compared(same, same) == []


@pytest.mark.parametrize("away", [12, 20])
def test_a_sentence_that_is_said_again_further_on_does_not_widen_a_passage(away: int) -> None:
    rng = random.Random(6)
    copied = passage("p", 6)
    a = f"{unrelated(rng, 20, 10**9)} {'. '.join(copied)}. {unrelated(rng, 20, 10**9)}"
    again = f"{unrelated(rng, away, 10**9)} {copied[3]}. {unrelated(rng, 20, 10**9)}"
    assert (240, 312, 120, 192) in compared(a, f"{unrelated(rng, 10, 10**9)} {'. '.join(copied)}. {again}")


def test_in_documents_of_one_sentence_no_word_tells_anything() -> None:
    # Words weigh by their rarity among the sentences of both; the presets for posts compare n-grams.
    assert compared(line("w", 60), line("w", 60)) == []
