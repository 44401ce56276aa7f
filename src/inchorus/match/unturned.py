"""Families without the passages that have their words to the letter, behind others that turn them round."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.beside import NARROWED, beside
from inchorus.match.families import Families
from inchorus.match.hashes import wording_hashes
from inchorus.match.spans import Lexicon
from inchorus.words.corpus import Corpus


def unturned(corpus: Corpus, words: Lexicon, families: Families, min_sources: int) -> Families:
    """Take out of each wording who says it behind words that turn it round.

    Where fewer than `min_sources` say it without, and most behind such words, the few are taken out. What is taken out
    is a family of its own, with the words that turn, where `min_sources` sources have the same. Families with one
    canonical wording become one. The result is unsorted.
    """
    hashes = _hashes(corpus, families.begin, families.end)
    _, first, of = np.unique(hashes[families.canonical], return_index=True, return_inverse=True)
    family, n = of.reshape(-1).astype(np.int64)[families.family], len(first)
    canonical = np.zeros(len(family), np.bool_)
    canonical[families.canonical[first]] = True
    exact = np.flatnonzero(hashes == hashes[families.canonical[first]][family])
    turned, begins = beside(corpus, words.turns.kinds, families.begin)
    if not turned[exact].any():
        return families
    document = families.document.astype(np.int64)
    # Of the edited ones, too: those who copied the denial to the letter may be more than those who copied the line.
    apart = (turned != _usual(corpus, family, document, turned, exact, n, min_sources)[family])[exact]
    begins = begins[exact]
    gone = exact[apart]
    _hand_over(corpus, families, family, canonical, gone, exact[~apart])
    keep = np.ones(len(family), np.bool_)
    keep[gone] = False
    one, wording = np.unique(
        _hashes(corpus, begins[apart], families.end[gone]), return_index=True, return_inverse=True
    )[1:]
    wording = wording.reshape(-1).astype(np.int64)
    keys = np.unique(np.stack([wording, corpus.source[document[gone]].astype(np.int64)]), axis=1)
    enough = (np.bincount(keys[0], minlength=len(one)) >= min_sources)[wording]
    own = np.zeros(len(gone), np.bool_)
    own[one] = True
    rows = gone[enough]
    numbers = np.unique(np.concatenate([family[keep], n + wording[enough]]), return_inverse=True)[1].reshape(-1)
    heads = np.flatnonzero(np.concatenate([canonical[keep], own[enough]]))
    numbers = numbers.astype(np.int64)
    return Families(
        numbers,
        np.concatenate([families.document[keep], families.document[rows]]),
        np.concatenate([families.begin[keep], begins[apart][enough]]),
        np.concatenate([families.end[keep], families.end[rows]]),
        np.concatenate([families.similarity[keep], np.ones(len(rows))]),
        heads[np.argsort(numbers[heads], kind="stable")],
    )


def usual_heads(corpus: Corpus, words: Lexicon, families: Families, min_sources: int) -> Families:
    """The families, the canonical passage of each one that has before it what is usual there (see `unturned`)."""
    hashes = _hashes(corpus, families.begin, families.end)
    family, n = families.family.astype(np.int64), len(families.canonical)
    exact = np.flatnonzero(hashes == hashes[families.canonical][family])
    turned = beside(corpus, words.turns.kinds, families.begin)[0]
    if not turned[exact].any():
        return families
    document = families.document.astype(np.int64)
    apart = (turned != _usual(corpus, family, document, turned, exact, n, min_sources)[family])[exact]
    canonical = np.zeros(len(family), np.bool_)
    canonical[families.canonical] = True
    _hand_over(corpus, families, family, canonical, exact[apart], exact[~apart])
    heads = np.flatnonzero(canonical)
    return families._replace(canonical=heads[np.argsort(family[heads], kind="stable")])


def _hashes(corpus: Corpus, begin: I64, end: I64) -> I64:
    out = np.empty(len(begin), np.uint64)
    wording_hashes(corpus.word, begin, end, out)
    return out.view(np.int64)


def _usual(corpus: Corpus, family: I64, document: I64, turned: I64, exact: I64, n: int, min_sources: int) -> I64:
    """What most sources of each family have before its words; nothing that turns where `min_sources` have that.

    Were those who say just the words the ones to go, they would be a second talking point of the same words. Only what
    some of the `exact` passages have: one of them is the canonical one.
    """
    rows = np.isin(family * (NARROWED + 1) + turned, (family * (NARROWED + 1) + turned)[exact])
    family, document, turned = family[rows], document[rows], turned[rows]
    keys = np.unique(np.stack([family, corpus.source[document].astype(np.int64), turned]), axis=1)
    of, held = np.unique(keys[[0, 2]], axis=1, return_counts=True)
    order = np.lexsort((of[1], -held, (of[1] > 0) | (held < min_sources), of[0]))
    best = order[np.flatnonzero(np.diff(of[0][order], prepend=-1))]
    usual = np.zeros(n, np.int64)
    usual[of[0][best]] = of[1][best]
    return usual


def _hand_over(corpus: Corpus, families: Families, family: I64, canonical: BOOL, gone: I64, good: I64) -> None:
    """Where the canonical passage goes the earliest other one with its words takes its place."""
    lost = gone[canonical[gone]]
    canonical[lost] = False
    good = good[np.isin(family[good], family[lost])]
    document = families.document[good]
    order = np.lexsort((families.begin[good], document, corpus.earliest[document], family[good]))
    canonical[good[order[np.flatnonzero(np.diff(family[good][order], prepend=-1))]]] = True
