"""Every place of a wording."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.occurrences import TRIED, everywhere
from inchorus.words.corpus import Corpus
from match.planted import corpus_of

HEAD = 3


def _corpus(texts: list[list[int]]) -> Corpus:
    return corpus_of([(f"s{d:03}", " ".join(f"w{w}" for w in text)) for d, text in enumerate(texts)])


def _naive(texts: list[list[int]], wording: list[int]) -> list[tuple[int, int]]:
    out, base = [], 0
    for d, text in enumerate(texts):
        p = 0
        while p + len(wording) <= len(text):
            if text[p : p + len(wording)] == wording:
                out.append((d, base + p))
                p += len(wording)
            else:
                p += 1
        base += len(text)
    return out


@settings(deadline=None)  # the first example compiles
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=30), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20),
)
def test_a_wording_is_found_in_every_text_that_has_it(texts: list[list[int]], chosen: list[tuple[int, int]]) -> None:
    corpus = _corpus(texts)
    flat = [w for text in texts for w in text]
    spans = []
    for d, (a, b) in enumerate(chosen):
        lo, hi = corpus.offsets[d % len(texts)], corpus.offsets[d % len(texts) + 1]
        if hi - lo >= HEAD:
            at = int(lo + a % (hi - lo - HEAD + 1))
            spans.append((at, int(at + HEAD + b % (hi - at - HEAD + 1))))
    begin, end = np.array([span[0] for span in spans], np.int64), np.array([span[1] for span in spans], np.int64)
    number, wording, document, place = everywhere(corpus, begin, end, HEAD)
    assert (number >= 0).all()  # 20 wordings are fewer than TRIED
    for span, k in zip(spans, number, strict=True):
        found = list(zip(document[wording == k].tolist(), place[wording == k].tolist(), strict=True))
        assert found == _naive(texts, flat[slice(*span)])


def test_of_wordings_with_one_beginning_the_shortest_are_looked_for() -> None:
    corpus = _corpus([list(range(TRIED + 20))] * 2)
    n = TRIED + 5
    number, wording, _, place = everywhere(corpus, np.zeros(n, np.int64), np.arange(n) + HEAD, HEAD)
    assert (number[:TRIED] >= 0).all()
    assert (number[TRIED:] == -1).all()
    assert len(wording) == 2 * TRIED
    assert set(place.tolist()) == {0, TRIED + 20}


def test_no_wording_no_place() -> None:
    none = np.empty(0, np.int64)
    assert all(not len(column) for column in everywhere(_corpus([[1, 2, 3]]), none, none, HEAD))
