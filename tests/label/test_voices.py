"""How many sources use a wording by themselves, on known documents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.label.voices import users, voices
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus
from match.planted import corpus_of, line


def one_line(sources: str) -> tuple[Corpus, Families]:
    """A document of ten words for each source, and a wording of two of them that all have."""
    corpus = corpus_of([(s, line(f"w{i}x", 10)) for i, s in enumerate(sources)])
    n = len(sources)
    begin = corpus.offsets[:-1]
    return corpus, Families(
        np.zeros(n, np.int64), np.arange(n, dtype=np.uint32), begin, begin + 2, np.ones(n), np.zeros(1, np.int64)
    )


@pytest.mark.parametrize(
    ("sources", "copied", "expected"),
    [
        ("abcd", [0.2, 0.2, 0.2, 0.2], 4),  # nothing but the wording
        ("abcd", [1.0, 1.0, 1.0, 1.0], 1.6),  # one release: what is copied besides is 0.8 of each
        ("abcde", [0.2, 0.2, 0.2, 1.0, 1.0], 4.2),  # three that write by themselves, and a release of two
        ("aab", [1.0, 0.2, 0.2], 2),  # a source that copied once and wrote once wrote by itself
        ("abcd", [0.2, 0.2, np.nan, np.nan], 4),  # those that were not asked are as the others
        ("ab", [np.nan, np.nan], 1),
    ],
)
def test_what_is_copied_besides_counts_against_a_use_and_once_together(
    sources: str, copied: list[float], expected: float
) -> None:
    assert np.allclose(voices(*one_line(sources), np.array(copied)), [expected])


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_voices_are_between_one_and_the_sources(copied: list[float]) -> None:
    found = voices(*one_line("abcdefghijkl"[: len(copied)]), np.array(copied))
    assert 1 <= found[0] <= len(copied) + 1e-9


def test_users_are_the_sources_of_each_wording_and_nothing_found_is_no_error() -> None:
    corpus, families = one_line("aabbc")
    assert users(corpus, families).first.tolist() == [0, 2, 4]
    no, none = np.empty(0, np.int64), np.empty(0)
    assert len(voices(corpus, Families(no, no.astype(np.uint32), no, no, none, no), none)) == 0
