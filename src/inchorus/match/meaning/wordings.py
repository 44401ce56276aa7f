"""Sentences of the corpus, each wording once: one that passages of a talking point have stands for all of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.families import Families
from inchorus.match.hashes import wording_hashes
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_CAPITAL, IS_NUMBER

MOST = 60  # words; more is a list, or a text without marks
CAPITALS = 0.5  # of the words of a title or a list of names, and more, have a capital
COVERED = 0.8  # of a sentence's words that a passage has: it then is the passage's wording


class Wordings(NamedTuple):
    """Sentences, sorted by wording, then as the corpus has them (int64 each).

    wording: a number a sentence, rising from 0. begin, end: its words in the corpus. document. first: where the rows
    of each wording begin, and their number at the end. heads: the row of each wording that stands for it, of all its
    documents' the earliest one or that of its talking point's canonical passage. point: the family that each wording
    is of, or -1.
    """

    wording: I64
    begin: I64
    end: I64
    document: I64
    first: I64
    heads: I64
    point: I64


def wordings(corpus: Corpus, starts: BOOL, families: Families, worth: BOOL, least: int) -> Wordings:
    """The sentences of `least` to `MOST` words, by wording.

    `starts` says where sentences begin (see `words.ends`). Titles and lists of names, most of whose words have a
    capital, are none. Of sentences that a passage of `families` covers, those
    whose family is not `worth` it are left out; the others go by the family, and by which sentence of its canonical
    passage they are: an edited passage is the same wording.
    """
    opens = starts.copy()
    opens[corpus.offsets[:-1][corpus.offsets[:-1] < len(opens)]] = True
    begin = np.flatnonzero(opens)
    end = np.append(begin[1:], len(opens))
    document = np.searchsorted(corpus.offsets, begin, "right") - 1
    fits = (end - begin >= least) & (end - begin <= MOST) & ~loud(corpus, begin, end)
    begin, end, document = begin[fits], end[fits], document[fits]
    row = _covering(begin, end, families)
    covered = row >= 0
    family = np.full(len(row), -1)
    family[covered] = families.family[row[covered]]
    keep = ~covered
    keep[covered] = worth[family[covered]]
    begin, end, document, row, family = (x[keep] for x in (begin, end, document, row, family))
    if not len(begin):
        none = np.empty(0, np.int64)
        return Wordings(none, none, none, none, np.zeros(1, np.int64), none, none)
    hashes = np.empty(len(begin), np.uint64)
    wording_hashes(corpus.word, begin, end, hashes)
    of = _numbers(begin, end, hashes.view(np.int64), row, family, families)
    order = np.lexsort((begin, of))
    of, begin, end, document, family = (x[order] for x in (of, begin, end, document, family))
    first = np.searchsorted(of, np.arange(of[-1] + 2))
    canonical = np.zeros(len(of), np.bool_)
    if len(families.canonical):
        heads = families.canonical[np.maximum(family, 0)]
        canonical = (family >= 0) & (begin < families.end[heads]) & (end > families.begin[heads])
    best = np.lexsort((begin, corpus.earliest[document], ~canonical, of))
    return Wordings(of, begin, end, document, first.astype(np.int64), best[first[:-1]], family[first[:-1]])


def loud(corpus: Corpus, begin: I64, end: I64) -> BOOL:
    """Which runs of words are titles or lists of names: so many of them begin with a capital."""
    capital = (corpus.flags & (IS_CAPITAL | IS_NUMBER)) == IS_CAPITAL
    total = np.concatenate([[0], np.cumsum(capital)])
    return np.asarray(total[end] - total[begin] > CAPITALS * np.maximum(end - begin, 1))


def _covering(begin: I64, end: I64, families: Families) -> I64:
    """Of each sentence the passage that has most of it, if that is enough, else -1."""
    out = np.full(len(begin), -1)
    most = np.zeros(len(begin), np.int64)
    # The sentences that each passage touches, the longest passages last, so that these win among equals.
    by_length = np.argsort(families.end - families.begin, kind="stable")
    low = np.searchsorted(end, families.begin, "right")
    high = np.searchsorted(begin, families.end, "left")
    for step in range(int((high - low).max(initial=0))):
        rows = by_length[(low + step < high)[by_length]]
        at = low[rows] + step
        common = np.minimum(end[at], families.end[rows]) - np.maximum(begin[at], families.begin[rows])
        order = np.argsort(common, kind="stable")
        rows, at, common = rows[order], at[order], common[order]
        enough = (common >= COVERED * (end[at] - begin[at])) & (common >= most[at])
        most[at[enough]] = common[enough]
        out[at[enough]] = rows[enough]
    return out


def _numbers(begin: I64, end: I64, hashes: I64, row: I64, family: I64, families: Families) -> I64:
    """A number for each wording, from 0: by its words, or by its place in the canonical passage of its family."""
    key = np.zeros((2, len(begin)), np.int64)
    key[0], key[1] = -1, hashes
    inside = np.flatnonzero(family >= 0)
    if len(inside):
        passage, head = row[inside], families.canonical[family[inside]]
        size = families.end - families.begin
        middle = (begin[inside] + end[inside]) / 2 - families.begin[passage]
        word = families.begin[head] + np.clip(middle / size[passage], 0, 0.999) * size[head]
        # The sentence of the canonical passage at the same share of the way, if it is one of those that count.
        place = np.minimum(np.searchsorted(end, word, "right"), len(end) - 1)
        there = (begin[place] <= word) & (family[place] == family[inside])
        key[0, inside[there]] = family[inside[there]]
        key[1, inside[there]] = begin[place[there]]
    return np.unique(key, axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
