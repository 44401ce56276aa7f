"""The bench of what a fact-checker would sign: its truth is what it says, and its figures tell right from wrong."""

from __future__ import annotations

import doctest
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.signed import judged, letters, numbers, sample, share, vary, vocabulary
from bench.signed.figures import FORMULA, LINKED, LOST, NEAR, PHRASE, SLOT, UPDATED, Judge, tables
from bench.signed.numbers import notations
from bench.signed.planted import LANGUAGES, SETS, Corpus, Planted, corpus
from bench.signed.share import Share, added
from bench.signed.vocabulary import parsed, read
from inchorus.simulate.grammar import draws

WORDS = parsed(
    "= lines\n{who} <neg:will|will not> {move} (the) tax on bread by {#percent}\n"
    "= before\nnegation: They denied that\n"
    "= slot who name\nAda Hart; Bo Lind\n= slot move direction\nraise, lift; lower\n= same inflection\ntax: taxes",
    "en",
)


@dataclass
class Table:
    """A relation of a study, as the bench reads it."""

    table: pa.Table

    def arrow(self) -> pa.Table:
        return self.table


@dataclass
class Study:
    """A study that says what a test wants it to say."""

    talking_points: Table
    passages: Table


def study_of(made: Corpus, point: Any, label: Any = lambda p: "line", frame: Any = lambda p: None) -> Study:
    """A study in which every planted passage is found whole, in the talking point that `point` gives it."""
    found = [(point(p), p) for p in made.planted]
    passages = [{"tp_id": t, "doc_id": p.doc_id, "start": p.start, "end": p.end} for t, p in found]
    points = {
        t: {"tp_id": t, "text": p.said.text, "label": label(p), "frame_id": frame(p), "first_sources": ["a"]}
        for t, p in reversed(found)
    }
    return Study(Table(pa.Table.from_pylist(list(points.values()))), Table(pa.Table.from_pylist(passages)))


def figures(made: Corpus, study: Study) -> dict[tuple[str, str], Share]:
    return {(s.measure, s.where): s for s in Judge(made, tables(study)).shares()}


def test_a_line_knows_what_edits_and_changes_it_allows() -> None:
    line = WORDS.line(WORDS.templates["lines"][0], draws(3))
    assert vary.classes(line) == ["direction", "name", "negation", "number"]
    missed = vary.near(line, "negation", draws(1))
    assert ("will not" in missed.text) != ("will not" in vary.said(line).text)
    assert missed.text[missed.low : missed.high] == missed.word
    turned = vary.turned(line, WORDS.before, draws(1))
    assert turned.text.startswith("They denied that ")
    assert turned.place == "outside"


@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.22]))
def test_harmless_edits_touch_nothing_that_turns_the_line(seed: int, rate: float) -> None:
    draw = draws(seed)
    line = WORDS.line(WORDS.templates["lines"][0], draw)
    text = vary.harmless(line, rate, draw).text
    assert ("will not" in text) == ("will not" in vary.said(line).text)
    assert ("lower" in text) == ("lower" in vary.said(line).text)
    assert line[0].text in text


@pytest.mark.parametrize("language", LANGUAGES)
@given(seed=st.integers(0, 10**6))
def test_every_notation_of_a_number_has_its_value(language: str, seed: int) -> None:
    draw = draws(seed)
    for kind in ("percent", "count"):
        digits = {"".join(str(int(c)) for c in text if c.isdecimal()) for text in notations(kind, language, draw)}
        assert len(digits) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", SETS)
def test_what_is_planted_lies_where_it_is_said_to_lie(language: str, which: str) -> None:
    made = corpus(language, which, "posts", 5)
    texts = made.texts()
    for p in made.planted:
        assert texts[p.doc_id][p.start : p.end].removesuffix(",").removesuffix(".").casefold() in (
            p.said.text.removesuffix(".").casefold()
        )
        if p.kind == "near" and p.said.high > p.said.low and p.said.change != vary.SEVERAL:
            changed = texts[p.doc_id][p.start + p.said.low : p.start + p.said.high]
            assert p.said.word.split()[0].casefold() in changed.casefold()
    assert made.documents.equals(corpus(language, which, "posts", 5).documents)


def test_the_two_sets_of_templates_share_no_line() -> None:
    for language in LANGUAGES:
        one, other = (read(f"{language}_{which}").templates for which in SETS)
        for section in ("lines", "frames", "formulas", "heads", "tails", "titles", "calls", "long"):
            assert not set(one[section]) & set(other[section])


def test_a_study_that_tells_everything_apart_has_the_best_figures() -> None:
    made = corpus("en", "choose", "posts", 2)

    def point(p: Planted) -> str:
        own = p.said.text if p.kind in ("near", "frame") else ""
        return f"{p.kind} {p.line_id} {own}"

    def label(p: Planted) -> str:
        return "phrase" if p.kind in ("formula", "generic") else "line"

    got = figures(made, study_of(made, point, label, lambda p: p.line_id))
    assert got[NEAR, "all"].value == got[NEAR, "frames"].value == got[LOST, "all"].value == 0
    assert got[LINKED, "frames"].value == got[PHRASE, "of those found"].value == got[UPDATED, "all"].value == 1
    assert got["B-cubed F1 of harmless edits", "22 %"].value == 1
    assert got[SLOT, "that some documents lack"].value == got[FORMULA, "all"].value == 0


def test_a_study_that_puts_all_of_a_line_together_has_the_worst() -> None:
    made = corpus("de", "report", "posts", 2)
    names = {"near": "line"}
    got = figures(made, study_of(made, lambda p: f"{names.get(p.kind, p.kind)} {p.line_id}"))
    assert got[NEAR, "all"].value == got[NEAR, "frames"].value == got[FORMULA, "all"].value == 1
    assert got[LINKED, "frames"].value == got[PHRASE, "of those found"].value == 0
    assert got[SLOT, "that some documents lack"].value > 0.5


def test_shares_add_up_by_measure_and_place() -> None:
    assert added([Share("m", "a", 1, 4), Share("m", "a", 2, 4), Share("m", "b", 1, 1)]) == [
        Share("m", "a", 3.0, 8),
        Share("m", "b", 1.0, 1),
    ]


@pytest.mark.parametrize("module", [judged, letters, numbers, sample, share, vocabulary])
def test_examples_of_the_bench_run(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed
