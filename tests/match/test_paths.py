from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.compiled.kernel import U32
from inchorus.match.grams import NONE, shared_grams
from inchorus.match.paths import Paths, Segments, compact, segments
from inchorus.words.corpus import Corpus
from match.planted import corpus_of, line

salads = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.lists(st.sampled_from(["u v w x y", "u v w", "q r s t", "u", "v"]), max_size=9)
    ),
    min_size=2,
    max_size=10,
)


def paths_of(corpus: Corpus, gram: int) -> tuple[U32, int, Paths, Segments]:
    grams, n = shared_grams(corpus, gram, 2, 1)
    paths = compact(grams, n, corpus.offsets)
    return grams, n, paths, segments(grams, corpus.offsets, paths)


def check(corpus: Corpus, grams: U32, n: int, paths: Paths, runs: Segments) -> None:
    uses = Counter(g for g in grams.tolist() if g != NONE)
    assert paths.uses.tolist() == [uses[g] for g in range(n)]
    # Path and place are a bijection onto the places that the lengths allow.
    places = set(zip(paths.path.tolist(), paths.place.tolist(), strict=True))
    assert places == {(p, i) for p, length in enumerate(paths.length.tolist()) for i in range(length)}
    assert len(places) == n
    # Links obey the rule of more than half, and no link that obeys it is missing, save where a circle is cut.
    pairs: Counter[tuple[int, int]] = Counter()
    for d in range(len(corpus.offsets) - 1):
        own = grams[corpus.offsets[d] : corpus.offsets[d + 1]].tolist()
        pairs.update(p for p in pairwise(own) if NONE not in p)
    at = {place: g for g, place in enumerate(zip(paths.path.tolist(), paths.place.tolist(), strict=True))}
    links = {(at[p, i], at[p, i + 1]) for p, i in places if (p, i + 1) in at}
    allowed = {(a, b) for (a, b), c in pairs.items() if a != b and 2 * c > uses[a] and 2 * c > uses[b]}
    assert links <= allowed
    for a, b in allowed - links:
        assert paths.path[a] == paths.path[b]
        assert paths.place[b] == 0
        assert paths.place[a] == paths.length[paths.path[a]] - 1
    # Every position with a shared n-gram lies on exactly one segment; segments are maximal.
    covered = []
    for d, w, p, i, length in zip(*(c.tolist() for c in runs), strict=True):
        assert corpus.offsets[d] <= w
        assert w + length <= corpus.offsets[d + 1]
        for k in range(length):
            assert grams[w + k] == at[p, i + k]
            covered.append(w + k)
        after = w + length
        if after < corpus.offsets[d + 1] and grams[after] != NONE:
            assert at.get((p, i + length)) != grams[after]
    assert covered == np.flatnonzero(grams != NONE).tolist()


@given(salads, st.integers(2, 4))
@settings(max_examples=150, deadline=None)
def test_paths_and_segments_of_word_salads(rows: list[tuple[str, list[str]]], gram: int) -> None:
    corpus = corpus_of(sorted((s, " ".join(t)) for s, t in rows))
    check(corpus, *paths_of(corpus, gram))


def test_one_line_is_one_path() -> None:
    corpus = corpus_of([("a", "x " + line("l", 20) + " y"), ("b", line("l", 20)), ("b", "q " + line("l", 20))])
    _, n, paths, runs = paths_of(corpus, 6)
    assert n == 15
    assert paths.length.tolist() == [15]
    assert runs.word.tolist() == [1, 22, 43]
    assert runs.length.tolist() == [15, 15, 15]


def test_a_popular_phrase_bridges_nothing() -> None:
    phrase = line("p", 6)
    rows = [(s, f"{line(f'l{k}', 8)} {phrase} {line(f'r{k}', 8)}") for s in "ab" for k in range(4)]
    corpus = corpus_of(rows)
    _, _, paths, _ = paths_of(corpus, 4)
    # The phrase's own n-grams are one path; each of the four texts has one on each side of it.
    assert len(paths.length) == 9
    assert sorted(paths.length.tolist())[0] == 3


def test_a_circle_is_cut_once() -> None:
    words = " ".join("abc"[i % 3] for i in range(30))
    corpus = corpus_of([("a", words), ("b", words)])
    grams, n, paths, runs = paths_of(corpus, 2)
    check(corpus, grams, n, paths, runs)
    assert paths.length.tolist() == [3]


def test_nothing_shared_nothing_found() -> None:
    corpus = corpus_of([("a", line("l", 9)), ("b", line("m", 9))])
    _, n, paths, runs = paths_of(corpus, 6)
    assert n == 0
    assert len(paths.length) == 0
    assert len(runs.word) == 0
