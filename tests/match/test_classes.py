"""What turns a claim round: another number, name or direction, a negation, "only"; and what does not."""

from __future__ import annotations

import pytest

from match.test_content import same

LINE = "the council will lower the taxes of every family in Norwick because so many shops of the old town closed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("will lower", "will not lower"),
        ("will lower", "will never lower"),
        ("will lower", "will raise"),
        ("of every family", "only of every family"),
        ("so many shops", "no shops"),
    ],
)
def test_what_turns_the_claim_makes_another(one: str, other: str) -> None:
    assert not same(LINE, LINE.replace(one, other))
    assert not same(LINE.replace(one, other), LINE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("will lower", "lowers"),
        ("will lower", "will cut"),
        ("will lower", "will soon lower"),
        ("so many shops", "many shops"),
        ("so many", "sooo many"),
        ("because so many shops of the old town closed", ""),
    ],
)
def test_what_does_not_leaves_it(one: str, other: str) -> None:
    assert same(LINE, LINE.replace(one, other))


def test_a_sum_is_compared_wherever_it_stands() -> None:
    one = "she proposes a $5,000 tax credit for each family with a child that goes to school in the county"
    assert not same(one, one.replace("a $5,000 tax credit", "a tax credit of up to $3,000"))
    assert same(one, one.replace("a $5,000 tax credit", "a tax credit of up to $5,000"))
    spent = "the ministry spent 3.1 billion on the new bridges over the river and told nobody of it for a year"
    assert same(spent, spent.replace("3.1", "3 1"))
    assert not same(spent, spent.replace("3.1", "1"))


def test_two_negations_are_one_as_none() -> None:
    line = "there is no doubt that the council will lower the taxes of every family in Norwick this year"
    assert same(line, line.replace("there is no doubt that ", ""))
    assert same(line, line.replace("there is no doubt", "nobody doubts"))


def test_two_negations_that_nothing_takes_back_are_not_none() -> None:
    line = "they want to lower the taxes of every family in Norwick before the end of the year"
    assert not same(line, line.replace("they want", "there is no proof that they do not want"))
    assert not same(f"Nobody believes that {line}", line.replace("they want", "they do not want"))


def test_a_negation_that_goes_with_another_is_one() -> None:
    assert not same(DUTIES, f"Никто не верит, что {DUTIES}")


def test_a_denial_inside_turns_as_one_beside_does() -> None:
    line = "the old company of the harbor denies being the biggest polluter of the river in Norwick"
    assert not same(line, line.replace("denies being", "is called"))


def test_last_and_this_are_not_one() -> None:
    line = "she won the great contest of the dancers of Norwick in last season and took home the cup"
    assert not same(line, line.replace("last season", "this season"))


def test_another_name_in_a_short_line_is_another_claim() -> None:
    line = "we must keep Hillary out of the White House this fall"
    assert not same(line, line.replace("Hillary", "Trump"))


TAXES = "der Stadtrat wird die Steuern für jede Familie in Norwick senken weil viele Läden zumachen"
DUTIES = "городской совет должен снизить налоги для каждой семьи потому что магазины старого города закрыты"


@pytest.mark.parametrize(
    ("line", "one", "other"),
    [
        (TAXES, "senken", "erhöhen"),
        (TAXES, "senken", "nicht senken"),
        (DUTIES, "снизить", "повысить"),
        (DUTIES, "должен", "не должен"),
    ],
)
def test_other_languages(line: str, one: str, other: str) -> None:
    assert not same(line, line.replace(one, other))
