"""What goes on from a wording that more sources print at that time counts for those."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64
from inchorus.relate.rarity import BESIDE, NEARLY_ALL, PART, WITHIN, story_sources
from inchorus.relate.strata import HOUR

Passage = tuple[int, int, int, int]


def counted(passages: list[Passage], hours: list[float], dated: bool = True) -> list[int]:
    """Document d is of source d, at `hours[d]`; passages are (talking point, document, begin, end)."""
    point, document, begin, end = np.array(passages, np.int64).T.copy()
    time = (np.array(hours) * HOUR).astype(np.int64)
    known = np.full(len(hours), int(dated), np.int64)
    rows = point, document, begin, end, np.arange(len(hours), dtype=np.int32)
    found: list[int] = story_sources(*rows, time, known, max(p[0] for p in passages) + 1).tolist()
    return found


def text(documents: int, of: int = 0, size: int = 100) -> list[Passage]:
    """The beginning of an agency's text, printed in so many documents."""
    return [(of, d, 0, size) for d in range(documents)]


AT_ONCE = [5.0 * d for d in range(8)]
MONTHS_APART = [1000.0 * d for d in range(8)]


def test_the_rest_of_a_text_that_most_cut_counts_for_all_who_print_its_beginning() -> None:
    assert counted([*text(8), (1, 2, 0, 400), (1, 5, 0, 400)], AT_ONCE) == [8, 8]


def test_a_text_that_most_print_from_the_middle_on_counts_for_all_who_print_its_end() -> None:
    assert counted([*text(8), (1, 2, -300, 100), (1, 5, -300, 100)], AT_ONCE) == [8, 8]


def test_what_stands_right_behind_goes_on_and_what_stands_further_off_does_not() -> None:
    for apart, sources in ((0, 8), (BESIDE - 1, 8), (BESIDE, 2), (200, 2)):
        assert counted([*text(8), (1, 2, 100 + apart, 300), (1, 5, 100 + apart, 300)], AT_ONCE) == [8, sources]


def test_a_statement_around_a_quotation_that_all_have_stays_what_it_is() -> None:
    assert counted([*text(8), (1, 2, -150, 250), (1, 5, -150, 250)], AT_ONCE) == [8, 2]


def test_a_statement_that_begins_with_a_phrase_stays_what_it_is() -> None:
    longest = int(100 / PART)
    assert counted([*text(8), (1, 2, 0, longest), (1, 5, 0, longest)], AT_ONCE) == [8, 8]
    assert counted([*text(8), (1, 2, 0, longest + 1), (1, 5, 0, longest + 1)], AT_ONCE) == [8, 2]


def test_wording_that_others_print_in_other_months_makes_nothing_popular() -> None:
    assert counted([*text(8), (1, 2, 0, 400), (1, 5, 0, 400)], MONTHS_APART) == [1, 1]
    within = [WITHIN / HOUR * d for d in range(4)]
    assert counted(text(4), within) == [2]
    assert counted(text(4), [1.01 * hours for hours in within]) == [1]


def test_one_of_two_that_goes_on_from_something_is_not_nearly_all() -> None:
    assert counted([*text(8), (1, 2, 0, 400), (1, 5, 500, 900)], AT_ONCE) == [8, 2]


def test_without_times_nothing_is_of_one_time() -> None:
    assert counted([*text(8), (1, 2, 0, 400), (1, 5, 0, 400)], AT_ONCE, dated=False) == [0, 0]
    none: I64 = np.zeros(0, np.int64)
    assert story_sources(none, none, none, none, np.zeros(3, np.int32), none, none, 2).tolist() == [0, 0]


passages = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 90), st.integers(1, 60)), min_size=1, max_size=30
)


@given(passages, st.lists(st.integers(0, 90), min_size=7, max_size=7))
def test_it_is_what_its_definition_says(rows: list[Passage], hours: list[int]) -> None:
    rows = [(p, d, b, b + size) for p, d, b, size in rows]

    def sources(row: Passage) -> int:
        return len({d for p, d, _, _ in rows if p == row[0] and abs(hours[d] - hours[row[1]]) * HOUR <= WITHIN})

    def reached(row: Passage) -> int:
        _, document, begin, end = row
        return max(
            sources(other)
            for other in rows
            if other[1] == document
            and other[3] - other[2] >= PART * (end - begin)
            and any(other[2] < edge + BESIDE and edge - BESIDE < other[3] for edge in (begin, end))
        )

    wanted = []
    for k in range(max(row[0] for row in rows) + 1):
        values = sorted(reached(row) for row in rows if row[0] == k)
        wanted.append(values[int((1 - NEARLY_ALL) * len(values))] if values else 0)
    assert counted(rows, [float(h) for h in hours]) == wanted
