"""How much of a document's text another document has too: what tells copies of whole texts from shared lines."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus

_PAIRED = 64  # passages of a talking point that are paired each with each; of more, the first so many


@kernel
def _spans(family: I64, document: U32, article: I64, keys: U64, rows: I64) -> int:
    """An entry for each passage and each of another article of its family: the pair of documents, and the passage.

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
                        rows[n] = i
                    n += 1
        lo = hi
    return n


@kernel
def _largest(order: I64, keys: U64, rows: I64, begin: I64, end: I64, length: I64, out: F64) -> None:
    """For each passage the largest share of its document that one other document of its family has too.

    That is, for each pair of documents, the words of the first in the union of the spans that the second has too.
    """
    lo = 0
    while lo < len(order):
        hi = lo
        while hi < len(order) and keys[order[hi]] == keys[order[lo]]:
            hi += 1
        begins = np.empty(hi - lo, np.uint64)
        for k in range(lo, hi):
            begins[k - lo] = begin[rows[order[k]]]
        total = 0
        at = np.int64(0)
        for k in rising(begins):
            row = rows[order[lo + k]]
            total += max(0, end[row] - max(at, begin[row]))
            at = max(at, end[row])
        for k in range(lo, hi):
            row = rows[order[k]]
            out[row] = max(out[row], total / length[row])
        lo = hi


@kernel
def _unasked(family: I64, out: F64) -> None:
    """NaN for the passages beyond the first so many of a talking point."""
    lo = 0
    for i in range(len(family)):
        if family[i] != family[lo]:
            lo = i
        if i - lo >= _PAIRED:
            out[i] = np.nan


def shares_copied(corpus: Corpus, families: Families, original: I64) -> F64:
    """For each passage the share (0 to 1) of its document's words that one other document has too.

    The other is one of the same talking point, and no version of the same article (`original`, by document); all
    wordings that the two share are taken together, as the
    union of their spans. Of a talking point with more than 64 passages only the first 64 are asked; the
    others get NaN.
    """
    article = original[families.document]
    out = np.zeros(len(families.family))
    given = families.family, families.document, article
    count = _spans(*given, np.empty(0, np.uint64), np.empty(0, np.int64))
    if count:
        keys, rows = np.empty(count, np.uint64), np.empty(count, np.int64)
        _spans(*given, keys, rows)
        length = np.diff(corpus.offsets)[families.document]
        _largest(np.argsort(keys, kind="stable"), keys, rows, families.begin, families.end, length, out)
    _unasked(families.family, out)
    return out
