from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.simulate.article import article, beat, event, report
from inchorus.simulate.dialect import WINDOW, Dialect, Voice
from inchorus.simulate.grammar import draws
from inchorus.simulate.lexicon import Lexicon


def marks(dialect: Dialect, words: list[str]) -> list[bool]:
    """For each word but the first, whether it ends a pair of the class."""
    return [dialect.owns(a, b) for a, b in pairwise(words)]


def test_the_names_of_a_beat_are_of_its_class() -> None:
    area = beat(7, 40, draws(1))
    for name in ("person", "town", "county", "street", "cross"):
        assert area.names[name]
        assert all(area.dialect.owns(*text.split()[:2]) for text in area.names[name])


def test_areas_share_no_name() -> None:
    here, there = (set(beat(n, 40, draws(1)).names["person"]) for n in (0, 1))
    assert not here & there


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 39), st.integers(0, 10_000))
def test_every_eight_words_of_an_article_hold_a_pair_of_the_class(number: int, seed: int) -> None:
    area = beat(number, 40, draws(5))
    story = article(report(event(draws(seed), area.names), draws(seed, 1), area), area.dialect)
    words = re.findall(r"\w+", " ".join(text for paragraph in story for text in paragraph))
    owned = marks(area.dialect, words)
    assert len(words) > 100
    assert all(any(owned[i : i + WINDOW - 1]) for i in range(len(words) - WINDOW + 1))


def test_what_cannot_be_said_leaves_no_trace() -> None:
    names = [
        "verbword",
        "folkword",
        "thingword",
        "adverb",
        "folkadj",
        "thingadj",
        "holds",
        "auxholds",
        "leads",
        "month",
    ]
    bare = Dialect(Lexicon({name: [] for name in [*names, "month", "pause", "speech", "lean", "aux"]}, 40), 0)
    voice = Voice(bare, draws(0))
    assert voice.say("one two three four five six seven eight nine ten") == ""
    assert (voice.run, voice.left) == (-1, "")
