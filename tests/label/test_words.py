from __future__ import annotations

import random

import numpy as np

from inchorus.label.words import of_words
from inchorus.match.families import Families
from match.planted import corpus_of, filler


def wordings(spans: list[tuple[int, int]]) -> Families:
    """Talking points of a passage each: these words of the corpus."""
    n = np.arange(len(spans), dtype=np.int64)
    begin, end = (np.array([s[k] for s in spans], np.int64) for k in (0, 1))
    return Families(n, np.zeros(len(spans), np.uint32), begin, end, np.ones(len(spans)), n)


def test_words_that_stand_in_quotation_marks_elsewhere_are_spoken_and_others_are_told() -> None:
    rng = random.Random(1)
    rows = [("a", "we must never yield the office opened on tuesday")]
    rows += [("b", f'{filler(rng, 40)} she said "we must never yield now" and the office opened') for _ in range(60)]
    spoken = of_words(corpus_of(rows), wordings([(0, 4), (4, 7)])).spoken
    assert spoken[0] > 0.9
    assert spoken[1] < 0.2


def test_without_quotation_marks_words_tell_nothing() -> None:
    found = of_words(corpus_of([("a", "we must act now"), ("b", "we must act")]), wordings([(0, 4)]))
    assert found.spoken[0] == 0.5


def test_what_many_sources_write_of_is_more_common_than_what_one_does() -> None:
    rows = [(f"s{k}", "water for the valley") for k in range(4)] + [("t", "water for zebras alone")]
    common = of_words(corpus_of(sorted(rows)), wordings([(0, 4), (16, 20)])).common
    assert 0 < common[1] < common[0] <= 1
