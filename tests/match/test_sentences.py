from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.sentences import LEAST, MOST, sentences
from inchorus.words.flags import STARTS_SENTENCE
from match.planted import corpus_of, line


def slow_bounds(starts: list[bool]) -> list[int]:
    """Where the sentences of one document begin, word by word."""
    begins: list[int] = []
    for p, start in enumerate(starts):
        since = p - begins[-1] if begins else 0
        due = (start and since >= LEAST) or since >= MOST
        if not begins or (due and len(starts) - p >= LEAST):
            begins.append(p)
    return begins


def lengths(texts: list[str]) -> list[list[int]]:
    corpus = corpus_of([(f"s{k:03}", t) for k, t in enumerate(texts)])
    cut = sentences(corpus)
    return [np.diff(cut.bounds[lo : hi + 1]).tolist() for lo, hi in zip(cut.offsets, cut.offsets[1:], strict=False)]


def test_sentences_of_known_texts() -> None:
    texts = ["One two three. Four five six seven.", "One. Two. Three four. Five six seven.", "", "One", "One. Two."]
    assert lengths(texts) == [[3, 4], [4, 3], [], [1], [2]]
    # A short last sentence stays with the one before.
    assert lengths(["One two three four. Five six."]) == [[6]]


@pytest.mark.parametrize("n", [1, 2, 3, 99, 100, 101, 102, 103, 200, 203, 1000])
def test_a_text_without_full_stops_is_cut(n: int) -> None:
    (found,) = lengths([line("w", n)])
    assert sum(found) == n
    assert all(k == MOST for k in found[:-1])
    # Two words that are left over do not make a sentence.
    assert min(LEAST, n) <= found[-1] < MOST + LEAST


@given(st.lists(st.lists(st.sampled_from(["w", "w.", "w w w w w", "x! ", "", "y\n\n", "z " * 60]), max_size=12)))
@settings(max_examples=200, deadline=None)
def test_sentences_cover_every_word_once(documents: list[list[str]]) -> None:
    documents = [*documents, ["a"]]
    corpus = corpus_of([(f"s{k:03}", " ".join(parts)) for k, parts in enumerate(documents)])
    cut = sentences(corpus)
    assert cut.offsets[0] == 0
    assert cut.offsets[-1] == len(cut.bounds) - 1
    assert cut.bounds[-1] == corpus.offsets[-1] == len(corpus.word)
    assert np.all(np.diff(cut.bounds) > 0)
    for d in range(len(documents)):
        lo, hi = int(corpus.offsets[d]), int(corpus.offsets[d + 1])
        begins = cut.bounds[cut.offsets[d] : cut.offsets[d + 1]]
        starts = (corpus.flags[lo:hi] & STARTS_SENTENCE) != 0
        assert (begins - lo).tolist() == slow_bounds(starts.tolist())
        sizes = np.diff(np.append(begins, hi))
        assert np.all(sizes < MOST + LEAST)
        assert hi - lo < LEAST or np.all(sizes >= LEAST)


def test_a_corpus_without_words_has_no_sentences() -> None:
    cut = sentences(corpus_of([("a", ""), ("b", "...")]))
    assert cut.bounds.tolist() == [0]
    assert cut.offsets.tolist() == [0, 0, 0]
