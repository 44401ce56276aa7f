"""Sentences of a draft: they cover the text, and their words have the numbers of the index."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.check.draft import MOST, drafted, sentences_of

WORDS = pa.array(["a", "b", "water"], pa.large_string())
TEXTS = st.text() | st.lists(
    st.sampled_from(["Dr. Ash came.", "“We will.”", "no end", "\n\n", "(b)", "水は流れる。", "A? B!", "\x00", "…"])
).map(" ".join)


@settings(deadline=None)
@given(TEXTS)
def test_sentences_cover_the_text_but_for_white_space(text: str) -> None:
    start, end, bounds, word_start, word_end = sentences_of(text)
    edges = [0, *(at for span in zip(start, end, strict=True) for at in span), len(text)]
    assert edges == sorted(edges)
    if len(start):
        gaps = [text[a:b] for a, b in zip([0, *end], [*start, len(text)], strict=True)]
        assert not any(gap.strip() for gap in gaps)
    for s in range(len(start)):
        assert 1 <= bounds[s + 1] - bounds[s] <= MOST
        assert start[s] <= word_start[bounds[s]]
        assert word_end[bounds[s + 1] - 1] <= end[s]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He came on Sept. 3. She did not.", ["He came on Sept. 3.", "She did not."]),
        ('He asked: "Who pays?" “We do,” she said.', ['He asked: "Who pays?"', "“We do,” she said."]),
        ("A heading\n\nThe text begins here.", ["A heading", "The text begins here."]),
        ("水は流れる。橋は古い。", ["水は流れる。", "橋は古い。"]),
        ("لن يدفع أحد. قال المجلس ذلك.", ["لن يدفع أحد.", "قال المجلس ذلك."]),
    ],
)
def test_known_sentences(text: str, sentences: list[str]) -> None:
    start, end, *_ = sentences_of(text)
    assert [text[a:b] for a, b in zip(start, end, strict=True)] == sentences


def test_words_that_the_index_lacks_have_numbers_of_their_own() -> None:
    draft = drafted("Water b heron a! Heron, WATER weir!", WORDS)
    assert draft.word.tolist() == [2, 1, 3, 0, 3, 2, 4]
    assert draft.first_alike().tolist() == [0, 1]


def test_the_same_words_are_looked_up_once() -> None:
    assert drafted("We will. No! We WILL?", WORDS).first_alike().tolist() == [0, 1, 0]
