"""Texts in compressed blocks: a few of them are wanted at a time, and at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import I64

BLOCK = 1 << 16  # bytes of text: 20 blocks are unpacked in 5 ms, and smaller ones pack less well


class Block(NamedTuple):
    """Some texts: their UTF-8 one after the other, compressed, and where each begins and the last ends (int64)."""

    content: bytes
    bounds: I64


class Packed:
    """Texts by their numbers, in the order in which they were packed."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = list(blocks)
        self._first = np.cumsum([0] + [len(block.bounds) - 1 for block in self._blocks])

    def __len__(self) -> int:
        return int(self._first[-1])

    def __getitem__(self, number: int) -> str:
        at = int(np.searchsorted(self._first, number, "right")) - 1
        content, bounds = self._blocks[at]
        lo, hi = (int(x) for x in bounds[number - self._first[at] :][:2])
        whole = pa.decompress(content, int(bounds[-1]), codec="zstd", asbytes=True)
        return str(whole[lo:hi], "utf-8")

    @property
    def size(self) -> int:
        """What it takes in memory, in bytes."""
        return sum(len(block.content) + block.bounds.nbytes for block in self._blocks)


def pack(texts: pa.Array) -> list[Block]:
    """Compress a large_string array without nulls, in blocks of about `BLOCK` bytes.

    >>> packed = Packed(pack(pa.array(["one", "", "über"], pa.large_string())))
    >>> len(packed), packed[0], packed[1], packed[2]
    (3, 'one', '', 'über')
    """
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64, len(texts) + 1, texts.offset * 8)
    blocks = []
    lo = 0
    while lo < len(texts):
        hi = max(lo + 1, int(np.searchsorted(bounds, bounds[lo] + BLOCK, "right")) - 1)
        size = int(bounds[hi] - bounds[lo])
        content = data.slice(int(bounds[lo]), size) if size else b""
        blocks.append(Block(pa.compress(content, codec="zstd", asbytes=True), bounds[lo : hi + 1] - bounds[lo]))
        lo = hi
    return blocks
