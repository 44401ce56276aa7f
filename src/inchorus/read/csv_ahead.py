"""The bytes of a CSV file: in blocks as long as these are in order, then as text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from typing import IO

from inchorus.read.csv_blocks import BLOCK, Block, read_block
from inchorus.read.lines import Lines
from inchorus.read.opened import Opened, without_bom

_MARK = codecs.BOM_UTF8


class Ahead:
    """A file that is read in blocks behind its header; `text` is what is still to be read, decoded.

    Other encodings than UTF-8 have no blocks. A field of a block has at most `longest` bytes.
    """

    def __init__(self, stream: Opened, encoding: str, errors: str, longest: int) -> None:
        self._stream = stream
        self._errors = errors
        self._longest = longest
        self._begun: bytes | None = None
        if codecs.lookup(encoding).name == "utf-8":
            self._begun = stream.bytes.read(BLOCK).removeprefix(_MARK)
            self.text = self._decoded(self._begun)
        else:
            self.text = stream.text(encoding, newline="", errors=errors)

    def blocks(self, read: Lines, names: Sequence[str], delimiter: str) -> Iterator[Block]:
        """Blocks behind the lines that were read of the text; behind the last of them `text` goes on."""
        if self._begun is None:
            return
        header = read.raw.encode("utf-8", "surrogateescape")
        if not self._begun.startswith(header):
            return
        rest = self._begun[len(header) :]
        while block := read_block(rest, names, delimiter, self._longest):
            rest = rest[block.size :]
            rest += self._stream.bytes.read(BLOCK - len(rest))
            self.text = self._decoded(rest)
            yield block

    def _decoded(self, begun: bytes) -> io.TextIOWrapper:
        bytes_ = io.BufferedReader(_Joined(begun, self._stream.bytes), 1 << 20)
        return io.TextIOWrapper(bytes_, without_bom("utf-8"), errors=self._errors, newline="")


class _Joined(io.RawIOBase):
    """Bytes that were read, and what follows them in a stream, which it does not close."""

    def __init__(self, begun: bytes, stream: IO[bytes]) -> None:
        self._begun = memoryview(begun)
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """What comes next, at most the length of `buffer`; 0 at the end."""
        piece = self._begun[: len(buffer)] or self._stream.read(len(buffer))
        self._begun = self._begun[len(piece) :] if self._begun else self._begun
        buffer[: len(piece)] = piece
        return len(piece)
