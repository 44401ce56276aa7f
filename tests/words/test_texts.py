from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.progress import Silent
from inchorus.words.corpus import build_corpus
from inchorus.words.texts import cut, normalised, vocabulary
from words.test_corpus import table

scripts = st.text("aÉß中ก𠀀👍 \n\x00\u0301", max_size=12)


@given(st.lists(scripts, min_size=1, max_size=6), st.integers(1, 3), st.data())
@settings(max_examples=100, deadline=None)
def test_cut_is_slicing(texts: list[str], chunks: int, data: st.DataObject) -> None:
    column = table(list(texts), min(chunks, len(texts)))["text"]
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=10))
    spans = [sorted(data.draw(st.tuples(*[st.integers(0, len(texts[d]))] * 2))) for d in rows]
    got = cut(column, *(np.array(x, np.int64) for x in (rows, [s[0] for s in spans], [s[1] for s in spans])))
    assert got.to_pylist() == [texts[d][a:b] for d, (a, b) in zip(rows, spans, strict=True)]


def test_cut_of_nothing() -> None:
    none = np.empty(0, np.int64)
    assert cut(table(["a"])["text"], none, none, none).to_pylist() == []


@given(st.lists(st.text(max_size=20) | scripts, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_two_words_have_one_number_just_where_they_fold_alike(texts: list[str]) -> None:
    documents = table(list(texts))
    c = build_corpus(documents, 1, Silent())
    if len(c.word):
        words = vocabulary(c, documents["text"]).to_pylist()
        assert len(set(words)) == len(words)
        assert all(words)
        assert not any(any(ch.isspace() for ch in w) for w in words)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The ﬁrst STRASSE, in ١٢٣ days!", "the first strasse in 123 days"),
        ("کتاب‌های یــک", "كتابهاي يك"),
        ("It’s 1,250.5 don't", "its 1250.5 dont"),
        ("été E\u0301TE\u0301", "ete ete"),
        ("我们 が", "我 们 か\u3099"),
    ],
)
def test_the_normalised_wording(text: str, folded: str) -> None:
    documents = table([text])
    c = build_corpus(documents, 1, Silent())
    whole = (np.array([0]), np.array([len(c.word)]))
    assert normalised(c, vocabulary(c, documents["text"]), *whole).to_pylist() == [folded]
