"""Reposts that say so only in their words: `RT @name:` before a whole post, or one that an ellipsis cuts off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, I64, U64
from inchorus.words.corpus import NEVER, spans
from inchorus.words.posts import CUT_FROM
from inchorus.words.tokens import Tokens, tokenise

LEAST = 6  # words that the beginnings have in common: fewer are no post of anybody's
HEAD = 400  # code points that hold the first words
TAIL = 160  # code points that hold an ellipsis and the links behind it
_CUT = r"(\x{2026}|\.\.\.)[\"'\x{201d}\x{2019}]?(\s*https?://\S*)*\s*$"
_OF = r"(?i)^\s*[\"'\x{201c}]?RT:?\s*@[\w.-]+"


class _Said(NamedTuple):
    """What texts say of themselves: cut (they end in an ellipsis), reposts (they begin with whose words they have)."""

    cut: BOOL
    reposts: BOOL


def with_reposts(documents: pa.Table) -> tuple[pa.Table, int]:
    """The documents with what reposts others told in `repost_of`, as formats of posts tell it, and how many these are.

    A text that begins with `RT @name`, or of `CUT_FROM` code points that an ellipsis cuts off, reposts the earliest
    document, not later than itself, whose words it has: all of them, or where it is cut off, their beginning. Its text
    stays as it is. What repeats nothing that is there stays as it is, and so does what the input has said already.

    >>> text = "Our harbour needs a new bridge, for boats and for all who walk to work here"
    >>> rows = {"doc_id": ["1", "2"], "source": ["a", "b"], "text": [text, f"RT @a: {text}"]}
    >>> rows |= {"repost_of": pa.nulls(2, pa.string())}
    >>> rows |= {"time": pa.nulls(2, pa.timestamp("us", "UTC")), "time_precision": pa.nulls(2, pa.string())}
    >>> found, n = with_reposts(pa.table(rows))
    >>> found["repost_of"].to_pylist(), n
    ([None, '1'], 1)
    """
    said = _said(documents["text"])
    asked = np.flatnonzero((said.cut | said.reposts) & ~_there(documents["repost_of"].combine_chunks()))
    original = _originals(documents, said, asked) if len(asked) else np.empty(0, np.int64)
    found = asked[original >= 0]
    if not len(found):
        return documents, 0
    row = np.full(documents.num_rows, -1, np.int64)
    row[found] = original[original >= 0]
    given = documents["repost_of"]
    whose = documents["doc_id"].combine_chunks().take(pa.array(row, mask=row < 0)).cast(given.type)
    at = documents.column_names.index("repost_of")
    return documents.set_column(at, "repost_of", pc.if_else(pa.array(row >= 0), whose, given)), len(found)


def _said(texts: pa.ChunkedArray) -> _Said:
    heads = pc.utf8_slice_codeunits(texts, 0, HEAD).combine_chunks()
    tails = pc.utf8_slice_codeunits(texts, -TAIL).combine_chunks()
    reposts = pc.match_substring_regex(heads, _OF)
    long_enough = pc.greater_equal(pc.utf8_length(heads), CUT_FROM)
    cut = pc.and_(pc.match_substring_regex(tails, _CUT), pc.or_(long_enough, reposts))
    return _Said(np.asarray(pc.fill_null(cut, False)), np.asarray(pc.fill_null(reposts, False)))


def _there(values: pa.Array) -> BOOL:
    return np.asarray(pc.is_valid(values))


def _originals(documents: pa.Table, said: _Said, asked: I64) -> I64:
    """Of each document that may be a repost the row of the one that it reposts, -1 if there is none."""
    texts = documents["text"]
    own = tokenise(texts.take(pa.array(asked)).combine_chunks())
    size = np.diff(own.offsets)
    running = _running(own)
    whole = np.where(size >= LEAST, running[np.maximum(own.offsets[1:] - 1, 0)], 0)
    begins = np.unique(running[own.offsets[:-1][size >= LEAST] + LEAST - 1])
    near = np.concatenate([np.empty(0, np.int64), *_beginning(texts, begins)])
    there = tokenise(texts.take(pa.array(near)).combine_chunks())
    of = np.repeat(np.arange(len(near)), np.diff(there.offsets))
    hits = np.flatnonzero(np.isin(_running(there), whole))
    words = hits - there.offsets[of[hits]] + 1  # of the beginning that a hit ends
    total = np.diff(there.offsets)[of[hits]]
    # The one that is reposted is neither cut off itself nor, where all words of both are the same, a repost.
    row, longer = near[of[hits]], words < total
    good = ~said.cut[row] & (longer | ~said.reposts[row])
    out = np.full(len(asked), -1, np.int64)
    for cut in (True, False):
        some = good & (longer == cut)
        mine = np.flatnonzero((said.cut[asked] == cut) & (size >= LEAST))
        key, place = _running(there)[hits][some], row[some]
        out[mine] = _earliest(documents, key, place, whole[mine], asked[mine])
    return out


def _earliest(documents: pa.Table, key: U64, row: I64, wanted: U64, asked: I64) -> I64:
    """Of each asked document the earliest other one with its words, -1 where that is later or there is none."""
    out = np.full(len(asked), -1, np.int64)
    if not len(row):
        return out
    earliest, latest = spans(documents)
    order = np.lexsort((row, earliest[row], key))
    key, row = key[order], row[order]
    at = np.searchsorted(key, wanted)
    for step in (0, 1):  # the first may be the document itself
        here = np.minimum(at + step, len(row) - 1)
        found = row[here]
        known = (earliest[found] != NEVER) & (latest[asked] != NEVER)
        good = (at + step < len(row)) & (key[here] == wanted) & (found != asked) & (out < 0)
        good &= ~known | (earliest[found] < latest[asked])
        out[good] = found[good]
    return out


def _beginning(texts: pa.ChunkedArray, begins: U64) -> Iterator[I64]:
    """The documents whose first words are among some beginnings, a chunk at a time."""
    row = 0
    for chunk in texts.chunks:
        heads = pc.utf8_slice_codeunits(chunk, 0, HEAD)
        tokens = tokenise(heads)
        enough = np.flatnonzero(np.diff(tokens.offsets) >= LEAST)
        yield row + enough[np.isin(_running(tokens)[tokens.offsets[enough] + LEAST - 1], begins)]
        row += len(chunk)


def _running(tokens: Tokens) -> U64:
    """A hash of the words of a text up to each word."""
    size = np.diff(tokens.offsets)
    place = np.arange(len(tokens.hash)) - np.repeat(tokens.offsets[:-1], size)
    mixed = tokens.hash + (place.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    sums = np.cumsum(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)
    before = np.append(np.uint64(0), sums)[tokens.offsets[:-1]]
    out: U64 = sums - np.repeat(before, size)
    return out
