"""Names of speakers: without titles, in the fullest form of the document, and none where it is not sure."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.found import named
from inchorus.quote.language import language
from inchorus.quote.names import Names, name_in

EN, DE = language("en"), language("de")


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Ada Ash", "Ada Ash"),
        ("Mayor Ada Ash", "Ada Ash"),
        ("Sen. Ada Ash, D-Ore.,", "Ada Ash"),
        ("the mayor, Ada Ash", "Ada Ash"),
        ("Oldford Communications Director Ada Ash", "Ada Ash"),
        ("Juan de la Cruz", "Juan de la Cruz"),
        ("a spokesman", None),
        ("the Ash campaign", None),
        ("Ash’s lawyer", None),
        ("she", None),
    ],
)
def test_the_name_of_a_mention(mention: str, name: str | None) -> None:
    assert name_in(mention, EN) == name


def test_german_nouns_are_no_names() -> None:
    assert name_in("die Bürgermeisterin", DE) is None
    assert name_in("Bundeskanzlerin Ada Ash", DE) == "Ada Ash"
    assert name_in("der Minister", DE) is None


def names(text: str) -> list[str | None]:
    return named(text, quotations(text, EN), EN)


def test_a_surname_is_filled_from_the_document() -> None:
    assert names("Ada Ash came to Oldford. “It is safe,” Ash said.") == ["Ada Ash"]


def test_a_surname_of_two_people_stays_as_it_is() -> None:
    assert names("Ada Ash and Bob Ash came to Oldford. “It is safe,” Ash said.") == ["Ash"]


def test_a_pronoun_is_the_last_speaker_unless_somebody_else_was_named() -> None:
    assert names("“It is safe,” Ada Ash said. “Nobody pays for it,” she added.")[-1] == "Ada Ash"
    text = "“It is safe,” Ada Ash said. Then Ben Oak rose from his seat. “Nobody pays for it,” he added."
    assert names(text)[-1] is None


def test_a_title_is_the_one_person_who_has_it() -> None:
    assert names("Mayor Ada Ash opened the hall. “It is safe,” the mayor said.")[-1] == "Ada Ash"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("NFIB President and CEO Ada Ash", "Ada Ash"),
        ("U.S. Chamber President and CEO Thomas J. Oak", "Thomas J. Oak"),
        ("Sen. Ada Ash (R-N.M.)", "Ada Ash"),
        ("(R-N.M.)", None),
        ("Moreover", None),
        ("Twenty", None),
        ("the letter", None),
        ("the First Amendment", "First Amendment"),
        ("members of the Oldford Council", None),
        ("the University of Oldford", None),
    ],
)
def test_of_a_mention_the_person_is_the_name(mention: str, name: str | None) -> None:
    assert name_in(mention, language("en")) == name


def test_a_name_does_not_go_on_over_the_end_of_a_sentence_nor_an_office() -> None:
    names = Names("We keep this Bible. The Old Oak stood. Then Secretary of Defense Donald Elm came.", language("en"))
    assert names.full("Oak") == "Old Oak"
    assert names.full("Elm") == "Donald Elm"


def test_two_who_say_it_together_are_not_one_of_them() -> None:
    assert name_in("Senators Ash and Oak", EN) is None
    assert name_in("Ada Ash and Ben Oak last May", EN) is None
    assert name_in("President and CEO Ada Ash", EN) == "Ada Ash"
    assert name_in("Ash and her aides", EN) == "Ash"


def test_a_body_keeps_the_number_it_is_named_by() -> None:
    assert name_in("the 9/11 Commission", EN) == "9/11 Commission"


def test_a_headline_with_capitals_ends_a_name_before_its_verb() -> None:
    names = Names("Ash Sharply Criticized his Plan! Later Ada Ash was there.", EN)
    assert names.full("Ash") == "Ada Ash"


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital() -> None:
    names = Names("Holds the line. Then Ash came. Ash spoke.", EN)
    assert not names.known("Holds", 0)
    assert names.known("Ash", 27)


@pytest.mark.parametrize("mention", ["I've", "I’m", "You're", "They'll", "Well", "Oh"])
def test_a_pronoun_with_its_verb_and_a_word_of_surprise_are_no_names(mention: str) -> None:
    assert name_in(mention, EN) is None


def test_a_headline_in_capitals_is_nobodys_fuller_name() -> None:
    text = "Eve Elm spoke.\n\nThe Office Just Made An Even BIGGER Move Against Eve Elm\n\nElm said, “we will pay.”"
    assert Names(text, EN).full("Elm") == "Eve Elm"
