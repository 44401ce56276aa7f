"""What lies inside another talking point: whole families, and passages that have only a part of their line."""

from __future__ import annotations

import numpy as np

from inchorus.match.families import Families
from inchorus.match.nested import nested, parts


def families(rows: list[tuple[int, int, int, int, float]]) -> Families:
    """Families of rows of family, document, begin, end, similarity; the first row of each is canonical."""
    family, document, begin, end = (np.array([row[k] for row in rows]) for k in range(4))
    similarity = np.array([row[4] for row in rows])
    _, heads = np.unique(family, return_index=True)
    return Families(family, document.astype(np.uint32), begin, end, similarity, heads.astype(np.int64))


LETTER = [(0, 0, 0, 30, 1.0), (0, 1, 50, 80, 1.0)]
TAIL = [(1, 0, 20, 30, 1.0), (1, 1, 70, 80, 1.0), (1, 2, 100, 110, 1.0)]


def test_a_part_of_a_line_that_more_sources_have_alone_is_no_passage_of_the_line() -> None:
    found = families([*LETTER, (0, 2, 100, 110, 0.5), *TAIL])
    assert parts(found, np.array([2, 3])).tolist() == [False, False, True, False, False, False]


def test_it_is_one_where_the_part_is_no_line_of_more_sources() -> None:
    found = families([*LETTER, (0, 2, 100, 110, 0.5), *TAIL])
    assert not parts(found, np.array([3, 3])).any()
    assert not parts(families([*LETTER, (0, 2, 100, 110, 0.5)]), np.array([3])).any()


def test_it_is_one_where_it_says_nearly_all_of_the_line_or_says_it_otherwise() -> None:
    whole = (0, 2, 100, 128, 2 * 28 / 58)
    otherwise = (0, 3, 200, 220, 2 * 12 / 50)  # twenty words, twelve of them in common
    around = [(1, 2, 100, 130, 1.0), (1, 3, 200, 220, 1.0), (1, 4, 0, 30, 1.0)]
    assert not parts(families([*LETTER, whole, otherwise, *around]), np.array([2, 3])).any()


def test_the_canonical_passage_always_stays() -> None:
    found = families([(0, 0, 20, 30, 1.0), (0, 1, 70, 80, 1.0), (1, 0, 0, 30, 1.0), (1, 1, 50, 80, 1.0)])
    assert not parts(found, np.array([2, 9])).any()


def test_a_family_of_which_each_passage_lies_in_one_other_is_nested() -> None:
    inner = [(1, 0, 20, 30, 1.0), (1, 1, 70, 80, 1.0)]
    assert nested(families([*LETTER, *inner])).tolist() == [False, True]
    assert nested(families([*LETTER, *TAIL])).tolist() == [False, False]
