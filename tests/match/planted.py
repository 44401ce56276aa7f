"""Small corpora made in tests, and what is true of every result."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.match.families import Families
from inchorus.match.passages import find_passages
from inchorus.options import FindOptions
from inchorus.progress import Silent
from inchorus.schema import TIME
from inchorus.words.corpus import Corpus, build_corpus


def corpus_of(rows: Sequence[tuple[str, str]], days: Sequence[int | None] | None = None) -> Corpus:
    """The corpus of (source, text) rows, which must come sorted by source; `days` are their times."""
    assert [s for s, _ in rows] == sorted(s for s, _ in rows)
    stamps = [None] * len(rows) if days is None else [None if d is None else d * 86_400_000_000 for d in days]
    documents = pa.table(
        {
            "source": pa.array([s for s, _ in rows], pa.string()),
            "time": pa.array(stamps, pa.int64()).cast(TIME),
            "time_precision": pa.array([None if s is None else "day" for s in stamps], pa.string()),
            "text": pa.array([t for _, t in rows], pa.large_string()),
        }
    )
    return build_corpus(documents, 1, Silent())


def filler(rng: random.Random, n: int, words: int = 5000) -> str:
    """Words that make no wording: `n` drawn from a vocabulary too large for shared n-grams."""
    return " ".join(f"z{rng.randrange(words)}" for _ in range(n))


def line(name: str, n: int) -> str:
    """A wording of `n` words that no other line has."""
    return " ".join(f"{name}{i}" for i in range(n))


def lcs(a: Sequence[object], b: Sequence[object]) -> int:
    """Length of the longest common subsequence, by the textbook."""
    row = [0] * (len(b) + 1)
    for x in a:
        above = row[:]
        for j, y in enumerate(b):
            row[j + 1] = above[j] + 1 if x == y else max(above[j + 1], row[j])
    return row[-1]


class Found(NamedTuple):
    document: int
    begin: int
    end: int
    similarity: float


def by_family(families: Families) -> list[list[Found]]:
    out: list[list[Found]] = [[] for _ in families.canonical]
    for f, d, b, e, s in zip(*families[:5], strict=True):
        out[int(f)].append(Found(int(d), int(b), int(e), float(s)))
    return out


def wordings(corpus: Corpus, families: Families) -> list[list[int]]:
    return [corpus.word[families.begin[c] : families.end[c]].tolist() for c in families.canonical]


def find(corpus: Corpus, **options: float) -> Families:
    """Find passages, and check what must hold whatever the corpus is."""
    chosen = FindOptions(**{"threads": 1, **options})  # type: ignore[arg-type]
    families = find_passages(corpus, chosen, Silent()).families
    check(corpus, families, chosen)
    return families


def check(corpus: Corpus, families: Families, options: FindOptions) -> None:
    families_of_rows = families.family
    assert np.all(np.diff(families_of_rows) >= 0)
    assert families_of_rows[families.canonical].tolist() == list(range(len(families.canonical)))
    assert np.all(families.similarity[families.canonical] == 1.0)
    assert np.all(families.begin < families.end)
    document = families.document.astype(np.int64)
    assert np.all(corpus.offsets[document] <= families.begin)
    assert np.all(families.end <= corpus.offsets[document + 1])
    seen = set()
    for f, passages in enumerate(by_family(families)):
        c = families.canonical[f]
        canonical = corpus.word[families.begin[c] : families.end[c]].tolist()
        assert len(canonical) >= options.min_words
        assert tuple(canonical) not in seen
        seen.add(tuple(canonical))
        assert len({int(corpus.source[p.document]) for p in passages}) >= options.min_sources
        assert passages == sorted(passages)
        for a, b in pairwise(passages):
            assert a.document != b.document or a.end <= b.begin
        for p in passages:
            words = corpus.word[p.begin : p.end].tolist()
            assert p.similarity >= options.min_similarity
            if len(words) * len(canonical) < 10_000:
                assert p.similarity == 2 * lcs(canonical, words) / (len(canonical) + len(words))
            else:
                assert 0 <= p.similarity <= 1
                assert (p.similarity == 1) == (words == canonical)
