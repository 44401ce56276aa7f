"""Figures of whole wordings: what counts is the number, and not how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.match.figures import Figure, differ, figures, of_wording, replaced


def said(text: str) -> list[Figure]:
    """The figures of a text whose words are folded as the corpus folds them: commas between digits go."""
    words = text.split()
    return of_wording([w.replace(",", "") for w in words], [len(w) for w in words])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20 million", "20,000,000"),
        ("20 million", "20m"),
        ("3.1 billion", "3 1 billion"),
        ("7.5", "7 5"),
        ("7,5 prozent", "7.5 percent"),
        ("seven", "7"),
        ("twenty five", "25"),
        ("1.000.000", "1 million"),
        ("2 тысячи", "2000"),
        ("خمسة ملايين", "5000000"),
        ("march 12", "12 march"),
        ("on monday", "am montag"),
    ],
)
def test_one_number_in_two_notations(one: str, other: str) -> None:
    assert not differ(said(one), said(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 1 billion", "1 billion"),
        ("a 5,000 tax credit", "a tax credit of up to 3,000"),
        ("586 million", "20 million"),
        ("20 million", "20 billion"),
        ("in march", "in april"),
        ("2004", "2006"),
        ("five votes", "nine votes"),
        ("less than one third of all", "less than one half of all"),
        ("die halfte der stadt", "ein drittel der stadt"),
        ("10 percent", "1.0 percent"),
    ],
)
def test_another_number_replaces_it(one: str, other: str) -> None:
    assert replaced(said(one), said(other))
    assert replaced(said(other), said(one))


def test_a_number_that_only_one_of_both_has_replaces_nothing() -> None:
    assert differ(said("40 shops closed"), said("shops closed"))
    assert not replaced(said("40 shops closed"), said("shops closed"))
    assert not replaced(said("40 shops closed"), said("shops closed in march"))
    assert not replaced(said("half of the shops closed"), said("50 shops closed"))


@given(st.lists(st.sampled_from(["one", "shop", "20", "1,000", "million", "march", "7.5", "3rd"]), max_size=8))
def test_a_wording_has_the_figures_that_it_has(words: list[str]) -> None:
    assert not differ(said(" ".join(words)), said(" ".join(words)))


def test_no_word_of_a_list_says_two_things() -> None:
    assert all(number.isdigit() or (number[0] in "empds" and number[1:].isdigit()) for number in figures().values())
