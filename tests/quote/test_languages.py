"""The files of languages: each has what the rules ask for, and is told by its common words."""

from __future__ import annotations

import pytest

from inchorus.quote.language import codes, language, told


@pytest.mark.parametrize("code", codes())
def test_a_language_has_what_the_rules_ask_for(code: str) -> None:
    of = language(code)
    assert len(of.common) >= 20
    assert of.saying
    assert of.that
    assert of.negations
    assert of.modals
    assert of.subject in {"before", "after", "both"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bridge is safe and nobody in the town has to pay for it.", "en"),
        ("Die Brücke ist sicher, und niemand in der Stadt muss für sie bezahlen.", "de"),
    ],
)
def test_a_text_tells_its_language(text: str, code: str) -> None:
    found = told(text)
    assert found is not None
    assert found.code == code


def test_the_column_of_languages_comes_first() -> None:
    given = told("The bridge is safe and nobody in the town pays.", "de-AT")
    assert given is not None
    assert given.code == "de"


def test_a_text_in_no_language_that_there_is_has_none() -> None:
    assert told("xyzzy plugh 12345 qwrty") is None
    assert told("") is None
    assert told("The bridge is safe", "xx") is None
