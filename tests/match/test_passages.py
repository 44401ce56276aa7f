from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.passages import find_passages
from inchorus.options import FindOptions
from inchorus.progress import Silent
from match.planted import by_family, check, corpus_of, filler, find, line, wordings

LINE = line("w", 20).split()


def test_planted_lines_come_back_with_exact_ends() -> None:
    rng = random.Random(1)
    lines = {f"l{k}": line(f"l{k}x", rng.randrange(8, 60)) for k in range(12)}
    rows: list[tuple[str, str]] = []
    expected: dict[str, list[tuple[int, int, int]]] = {name: [] for name in lines}
    texts: list[tuple[str, list[str], str]] = []
    for k in range(48):
        name = rng.choice(sorted(lines))
        parts = [filler(rng, rng.randrange(30), 10**6), lines[name], filler(rng, rng.randrange(30), 10**6)]
        texts.append((f"s{k // 6}", parts, name))
    at = 0
    for d, (source, parts, name) in enumerate(texts):
        rows.append((source, " ".join(parts)))
        begin = at + len(parts[0].split())
        expected[name].append((d, begin, begin + len(parts[1].split())))
        at += sum(len(p.split()) for p in parts)
    corpus = corpus_of(rows)
    found = sorted([(p.document, p.begin, p.end) for p in family] for family in by_family(find(corpus)))
    wanted = [sorted(places) for places in expected.values() if len({texts[d][0] for d, _, _ in places}) >= 2]
    assert found == sorted(wanted)


@pytest.mark.parametrize("n", [8, 9, 20, 64, 65, 300])
def test_a_line_at_the_very_ends_of_its_texts(n: int) -> None:
    corpus = corpus_of(
        [("a", line("w", n)), ("b", line("w", n)), ("c", "x " + line("w", n)), ("d", line("w", n) + " y")]
    )
    (family,) = by_family(find(corpus))
    assert [(p.begin, p.end) for p in family] == [(0, n), (n, 2 * n), (2 * n + 1, 3 * n + 1), (3 * n + 1, 4 * n + 1)]


def test_a_line_shorter_than_min_words_is_none() -> None:
    corpus = corpus_of([("a", "q " + line("w", 7) + " r"), ("b", line("w", 7))])
    assert not len(find(corpus).canonical)
    assert len(find(corpus, min_words=7).canonical) == 1
    assert len(find(corpus, min_words=7, gram=7).canonical) == 1


def test_a_popular_line_is_never_left_out() -> None:
    rng = random.Random(2)
    rows = [(f"s{d % 40:02}", f"{filler(rng, 6, 10**6)} {line('w', 12)} {filler(rng, 6, 10**6)}") for d in range(3000)]
    corpus = corpus_of(sorted(rows))
    (family,) = by_family(find(corpus))
    assert len(family) == 3000
    assert {p.document for p in family} == set(range(3000))
    assert all(p.end - p.begin == 12 for p in family)


def test_what_one_source_repeats_is_not_shared() -> None:
    rng = random.Random(3)
    rows = [("a", f"{line('w', 30)} {filler(rng, 20, 10**6)}") for _ in range(30)]
    assert not len(find(corpus_of([*rows, ("b", filler(rng, 50, 10**6))])).canonical)


@pytest.mark.parametrize("at", [1, 6, 9, 13, 18])
@pytest.mark.parametrize("edit", ["replace", "delete", "insert"])
def test_one_edited_word_leaves_one_talking_point(edit: str, at: int) -> None:
    rng = random.Random(at)
    edited = LINE[:at] + {"replace": ["new"], "delete": [], "insert": ["new", LINE[at]]}[edit] + LINE[at + 1 :]
    wording = {True: " ".join(LINE), False: " ".join(edited)}
    texts = [f"{filler(rng, 15, 10**6)} {wording[k % 3 > 0]} {filler(rng, 15, 10**6)}" for k in range(9)]
    corpus = corpus_of([(f"s{k}", text) for k, text in enumerate(texts)])
    (family,) = by_family(find(corpus))
    assert len(family) == 9
    for k, p in enumerate(family):
        assert p.end - p.begin == len(wording[k % 3 > 0].split())
        assert p.begin == corpus.offsets[p.document] + 15


@pytest.mark.parametrize("edit", ["replace", "delete", "insert"])
def test_two_documents_that_differ_in_one_word(edit: str) -> None:
    edited = LINE[:10] + {"replace": ["new"], "delete": [], "insert": ["new", LINE[10]]}[edit] + LINE[11:]
    corpus = corpus_of([("a", " ".join(LINE)), ("b", " ".join(edited))])
    (family,) = by_family(find(corpus))
    assert [(p.begin, p.end) for p in family] == [(0, 20), (20, 20 + len(edited))]


def test_a_popular_phrase_does_not_chain_unrelated_wordings() -> None:
    rng = random.Random(4)
    phrase = line("p", 9)
    rows = []
    for k in range(12):
        text = f"{line(f'l{k}x', 15)} {phrase} {line(f'r{k}x', 15)}"
        rows += [(f"s{2 * k + i:02}", f"{filler(rng, 5, 10**6)} {text} {filler(rng, 5, 10**6)}") for i in range(2)]
    corpus = corpus_of(rows)
    families = find(corpus)
    found = sorted(
        (len(family), len(w)) for family, w in zip(by_family(families), wordings(corpus, families), strict=True)
    )
    assert found == [(2, 39)] * 12 + [(24, 9)]


def test_the_same_sentence_again_and_again_in_one_document() -> None:
    rng = random.Random(5)
    sentence = line("w", 12)
    often = [" ".join(f"{sentence} {filler(rng, 3, 10**6)}" for _ in range(200)) for _ in range(2)]
    (family,) = by_family(find(corpus_of([("a", often[0]), ("b", sentence), ("c", often[1])])))
    assert len(family) == 401
    straight = " ".join([sentence] * 200)
    families = find(corpus_of([("a", straight), ("b", sentence), ("c", straight)]))
    assert {p.document for family in by_family(families) for p in family} == {0, 1, 2}


@pytest.mark.parametrize("period", [1, 2, 3, 7, 12, 50])
def test_periodic_texts_of_ten_thousand_words_take_no_time(period: int) -> None:
    text = " ".join(f"w{i % period}" for i in range(10_000))
    corpus = corpus_of([("a", text), ("b", text), ("c", text + " x " + text), ("d", filler(random.Random(6), 500))])
    started = time.monotonic()
    find_passages(corpus, FindOptions(threads=1), Silent())
    find_passages(corpus, FindOptions(threads=1, gram=2, min_words=2), Silent())
    assert time.monotonic() - started < 5


def test_long_texts_that_two_sources_share() -> None:
    rng = random.Random(7)
    whole = [f"v{rng.randrange(8000)}" for _ in range(50_000)]
    corpus = corpus_of([("a", " ".join(whole)), ("b", " ".join(["x", "y", *whole])), ("c", " ".join(whole[:20_000]))])
    families = find(corpus)
    assert (0, 50_000) in {(p.begin, p.end) for family in by_family(families) for p in family}
    assert {(50_002, 100_002)} <= {(p.begin, p.end) for family in by_family(families) for p in family}
    edited = [f"e{i}" if i % 40 == 7 else w for i, w in enumerate(whole)]
    families = find(corpus_of([("a", " ".join(whole)), ("b", " ".join(edited))]))
    longest = max(by_family(families), key=lambda family: family[0].end)
    assert [p.end - p.begin for p in longest] == [50_000, 50_000]


def test_a_part_that_more_sources_use_than_the_whole_is_a_talking_point_of_its_own() -> None:
    rng = random.Random(8)
    whole, part = line("w", 60), " ".join(line("w", 60).split()[20:32])
    rows = [(f"a{k}", f"{filler(rng, 9, 10**6)} {whole}") for k in range(3)]
    rows += [(f"b{k}", f"{filler(rng, 9, 10**6)} {part} {filler(rng, 9, 10**6)}") for k in range(9)]
    corpus = corpus_of(rows)
    families = find(corpus)
    sizes = {len(w): len(f) for w, f in zip(wordings(corpus, families), by_family(families), strict=True)}
    assert sizes == {60: 3, 12: 12}


salad = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.lists(
            st.sampled_from(
                [" ".join(LINE), " ".join(LINE[4:15]), " ".join(LINE[:9]), "x y z", "w3 w4", "x", "y", "x y"]
            ),
            max_size=8,
        ),
    ),
    min_size=2,
    max_size=9,
)


@given(salad, st.integers(2, 6), st.integers(0, 4), st.integers(2, 3), st.sampled_from([0.5, 0.6, 0.9, 1.0]))
@settings(max_examples=400, deadline=None)
def test_word_salads_with_planted_copies_break_no_rule(
    rows: list[tuple[int, list[str]]], gram: int, more: int, min_sources: int, min_similarity: float
) -> None:
    corpus = corpus_of(sorted((f"s{s}", " ".join(t)) for s, t in rows))
    find(corpus, gram=gram, min_words=gram + more, min_sources=min_sources, min_similarity=min_similarity)


@pytest.mark.parametrize("seed", range(15))
def test_edited_copies_among_few_words_break_no_rule(seed: int) -> None:
    rng = random.Random(seed)
    originals = [[f"v{rng.randrange(30)}" for _ in range(rng.randrange(10, 50))] for _ in range(4)]
    rows = []
    for d in range(40):
        words: list[str] = []
        for _ in range(rng.randrange(4)):
            words += [f"v{rng.randrange(200)}" for _ in range(rng.randrange(12))]
            words += [w if rng.random() > 0.08 else f"v{rng.randrange(30)}" for w in rng.choice(originals)]
        rows.append((f"s{d % 7}", " ".join(words)))
    corpus = corpus_of(sorted(rows))
    find(corpus, gram=rng.choice([2, 3, 4]), min_words=6)


def test_threads_change_nothing() -> None:
    rng = random.Random(9)
    rows = [
        (f"s{d % 9}", " ".join(line(f"l{rng.randrange(150)}x", rng.randrange(9, 30)) for _ in range(4)))
        for d in range(400)
    ]
    corpus = corpus_of(sorted(rows))
    results = [find_passages(corpus, FindOptions(threads=n), Silent()).families for n in (1, 2, 3)]
    check(corpus, results[0], FindOptions())
    assert len(results[0].canonical) > 100
    for other in results[1:]:
        assert all(np.array_equal(results[0][k], other[k]) for k in range(len(other)))


def test_corpora_without_words_or_of_one_word() -> None:
    for texts in (["", ""], ["a", "a"], ["", "a b c d e f g h i"]):
        families = find(corpus_of([(f"s{k}", t) for k, t in enumerate(texts)]))
        assert len(families.family) == len(families.canonical) == 0
