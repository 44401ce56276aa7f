"""Wordings that no talking point has, in as many places as there is room for."""

from __future__ import annotations

import numpy as np
import pytest

from inchorus.match.families import Families
from inchorus.match.grams import shared_grams
from inchorus.match.maximal_repeats import Repeats, open_repeats, suffixes
from inchorus.match.stretches import Visits, visits
from inchorus.match.uncovered import Uncovered, untold
from inchorus.words.corpus import Corpus
from match.planted import corpus_of

NONE = np.empty(0, np.int64)
NOTHING = Families(NONE, np.empty(0, np.uint32), NONE, NONE, np.empty(0), NONE)
SIZE = 4


def cuts(words: int, width: int) -> list[tuple[str, str]]:
    """All cuts of one text that have so many words: any two that overlap share a wording of their own."""
    return [(f"s{i:03}", " ".join(f"w{k}" for k in range(i, i + width))) for i in range(words - width + 1)]


def shared(rows: list[tuple[str, str]]) -> tuple[Corpus, Visits, Repeats]:
    corpus = corpus_of(rows)
    grams, count = shared_grams(corpus, SIZE, 2, 1)
    pieces = visits(grams, count, corpus.offsets, SIZE, 8)
    return corpus, pieces, open_repeats(corpus, pieces, suffixes(pieces), NOTHING, SIZE, 8, 2)


def told(rows: list[tuple[str, str]], room: int = 1 << 20) -> tuple[Uncovered, Repeats, int]:
    corpus, pieces, repeats = shared(rows)
    return untold(corpus, pieces, repeats, NOTHING, room), repeats, len(corpus.word)


def test_every_wording_that_no_longer_one_says_is_told() -> None:
    families, without = told(cuts(40, 20))[0]
    words = (families.end - families.begin)[families.canonical]
    assert without == 0
    # 21 cuts: n + 1 pairs of them have n words in common.
    assert {n: times for n, times in enumerate(np.bincount(words).tolist()) if times} == {
        n: n + 1 for n in range(8, 20)
    }


@pytest.mark.parametrize("width", [40, 80, 160])
def test_overlapping_cuts_are_told_as_far_as_there_is_room(width: int) -> None:
    (families, without), repeats, words = told(cuts(2 * width, width), room=0)
    assert len(families.family) <= words
    assert without > 0
    assert (families.end - families.begin).max() == width - 1  # the longest are served first
    assert len(repeats.first) <= 2 * words


def test_where_there_is_room_nothing_is_left_out() -> None:
    everything = told(cuts(80, 40))[0].families
    families, without = told(cuts(80, 40), room=len(everything.family) - 41 * 40)[0]
    assert without == 0
    assert len(families.family) == len(everything.family)
