"""Families made ready to be told apart: equal ones merged, overlaps and nested ones taken out."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64, U32, kernel
from inchorus.match.families import Families
from inchorus.match.hashes import wording_hashes
from inchorus.match.nested import nested, parts
from inchorus.words.corpus import Corpus


@kernel
def _overlaps(family: I64, document: U32, begin: I64, end: I64, similarity: F64, canonical: BOOL, keep: BOOL) -> None:
    """Of passages of one family that overlap in one document keep the canonical one, then the most similar."""
    last = 0
    for i in range(1, len(family)):
        if family[i] == family[last] and document[i] == document[last] and begin[i] < end[last]:
            if canonical[i] or (not canonical[last] and similarity[i] > similarity[last]):
                keep[last] = False
                last = i
            else:
                keep[i] = False
        else:
            last = i


def some(families: Families, which: BOOL) -> Families:
    """The families that are marked, renumbered; they come sorted by family."""
    canonical = np.zeros(len(families.family), np.bool_)
    canonical[families.canonical] = True
    return _select(families, which[families.family], canonical)


def _select(families: Families, rows: BOOL | I64, canonical: BOOL) -> Families:
    """The rows that are kept, in their order, families renumbered without gaps."""
    family = families.family[rows]
    numbers = np.cumsum(np.diff(family, prepend=family[:1]) != 0)
    return Families(
        numbers.astype(np.int64),
        families.document[rows],
        families.begin[rows],
        families.end[rows],
        families.similarity[rows],
        np.flatnonzero(canonical[rows]).astype(np.int64),
    )


@kernel
def _partners(family: I64, document: I64, first: I64, partner: I64, keep: BOOL) -> None:
    """Keep the passages of which some other passage of the family is in a paired document."""
    within = np.full(len(first) - 1, -1, np.int64)
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            within[document[hi]] = family[lo]
            hi += 1
        for i in range(lo, hi):
            for k in range(first[document[i]], first[document[i] + 1]):
                if within[partner[k]] == family[lo]:
                    keep[i] = True
                    break
        lo = hi


def paired(families: Families, pairs: I64) -> Families:
    """Limit families to passages that share them with a document they are paired with.

    `pairs` is int64, (pairs, 2), of two documents each. The canonical passage stays with its family:
    similarities are to it.
    """
    document = families.document.astype(np.int64)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    documents = int(max(document.max(initial=-1), both.max(initial=-1))) + 1
    first = np.searchsorted(both[:, 0], np.arange(documents + 1)).astype(np.int64)
    # Families come here as `recruit` leaves them, which is unsorted.
    order = np.argsort(families.family, kind="stable")
    keep = np.zeros(len(order), np.bool_)
    _partners(families.family[order], document[order], first, np.ascontiguousarray(both[:, 1]), keep)
    canonical = np.zeros(len(order), np.bool_)
    canonical[families.canonical] = True
    keep |= (canonical & np.isin(families.family, families.family[order[keep]]))[order]
    return _select(families, order[keep], canonical)


def _sources(corpus: Corpus, families: Families) -> I64:
    """How many sources each family has."""
    pairs = np.unique(
        (families.family.astype(np.uint64) << np.uint64(32)) | corpus.source[families.document].astype(np.uint64)
    )
    return np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=len(families.canonical))


def without_parts(corpus: Corpus, families: Families, min_sources: int) -> Families:
    """Families as `settle` leaves them, without passages that are a part of their line and another line (`parts`)."""
    canonical = np.zeros(len(families.family), np.bool_)
    canonical[families.canonical] = True
    keep = ~parts(families, _sources(corpus, families)) | canonical
    whole = _select(families, keep, canonical)
    enough = (_sources(corpus, whole) >= min_sources)[whole.family]
    canonical = np.zeros(len(whole.family), np.bool_)
    canonical[whole.canonical] = True
    return _select(whole, enough, canonical)


def settle(corpus: Corpus, families: Families, min_sources: int, tenths: int | None = 9) -> Families:
    """Merge families with one canonical wording; keep one of overlapping passages; drop nested families.

    A family is nested if so many `tenths` of each of its passages lie inside another one (see `nested`); with None all
    are kept. The result is sorted by family, then document, then place; every family still has at least
    `min_sources` sources.
    """
    if not len(families.family):
        return families
    hashes = np.empty(len(families.canonical), np.uint64)
    wording_hashes(corpus.word, families.begin[families.canonical], families.end[families.canonical], hashes)
    _, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    family = first[inverse][families.family]
    canonical = np.zeros(len(family), np.bool_)
    canonical[families.canonical[first]] = True
    order = np.lexsort((~canonical, families.begin, families.document, family))
    merged = families._replace(family=family)
    keep = np.ones(len(order), np.bool_)
    columns = (family[order], families.document[order], families.begin[order], families.end[order])
    _overlaps(*columns, families.similarity[order], canonical[order], keep)
    settled = _select(merged, order[keep], canonical)
    enough = _sources(corpus, settled) >= min_sources
    kept = (enough if tenths is None else enough & ~nested(settled, tenths))[settled.family]
    canonical = np.zeros(len(settled.family), np.bool_)
    canonical[settled.canonical] = True
    return _select(settled, kept, canonical)
