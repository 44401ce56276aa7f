"""Words with exact offsets, from Arrow's UTF-8 buffers in one pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import I64, U8, U16, U32, U64
from inchorus.words.fold import Fold, fold_tables
from inchorus.words.scan import scan


class Tokens(NamedTuple):
    """The words of a run of texts.

    `hash` (uint64) of the folded word; `start` (uint32) and `length` (uint16) in code points of
    its own text; `flags` (uint8); `offsets` (int64, one more than texts): text i has the words
    `offsets[i]:offsets[i + 1]`.
    """

    hash: U64
    start: U32
    length: U16
    flags: U8
    offsets: I64


def _buffers(texts: pa.Array) -> tuple[U8, I64]:
    if not pa.types.is_large_string(texts.type):
        texts = texts.cast(pa.large_string())
    if texts.null_count:
        texts = texts.fill_null("")
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64, len(texts) + 1, texts.offset * 8)
    content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    return content, bounds


def tokenise(texts: pa.Array, whole: bool = True) -> Tokens:
    """Cut texts into words: runs of letters, marks and digits, folded as `fold` says.

    An apostrophe between letters and a comma or point between digits belong to the word; in scripts
    without spaces every code point with its marks is a word. Nulls are empty texts. Links and HTML tags are no words;
    an entity is the character it stands for; a word broken at a line end is one. A hashtag or mention is a word of its
    sentence; of several with no word between none is one. Of a `whole` text, and not of a passage cut from one, `RT
    @name:` or `@name` before it, a hashtag or `via @name` behind its last sentence, and a word cut short by an ellipsis
    there are no words either.

    >>> t = tokenise(pa.array(["It's 1,250 Ж!"], pa.large_string()))
    >>> [(int(s), int(s + n)) for s, n in zip(t.start, t.length)]
    [(0, 4), (5, 10), (11, 12)]
    """
    data, bounds = _buffers(texts)
    fold: Fold = fold_tables()
    # Two words have at least one byte between them, save in scripts of three bytes a word and cut words.
    most = int(bounds[-1] - bounds[0]) // 2 + 2 * len(bounds) + 1
    out = Tokens(
        np.empty(most, np.uint64),
        np.empty(most, np.uint32),
        np.empty(most, np.uint16),
        np.empty(most, np.uint8),
        np.empty(len(bounds), np.int64),
    )
    scan(
        data, bounds, *fold, out.hash, out.start, out.length, out.flags, out.offsets, whole,
    )  # fmt: skip
    n = int(out.offsets[-1])
    return Tokens(out.hash[:n].copy(), out.start[:n].copy(), out.length[:n].copy(), out.flags[:n].copy(), out.offsets)
