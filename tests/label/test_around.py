"""What stands around a wording in its sentences."""

from __future__ import annotations

import random

import numpy as np
import pytest

from inchorus.label.around import others_beside
from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.labels import LABELS
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus
from match.planted import corpus_of, filler

WORDING = "we will mend the old bridge before winter"


def of(corpus: Corpus, wording: str = WORDING) -> Families:
    """One talking point of every place of a wording, by its words in the first document that has it."""
    size = len(wording.split())
    first = next(p for p in range(len(corpus.word)) if _text(corpus, p, size) == wording)
    words = corpus.word[first : first + size]
    begin = np.array(
        [p for p in range(len(corpus.word) - size + 1) if (corpus.word[p : p + size] == words).all()], np.int64
    )
    document = (np.searchsorted(corpus.offsets, begin, "right") - 1).astype(np.uint32)
    zeros = np.zeros(len(begin), np.int64)
    return Families(zeros, document, begin, begin + size, np.ones(len(begin)), zeros[:1])


TEXTS: dict[int, list[str]] = {}


def _text(corpus: Corpus, place: int, size: int) -> str:
    document = int(np.searchsorted(corpus.offsets, place, "right")) - 1
    at = place - int(corpus.offsets[document])
    return " ".join(TEXTS[id(corpus)][document].lower().replace(".", "").split()[at : at + size])


def said(sentences: list[str]) -> Corpus:
    """Documents of a sentence each, between words of their own that make every word of the sentences a rare one."""
    rng = random.Random(3)
    rows = [(f"s{i}", f"{filler(rng, 8)}. {s}. {'the of and to in ' * 40}") for i, s in enumerate(sentences)]
    corpus = corpus_of(rows)
    TEXTS[id(corpus)] = [text for _, text in rows]
    return corpus


def measured(sentences: list[str]) -> float:
    corpus = said(sentences)
    return float(others_beside(corpus, of(corpus))[0])


@pytest.mark.parametrize(
    ("sentences", "others"),
    [
        (["Yes Anna Berg %", "Yes Carla Dorn %", "Yes Emil Falk %"], 1.0),
        (["Yes Anna Berg %", "Yes Anna Berg %", "Yes Emil Falk %"], 2 / 3),
        (["Yes Anna Berg %", "Yes Anna Berg %"], 0.0),
        # One name after the other, which both have, is the same.
        (["Yes Anna Berg %", "Yes Berg Anna %"], 0.0),
        (["% by Anna Berg", "% by Carla Dorn"], 1.0),
        (["% in 17 years", "% in 19 years"], 1.0),
        # Too far away, in another sentence, or nothing at all.
        (["% so dear and old a friend Anna", "% so dear and old a friend Carla"], 0.0),
        (["%. Anna Berg left", "%. Carla Dorn left"], 0.0),
        (["%", "% by Carla Dorn"], 0.0),
    ],
)
def test_other_names_or_figures_right_beside_it(sentences: list[str], others: float) -> None:
    assert measured([s.replace("%", WORDING) for s in sentences]) == pytest.approx(others)


def test_a_line_with_another_name_beside_it_in_each_document_is_a_phrase() -> None:
    names = ["Anna Berg", "Carla Dorn", "Emil Falk"]
    words = "mend the crooked wooden bridge before another winter destroys everything"
    for sentences, label in (([f"Yes {n} {words}" for n in names], "phrase"), ([f"Yes then {words}"] * 3, "line")):
        corpus = said(sentences)
        families = of(corpus, words)
        labels = judge(measure(corpus, families), 8)
        assert LABELS[int(labels.label[0])] == label
        assert ("right beside it" in labels.rule[0]) == (label == "phrase")


def test_a_corpus_without_talking_points() -> None:
    empty = np.empty(0, np.int64)
    families = Families(empty, np.empty(0, np.uint32), empty, empty, np.empty(0), empty)
    assert len(others_beside(corpus_of([("a", "one")]), families)) == 0
