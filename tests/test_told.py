"""Innocent mechanisms as texts: what is counted of them, on corpora of which the answer is known."""

from __future__ import annotations

from pathlib import Path

import inchorus
from bench.innocent.texts import DAY, HOUR, WEEK, Texts
from bench.innocent.told import TOLD, said, untrue
from inchorus.evidence.asking import asking
from inchorus.evidence.occasions import occasions


def test_a_seed_makes_one_corpus(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        corpus = Texts(7)
        TOLD["rulings"](corpus)
        corpus.write(tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert len(written[0].splitlines()) > 1000


def together(c: Texts) -> None:
    """Four papers that print a line together in each of seven weeks, among forty that have nothing in common."""
    c.dated = 0.0
    c.happen(c.base(range(40), 25, 20), 100)
    for week in range(0, 14, 2):
        line = c.line()
        for s in range(4):
            c.add(s, week * WEEK + s * 5 * HOUR, c.around([line]))


def test_who_does_print_together_is_tied_and_counted() -> None:
    found = said(together, 3)
    assert found.pairs == {"wording": 6}
    assert {(row["source_a"], row["source_b"]) for row in found.rows} == {
        (f"Paper {a:03d}", f"Paper {b:03d}") for a in range(4) for b in range(a + 1, 4)
    }
    assert found.groups == 1
    assert found.untrue == 0


def test_a_first_that_was_not_is_counted(tmp_path: Path) -> None:
    corpus = Texts(5)
    corpus.dated = 0.0
    for k in range(3):
        line = corpus.line()
        corpus.add(0, k * DAY, corpus.around([line]))
        # What the record says is a day before the truth, of one line of three.
        told = "2021-12-31T00:00:00Z" if k == 0 else None
        corpus.add(1, k * DAY + 2 * HOUR, corpus.around([line]), told)
    of = corpus.write(tmp_path / "corpus.jsonl")
    study = inchorus.find(tmp_path / "corpus.jsonl", no_ties=True)
    assert len(study.talking_points.arrow()) == 3
    assert untrue(study, of) == 1


def test_a_planted_group_prints_each_line_together() -> None:
    corpus = Texts(1)
    corpus.base(range(20), 12, 20)
    before = len(corpus.docs)
    pairs = corpus.plant(4, 3)
    assert len(pairs) == 6
    assert len(corpus.docs) == before + 12
    assert {d.source for d in corpus.docs[before:]} == {s for pair in pairs for s in pair}


def test_no_group_is_planted_where_none_was_there_together() -> None:
    corpus = Texts(1)
    for s in range(8):
        for _ in range(12):
            corpus.add(s, (10 * s + corpus.chance.random()) * WEEK, corpus.text())
    assert corpus.plant() == set()


def test_pages_count_firsts_of_months_as_the_table_does(tmp_path: Path) -> None:
    corpus = Texts(960001)
    TOLD["firsts of the month, and rushes"](corpus)
    corpus.write(tmp_path / "corpus.jsonl")
    study = inchorus.find(tmp_path / "corpus.jsonl", tmp_path / "study")
    ask = asking(study)
    ties = study.ties.arrow().to_pylist()
    told = []
    for tie in ties:
        delays = [row["delay"] for row in occasions(ask, tie["source_a"], tie["source_b"])]
        told.append((sum(d > 0 for d in delays), sum(d < 0 for d in delays)))
    assert told == [(tie["first_a"], tie["first_b"]) for tie in ties]
    assert sum(a + b for a, b in told) > 100
