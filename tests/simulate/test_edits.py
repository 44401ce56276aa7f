from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.simulate.article import LINES, rules
from inchorus.simulate.edits import Editor, apply, clause, synonyms
from inchorus.simulate.grammar import Context, draws, sentence

WORDS = "The council must put repair before ribbon cuttings, and stop paying twice for the same mile of road.".split()
EDITOR = Editor(synonyms("must:should,has to\nput:set\nstop:quit\nand:plus\nroad:roadway"))


def test_a_row_names_what_may_stand_for_a_word() -> None:
    assert synonyms("must:has to\n\nplain:simple,clear") == {"must": ["has to"], "plain": ["simple", "clear"]}


def test_the_other_subjects_things_and_sums_of_the_grammar_stand_for_nothing() -> None:
    table = synonyms(rules("synonyms"))
    for rule in ("actor", "good", "bad", "asset", "place", "season", "insiders", "deadline", "sum", "years"):
        alternatives = set(LINES.raw[rule])
        assert not {(w, o) for w in alternatives for o in table.get(w, []) if o in alternatives}, rule
    assert "only" not in table


@given(st.integers(0, 2000))
def test_no_edit_adds_or_takes_a_word_that_turns_the_line(seed: int) -> None:
    draw = draws(seed)
    words = sentence(LINES.expand("line", Context(draw))).split()
    edited = apply(words, Editor(synonyms(rules("synonyms"))).script(words, 5, {}, draw, 5)).split()
    assert _turns(words) == _turns(edited)


def _turns(words: list[str]) -> int:
    turning = {"no", "not", "never", "nobody", "cannot", "can't", "unable", "only"}
    return sum(word.strip(".,").lower() in turning for word in words)


@given(st.integers(0, 30), st.integers(1, 12), st.integers(0, 1000))
def test_a_script_never_goes_beyond_its_limit_and_keeps_what_it_starts_from(count: int, limit: int, seed: int) -> None:
    start = EDITOR.script(WORDS, 1, {}, draws(seed), 1)
    script = EDITOR.script(WORDS, count, start, draws(seed, 1), limit)
    assert len(script) <= max(limit, len(start))
    assert set(start) <= set(script)
    assert set(script) <= set(range(len(WORDS)))


@given(st.integers(0, 1000))
def test_edited_lines_are_sentences(seed: int) -> None:
    text = apply(WORDS, EDITOR.script(WORDS, 5, {}, draws(seed), 5))
    assert text[0].isupper()
    assert text.endswith(".")
    assert "  " not in text


def test_a_replaced_word_keeps_its_capital_and_its_comma() -> None:
    editor = Editor({"no": ["never"]})
    assert apply(["No,", "she", "said."], editor.script(["No,"], 1, {}, draws(0), 1)) == "Never, she said."


def test_a_cut_clause_leaves_most_of_the_line() -> None:
    low, high = clause(WORDS, draws(0)) or (0, 0)
    assert (high - low) / len(WORDS) >= 0.5
    assert clause(["No", "clause", "here."], draws(0)) is None


@pytest.mark.parametrize("keep", [None, (0, 8)])
def test_no_edit_changes_nothing_but_what_is_cut(keep: tuple[int, int] | None) -> None:
    made: Callable[..., str] = apply
    assert (
        made(WORDS, {}, keep).rstrip(".").split() == " ".join(WORDS[: keep[1] if keep else None]).rstrip(".,").split()
    )
