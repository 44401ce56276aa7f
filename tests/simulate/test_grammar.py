from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.simulate.grammar import Context, Grammar, draws, sentence, shuffle


def expand(rules: str, seed: int = 0, **facts: str) -> str:
    return Grammar(rules).expand("s", Context(draws(seed), facts))


def test_rules_facts_choices_and_numbers_expand() -> None:
    rules = "= s\n<who> saw {n} {d12-12} (cats|cats) and {7-7}\n= n\n1"
    assert expand(rules, who="Ada") == "Ada saw 1 12 cats and seven"


def test_an_option_is_there_or_not_and_never_halfway() -> None:
    seen = {expand("= s\na[ b]", seed) for seed in range(50)}
    assert seen == {"a", "a b"}


def test_a_rule_of_the_topic_is_taken_from_the_topic() -> None:
    grammar = Grammar("= s\n{.x}\n= road.x\ntar\n= pond.x\nreeds")
    assert grammar.expand("s", Context(draws(0), topic="pond")) == "reeds"


def test_the_palette_goes_before_the_rule() -> None:
    grammar = Grammar("= s\n{town}\n= town\nAnywhere", palette=frozenset(["town"]))
    assert grammar.expand("s", Context(draws(0), palette={"town": ["Here"]})) == "Here"
    assert grammar.expand("s", Context(draws(0))) == "Anywhere"


def test_a_deck_gives_every_alternative_once_but_for_those_known() -> None:
    grammar = Grammar("= s\na; b; c")
    assert sorted(grammar.deck("s", Context(draws(3)))) == [(0, "a"), (1, "b"), (2, "c")]
    assert sorted(grammar.deck("s", Context(draws(3)), {1})) == [(0, "a"), (2, "c")]


@pytest.mark.parametrize("rules", ["= s\n(a", "= s\na)", "= s\n{a", "= s", "= s\na\n= s\nb", "= s\n{nowhere}"])
def test_rules_that_cannot_work_are_refused(rules: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Grammar(rules)


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("a old mill  burned .", "An old mill burned."),
        ('"a unit is a home," she said', '"A unit is a home," she said'),
        ("a 8-inch pipe and a 18 mile road", "An 8-inch pipe and an 18 mile road"),
        ("a hour, a one-way street", "An hour, a one-way street"),
    ],
)
def test_a_sentence_is_finished(text: str, finished: str) -> None:
    assert sentence(text) == finished


@given(st.lists(st.integers()), st.integers())
def test_a_shuffle_keeps_the_items(items: list[int], seed: int) -> None:
    shuffled = list(items)
    shuffle(shuffled, draws(seed))
    assert sorted(shuffled) == sorted(items)
