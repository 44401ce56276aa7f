"""Negative controls: what a swap of names keeps, what it destroys, and what is said of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.innocent.worlds import MECHANISMS, World
from inchorus.evidence.controls import beside
from inchorus.relate import pairs_tested
from inchorus.relate.controls import ALIKE, FEW, FULL, Controls, blocks, controls, swapped
from inchorus.relate.strata import choose
from inchorus.relate.wording import Material, TieOptions, judge_pairs, judge_uses, kept_uses

from .made import background, made

DAY = 86_400_000_000


def everything(m: Material) -> Any:
    return np.ones(len(m.labels), bool)


def world(name: str, seed: int, planted: bool = False) -> Material:
    w = World(np.random.default_rng(seed))
    MECHANISMS[name](w)
    if planted:
        assert w.plant()
    return w.material("languages" in name)


def of(m: Material, seed: int = 0) -> Any:
    return controls(m, everything(m), choose(m.time, m.known, m.source, None, m.part), seed)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_swap_keeps_who_is_there_and_what_stays_together(seed: int) -> None:
    m = made(*background(seed, documents=800))
    block = blocks(m)
    assert block is not None
    used, _ = kept_uses(m, everything(m))
    new = swapped(m, used, block, np.random.default_rng(seed))
    for one in np.unique(block):
        rows = block == one
        assert set(new[rows]) == set(m.source[rows])
        # Documents of one source of a block stay with one source.
        assert len(np.unique(np.stack([m.source[rows], new[rows]]), axis=1).T) == len(set(new[rows]))
    assert (new != m.source).mean() > 0.5


@pytest.mark.parametrize("name", ["nothing", "turnover, 26 weeks", "unequal activity", "four languages"])
def test_groups_are_tied_and_their_controls_are_not(name: str) -> None:
    m = world(name, 77, planted=True)
    assert (judge_pairs(m, everything(m), TieOptions()).q <= 0.05).any()
    found = of(m)
    assert found.made == FULL
    assert found.with_ties <= 1


@pytest.mark.parametrize("name", ["turnover, 16 weeks", "accounts of a month"])
def test_where_a_null_model_is_wrong_its_controls_have_ties_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs_tested, "company", lambda x, a, b: np.ones(len(a)))  # which mends some of what is wrong
    m = world(name, 5)
    wrong = choose(m.time * 0, m.known, m.source)  # all times together: whoever is there at one time is tied
    used, only = kept_uses(m, everything(m))
    block = blocks(m)
    assert block is not None
    for seed in range(3):
        source = swapped(m, used, block, np.random.default_rng(seed))
        again, _ = kept_uses(m._replace(source=source), everything(m))
        found = judge_uses(m._replace(source=source), again, only, wrong)
        assert (found.judged.q_documents <= 0.05).sum() > 10


def test_languages_and_weekdays_swap_among_themselves() -> None:
    m = world("four languages", 3)
    assert m.part is not None
    used, _ = kept_uses(m, everything(m))
    block = blocks(m)
    assert block is not None
    new = swapped(m, used, block, np.random.default_rng(1))
    language = {int(s): set(m.part[m.source == s].tolist()) for s in np.unique(m.source)}
    assert all(part in language[s] for s, part in zip(new.tolist(), m.part.tolist(), strict=True))


def test_few_sources_have_no_controls() -> None:
    m = made(*background(1, sources=ALIKE - 1, documents=400))
    assert blocks(m) is None
    assert of(m) == Controls(0, ())


def test_documents_without_times_are_dealt_to_blocks() -> None:
    point, document, source, _ = background(2, documents=800)
    m = made(point, document, source)
    block = blocks(m)
    assert block is not None
    assert len(np.unique(block)) == 20
    assert of(m).with_ties <= 1


def test_an_empty_corpus() -> None:
    assert of(made([], [], np.zeros(0, np.int32), names=3)) == Controls(0, ())
    assert of(made([], [], np.arange(40) % 20, np.arange(40))) == Controls(0, ())


def test_the_same_seed_gives_the_same_controls() -> None:
    m = world("series, many", 9, planted=True)
    assert of(m, 4) == of(m, 4)


def test_of_a_large_corpus_five_are_made_unless_one_has_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inchorus.relate.controls.MANY_LINKS", 10)
    assert of(world("nothing", 12)).made == FEW
    monkeypatch.setattr("inchorus.relate.controls.LEVEL", 1.1)
    assert of(world("nothing", 12)).with_ties == FULL


@pytest.mark.parametrize(
    ("made_", "tied", "suspect", "said"),
    [
        (20, 0, False, "in 20 controls from this corpus 0 had ties"),
        (20, 2, False, "in 20 controls from this corpus 2 had ties, 0.2 each on average beside 30 here"),
        (20, 10, False, "in 20 controls from this corpus 10 had ties, 1 each on average beside 30 here"),
        (20, 11, True, "11 of 20 controls from this corpus have ties, too"),
        (0, 0, False, "no controls could be made"),
    ],
)
def test_what_is_said(made_: int, tied: int, suspect: bool, said: str) -> None:
    found = beside(
        {"tied": 30, "controls": {"made": made_, "with_ties": tied, "ties": [0] * (made_ - tied) + [2] * tied}}
    )
    assert found is not None
    assert found["suspect"] is suspect
    assert found["said"].startswith(said)
    assert beside({}) is None


def test_what_controls_have_as_easily_is_no_tie() -> None:
    found = Controls(20, (0,) * 17 + (1, 1, 2), (0.001, 0.01, 0.02, 0.03))
    q = np.array([0.0001, 0.002, 0.015, 0.04, 0.06])
    # A control has 0.05 ties up to 0.002 (2 here), 0.1 up to 0.015 (3 here) and 0.2 up to 0.04 (4 here).
    assert found.corrected(q) == pytest.approx([0, 0.025, 0.1 / 3, 0.05, 0])
    alone = np.array([1.0, 0.015])
    assert found.corrected(alone) == pytest.approx([0, 0.1])
    assert not Controls(20, (0,) * 20).corrected(q).any()


@given(
    st.lists(st.floats(0, 0.05), max_size=30),
    st.lists(st.floats(0, 1), min_size=1, max_size=30),
)
def test_the_correction_never_prefers_the_weaker(of_controls: list[float], here: list[float]) -> None:
    q = np.array(sorted(here))
    corrected = Controls(20, (), tuple(sorted(of_controls))).corrected(q)
    ties = corrected[q <= 0.05]
    assert (np.diff(ties) >= 0).all()
    assert (corrected[q > 0.05] == 0).all()


def test_threads_change_nothing() -> None:
    m = world("series, many", 3)
    strata = choose(m.time, m.known, m.source, None, m.part)
    one = controls(m, everything(m), strata, 1)
    assert one.made == FULL
    assert controls(m, everything(m), strata, 1, threads=3) == one
