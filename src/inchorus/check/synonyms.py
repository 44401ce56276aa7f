"""Documents that have a text's words, or words near these in meaning; and sentences by their words' vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.check.draft import number_of
from inchorus.compiled.kernel import BOOL, F32, F64, I64
from inchorus.match.meaning.embed import unit
from inchorus.match.meaning.model import Model
from inchorus.match.meaning.static import of_pieces, summed, token_vectors, weighed
from inchorus.search.bm25 import fit, norms, rarity
from inchorus.search.index import Index
from inchorus.search.query import fold_words

MOST = 6  # words of the study that stand for one of a text besides itself
NEAR = 0.45  # their cosine with it at least
COMMON = 0.1  # of the documents; a word that more have tells none apart
AXES = 128  # of the vectors of words: every word of a study has one


class Words(NamedTuple):
    """The words of some texts, each once: their forms; vectors (float32); for each text which of them it has."""

    forms: list[str]
    vectors: F32
    of: list[I64]


class Synonyms:
    """The words of an index with the vectors that a model begins with."""

    def __init__(self, model: Model, index: Index) -> None:
        self._model, self._index = model, index
        self._total = len(index.stream)
        every = np.arange(len(model.tensors["embeddings.word_embeddings.weight"]))
        self._tokens = np.ascontiguousarray(token_vectors(model, every)[:, :AXES])
        self._words = weighed(self._vectors(index.words), index.frequency, self._total)
        length = np.linalg.norm(self._words, axis=1)
        self._length = np.where(length > 0, length, 1)
        self._having = np.diff(index.bounds)
        self._norm = norms(index)

    def words(self, texts: Sequence[str]) -> Words:
        """The words of some texts, those that the index lacks too."""
        found = fold_words(list(texts))
        forms = sorted({word for words in found for word in words})
        place = {word: k for k, word in enumerate(forms)}
        array = pa.array(forms, pa.large_string())
        number = number_of(array, self._index.words).astype(np.int64)
        known = number < len(self._index.words)
        frequency = np.zeros(len(forms), np.int64)
        frequency[known] = self._index.frequency[number[known]]
        vectors = weighed(self._vectors(array), frequency, self._total)
        return Words(forms, vectors, [np.array([place[w] for w in words], np.int64) for words in found])

    def vectors(self, words: Words) -> F32:
        """A vector of length one for each text, float32."""
        sizes = np.array([len(of) for of in words.of], np.int64)
        end = np.cumsum(sizes)
        return unit(summed(words.vectors, np.concatenate([np.empty(0, np.int64), *words.of]), end - sizes, end))

    def sentences(self, begin: I64, end: I64) -> F32:
        """A vector of length one for the words of the index from each `begin` to `end`, float32."""
        return unit(summed(self._words, self._index.stream, begin, end))

    def documents(self, words: Words, allowed: Sequence[BOOL], most: int) -> list[I64]:
        """For each text the numbers of the documents among its `allowed` that fit it best (BM25), at most `most`.

        A word is had by a document that has another near it, by as much as they are near.
        """
        groups = self._groups(words)
        out = []
        for of, where in zip(words.of, allowed, strict=True):
            score = np.zeros(len(self._index))
            for word in np.unique(of).tolist():
                score += self._fit(*groups[word])
            score[~where] = 0
            best = np.argsort(-score, kind="stable")[:most]
            out.append(best[score[best] > 0].astype(np.int64))
        return out

    def _fit(self, members: I64, like: F32) -> F64:
        """How well each document fits a word and those near it: by the one of them that fits it best."""
        score = np.zeros(len(self._index))
        n = len(self._index)
        for word, weight in zip(members.tolist(), like.tolist(), strict=True):
            if self._having[word] > max(COMMON * n, 10):
                continue
            rows = slice(int(self._index.bounds[word]), int(self._index.bounds[word + 1]))
            texts, times = self._index.texts[rows], self._index.times[rows].astype(np.float64)
            fits = weight * rarity(n, len(texts)) * fit(times, self._norm[texts])
            score[texts] = np.maximum(score[texts], fits)
        return score

    def _groups(self, words: Words) -> list[tuple[I64, F32]]:
        """For each word the numbers of the words of the index that stand for it, itself first, and how near."""
        number = number_of(pa.array(words.forms, pa.large_string()), self._index.words).astype(np.int64)
        own = unit(words.vectors)
        out = []
        for lo in range(0, len(number), 64):
            like = own[lo : lo + 64] @ self._words.T / self._length
            for k in range(len(like)):
                row, itself = like[k], int(number[lo + k])
                if itself < len(row):
                    row[itself] = 2
                best = np.argpartition(-row, min(MOST, len(row) - 1))[: MOST + 1] if len(row) else np.empty(0, np.int64)
                best = best[row[best] >= NEAR]
                best = best[np.argsort(-row[best], kind="stable")]
                out.append((best.astype(np.int64), np.minimum(row[best], 1).astype(np.float32)))
        return out

    def _vectors(self, forms: pa.Array) -> F32:
        pieces = self._model.tokenizer.encode_batch(forms.to_pylist(), add_special_tokens=False)
        return of_pieces(self._tokens, [one.ids for one in pieces])
