"""Whether a wording is about the very source that uses it: a text written once, with each one's own name put in."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import BOOL, F64, I64, U8, U32, kernel
from inchorus.label.attribution import attribution_words
from inchorus.label.voices import users
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus

OFTEN = 0.5  # of a source's documents have its name
LIFT = 8.0  # times as often as those of others
BESIDE = 0.5  # of its uses in documents of a source, a first name stands beside the name that the source goes by
SHORTEST = 3  # letters of a part of the name
MOST = 16  # words that name a source
SUBJECT = 2  # words before the passage in which its subject stands
SPEAKS = 4  # words from a word like "said" within which a name is that of the speaker


@kernel
def _own(
    word: U32, offsets: I64, source: U32, documents: I64, label_first: I64, labels: U32, out_source: I64, out_word: I64
) -> int:
    """Write which words name which source, at most `MOST` each, and return their number. Documents come by source."""
    n = 0
    total = len(source)
    uses = np.zeros(len(documents), np.int64)
    beside = np.zeros(len(documents), np.int64)
    having = np.zeros(len(documents), np.int64)
    last = np.full(len(documents), -1, np.int64)
    part = np.zeros(len(documents), np.uint8)
    lo = 0
    while lo < total:
        hi = lo
        while hi < total and source[hi] == source[lo]:
            hi += 1
        s = np.int64(source[lo])
        for k in range(label_first[s], label_first[s + 1]):
            part[labels[k]] = 1
        first = n
        for d in range(lo, hi):
            for p in range(offsets[d], offsets[d + 1]):
                w = word[p]
                uses[w] += 1
                near = (p > offsets[d] and part[word[p - 1]]) or (p + 1 < offsets[d + 1] and part[word[p + 1]])
                beside[w] += near
                if last[w] != d:
                    last[w] = d
                    having[w] += 1
        others = max(1, total - (hi - lo))
        for p in range(offsets[lo], offsets[hi]):
            w = word[p]
            if uses[w] == 0:
                continue
            own = having[w] / (hi - lo)
            usual = (documents[w] - having[w]) / others
            called = part[w] or beside[w] >= BESIDE * uses[w]
            if called and own >= OFTEN and own >= LIFT * usual and n - first < MOST:
                out_source[n] = s
                out_word[n] = w
                n += 1
            uses[w] = beside[w] = having[w] = 0
        for k in range(label_first[s], label_first[s + 1]):
            part[labels[k]] = 0
        lo = hi
    return n


@kernel
def _mark(
    word: U32, offsets: I64, source: U32, document: U32, begin: I64, end: I64, says: U8, first: I64, names: I64,
    out: BOOL,
) -> None:  # fmt: skip
    """Say whether a name of its source stands in each passage, or right before, and not as that of the speaker."""
    for i in range(len(document)):
        d = document[i]
        s = source[d]
        if first[s] == first[s + 1]:
            continue
        for p in range(max(offsets[d], begin[i] - SUBJECT), end[i]):
            named = False
            for k in range(first[s], first[s + 1]):
                named |= names[k] == word[p]
            if not named:
                continue
            speaks = False
            for q in range(max(offsets[d], p - SPEAKS), min(offsets[d + 1], p + SPEAKS + 1)):
                speaks |= says[word[q]] != 0
            if not speaks:
                out[i] = True
                break


def _labels(names: pa.Array, forms: pa.Array) -> tuple[I64, U32]:
    """By source the words of the corpus that its name consists of, run together ("BenNelson") or not."""
    of = {form: w for w, form in enumerate(forms.to_pylist())}
    rows: list[list[int]] = []
    for name in names.to_pylist():
        parts = re.findall(r"[^\W_]+", re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", name))
        found = {part.casefold() for part in parts} | {"".join(parts).casefold()}
        rows.append(sorted(of[part] for part in found if len(part) >= SHORTEST and part in of))
    first = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return first, np.array([w for row in rows for w in row], np.uint32)


def share_self_named(corpus: Corpus, names: pa.Array, forms: pa.Array, families: Families) -> F64:
    """By talking point the share of its sources (0 to 1) that the wording names, otherwise than as the speaker.

    `names` are those of the sources, by number; `forms` comes from `vocabulary`. A source is named by the words of the
    name that it goes by, and by those beside these (a first name), where its documents have them far more than others.
    """
    n = len(families.canonical)
    label_first, labels = _labels(names, forms)
    of, own = np.empty(MOST * len(names), np.int64), np.empty(MOST * len(names), np.int64)
    count = _own(corpus.word, corpus.offsets, corpus.source, corpus.documents, label_first, labels, of, own)
    by_source = np.searchsorted(of[:count], np.arange(len(names) + 1)).astype(np.int64)
    named = np.zeros(len(families.family), np.bool_)
    says = attribution_words(corpus)
    place = families.document, families.begin, families.end
    _mark(corpus.word, corpus.offsets, corpus.source, *place, says, by_source, own, named)
    family, start = users(corpus, families)
    about = np.logical_or.reduceat(named, start) if len(start) else named
    return np.bincount(family, weights=about, minlength=n) / np.maximum(np.bincount(family, minlength=n), 1)
