from hypothesis import given
from hypothesis import strategies as st

from inchorus.ui.segments import covered, parts, segments

SPANS = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=12)
SIGNS = st.text("ab \n水\U0001f600e\u0301", max_size=200)


@given(st.integers(0, 30), st.integers(0, 30), SPANS)
def test_segments_follow_each_other_and_fill_the_text(a: int, b: int, spans: list[tuple[int, int]]) -> None:
    start, end = min(a, b), max(a, b)
    found = segments(start, end, spans)
    places = [start, *(s.end for s in found)]
    assert [s.start for s in found] == places[:-1]
    assert places[-1] == end
    assert all(s.start < s.end for s in found)


@given(st.integers(0, 30), SPANS)
def test_each_segment_is_covered_by_exactly_the_spans_that_hold_it(length: int, spans: list[tuple[int, int]]) -> None:
    for segment in segments(0, length, spans):
        for place in range(segment.start, segment.end):
            assert segment.covers == tuple(n for n, (a, b) in enumerate(spans) if a <= place < b)


@given(SPANS)
def test_neighbours_are_cut_only_where_a_span_begins_or_ends(spans: list[tuple[int, int]]) -> None:
    ends = {place for a, b in spans if a < b for place in (a, b)}
    assert all(segment.start in ends for segment in segments(0, 30, spans)[1:])


@given(st.integers(0, 30), SPANS)
def test_covered_counts_each_code_point_once(length: int, spans: list[tuple[int, int]]) -> None:
    assert covered(length, spans) == sum(any(a <= n < b for a, b in spans) for n in range(length))


@given(SIGNS, SPANS)
def test_offsets_are_code_points(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(text[s.start : s.end] for s in segments(0, len(text), spans)) == text


@given(SIGNS, st.integers(1, 30))
def test_parts_joined_give_the_text_and_none_is_too_long(text: str, most: int) -> None:
    found = parts(text, most)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(b - a <= most for a, b in found)
    assert all(a < b for a, b in found) or not text


def test_a_part_ends_after_a_line_or_a_word() -> None:
    assert [text for a, b in parts("one two\nthree four five", 12) for text in ["one two\nthree four five"[a:b]]] == [
        "one two\n",
        "three four ",
        "five",
    ]
