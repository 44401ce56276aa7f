"""What differs from the fullest form, by class; what is no difference."""

from __future__ import annotations

import pytest

from inchorus.quote.altered import changes, fullest
from inchorus.quote.language import language
from inchorus.quote.same import words

EN = language("en")
FULL = "We will not sell the town hall to Ben Oak for 300 dollars, and nobody may build on the green behind it."


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ([FULL.replace('will not', 'will')], "negation"),
        ([FULL.replace('300', '800')], "number"),
        ([FULL.replace('Ben Oak', 'Eve Elm')], "name"),
        ([FULL.replace('will', 'may')], "modality"),
        (["We will not sell the town hall … and nobody may build on the green behind it."], "ellipsis"),
        (["We will not sell the town hall [...] and nobody may build on the green behind it."], "ellipsis"),
        (["We will not sell the town hall", "and nobody may build on the green behind it."], "joined"),
        ([FULL.replace('town', 'old')], "other"),
    ],
)  # fmt: skip
def test_every_class(words: list[str], kind: str) -> None:
    assert [change.kind for change in changes(FULL, words, EN)] == [kind]


@pytest.mark.parametrize(
    "words",
    [
        FULL,
        FULL.upper(),
        FULL.replace(",", " –").replace(".", "!"),
        "sell the town hall to Ben Oak for 300 dollars",
        FULL.replace("We", "we").replace("’", "'"),
    ],
)
def test_harmless_changes_are_none(words: str) -> None:
    assert changes(FULL, [words], EN) == []


def test_spelling_is_none_but_another_word_is_one() -> None:
    assert changes("we honour the programme of our neighbours", ["we honor the program of our neighbors"], EN) == []
    assert changes("three people came to the hall", ["3 people came to the hall"], EN) == []
    assert [c.kind for c in changes("we must raise the tax on land now", ["we must rise the tax on land now"], EN)] == [
        "other"
    ]
    assert [c.kind for c in changes("the house was sold last year", ["the horse was sold last year"], EN)] == ["other"]


def test_the_gravest_comes_first() -> None:
    found = changes("we will not pay 3 coins to the old man", ["we will pay 4 coins to the young man"], EN)
    assert [change.kind for change in found] == ["negation", "number", "other"]


def test_the_fullest_form_is_not_one_with_words_put_in() -> None:
    forms = ["we will pay for it", "we will pay for it", "we will not pay for it"]
    assert fullest(forms) == 0
    assert fullest(["we will pay", "we will pay for it all again", "we will pay"]) == 1


def test_a_letter_in_brackets_is_of_its_word() -> None:
    assert words("[Y]ou go [sic]") == ("you", "go", "sic")
    assert changes("[Y]ou have to go to the hall now", ["You have to go to the hall now"], language("en")) == []
