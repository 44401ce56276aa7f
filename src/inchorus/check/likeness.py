"""How alike sentences are by the letters of their words, whatever the language and the endings of the words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F64
from inchorus.words.texts import cut, folded
from inchorus.words.tokens import tokenise

LETTERS = 4  # in a row; with 3 or 5 fewer claims were found (docs/decisions/047-check-and-claims.md)
_EDGE = " "


class Likeness:
    """Sentences as vectors: how often each run of letters stands in them, weighed by how few sentences have it.

    It learns from some sentences in how many of them each run stands. `cosines` of vectors are 0 for nothing in common
    and 1 for the same words.

    >>> like = Likeness(pa.array(["we will pay", "they paid for water", "rain fell"], pa.large_string()))
    >>> a = like.vectors(pa.array(["They will pay for water."], pa.large_string()))
    >>> b = like.vectors(pa.array(["They have paid for waters", "Rain, rain!"], pa.large_string()))
    >>> cosines(a, b).toarray().round(2).tolist()
    [[0.37, 0.0]]
    """

    def __init__(self, sentences: pa.Array) -> None:
        self._runs: dict[str, int] = {}
        counts = self._counts(sentences)
        self._having = np.bincount(counts.indices, minlength=len(self._runs))
        self._sentences = len(sentences)

    def vectors(self, sentences: pa.Array) -> Any:
        """A row for each sentence of a large_string array: a sparse matrix whose width grows from call to call."""
        from scipy.sparse import diags_array

        counts = self._counts(sentences)
        counts.data = 1.0 + np.log(counts.data)
        weighed = counts @ diags_array(self._rarity(counts.shape[1]))
        length = np.sqrt(np.asarray((weighed * weighed).sum(axis=1)).reshape(-1))
        return diags_array(1.0 / np.maximum(length, 1e-12)) @ weighed

    def _rarity(self, width: int) -> F64:
        having = np.zeros(width)
        having[: len(self._having)] = self._having
        rarity: F64 = np.log(1.0 + (self._sentences - having + 0.5) / (having + 0.5))
        return rarity

    def _counts(self, sentences: pa.Array) -> Any:
        """How often each run of letters stands in each sentence."""
        from scipy.sparse import csr_array

        tokens = tokenise(sentences, whole=False)
        owner = np.repeat(np.arange(len(sentences)), np.diff(tokens.offsets))
        _, first, word = np.unique(tokens.hash, return_index=True, return_inverse=True)
        start = tokens.start[first].astype(np.int64)
        forms = folded(cut(pa.chunked_array([sentences]), owner[first], start, start + tokens.length[first]))
        spelled, bounds = [], [0]
        for form in forms.to_pylist():
            whole = _EDGE + form + _EDGE
            spelled += [
                self._runs.setdefault(whole[i : i + LETTERS], len(self._runs))
                for i in range(max(1, len(whole) - LETTERS + 1))
            ]
            bounds.append(len(spelled))
        size = (len(sentences), len(first), len(self._runs))
        ones = np.ones(len(owner)), np.ones(len(spelled))
        of_words = csr_array((ones[0], (owner, word.reshape(-1))), shape=size[:2])
        made = of_words @ csr_array((ones[1], np.array(spelled, np.int64), np.array(bounds, np.int64)), shape=size[1:])
        made.sum_duplicates()
        return made


def cosines(a: Any, b: Any) -> Any:
    """The cosines of the rows of some vectors with those of others, as a sparse matrix."""
    from scipy.sparse import csr_array

    width = max(a.shape[1], b.shape[1])
    # A run that is met later has a number beyond the width of what was made before.
    same = [csr_array((m.data, m.indices, m.indptr), shape=(m.shape[0], width)) for m in (a.tocsr(), b.tocsr())]
    return (same[0] @ same[1].T).tocsr()
