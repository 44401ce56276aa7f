"""Nothing that two sources share to the letter is left out, and each passage says the same as its line."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.content import lexicon
from inchorus.match.families import Families
from inchorus.match.lines import lines
from inchorus.match.passages import find_passages
from inchorus.match.uncovered import BEYOND, joined
from inchorus.options import FindOptions
from inchorus.progress import Silent
from inchorus.words.corpus import Corpus
from inchorus.words.texts import vocabulary
from match.few_words import few_words
from match.planted import corpus_of, filler, line
from match.reference import common_runs, lost, missed


def told(rows: list[tuple[str, str]], **options: int) -> tuple[Corpus, Families]:
    corpus = corpus_of(rows)
    chosen = FindOptions(**{"threads": 1, **options})  # type: ignore[arg-type]
    words = lexicon(corpus, vocabulary(corpus, pa.chunked_array([pa.array([t for _, t in rows], pa.large_string())])))
    found = lines(corpus, find_passages(corpus, chosen, Silent()), words, chosen)
    return corpus, joined(found.families, found.common)


def lengths(families: Families) -> list[tuple[int, int]]:
    """Words and passages of each talking point."""
    words = (families.end - families.begin)[families.canonical]
    return sorted(zip(words.tolist(), np.bincount(families.family).tolist(), strict=True))


@given(
    st.randoms(use_true_random=False),
    st.sampled_from([2, 4, 6]),
    st.integers(0, 3),
    st.sampled_from([2, 2, 3]),
    st.sampled_from([0, 0.1, 0.3]),
)
@settings(max_examples=40, deadline=None)
def test_every_common_run_lies_in_a_talking_point_of_both_but_for_a_word_or_two(
    rng: random.Random, gram: int, more: int, min_sources: int, turning: float
) -> None:
    corpus, families = told(few_words(rng, turning), gram=gram, min_words=gram + more, min_sources=min_sources)
    assert not lost(corpus, families, gram + more, BEYOND, min_sources)


@pytest.mark.parametrize(("turning", "corpora", "most"), [(0, 100, 0.05), (0.3, 60, 0.1)])
def test_of_many_corpora_few_runs_lack_a_word(turning: float, corpora: int, most: float) -> None:
    runs = short = 0
    for seed in range(corpora):
        rng = random.Random(seed)
        corpus, families = told(few_words(rng, turning), gram=rng.choice([4, 6]))
        runs += len(common_runs(corpus, 8))
        short += len(missed(corpus, families, 8))
        assert not lost(corpus, families, 8, BEYOND)
    assert runs > 30 * corpora
    assert short < most * runs


def test_a_wording_whose_beginning_is_popular_is_found() -> None:
    words = line("w", 12).split()
    rows = [("full1", " ".join(words)), ("full2", " ".join(words))]
    rows += [(f"short{k}", " ".join(words[:7])) for k in range(9)]
    assert lengths(told(rows)[1]) == [(12, 2)]


@pytest.mark.parametrize("between", [0, 4, 9])
def test_a_private_paragraph_inside_a_form_letter_is_a_talking_point_beside_the_letter(between: int) -> None:
    rng = random.Random(2)
    letter, paragraph = line("w", 40), line("p", 15)
    rows = [(f"s{k:02}", f"{letter} {filler(rng, 12, 10**6)}") for k in range(12)]
    rows += [(f"t{k}", f"{letter} {filler(rng, between + k, 10**6)} {paragraph}") for k in range(1, 3)]
    assert lengths(told(rows)[1]) == [(15, 2), (40, 14)]


def test_a_line_with_a_word_more_is_no_other_line() -> None:
    rng = random.Random(1)
    wording = line("w", 30)
    rows = [(f"s{k}", f"{filler(rng, 9, 10**6)} {wording} {filler(rng, 9, 10**6)}") for k in range(7)]
    rows += [(f"t{k}", f"{filler(rng, 9, 10**6)} but {wording} {filler(rng, 9, 10**6)}") for k in range(2)]
    assert lengths(told(rows)[1]) == [(30, 9)]
