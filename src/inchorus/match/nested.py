"""What says nothing of its own, because a passage of another talking point contains it."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U32, U64, kernel
from inchorus.match.families import Families

_LOOK_BACK = 200  # passages of one document that begin before a passage and are tried as its container


@kernel
def _containers(document: U32, begin: I64, end: I64, family: I64, tenths: int, keys: U64) -> int:
    """Pairs (inner, outer) of families, one for each passage; with empty `keys`, only their number."""
    n = 0
    for i in range(len(document)):
        size = end[i] - begin[i]
        own = n
        for step in range(1, 2 * _LOOK_BACK):
            # Both ways: a container may begin a word or two after the passage that it covers by nine tenths.
            j = i - (step + 1) // 2 if step % 2 else i + step // 2
            if j < 0 or j >= len(document) or document[j] != document[i] or family[j] == family[i]:
                continue
            other = end[j] - begin[j]
            if other < size or (other == size and family[j] > family[i]):
                continue
            if 10 * (min(end[i], end[j]) - max(begin[i], begin[j])) >= tenths * size:
                if len(keys):
                    key = (np.uint64(family[i]) << np.uint64(32)) | np.uint64(family[j])
                    k = own
                    while k < n and keys[k] != key:
                        k += 1
                    if k < n:
                        continue
                    keys[n] = key
                n += 1
    return n


def nested(families: Families, tenths: int = 9) -> BOOL:
    """Mark the families of which every passage lies, by so many tenths, inside a passage of one same other family.

    Such are the pieces of an edited wording that some of its users have in common: variants, not
    talking points. A phrase that is also used elsewhere is not nested.
    """
    order = np.lexsort((-families.end, families.begin, families.document))
    columns = (families.document[order], families.begin[order], families.end[order], families.family[order])
    count = _containers(*columns, tenths, np.empty(0, np.uint64))
    keys = np.empty(count, np.uint64)
    if count:
        keys = keys[: _containers(*columns, tenths, keys)]
    pairs, times = np.unique(keys, return_counts=True)
    inner = (pairs >> np.uint64(32)).astype(np.int64)
    sizes = np.bincount(families.family, minlength=len(families.canonical))
    out = np.zeros(len(families.canonical), np.bool_)
    out[inner[times >= sizes[inner]]] = True
    return out


PART = 0.8  # of the words of its line: more is the line, less a part of it


@kernel
def _inside(document: U32, begin: I64, end: I64, family: I64, sources: I64, asked: BOOL, out: BOOL) -> None:
    """Mark the passages that are asked about and lie whole inside one of a family of more sources."""
    for i in range(len(document)):
        if not asked[i]:
            continue
        for step in range(1, 2 * _LOOK_BACK):
            j = i - (step + 1) // 2 if step % 2 else i + step // 2
            if j < 0 or j >= len(document) or document[j] != document[i]:
                continue
            if begin[j] <= begin[i] and end[j] >= end[i] and sources[family[j]] > sources[family[i]]:
                out[i] = True
                break


def parts(families: Families, sources: I64) -> BOOL:
    """Mark the passages that have only a part of their line, and that part is a line of more sources there.

    A form letter that ends in what hundreds of letters end in has no passage in those. `sources` is by family. Never
    the canonical passage.
    """
    size = families.end - families.begin
    whole = size[families.canonical][families.family]
    # A part to the letter, but for one word in ten, has all of its words in common with the line.
    cut = (size <= PART * whole) & (families.similarity * (size + whole) >= 0.9 * 2 * size)
    order = np.lexsort((-families.end, families.begin, families.document))
    found = np.zeros(len(order), np.bool_)
    columns = (families.document[order], families.begin[order], families.end[order], families.family[order])
    _inside(*columns, sources, cut[order], found)
    out = np.zeros(len(order), np.bool_)
    out[order] = found
    return out
