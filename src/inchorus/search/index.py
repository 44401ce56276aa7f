"""The index of some texts: which words they have, which texts have a word, and the words of each text in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import I64, U8, U32, kernel
from inchorus.engine.executor import Executor
from inchorus.search.packed import Block, Packed, pack
from inchorus.words.corpus import Vocabulary
from inchorus.words.texts import cut, folded
from inchorus.words.tokens import Tokens, tokenise

MOST_TIMES = 255  # a word that is in a text more often counts so often, which changes no ranking that can be seen


@dataclass(frozen=True, eq=False)
class Index:
    """An inverted index, with words numbered in the order of their folded forms.

    words: the folded forms (large_string), rising, so that those with one beginning are neighbours. Word w is in
    the texts `texts[bounds[w]:bounds[w + 1]]` (uint32, rising), in each of them `times` times (uint8).
    Text t has, in order, the words `stream[offsets[t]:offsets[t + 1]]` (uint32).
    """

    words: pa.Array
    bounds: I64
    texts: U32
    times: U8
    stream: U32
    offsets: I64

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def frequency(self) -> I64:
        """How often each word stands in all texts (int64)."""
        out = np.zeros(len(self.words), np.int64)
        _tally(self.stream, out)
        return out

    @property
    def size(self) -> int:
        """What it takes in memory, in bytes."""
        arrays = (self.words, self.bounds, self.texts, self.times, self.stream, self.offsets)
        return sum(int(array.nbytes) for array in arrays)


def build(batches: Iterable[pa.Array], threads: int, advance: Callable[[int], None]) -> tuple[Index, Packed]:
    """Index texts that come in batches (large_string), and pack them; `advance` hears of each batch's rows.

    Takes 4 bytes a word, 5 for each word of each text, and the packed texts.
    """
    vocabulary = Vocabulary()
    forms: list[pa.Array] = []
    blocks: list[Block] = []
    stream, offsets = np.empty(0, np.uint32), np.zeros(1, np.int64)
    texts = words = 0
    for tokens, batch, packed in _prepared(batches, threads):
        known = vocabulary.known
        end = words + len(tokens.hash)
        # Grown in place: as many small arrays, most of this memory would stay with the process for nothing.
        if end > len(stream):
            stream.resize(end + end // 4, refcheck=False)
        if texts + len(batch) >= len(offsets):
            offsets.resize(2 * (texts + len(batch)) + 1, refcheck=False)
        stream[words:end] = vocabulary.number(tokens, texts, words)
        offsets[texts + 1 : texts + 1 + len(batch)] = tokens.offsets[1:] + words
        forms.append(_forms(batch, tokens, vocabulary.seen[known : vocabulary.known] - words))
        blocks += packed
        texts += len(batch)
        words = end
        advance(len(batch))
    stream.resize(words, refcheck=False)
    offsets.resize(texts + 1, refcheck=False)
    folds = pa.concat_arrays(forms) if forms else pa.array([], pa.large_string())
    order = pc.sort_indices(folds).to_numpy().astype(np.int64)
    rank = np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    _renumber(stream, rank)
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(vocabulary.docs[: len(order)][order])])
    postings, times = np.empty(int(bounds[-1]), np.uint32), np.zeros(int(bounds[-1]), np.uint8)
    _fill(stream, offsets, bounds[:-1].copy(), postings, times)
    return Index(folds.take(order), bounds, postings, times, stream, offsets), Packed(blocks)


def span(index: Index, word: str, prefix: bool = False) -> tuple[int, int]:
    """The half-open range of words that are `word` (folded), or begin with it; empty where there are none."""
    numbers = range(len(index.words))
    lo = bisect_left(numbers, word, key=lambda i: index.words[i].as_py())
    if prefix:
        return lo, bisect_left(numbers, word + chr(0x10FFFF), key=lambda i: index.words[i].as_py())
    return lo, lo + (lo < len(index.words) and index.words[lo].as_py() == word)


def _prepared(batches: Iterable[pa.Array], threads: int) -> Iterator[tuple[Tokens, pa.Array, list[Block]]]:
    return Executor(threads).map(lambda batch: (tokenise(batch), batch, pack(batch)), batches)


def _forms(batch: pa.Array, tokens: Tokens, at: I64) -> pa.Array:
    """The folded forms of some tokens of a batch."""
    text = np.searchsorted(tokens.offsets, at, "right") - 1
    start = tokens.start[at].astype(np.int64)
    return folded(cut(pa.chunked_array([batch]), text, start, start + tokens.length[at]))


@kernel
def _tally(stream: U32, out: I64) -> None:
    for word in stream:
        out[word] += 1


@kernel
def _renumber(stream: U32, rank: U32) -> None:
    for i in range(len(stream)):
        stream[i] = rank[stream[i]]


@kernel
def _fill(stream: U32, offsets: I64, end: I64, texts: U32, times: U8) -> None:
    """Write the postings; `end` is where those of each word start, and moves to where they end."""
    begin = end.copy()
    for t in range(len(offsets) - 1):
        for i in range(offsets[t], offsets[t + 1]):
            w = stream[i]
            p = end[w] - 1
            if p < begin[w] or texts[p] != t:
                p += 1
                texts[p] = t
                end[w] = p + 1
            if times[p] < MOST_TIMES:
                times[p] += 1
