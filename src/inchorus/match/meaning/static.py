"""Sentences as sums of vectors of their words: what is cheap enough to compare all of them by.

The vectors are those that a model begins with, along their main axes; a word counts less the commoner it is, and what
all sentences have in common is taken out (Arora et al. 2017). What the model makes of each token alone, as model2vec
distils it, takes half a minute for each model and finds fewer of the pairs that the model has near each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F32, I64, U32
from inchorus.match.meaning.embed import unit
from inchorus.match.meaning.model import Model
from inchorus.match.meaning.wordings import Wordings
from inchorus.words.corpus import Corpus

DIMENSIONS = 256  # of 384 of MiniLM: 0.98 of the pairs that it has near are among the first, 0.96 with 128, 1 with all
USUAL = 1e-3  # share of the running words from which on a word counts half
_MANY = 10  # sentences for each dimension
_WORDS = 1 << 20  # that are summed at a time


def word_vectors(model: Model, corpus: Corpus, forms: pa.Array) -> F32:
    """A vector for each word of the corpus, float32, (words, up to `DIMENSIONS`), the longer the rarer the word is."""
    pieces = model.tokenizer.encode_batch(forms.to_pylist(), add_special_tokens=False)
    small = token_vectors(model, np.unique([i for one in pieces for i in one.ids]).astype(np.int64))
    return weighed(of_pieces(small, [one.ids for one in pieces]), corpus.frequency, int(corpus.frequency.sum()))


def token_vectors(model: Model, used: I64) -> F32:
    """The vectors that the model begins with, along the main axes of the tokens that are `used`."""
    tokens = model.tensors["embeddings.word_embeddings.weight"]
    centred = tokens - tokens.mean(axis=0)
    some = centred[used]
    axes = np.linalg.eigh(some.T @ some)[1][:, ::-1][:, :DIMENSIONS].astype(np.float32)
    return np.asarray(centred @ axes, np.float32)


def of_pieces(tokens: F32, pieces: Sequence[Sequence[int]]) -> F32:
    """The mean vector of the tokens of each word; of none, nothing."""
    count = np.array([len(ids) for ids in pieces], np.int64)
    ids = np.array([i for one in pieces for i in one], np.int64)
    out = np.zeros((len(pieces), tokens.shape[1]), np.float32)
    some = np.flatnonzero(count)
    if len(some):
        firsts = np.concatenate([[0], np.cumsum(count[some])[:-1]])
        out[some] = np.add.reduceat(tokens[ids], firsts) / count[some, None]
    return out


def weighed(words: F32, frequency: I64, total: int) -> F32:
    """Vectors of words that count less the commoner they are among `total` running words."""
    share = frequency / max(total, 1)
    return np.asarray(words * (USUAL / (USUAL + share))[:, None], np.float32)


def sentence_vectors(corpus: Corpus, words: F32, found: Wordings) -> F32:
    """A vector of length one for each wording, float32, (wordings, dimensions)."""
    return unit(_apart(summed(words, corpus.word, found.begin[found.heads], found.end[found.heads])))


def summed(vectors: F32, words: I64 | U32, begin: I64, end: I64) -> F32:
    """The sum of the vectors of the words from each `begin` to `end`, float32; of none, nothing.

    >>> vectors = np.eye(3, dtype=np.float32)
    >>> summed(vectors, np.array([0, 2, 2]), np.array([0, 1, 1]), np.array([2, 3, 1])).tolist()
    [[1.0, 0.0, 1.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0]]
    """
    out = np.zeros((len(begin), vectors.shape[1]), np.float32)
    some = np.flatnonzero(end > begin)
    begin, end = begin[some], end[some]
    total = np.concatenate([[0], np.cumsum(end - begin)])
    lo = 0
    while lo < len(some):
        hi = max(lo + 1, int(np.searchsorted(total, total[lo] + _WORDS, "right")) - 1)
        places = np.arange(total[lo], total[hi]) - np.repeat(total[lo:hi] - begin[lo:hi], np.diff(total[lo : hi + 1]))
        out[some[lo:hi]] = np.add.reduceat(vectors[words[places]], total[lo:hi] - total[lo])
        lo = hi
    return out


def _apart(vectors: F32) -> F32:
    """Without the direction that most vectors have in common; of few it cannot be told."""
    if len(vectors) < _MANY * vectors.shape[1]:
        return vectors
    first = np.linalg.eigh(vectors.T @ vectors)[1][:, -1:].astype(np.float32)
    return np.asarray(vectors - (vectors @ first) @ first.T)
