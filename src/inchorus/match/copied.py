"""How much of a document's text another document has too: what tells copies of whole texts from shared lines."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import F64, I64, U32, U64, kernel
from inchorus.match.families import Families
from inchorus.prepare.corpus import Corpus
from inchorus.sorting import place, rising

_PAIRED = 64  # passages of a talking point that are paired each with each; of more, the first so many


@kernel
def _spans(family: I64, document: U32, article: I64, begin: I64, end: I64, keys: U64, spans: I64) -> int:
    """A row for each document and each of another article of its families: the pair, and the span in the first.

    With empty `keys`, only their number. Rows of `family` come together.
    """
    n = 0
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            hi += 1
        for i in range(lo, min(hi, lo + _PAIRED)):
            for j in range(lo, min(hi, lo + _PAIRED)):
                if article[i] != article[j]:
                    if len(keys):
                        keys[n] = (np.uint64(document[i]) << np.uint64(32)) | np.uint64(document[j])
                        spans[0, n] = begin[i]
                        spans[1, n] = end[i]
                    n += 1
        lo = hi
    return n


@kernel
def _unions(order: I64, keys: U64, spans: I64, pairs: U64, words: I64) -> int:
    """For each pair the words of the first document in the union of its spans."""
    n = 0
    lo = 0
    while lo < len(order):
        hi = lo
        while hi < len(order) and keys[order[hi]] == keys[order[lo]]:
            hi += 1
        begins = np.empty(hi - lo, np.uint64)
        for k in range(lo, hi):
            begins[k - lo] = spans[0, order[k]]
        total = 0
        at = np.int64(0)
        for k in rising(begins):
            row = order[lo + k]
            total += max(0, spans[1, row] - max(at, spans[0, row]))
            at = max(at, spans[1, row])
        pairs[n] = keys[order[lo]]
        words[n] = total
        n += 1
        lo = hi
    return n


@kernel
def _largest(family: I64, document: U32, article: I64, pairs: U64, words: I64, length: I64, out: F64) -> None:
    """For each passage the largest share of its document that one other document of its family has too."""
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            hi += 1
        stop = min(hi, lo + _PAIRED)
        for i in range(lo, stop):
            for j in range(lo, stop):
                if article[i] == article[j]:
                    continue
                k = place(pairs, (np.uint64(document[i]) << np.uint64(32)) | np.uint64(document[j]))
                out[i] = max(out[i], words[k] / length[document[i]])
        for i in range(stop, hi):
            out[i] = np.nan
        lo = hi


def shares_copied(corpus: Corpus, families: Families, original: I64) -> F64:
    """For each passage the share (0 to 1) of its document's words that one other document has too.

    The other is one of the same talking point, and no version of the same article (`original`, by document); all
    wordings that the two share are taken together, as the
    union of their spans. Of a talking point with more than 64 passages only the first 64 are asked; the
    others get NaN.
    """
    article = original[families.document]
    columns = (families.family, families.document, article, families.begin, families.end)
    count = _spans(*columns, np.empty(0, np.uint64), np.empty((2, 0), np.int64))
    keys, spans = np.empty(count, np.uint64), np.empty((2, count), np.int64)
    out = np.zeros(len(families.family))
    if not count:
        return out
    _spans(*columns, keys, spans)
    pairs, words = np.empty(count, np.uint64), np.empty(count, np.int64)
    n = _unions(np.argsort(keys, kind="stable"), keys, spans, pairs, words)
    _largest(families.family, families.document, article, pairs[:n], words[:n], np.diff(corpus.offsets), out)
    return out
