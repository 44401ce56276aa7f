from __future__ import annotations

import random

import numpy as np
import pytest

from inchorus.match.chains import Chains, Occurrences, join, occurrences
from inchorus.match.grams import NONE, shared_grams
from inchorus.match.paths import Paths, Segments, compact, segments
from inchorus.words.corpus import Corpus
from match.planted import by_family, corpus_of, find, line


def chains_of(corpus: Corpus, gram: int, min_words: int) -> tuple[Paths, Segments, Chains, Occurrences]:
    grams, n = shared_grams(corpus, gram, 2, 1)
    paths = compact(grams, n, corpus.offsets)
    runs = segments(grams, corpus.offsets, paths)
    chains = join(corpus.word, paths, runs, gram)
    return paths, runs, chains, occurrences(runs, chains, gram, min_words)


def check(corpus: Corpus, gram: int, paths: Paths, chains: Chains, found: Occurrences) -> None:
    # Every path lies on one chain, and paths of one chain do not overlap.
    assert not np.any(chains.chain == NONE)
    taken = set()
    for c, base, length in zip(chains.chain.tolist(), chains.base.tolist(), paths.length.tolist(), strict=True):
        for place in range(base, base + length):
            assert (c, place) not in taken
            assert place < chains.length[c]
            taken.add((c, place))
    assert np.all(np.diff(found.chain.astype(np.int64)) >= 0)
    assert found.first[-1] == len(found.words) == len(found.places) == len(found.runs)
    for i in range(len(found.chain)):
        own = slice(found.first[i], found.first[i + 1])
        words, places, runs = (x[own].astype(np.int64) for x in (found.words, found.places, found.runs))
        d = int(found.document[i])
        assert corpus.offsets[d] <= found.begin[i] == words[0]
        assert found.end[i] == words[-1] + runs[-1] + gram - 1 <= corpus.offsets[d + 1]
        assert found.hits[i] == runs.sum()
        assert np.all(np.diff(words) >= runs[:-1])
        # It goes on along the chain, so that two occurrences can be compared from either end.
        assert np.all(np.diff(places) > 0)
        assert np.all(np.diff(places + runs) > 0)


@pytest.mark.parametrize("seed", range(25))
def test_occurrences_of_repetitive_texts(seed: int) -> None:
    rng = random.Random(seed)
    pieces = [[f"v{rng.randrange(rng.choice([2, 5, 40]))}" for _ in range(rng.randrange(3, 40))] for _ in range(4)]
    pieces.append(line("u", 30).split())
    rows = []
    for d in range(20):
        words: list[str] = []
        for _ in range(rng.randrange(6)):
            piece = rng.choice(pieces)
            lo = rng.randrange(len(piece))
            words += [w if rng.random() > 0.1 else "x" for w in piece[lo if rng.random() < 0.5 else 0 :]]
        rows.append((f"s{d % 5}", " ".join(words)))
    corpus = corpus_of(sorted(rows))
    gram = rng.choice([2, 3, 5])
    paths, _, chains, found = chains_of(corpus, gram, gram)
    check(corpus, gram, paths, chains, found)


def test_two_sides_of_an_edit_are_one_chain() -> None:
    words = line("w", 30).split()
    edited = [*words[:14], "new", *words[15:]]
    corpus = corpus_of([(s, " ".join(w)) for s, w in zip("abcd", (words, words, edited, edited), strict=True)])
    _, _, _, found = chains_of(corpus, 6, 8)
    longest = np.bincount(found.chain, weights=found.end - found.begin).argmax()
    assert sorted(found.document[found.chain == longest].tolist()) == [0, 1, 2, 3]


@pytest.mark.parametrize("apart", [0, 3, 12, 25])
def test_a_part_said_again_does_not_belong_to_the_passage(apart: int) -> None:
    words = line("p", 30).split()
    again = [*words, *(f"x{i}" for i in range(apart)), *words[5:16]]
    corpus = corpus_of(
        [("a", " ".join(again)), ("b", " ".join(words)), ("c", " ".join(words)), ("d", " ".join(words[11:]))]
    )
    (family,) = by_family(find(corpus))
    start = len(again)
    assert [(p.begin, p.end) for p in family] == [
        (0, 30), (start, start + 30), (start + 30, start + 60), (start + 60, start + 79),
    ]  # fmt: skip
