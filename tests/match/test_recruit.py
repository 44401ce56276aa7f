from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.families import KEPT, Families
from inchorus.match.passages import find_passages
from inchorus.match.recruit import recruit
from inchorus.match.sentences import sentences
from inchorus.options import FindOptions
from inchorus.progress import Silent
from inchorus.words.corpus import Corpus
from match.planted import by_family, corpus_of, filler, find, lcs, line

N = 32
LINE = line("w", N).split()
Row = tuple[str, str]


def edited(k: int) -> str:
    """One word in four is another, so that no six in a row are left."""
    return " ".join(f"e{k}q{i}" if i % 4 == k % 4 else w for i, w in enumerate(LINE))


def rows_of(rng: random.Random, wordings: list[str], others: int = 100) -> list[Row]:
    """A source for each wording, in the middle of other text; and sources with other text alone."""
    rows = [(f"a{k:03}", f"{filler(rng, 20, 10**7)}. {w}. {filler(rng, 20, 10**7)}.") for k, w in enumerate(wordings)]
    return rows + [(f"b{k:04}", f"{filler(rng, 30, 10**7)}.") for k in range(others)]


def family_of(corpus: Corpus, documents: list[int]) -> Families:
    document = np.array(documents, np.uint32)
    begin = corpus.offsets[document.astype(np.int64)] + 20
    return Families(
        np.zeros(len(document), np.int64), document, begin, begin + N, np.ones(len(document)), np.zeros(1, np.int64)
    )


def same(one: Families, other: Families) -> bool:
    return all(np.array_equal(one[k], other[k]) for k in range(len(one)))


def recruited(corpus: Corpus, families: Families, threads: int = 1, least: float = 0.6, min_words: int = 8) -> Families:
    """Recruit, and check every passage that came in against plain dynamic programming."""
    found = recruit(corpus, families, sentences(corpus), min_words, least, threads)
    n = len(families.family)
    assert all(np.array_equal(found[k][:n], families[k]) for k in range(5))
    assert np.array_equal(found.canonical, families.canonical)
    taken = np.zeros(len(corpus.word), np.bool_)
    for b, e in zip(families.begin, families.end, strict=True):
        taken[b:e] = True
    for f, d, b, e, s in zip(*(column[n:] for column in found[:5]), strict=True):
        c = families.canonical[f]
        canonical = corpus.word[families.begin[c] : families.end[c]].tolist()
        words = corpus.word[b:e].tolist()
        matched = lcs(canonical, words)
        assert corpus.offsets[d] <= b < e <= corpus.offsets[int(d) + 1]
        assert s == 2 * matched / (len(canonical) + len(words)) >= least
        assert matched >= KEPT * min_words
        assert not taken[b:e].all()
    return found


def test_a_passage_that_keeps_no_n_gram_is_recruited() -> None:
    rng = random.Random(1)
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 2 + [edited(k) for k in range(1, 5)]))
    found = recruited(corpus, family_of(corpus, [0, 1]))
    assert found.document.tolist() == [0, 1, 2, 3, 4, 5]
    for d, b, e, s in list(zip(*found[1:5], strict=True))[2:]:
        # A word that is replaced at the very end is not part of the passage.
        at, k = int(corpus.offsets[int(d)]) + 20, int(d) - 1
        assert (b, e) == (at + (k % 4 == 0), at + N - (k % 4 == 3))
        assert s == pytest.approx(2 * 24 / (N + e - b))


def test_from_end_to_end_it_joins_the_talking_point() -> None:
    rng = random.Random(2)
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 3 + [edited(k) for k in range(1, 4)]))
    (family,) = by_family(find(corpus))
    assert [p.document for p in family] == list(range(6))
    # And it does not by n-grams alone.
    (family,) = by_family(find(corpus, min_similarity=0.9))
    assert [p.document for p in family] == [0, 1, 2]


def test_what_a_passage_covers_is_not_recruited() -> None:
    rng = random.Random(3)
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 2 + [edited(1), edited(2)]))
    assert len(recruited(corpus, family_of(corpus, [0, 1, 2, 3])).family) == 4
    assert recruited(corpus, family_of(corpus, [0, 1, 3])).document.tolist() == [0, 1, 3, 2]


def test_other_text_is_not_recruited() -> None:
    rng = random.Random(4)
    # Texts of few words: sentences share rare words with the line, and are unlike it.
    kinds = [*LINE, *(f"z{k}" for k in range(300))]
    rows = [("a0", " ".join(LINE)), ("a1", " ".join(LINE))]
    rows += [(f"b{k:04}", ". ".join(" ".join(rng.choices(kinds, k=14)) for _ in range(6))) for k in range(600)]
    corpus = corpus_of(rows)
    two = Families(
        np.zeros(2, np.int64), np.arange(2, dtype=np.uint32), np.array([0, N]), np.array([N, 2 * N]), np.ones(2),
        np.zeros(1, np.int64),
    )  # fmt: skip
    assert len(recruited(corpus, two).family) == 2


def test_too_short_or_too_unlike_is_not_recruited() -> None:
    rng = random.Random(5)
    # The last text has the rest of the words, so that all are equally rare, and in no order.
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 2 + [" ".join(LINE[:12]), " ".join(LINE[:11:-1])]))
    families = family_of(corpus, [0, 1])
    assert recruited(corpus, families, least=0.5).document.tolist() == [0, 1, 2]
    assert len(recruited(corpus, families, least=0.56).family) == 2
    assert len(recruited(corpus, families, least=0.5, min_words=15).family) == 3
    assert len(recruited(corpus, families, least=0.5, min_words=16).family) == 2


def test_of_two_wordings_the_likest_recruits() -> None:
    rng = random.Random(6)
    other = [f"o{i}" if i % 3 == 0 else w for i, w in enumerate(LINE)]
    near = " ".join(f"n{i}" if i % 5 == 2 else w for i, w in enumerate(other))
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 2 + [" ".join(other)] * 2 + [near]))
    one, two = family_of(corpus, [0, 1]), family_of(corpus, [2, 3])
    two = two._replace(family=two.family + 1)
    columns = (np.concatenate([one[k], two[k]]) for k in range(5))
    both = Families(*columns, np.array([0, 2]))  # type: ignore[call-arg]
    found = recruited(corpus, both)
    assert (found.family[4:].tolist(), found.document[4:].tolist()) == ([1], [4])


def test_threads_change_nothing() -> None:
    rng = random.Random(7)
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 2 + [edited(k) for k in range(1, 60)], 9000))
    assert len(sentences(corpus).bounds) > 1 << 13
    families = family_of(corpus, [0, 1])
    results = [recruited(corpus, families, n) for n in (1, 2, 3)]
    assert len(results[0].family) == 61
    assert all(same(results[0], r) for r in results[1:])


@given(st.integers(0, 2**32), st.integers(2, 40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_recruited_is_like_its_wording(seed: int, kinds: int) -> None:
    rng = random.Random(seed)
    words = [f"v{k}" for k in range(kinds)]
    rows = [
        (f"a{d:02}", ". ".join(" ".join(rng.choices(words, k=rng.randrange(2, 12))) for _ in range(4)))
        for d in range(30)
    ]
    corpus = corpus_of(rows)
    spans = []
    for d in sorted(rng.sample(range(30), 6)):
        lo, hi = int(corpus.offsets[d]), int(corpus.offsets[d + 1])
        spans.append((d, lo, min(hi, lo + rng.randrange(4, 15))))
    document, begin, end = (np.array(column, np.int64) for column in zip(*spans, strict=True))
    families = Families(np.arange(6), document.astype(np.uint32), begin, end, np.ones(6), np.arange(6))
    recruited(corpus, families, min_words=3)


def paired(corpus: Corpus, pairs: list[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """For each family the canonical document, and all."""
    families = find_passages(
        corpus, FindOptions(threads=1), Silent(), np.array(pairs, np.int64).reshape(-1, 2)
    ).families
    assert np.all(np.diff(families.family) >= 0)
    assert families.family[families.canonical].tolist() == list(range(len(families.canonical)))
    canonical = families.document[families.canonical].tolist()
    return [(c, [p.document for p in f]) for c, f in zip(canonical, by_family(families), strict=True)]


def test_pairs_limit_what_is_found_and_recruited() -> None:
    rng = random.Random(8)
    lines = {name: line(name, N).split() for name in "uv"}

    def text(name: str, k: int) -> str:
        return " ".join(w if k < 2 or i % 4 != k - 2 else f"e{k}q{name}{i}" for i, w in enumerate(lines[name]))

    corpus = corpus_of(rows_of(rng, [text(name, k) for name in "uv" for k in range(6)]))
    assert [set(d) for _, d in paired(corpus, [(a, b) for a in range(12) for b in range(a)])] == [
        set(range(6)), set(range(6, 12)),
    ]  # fmt: skip
    assert paired(corpus, [(0, 1)]) == [(0, [0, 1])]
    # Passages that were recruited count like the others, whichever family they are in.
    assert paired(corpus, [(0, 2)]) == [(0, [0, 2])]
    assert paired(corpus, [(6, 8)]) == [(6, [6, 8])]
    assert paired(corpus, [(2, 3), (8, 9)]) == [(0, [0, 2, 3]), (6, [6, 8, 9])]
    # Nothing is left where no two that share a wording are paired.
    assert paired(corpus, [(0, 6), (1, 20), (20, 21)]) == []
    assert paired(corpus, []) == []


def test_pairs_of_one_source_are_not_compared() -> None:
    text = " ".join(LINE)
    corpus = corpus_of([("a", f"{text} x"), ("a", f"y {text}"), ("b", text)], [3, 2, 1])
    assert paired(corpus, [(0, 1)]) == []
    assert paired(corpus, [(0, 1), (0, 2)]) == [(2, [0, 2])]


@given(st.lists(st.integers(0, 3), min_size=4, max_size=14), st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13))))
@settings(max_examples=60, deadline=None)
def test_pairs_against_the_obvious(has: list[int], chosen: set[tuple[int, int]]) -> None:
    rng = random.Random(9)
    rows = [(f"s{d:02}", " ".join([filler(rng, 5, 10**7), line(f"l{k}x", 12)])) for d, k in enumerate(has)]
    pairs = sorted({(min(p), max(p)) for p in chosen if p[0] != p[1] and max(p) < len(has)})
    corpus = corpus_of(rows)
    expected = []
    for k in sorted(set(has)):
        together = [p for p in pairs if has[p[0]] == has[p[1]] == k]
        if together:
            first = has.index(k)
            expected.append((first, sorted({first, *(d for p in together for d in p)})))
    assert sorted(paired(corpus, pairs)) == sorted(expected)


def test_the_only_edited_copy_is_recruited() -> None:
    rng = random.Random(10)
    corpus = corpus_of(rows_of(rng, [" ".join(LINE)] * 3 + [edited(1)]))
    assert recruited(corpus, family_of(corpus, [0, 1, 2])).document.tolist() == [0, 1, 2, 3]
