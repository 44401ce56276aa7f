"""The edits of a study, in the text of a passage."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.edits import OPERATIONS, edits
from inchorus.text.differences import differences, words
from inchorus.text.stored_edits import Stored, marked
from inchorus.words.tokens import tokenise

WORDS = st.lists(st.sampled_from(["we", "Shall", "1,250", "é", "水", "ה", "it's", "a"]), min_size=1, max_size=9)
BETWEEN = (" ", ", ", " — ", "\n", '" ', " <b>", "…")


def stored(canonical: str, text: str) -> Stored:
    """The row of the table variants: its edits are cut from both texts from the first word of a run to its last."""
    old, new = words(canonical), words(text)
    tokens = tokenise(pa.array([canonical, text], pa.large_string()), whole=False)
    _, numbers = np.unique(tokens.hash, return_inverse=True)
    first, middle, last = (np.array([place], np.int64) for place in tokens.offsets.tolist())
    runs = edits(numbers.astype(np.uint32), first, middle, middle, last)
    n = int(middle[0])

    def cut(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> str:
        return text[spans[begin][0] : spans[end - 1][1]] if end > begin else ""

    return Stored(
        text,
        [
            {"op": OPERATIONS[op], "from": cut(canonical, old, i, j), "to": cut(text, new, k - n, m - n)}
            for op, i, j, k, m in zip(
                *(column.tolist() for column in (runs.op, runs.from_begin, runs.from_end, runs.to_begin, runs.to_end)),
                strict=True,
            )
        ],
    )


def said(some: list[str], chance: random.Random) -> str:
    """The words as one passage has them: with other capitals, and other signs between them."""
    return "".join(word.swapcase() + chance.choice(BETWEEN) for word in some).rstrip()


@settings(deadline=None)  # the first call compiles
@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_stored_edits_are_marked_in_any_passage_of_their_wording(
    before: list[str], after: list[str], chance: random.Random
) -> None:
    canonical, text, passage = said(before, chance), said(after, chance), said(after, chance)
    found = marked(canonical, stored(canonical, text), passage)
    assert "".join(piece for op, piece in found if op != "removed") == passage
    assert found == differences(canonical, passage)


@pytest.mark.parametrize(
    ("passage", "pieces"),
    [
        ("We will now build", [("same", "We will "), ("added", "now "), ("same", "build")]),
        ("we WILL (now!) build…", [("same", "we WILL ("), ("added", "now!) "), ("same", "build…")]),
    ],
)
def test_what_the_study_says_is_shown_and_nothing_is_aligned_again(passage: str, pieces: list[tuple[str, str]]) -> None:
    # An alignment of the two would keep the first `we`.
    edits = [
        {"op": "delete", "from": "we", "to": ""},
        {"op": "keep", "from": "we will", "to": "We will"},
        {"op": "insert", "from": "", "to": "now"},
        {"op": "keep", "from": "build", "to": "build"},
    ]
    shown = marked("we we will build", Stored("We will now build", edits), passage)
    assert shown == [("removed", "we"), *pieces]


def test_a_wording_without_edits_has_no_marks() -> None:
    assert marked("we will", Stored("we will build", []), "We will build") == [("same", "We will build")]


def test_a_passage_whose_words_are_others_by_themselves_is_compared() -> None:
    assert marked("we will", Stored("we will", [{"op": "keep", "from": "we will", "to": "we will"}]), "we will go") == [
        ("same", "we will "),
        ("added", "go"),
    ]
