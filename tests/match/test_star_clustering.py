from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64
from inchorus.match.families import Families
from inchorus.match.passages import find_passages
from inchorus.match.sentences import sentences
from inchorus.match.star_clustering import SAME, compare_documents, gather
from inchorus.options import find_options
from inchorus.progress import Silent
from inchorus.words.corpus import Corpus
from match.planted import by_family, corpus_of, filler, lcs, line

Span = tuple[int, int, int]
SIZE = 40  # words a document


def corpus_of_numbers(documents: int) -> Corpus:
    rng = random.Random(7)
    return corpus_of([(f"s{k}", " ".join(f"w{rng.randrange(30)}" for _ in range(SIZE))) for k in range(documents)])


def matches_of(rows: list[tuple[Span, Span]]) -> I64:
    """Matches whose spans count from the start of their documents."""
    flat = [[d, d * SIZE + b, d * SIZE + e] for pair in rows for d, b, e in pair]
    return np.array(flat, np.int64).reshape(-1, 6)


def overlap(a: Span, b: Span) -> float:
    """Words in common to words of both."""
    if a[0] != b[0]:
        return 0.0
    return max(0, min(a[2], b[2]) - max(a[1], b[1])) / (max(a[2], b[2]) - min(a[1], b[1]))


def same(one: Families, other: Families) -> bool:
    return all(np.array_equal(one[k], other[k]) for k in range(len(one)))


def checked(corpus: Corpus, matches: I64) -> Families:
    families = gather(corpus, matches)
    spans = [tuple(map(int, row)) for row in np.concatenate([matches[:, :3], matches[:, 3:]])]
    assert np.all(np.diff(families.family) >= 0)
    assert families.family[families.canonical].tolist() == list(range(len(families.canonical)))
    for f, passages in enumerate(by_family(families)):
        c = families.canonical[f]
        middle = (int(families.document[c]), int(families.begin[c]), int(families.end[c]))
        canonical = corpus.word[middle[1] : middle[2]].tolist()
        assert families.similarity[c] == 1.0
        assert len(passages) >= 2
        assert len({p[:3] for p in passages}) == len(passages)
        for p in passages:
            words = corpus.word[p.begin : p.end].tolist()
            assert p.similarity == 2 * lcs(canonical, words) / (len(canonical) + len(words))
            # Every span is one that was matched, and but for the canonical one was matched with that.
            assert p[:3] in spans
            if p[:3] != middle:
                ends = [(m[:3], m[3:]) for m in map(tuple, matches.tolist())]
                ends += [(b, a) for a, b in ends]
                assert any(overlap(a, middle) >= SAME and overlap(b, p[:3]) >= SAME for a, b in ends)
    return families


def test_passages_matched_with_one_are_one_family_and_the_one_most_matched_is_canonical() -> None:
    corpus = corpus_of_numbers(4)
    hub = (2, 10, 30)
    families = checked(corpus, matches_of([((0, 0, 20), hub), ((1, 5, 25), hub), (hub, (3, 20, 40))]))
    (family,) = by_family(families)
    assert sorted(p[:3] for p in family) == [(0, 0, 20), (1, 45, 65), (2, 90, 110), (3, 140, 160)]
    assert families.document[families.canonical].tolist() == [2]


def test_nothing_is_chained_through_a_third_passage() -> None:
    corpus = corpus_of_numbers(5)
    a, b, c, d, e = ((k, 10, 30) for k in range(5))
    families = checked(corpus, matches_of([(a, b), (b, c), (c, d), (d, e)]))
    found = sorted(sorted(p.document for p in family) for family in by_family(families))
    assert found == [[0, 1, 2], [2, 3], [3, 4]]


def test_near_equal_spans_of_one_document_are_one_passage() -> None:
    corpus = corpus_of_numbers(3)
    rows = [((0, 0, 20), (1, 0, 20)), ((0, 1, 19), (2, 0, 20))]
    (family,) = by_family(checked(corpus, matches_of(rows)))
    assert sorted(p[:3] for p in family) == [(0, 0, 20), (1, 40, 60), (2, 80, 100)]
    apart = [((0, 0, 20), (1, 0, 20)), ((0, 20, 40), (2, 0, 20))]
    assert len(by_family(checked(corpus, matches_of(apart)))) == 2


def test_of_equals_the_earliest_is_canonical() -> None:
    corpus = corpus_of([(f"s{k}", line("w", SIZE)) for k in range(3)], [3, 1, 2])
    rows = [((0, 0, 20), (1, 0, 20)), ((0, 0, 20), (2, 0, 20)), ((1, 0, 20), (2, 0, 20))]
    families = checked(corpus, matches_of(rows))
    assert families.document[families.canonical].tolist() == [1]


spans = st.tuples(st.integers(0, 4), st.integers(0, SIZE - 1), st.integers(1, SIZE)).map(
    lambda s: (s[0], s[1], min(SIZE, s[1] + s[2]))
)
matched = st.lists(st.tuples(spans, spans).filter(lambda m: m[0][0] < m[1][0]), min_size=1, max_size=25)


@given(matched)
@settings(max_examples=300, deadline=None)
def test_every_match_lies_inside_a_family(rows: list[tuple[Span, Span]]) -> None:
    corpus = corpus_of_numbers(5)
    matches = matches_of(rows)
    families = by_family(checked(corpus, matches))
    for row in map(tuple, matches.tolist()):
        assert any({row[0], row[3]} <= {p.document for p in family} for family in families)


@given(matched.filter(lambda rows: len({s for m in rows for s in m}) == 2 * len(rows)))
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_matches_changes_nothing(rows: list[tuple[Span, Span]]) -> None:
    corpus = corpus_of_numbers(5)
    there, back = gather(corpus, matches_of(rows)), gather(corpus, matches_of(rows[::-1]))
    assert same(there, back)


def test_no_matches_make_no_families() -> None:
    families = gather(corpus_of_numbers(2), np.empty((0, 6), np.int64))
    assert all(len(column) == 0 for column in families)


def reworded(rng: random.Random, original: list[str]) -> str:
    out = []
    for sentence in rng.sample(original, len(original)):
        words = [w if rng.random() > 0.15 else f"n{rng.randrange(10**9)}" for w in sentence.split()]
        out.append(" ".join(rng.sample(words, len(words))) + ".")
    return " ".join(out)


def planted(seed: int, copies: int, others: int) -> Corpus:
    """Documents of 20 + 7 + 20 sentences, of which the middle ones are one text reworded, and others."""
    rng = random.Random(seed)

    def text(n: int) -> str:
        return " ".join(filler(rng, 12, 10**7) + "." for _ in range(n))

    original = [line(f"p{k}x", 12) for k in range(7)]
    rows = [(f"a{k:03}", f"{text(20)} {reworded(rng, original)} {text(20)}") for k in range(copies)]
    return corpus_of(rows + [(f"b{k:03}", text(20)) for k in range(others)])


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_edited_preset_finds_a_passage_that_keeps_no_order(threads: int) -> None:
    corpus = planted(1, 6, 60)
    options = find_options("edited", threads=threads)
    families = find_passages(corpus, options, Silent()).families
    (family,) = by_family(families)
    assert [p.document for p in family] == list(range(6))
    for p in family:
        begin = int(corpus.offsets[p.document]) + 240
        assert abs(p.begin - begin) <= 8
        assert abs(p.end - begin - 84) <= 8
    again = find_passages(corpus, find_options("edited", threads=1), Silent()).families
    assert same(families, again)


def test_parts_of_the_work_change_nothing() -> None:
    corpus = planted(2, 40, 0)
    cut = sentences(corpus)
    pairs = np.array([(a, b) for a in range(40) for b in range(a + 1, 40)], np.int64)
    counted: list[int] = []

    def advance(done: int) -> None:
        counted.append(done)

    one, three = (compare_documents(corpus, cut, pairs, 24, n, advance) for n in (1, 3))
    assert sum(counted) == 2 * len(pairs)
    assert np.array_equal(one, three)
    assert len(one) == len(pairs)


@pytest.mark.parametrize("texts", [["", ""], ["a", "a"], ["", line("w", 60)], [line("w", 200), "x. y. z."]])
def test_the_edited_preset_on_next_to_nothing(texts: list[str]) -> None:
    families = find_passages(
        corpus_of([(f"s{k}", t) for k, t in enumerate(texts)]), find_options("edited"), Silent()
    ).families
    assert not len(families.family)
