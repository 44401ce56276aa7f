"""Two sentences of documents about one event are near for that: they must be nearer than what stands around them."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F32, I64
from inchorus.match.meaning.wordings import Wordings


def stand_out(found: Wordings, vectors: F32, a: I64, b: I64) -> BOOL:
    """Whether the two wordings of each pair are the nearest of their documents to each other, by `vectors`.

    A sentence that is as near to another sentence of the same document shares its subject, and no point. This is the
    margin by which parallel sentences are mined (Artetxe and Schwenk 2019), within two documents: the earliest ones
    that have the wordings.
    """
    order = np.argsort(found.document, kind="stable")
    documents = found.document[order]
    out = np.empty(len(a), np.bool_)
    of = found.document[found.heads]
    for k, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        like = vectors[x] @ vectors[y]
        out[k] = all(
            _most(found, vectors, order, documents, int(of[there]), there, here) <= like
            for here, there in ((x, y), (y, x))
        )
    return out


def _most(found: Wordings, vectors: F32, order: I64, documents: I64, document: int, but: int, to: int) -> float:
    """The likeness `to` a wording of the nearest other one in a document."""
    lo, hi = np.searchsorted(documents, [document, document + 1])
    others = found.wording[order[lo:hi]]
    others = others[(others != but) & (others != to)]
    return float((vectors[others] @ vectors[to]).max(initial=-1.0)) if len(others) else -1.0
