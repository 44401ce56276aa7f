"""Words that come and go with the days."""

from __future__ import annotations

from math import exp, log2

import numpy as np
import pytest

from inchorus.label.day_words import bound_to_days, day_words
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus
from match.planted import corpus_of

ROWS = [("a", "storm daily"), ("a", "storm storm daily"), ("a", "storm daily"), ("a", "storm daily"), ("b", "daily")]


def bits(corpus: Corpus) -> dict[str, float]:
    """The bits of the two words; "storm" stands first."""
    found = bound_to_days(corpus)
    return {"storm": float(found[corpus.word[0]]), "daily": float(found[corpus.word[1]])}


def test_a_word_of_one_day_is_bound_to_it_and_one_of_all_days_to_none() -> None:
    # Four documents of one day of four have "storm"; five documents spread evenly would be on 1 - e^-1.25 of the days.
    found = bits(corpus_of([*ROWS, ("c", "else"), ("c", "else")], [7, 7, 7, 7, 8, 9, 10]))
    assert found["storm"] == pytest.approx(log2(1 - exp(-1)) - log2(1 / 4))
    assert bits(corpus_of(ROWS[:4], [1, 2, 3, 4])) == {"storm": 0.0, "daily": 0.0}


def test_without_times_or_in_one_day_no_word_is_bound() -> None:
    assert bits(corpus_of(ROWS)) == {"storm": 0.0, "daily": 0.0}
    assert bits(corpus_of(ROWS, [3] * 5)) == {"storm": 0.0, "daily": 0.0}
    # Documents without a time are left aside.
    known = bits(corpus_of(ROWS[:4], [1, 2, 3, 4]))
    assert bits(corpus_of(ROWS, [1, 2, 3, 4, None])) == known


def test_of_a_wording_the_three_words_bound_most_count_each_once() -> None:
    rows = [("a", "one two three four one"), ("b", "one two"), ("c", "one two three four"), ("d", "four"), ("e", "e")]
    corpus = corpus_of(rows, [1, 1, 1, 2, 3])
    each = bound_to_days(corpus)
    zero = np.zeros(1, np.int64)
    families = Families(zero, zero.astype(np.uint32), zero, zero + 5, np.ones(1), zero)
    top = sorted(each[corpus.word[:4]], reverse=True)[:3]
    assert sum(top) > 0
    assert day_words(corpus, families)[0] == pytest.approx(sum(top))
