"""What the passages must hold, found the slow and certain way: every pair of documents, word by word."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.match.families import Families
from inchorus.words.corpus import Corpus


class Run(NamedTuple):
    """Words that two documents have in common, in a row; neither the word before nor the word after is."""

    a: int
    b: int
    begin_a: int
    begin_b: int
    words: int


def common_runs(corpus: Corpus, least: int) -> list[Run]:
    """Every maximal run of `least` words or more that documents of two sources share."""
    out = []
    n = len(corpus.source)
    word, bounds = corpus.word.tolist(), corpus.offsets.tolist()
    for a in range(n):
        for b in range(a + 1, n):
            if corpus.source[a] == corpus.source[b]:
                continue
            above: dict[int, int] = {}
            for i in range(bounds[a], bounds[a + 1] + 1):
                row = {}
                if i < bounds[a + 1]:
                    row = {j: above.get(j - 1, 0) + 1 for j in range(bounds[b], bounds[b + 1]) if word[i] == word[j]}
                for j, length in above.items():
                    if length >= least and j + 1 not in row:
                        out.append(Run(a, b, i - length, j + 1 - length, length))
                above = row
    return out


def missed(corpus: Corpus, families: Families, least: int, min_sources: int = 2) -> list[Run]:
    """The runs that no talking point has whole in both sources.

    It may have the words at another place of a source's: passages of one talking point never overlap, and a text that
    repeats itself has a wording at more places than there is room for. A run counts if `min_sources` have it.
    """
    word = corpus.word.tolist()
    source = corpus.source.tolist()
    texts = [tuple(word[lo:hi]) for lo, hi in zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True)]
    passages = [
        (int(f), source[d], int(b), int(e), tuple(word[b:e]))
        for f, d, b, e in zip(families.family, families.document, families.begin, families.end, strict=True)
    ]
    out = []
    known: dict[tuple[int, ...], tuple[dict[int, set[int]], int]] = {}
    for run in common_runs(corpus, least):
        words = tuple(word[run.begin_a : run.begin_a + run.words])
        if words not in known:
            holders: dict[int, set[int]] = {}
            for f, s, _, _, text in passages:
                if holds(text, words):
                    holders.setdefault(s, set()).add(f)
            known[words] = holders, len({s for s, text in zip(source, texts, strict=True) if holds(text, words)})
        holders, sources = known[words]
        if sources >= min_sources and not holders.get(source[run.a], set()) & holders.get(source[run.b], set()):
            out.append(run)
    return out


def lost(corpus: Corpus, families: Families, least: int, beyond: int, min_sources: int = 2) -> list[Run]:
    """The missed runs that one of the two sources has nowhere with all but `beyond` of the words in passages."""
    covered = np.zeros(len(corpus.word), np.int64)
    for begin, end in zip(families.begin.tolist(), families.end.tolist(), strict=True):
        covered[begin:end] = 1
    before = np.concatenate([[0], np.cumsum(covered)])
    word, source, bounds = corpus.word.tolist(), corpus.source.tolist(), corpus.offsets.tolist()

    def told(run: Run, document: int) -> bool:
        words, n = word[run.begin_a : run.begin_a + run.words], run.words
        own = (d for d in range(len(source)) if source[d] == source[document])
        places = (i for d in own for i in range(bounds[d], bounds[d + 1] - n + 1) if word[i : i + n] == words)
        return any(n - (before[i + n] - before[i]) <= beyond for i in places)

    return [run for run in missed(corpus, families, least, min_sources) if not (told(run, run.a) and told(run, run.b))]


def holds(text: tuple[int, ...], words: tuple[int, ...]) -> bool:
    """Whether a text has these words in a row."""
    n = len(words)
    return any(text[i] == words[0] and text[i : i + n] == words for i in range(len(text) - n + 1))
