"""Who has the words of a line behind others that turn them round says something else."""

from __future__ import annotations

import pytest

from match.test_split import LINE, spoken


@pytest.mark.parametrize("lead", ["Nobody believes that", "The mayor denied that", "It is false that"])
def test_who_denies_a_line_is_not_in_it(lead: str) -> None:
    found = spoken(LINE, LINE, LINE, f"{lead} {LINE}")
    assert {"s0", "s1", "s2"} in found.values()
    assert not any("s3" in sources for sources in found.values())


def test_a_denial_that_two_make_is_a_talking_point_with_its_denial() -> None:
    denied = f"The mayor denied that {LINE}"
    found = spoken(LINE, LINE, LINE, denied, denied)
    assert {"s0", "s1", "s2"} in found.values()
    assert next(s for w, s in found.items() if "denied" in w) == {"s3", "s4"}


def test_where_most_deny_it_the_line_is_the_denial() -> None:
    denied = f"The mayor denied that {LINE}"
    found = spoken(LINE, denied, denied, denied)
    assert not any(sources == {"s0", "s1", "s2", "s3"} for sources in found.values())
    assert any("denied" in wording and sources == {"s1", "s2", "s3"} for wording, sources in found.items())


def test_a_negation_of_a_sentence_before_turns_nothing() -> None:
    found = spoken(LINE, LINE, LINE, f"They said no. {LINE}")
    assert {"s0", "s1", "s2", "s3"} in found.values()


@pytest.mark.parametrize("lead", ["Sign this bill without delay", "Sign this bill now   "])
def test_what_turns_only_the_word_before_turns_no_line(lead: str) -> None:
    found = spoken(LINE, LINE, LINE, f"{lead} {LINE}")
    assert {"s0", "s1", "s2", "s3"} in found.values()
