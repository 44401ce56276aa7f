"""Stretches between marks, in every style; what is no mark of a quotation is none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.quote.marks import PAIRS, stretches


def inside(text: str) -> list[str]:
    return [text[s.start : s.end] for s in stretches(text) if s.depth == 0]


@pytest.mark.parametrize(
    "text",
    [
        "She said “not me” and left.",
        'She said "not me" and left.',
        "She said ‘not me’ and left.",
        "She said 'not me' and left.",
        "Sie sagte „not me“ und ging.",
        'Sie sagte „not me" und ging.',
        "Ona rzekła „not me” i wyszła.",
        "Elle dit «not me» et part.",
        "Sie sagte »not me« und ging.",
        "Sie sagte ›not me‹ und ging.",
        "Sie sagte ‚not me‘ und ging.",
        "Hon sade ”not me” och gick.",
        "She said ``not me'' and left.",
        "She said ''not me'' and left.",
        "قالت «not me» وغادرت.",
        "彼女は「not me」と言った。",
        "彼女は『not me』と言った。",
        "She said “not me“ and left.",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    assert inside(text) == ["not me"]


@pytest.mark.parametrize(
    "text",
    [
        "The pipe was 12\" wide and 6' long.",
        "He is 5'10\" tall and hers is 6'2\".",
        "We don’t know the boys’ room, nor the girls' room.",
        "Rock of the '60s and the ’90s isn't dead.",
        'A <a href="x.html" title="big">link</a> there.',
        "The neighbours' dog and his brothers' house.",
    ],
)
def test_apostrophes_inches_and_tags_are_no_marks(text: str) -> None:
    assert inside(text) == []


def test_an_inch_inside_a_quotation_does_not_end_it() -> None:
    assert inside('He said "the 12" pipe burst" and left.') == ['the 12" pipe burst']
    assert inside('He said “the 12" pipe burst” and left.') == ['the 12" pipe burst']


def test_nested_marks_have_a_greater_depth() -> None:
    text = "He said “she told me ‘never’ again” twice."
    assert [(text[s.start : s.end], s.depth) for s in stretches(text)] == [
        ("she told me ‘never’ again", 0),
        ("never", 1),
    ]


def test_paragraphs_that_each_begin_with_a_mark_go_on() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said. “Four.”"
    assert inside(text) == ["One.", "Two.", "Three,", "Four."]
    assert [s.goes_on for s in stretches(text)] == [True, True, False, False]


def test_a_quotation_over_paragraphs_without_marks_goes_on_to_its_end() -> None:
    text = "She wrote: “One.\n\nTwo.\n\nThree.” He left."
    assert inside(text) == ["One.", "Two.", "Three."]


def test_an_unclosed_mark_costs_its_paragraph_only() -> None:
    text = 'He said "one and left.\n\nShe said "two" and stayed. He "three".'
    assert [text[s.start : s.end] for s in stretches(text) if s.closed] == ["two", "three"]


MARKS = st.sampled_from([*PAIRS, "”", "»", "」", "a", "B", " ", "\n\n", ".", ",", "1", "s", "<a>", "é", "😀"])


@settings(deadline=None)
@given(st.lists(MARKS, max_size=60).map("".join))
def test_stretches_lie_in_the_text_and_in_each_other(text: str) -> None:
    found = stretches(text)
    for s in found:
        assert 0 <= s.opens <= s.start <= s.end <= s.closes <= len(text)
    top = [s for s in found if s.depth == 0]
    assert all(a.closes <= b.opens for a, b in itertools.pairwise(top))
