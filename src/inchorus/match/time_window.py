"""Wording that travels in time: passages that another source has near them, before or after."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64, U32, kernel
from inchorus.match.families import Families
from inchorus.match.lcs import lcs_length, match_table
from inchorus.words.corpus import DAY, NEVER, Corpus


class LeftOut(NamedTuple):
    """Passages that `within` left out: those that no other source has near them, and those without a time."""

    apart: int
    without_time: int


@kernel
def _near(family: I64, source: U32, time: I64, span: int, keep: BOOL) -> None:
    """Keep passages with one of another source at most `span` before them; rows are sorted by family and time.

    Of all that came before only two count: the last, and the last of another source than that one.
    """
    last = -1
    other = -1
    for i in range(len(family)):
        if last >= 0 and family[last] != family[i]:
            last = -1
            other = -1
        if time[i] == NEVER:
            continue
        # Rows are walked from either end, so that times may fall as well as rise.
        j = last if last >= 0 and source[last] != source[i] else other
        if j >= 0 and abs(time[i] - time[j]) <= span:
            keep[i] = True
        if last >= 0 and source[last] != source[i]:
            other = last
        last = i


@kernel
def _anew(word: U32, begin: I64, end: I64, first: I64, canonical: I64, stale: BOOL, similarity: F64) -> None:
    """Similarities of the passages of `stale` families to their canonical passage."""
    for f in range(len(canonical)):
        if not stale[f]:
            continue
        c = word[begin[canonical[f]] : end[canonical[f]]]
        distinct, table = match_table(c)
        for i in range(first[f], first[f + 1]):
            words = word[begin[i] : end[i]]
            similarity[i] = 2.0 * lcs_length(distinct, table, len(c), words) / (len(c) + len(words))


def _kept(corpus: Corpus, families: Families, span: int) -> BOOL:
    """Which passages have one of another source of their family at most `span` microseconds before or after."""
    document = families.document
    time = corpus.earliest[document]
    order = np.lexsort((time, families.family))
    family, source, when = families.family[order], corpus.source[document[order]], time[order]
    keep = np.zeros(len(order), np.bool_)
    _near(family, source, when, span, keep)
    back = np.zeros(len(order), np.bool_)
    _near(family[::-1].copy(), source[::-1].copy(), when[::-1].copy(), span, back)
    out = np.empty(len(order), np.bool_)
    out[order] = keep | back[::-1]
    return out


def _limited(corpus: Corpus, families: Families, keep: BOOL) -> Families:
    """The families with the passages to keep; one that loses its canonical passage gets the most like it instead."""
    n = len(families.canonical)
    lost = ~keep[families.canonical]
    like = families.similarity
    # The first of those that are the most alike: passages come by document, and documents are not sorted by time.
    order = np.lexsort((corpus.earliest[families.document], -like, ~keep, families.family))
    best = order[np.searchsorted(families.family[order], np.arange(n))]
    canonical = np.where(lost, best, families.canonical)
    chosen = np.zeros(len(like), np.bool_)
    chosen[canonical] = True
    family = families.family[keep]
    kept_families, numbers = np.unique(family, return_inverse=True)
    begin, end, similarity = families.begin[keep], families.end[keep], like[keep].copy()
    rows = np.flatnonzero(chosen[keep]).astype(np.int64)
    first = np.searchsorted(numbers, np.arange(len(kept_families) + 1)).astype(np.int64)
    _anew(corpus.word, begin, end, first, rows, lost[kept_families], similarity)
    return Families(numbers.astype(np.int64), families.document[keep], begin, end, similarity, rows)


def within(
    corpus: Corpus, families: Families, days: float, min_sources: int, min_similarity: float
) -> tuple[Families, LeftOut]:
    """Leave out the passages that no other source has at most `days` before or after, by the times of the documents.

    A passage without a time cannot be said to be near another, and is left out. A family that is left with fewer than
    `min_sources` sources goes, and its passages count as left out. Families are sorted by family, then document,
    before and after. Linear but for sorting.
    """
    span = int(days * DAY)
    document = families.document
    without_time = int((corpus.earliest[document] == NEVER).sum())
    total = len(families.family)
    while True:
        before = len(families.family)
        families = _limited(corpus, families, _kept(corpus, families, span))
        keys = np.unique(
            (families.family.astype(np.uint64) << np.uint64(32)) | corpus.source[families.document].astype(np.uint64)
        )
        sources = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(families.canonical))
        keep = (sources >= min_sources)[families.family] & (families.similarity >= min_similarity)
        families = _limited(corpus, families, keep)
        if len(families.family) == before:
            return families, LeftOut(total - before - without_time, without_time)
