"""What the words of a wording weigh."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.labels import LABELS
from inchorus.match.word_weights import RAREST, UNSEEN, common
from match.planted import corpus_of, filler, find

# Text as anybody writes it: fifty words that are used again and again, in any order.
USUAL = [f"usual{i}" for i in range(50)]


def labelled(wordings: list[str], ordinary: int) -> dict[str, str]:
    """The label of each wording, in a corpus of `ordinary` documents beside those of four sources that use it."""
    rng = random.Random(1)
    rows = [(f"o{i:03}", " ".join(rng.choices(USUAL, k=200))) for i in range(ordinary)]
    for w in wordings:
        rows += [(f"s{k}", f"{filler(rng, 30, 10**6)} {w} {filler(rng, 30, 10**6)}") for k in range(4)]
    corpus = corpus_of(sorted(rows))
    families = find(corpus)
    labels = judge(measure(corpus, families), 8)
    names = [LABELS[i] for i in labels.label]
    size = (families.end - families.begin)[families.canonical].tolist()
    return dict(zip([str(s) for s in size], names, strict=True))


def test_what_anybody_says_is_a_phrase() -> None:
    rng = random.Random(2)
    assert labelled([" ".join(rng.choices(USUAL, k=9))], ordinary=300) == {"9": "phrase"}


def test_the_same_words_are_a_line_where_nobody_else_uses_them() -> None:
    rng = random.Random(2)
    assert labelled([" ".join(rng.choices(USUAL, k=9))], ordinary=0) == {"9": "line"}


def test_words_of_their_own_make_a_line_of_usual_ones() -> None:
    rng = random.Random(2)
    words = rng.choices(USUAL, k=8)
    assert labelled([" ".join([*words, "harbour", "levy", "lantern", "parade"])], ordinary=300) == {"12": "line"}


def test_at_length_usual_words_say_something() -> None:
    rng = random.Random(2)
    assert labelled([" ".join(rng.choices(USUAL, k=40))], ordinary=300) == {"40": "line"}


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=8, max_size=12), min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)
def test_weights_are_of_words_and_never_more_than_unseen_ones_weigh(texts: list[list[str]]) -> None:
    rows = [(f"s{k}", " ".join(t)) for t in texts for k in range(2)]
    corpus = corpus_of(sorted(rows))
    families = find(corpus, min_words=8)
    found = common(corpus, families)
    words = (families.end - families.begin)[families.canonical]
    assert np.all(found.weight <= UNSEEN * words + 1e-9)
    assert np.all(found.rarest <= UNSEEN * RAREST + 1e-9)
    assert np.all(found.weight >= 0)
