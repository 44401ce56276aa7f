"""A text of one's own as sentences, its words numbered as an index of documents numbers them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import I64, U32
from inchorus.progress import Silent
from inchorus.schema import TIME
from inchorus.words.corpus import build_corpus
from inchorus.words.ends import sentence_starts
from inchorus.words.stops import stops
from inchorus.words.texts import cut, folded, vocabulary

MOST = 100  # words of a sentence; a list or a text without full stops is cut, as `match.sentences` does
_OPENERS = "“„«「‹\"'([‘¿¡#@$€£"


class Draft(NamedTuple):
    """The sentences of a text, and its words.

    start, end (int64): code points of each sentence; between two there is white space only. Sentence s has the words
    `bounds[s]:bounds[s + 1]` (int64), which stand at the code points `word_start` to `word_end` (int64). word (uint32):
    their numbers in the index; a word that it lacks has a number from `known` on.
    """

    text: str
    start: I64
    end: I64
    bounds: I64
    word: U32
    word_start: I64
    word_end: I64
    known: int

    def __len__(self) -> int:
        return len(self.start)

    def words(self, sentence: int) -> U32:
        """The numbers of the words of a sentence."""
        return self.word[self.bounds[sentence] : self.bounds[sentence + 1]]

    def first_alike(self) -> I64:
        """For each sentence the first one with the same words, perhaps itself (int64)."""
        first: dict[bytes, int] = {}
        return np.array([first.setdefault(self.words(s).tobytes(), s) for s in range(len(self))], np.int64)


def sentences_of(text: str) -> tuple[I64, I64, I64, I64, I64]:
    """Cut a text into sentences of at most `MOST` words: `start`, `end`, `bounds`, `word_start`, `word_end` of `Draft`.

    >>> text = 'He came on Sept. 3. "Why did he?" Nobody asked.'
    >>> start, end, *_ = sentences_of(text)
    >>> [text[a:b] for a, b in zip(start, end)]
    ['He came on Sept. 3.', '"Why did he?"', 'Nobody asked.']
    """
    bounds, _, word_start, word_end = sentences_in(pa.chunked_array([pa.array([text], pa.large_string())]))
    start = np.array([_opened(text, word_start[w], word_end[w - 1] if w else 0) for w in bounds[:-1]], np.int64)
    end = np.array(
        [a + len(text[a:b].rstrip()) for a, b in zip(start, [*start[1:], len(text)], strict=False)], np.int64
    )
    return start, end, bounds, word_start, word_end


def sentences_in(texts: pa.ChunkedArray) -> tuple[I64, I64, I64, I64]:
    """Cut texts (large_string) into sentences of at most `MOST` words.

    Returns (int64) the words at which sentences begin, and the end of all; the text of each sentence; and the code
    points at which words start and end, each in its own text.
    """
    n = len(texts)
    nothing = {"time": pa.nulls(n, TIME), "time_precision": pa.nulls(n, pa.string())}
    corpus = build_corpus(pa.table({"text": texts, "source": pa.repeat("", n), **nothing}), 1, Silent())
    every = np.arange(n)
    starts = sentence_starts(corpus, vocabulary(corpus, texts), stops(corpus, texts, every), every)
    word_start = corpus.start.astype(np.int64)
    edges = np.unique(np.concatenate([corpus.offsets, np.flatnonzero(starts)]))
    parts = [np.arange(a, b, MOST) for a, b in pairwise(edges.tolist())]
    bounds = np.concatenate([*parts, corpus.offsets[-1:]]).astype(np.int64)
    text = np.searchsorted(corpus.offsets, bounds[:-1], "right") - 1
    return bounds, text.astype(np.int64), word_start, word_start + corpus.length


def drafted(text: str, words: pa.Array) -> Draft:
    """The sentences of a text; `words` are the folded words of an index, each at its number.

    >>> draft = drafted("The water is here. Here, water!", pa.array(["here", "the", "water"], pa.large_string()))
    >>> draft.word.tolist(), draft.bounds.tolist(), draft.known
    ([1, 2, 3, 0, 0, 2], [0, 4, 6], 3)
    """
    start, end, bounds, word_start, word_end = sentences_of(text)
    texts = pa.chunked_array([pa.array([text], pa.large_string())])
    forms = folded(cut(texts, np.zeros(len(word_start), np.int64), word_start, word_end))
    out = number_of(forms, words)
    return Draft(text, start, end, bounds, out, word_start, word_end, len(words))


def number_of(forms: pa.Array, words: pa.Array) -> U32:
    """The numbers that folded words have among `words`; each that is not there one of its own, behind the last."""
    number = pc.index_in(forms, words.cast(forms.type))
    strange = np.asarray(pc.is_null(number))
    out: U32 = number.fill_null(0).to_numpy(zero_copy_only=False).astype(np.uint32)
    if strange.any():
        others = forms.filter(pa.array(strange)).dictionary_encode().indices
        out[strange] = others.to_numpy(zero_copy_only=False).astype(np.uint32) + np.uint32(len(words))
    return out


def _opened(text: str, at: int, before: int) -> int:
    """Where a sentence begins: with the marks that open it, or at the first sign of the text."""
    if before == 0:
        return at - len(text[:at].lstrip())
    while at > before and text[at - 1] in _OPENERS:
        at -= 1
    return at
