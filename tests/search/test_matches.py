"""What the index finds is what a scan of all texts finds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.search.excerpt import found_in, words_of
from inchorus.search.index import Index, build, span
from inchorus.search.matches import match
from inchorus.search.packed import Packed
from inchorus.search.query import Query, Term, fold_words, parse

words = st.sampled_from("a ab Ab́ abc b ba É été وادی وادي 中 国 中国 น้ำ น 1,2 12 x-y x 𠀀 👍 \x00".split(" "))
texts = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=8)
queries = st.lists(
    st.tuples(st.sampled_from(["", "", "-"]), st.lists(words, min_size=1, max_size=3), st.booleans()), max_size=3
).map(lambda parts: " ".join(f'{minus}"{" ".join(ws)}"' if quoted else minus + ws[0] for minus, ws, quoted in parts))


def indexed(texts: list[str], size: int = 3) -> tuple[Index, Packed]:
    array = pa.array(texts, pa.large_string())
    return build((array.slice(at, size) for at in range(0, len(texts), size)), 2, lambda rows: None)


def has(words: tuple[str, ...], term: Term) -> bool:
    """Whether a scan finds the term."""
    n = len(term.words)
    return any(
        words[i : i + n - 1] == term.words[:-1]
        and (words[i + n - 1].startswith(term.words[-1]) if term.prefix else words[i + n - 1] == term.words[-1])
        for i in range(len(words) - n + 1)
    )


def scan(texts: list[str], query: Query) -> list[int]:
    return [
        i
        for i, words in enumerate(fold_words(texts))
        if all(has(words, t) for t in query.terms) and not any(has(words, t) for t in query.without)
    ]


@given(texts, queries)
@settings(max_examples=300, deadline=None)
def test_every_text_is_found_that_a_scan_finds(texts: list[str], asked: str) -> None:
    index, packed = indexed(texts)
    query = parse(asked)
    matches = match(index, query.terms, query.without, np.ones(len(texts), np.bool_))
    assert matches.texts.tolist() == scan(texts, query)
    assert np.isfinite(matches.score).all()
    assert [packed[i] for i in range(len(texts))] == texts


@given(texts, queries)
@settings(max_examples=300, deadline=None)
def test_hits_are_the_words_that_were_asked_for(texts: list[str], asked: str) -> None:
    index, packed = indexed(texts)
    query = parse(asked)
    matches = match(index, query.terms, query.without, np.ones(len(texts), np.bool_))
    for number in matches.texts.tolist():
        text = packed[number]
        numbers = index.stream[index.offsets[number] : index.offsets[number + 1]]
        found = found_in(words_of(text), numbers, matches.terms)
        assert set(found.term.tolist()) == set(range(len(query.terms)))
        for start, end, term in zip(*(column.tolist() for column in found), strict=True):
            (words,) = fold_words([text[start:end]])
            assert len(words) == len(query.terms[term].words)
            assert has(words, query.terms[term])


@given(texts)
@settings(max_examples=100, deadline=None)
def test_the_index_holds_the_texts_as_words(texts: list[str]) -> None:
    index, _ = indexed(texts)
    forms = index.words.to_pylist()
    assert forms == sorted(set(forms))
    folded = fold_words(texts)
    for number, words in enumerate(folded):
        stream = index.stream[index.offsets[number] : index.offsets[number + 1]]
        assert tuple(forms[w] for w in stream) == words
    for w, form in enumerate(forms):
        postings = slice(index.bounds[w], index.bounds[w + 1])
        counted = [(i, words.count(form)) for i, words in enumerate(folded) if form in words]
        assert list(zip(index.texts[postings].tolist(), index.times[postings].tolist(), strict=True)) == counted


def test_the_result_depends_neither_on_batches_nor_on_threads() -> None:
    texts = [f"word{i % 7} and {i}" for i in range(50)]
    one, _ = indexed(texts, 50)
    many, _ = indexed(texts, 1)
    assert one.words == many.words
    for name in ("bounds", "texts", "times", "stream", "offsets"):
        assert np.array_equal(getattr(one, name), getattr(many, name))


def test_a_word_counts_at_most_255_times() -> None:
    index, _ = indexed(["a " * 1000])
    assert index.times.tolist() == [255]
    assert len(index.stream) == 1000


def test_words_that_begin_alike_are_neighbours() -> None:
    index, _ = indexed(["valley vale value van 谷 谷地 \U0001f44d"])
    assert index.words.to_pylist() == ["vale", "valley", "value", "van", "地", "谷"]
    assert span(index, "val", prefix=True) == (0, 3)
    assert span(index, "val") == (0, 0)
    assert span(index, "van") == (3, 4)
    assert span(index, "zz", prefix=True) == (4, 4)


def test_rarer_words_and_more_of_them_rank_higher() -> None:
    texts = ["the water", "the water water", "the the the the the water", "the", "the well"]
    index, _ = indexed(texts)
    query = parse("the water ")
    matches = match(index, query.terms, (), np.ones(5, np.bool_))
    ranked = matches.texts[np.argsort(-matches.score, kind="stable")].tolist()
    assert ranked == [1, 0, 2]


def test_a_whole_word_ranks_above_a_longer_one_that_begins_so() -> None:
    index, _ = indexed(["watering cans", "water cans", "watering cans"])
    query = parse("wat")
    both = match(index, query.terms, (), np.ones(3, np.bool_))
    assert len(set(both.score.tolist())) == 1
    query = parse("water")
    matches = match(index, query.terms, (), np.ones(3, np.bool_))
    assert matches.texts[np.argmax(matches.score)] == 1


def test_no_text_at_all() -> None:
    index, packed = indexed([])
    assert len(index) == len(packed) == 0
    assert match(index, parse("a").terms, (), np.ones(0, np.bool_)).texts.tolist() == []
