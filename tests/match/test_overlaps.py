from __future__ import annotations

import numpy as np

from inchorus.match.families import Families
from inchorus.match.nested import nested
from inchorus.match.overlaps import settle
from match.planted import Found, by_family, corpus_of, line


def families_of(rows: list[tuple[int, int, int, int, float]], canonical: list[int]) -> Families:
    f, d, b, e, s = zip(*rows, strict=True)
    columns = np.array(f, np.int64), np.array(d, np.uint32), np.array(b, np.int64), np.array(e, np.int64)
    return Families(*columns, np.array(s, np.float64), np.array(canonical, np.int64))


def test_families_with_one_canonical_wording_are_merged_and_overlaps_taken_out() -> None:
    corpus = corpus_of([("a", line("w", 30)), ("b", line("w", 30)), ("c", line("w", 30))])
    rows = [
        (0, 0, 0, 10, 1.0), (0, 1, 30, 40, 1.0), (0, 1, 32, 42, 0.8),
        (1, 1, 30, 40, 1.0), (1, 2, 59, 70, 0.95), (1, 2, 60, 70, 1.0),
    ]  # fmt: skip
    result = settle(corpus, families_of(rows, [0, 3]), 2)
    assert by_family(result) == [[Found(0, 0, 10, 1.0), Found(1, 30, 40, 1.0), Found(2, 60, 70, 1.0)]]
    assert result.canonical.tolist() == [0]


def test_canonical_wordings_of_numbers_near_their_lengths_are_not_taken_for_one() -> None:
    corpus = corpus_of([("a", "w0 w1 w2 w3 w3 w3 w4 w1 w4"), ("b", "w3 w3 w4 w1 w4")])
    assert corpus.word.tolist() == [0, 1, 2, 3, 3, 3, 4, 1, 4, 3, 3, 4, 1, 4]
    rows = [(0, 0, 4, 7, 1.0), (0, 1, 9, 12, 1.0), (1, 0, 7, 9, 1.0), (1, 1, 12, 14, 1.0)]
    assert len(settle(corpus, families_of(rows, [0, 2]), 2).canonical) == 2


def test_a_family_that_another_one_contains_is_dropped_and_one_that_is_used_elsewhere_stays() -> None:
    corpus = corpus_of([("a", line("w", 30)), ("b", line("w", 30)), ("c", line("w", 30))])
    outer = [(0, 0, 0, 20, 1.0), (0, 1, 30, 50, 1.0)]
    inner = [(1, 0, 2, 12, 1.0), (1, 1, 32, 42, 1.0)]
    elsewhere = [*inner, (1, 2, 62, 72, 1.0)]
    assert nested(families_of([*outer, *inner], [0, 2])).tolist() == [False, True]
    assert nested(families_of([*outer, *elsewhere], [0, 2])).tolist() == [False, False]
    assert len(settle(corpus, families_of([*outer, *inner], [0, 2]), 2).canonical) == 1
    kept = settle(corpus, families_of([*outer, *elsewhere], [0, 2]), 2)
    assert kept.family.tolist() == [0, 0, 1, 1, 1]
    assert kept.canonical.tolist() == [0, 2]


def test_of_two_families_with_the_same_places_one_stays() -> None:
    rows = [(0, 0, 0, 20, 1.0), (0, 1, 30, 50, 1.0), (1, 0, 0, 20, 1.0), (1, 1, 30, 50, 1.0)]
    assert nested(families_of(rows, [0, 3])).sum() == 1
