"""CSV read a block at a time, where all of it is in order: what is not is left to the reader of single records.

A record at a time costs more than all that is made of it afterwards. In a block, quotation marks, delimiters and line
ends are found by their bytes, and a column is cut out of all rows at once. Nothing is guessed: a block in which any
record is not as `csv.reader` would read it without a complaint is not read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

BLOCK = 8 << 20  # bytes
_QUOTE, _LINE, _RETURN = 34, 10, 13
_MARK = b"\xef\xbb\xbf"
_Places = npt.NDArray[np.int64]


class Block(NamedTuple):
    """Rows: the `columns`, the `line` of each row, from 0 for the first of the block, its `lines` and its `size`."""

    columns: list[pa.Array]
    line: _Places
    lines: int
    size: int


def read_block(data: bytes, names: Sequence[str], delimiter: str, longest: int) -> Block | None:
    r"""The whole records that UTF-8 begins with, or None where it holds none, or any that is not in order.

    In order is a record with as many fields as there are `names`, which is no header again, whose quotation marks
    stand around fields or are doubled within, whose lines end in \n or \r\n, and whose fields are no longer than
    `longest` bytes. An empty field is null.

    >>> block = read_block(b'1,"rain, again"\n2,\n3,un', ["id", "text"], ",", 100)
    >>> [column.to_pylist() for column in block.columns], block.line.tolist(), block.size
    ([['1', '2'], ['rain, again', None]], [0, 1], 19)
    >>> read_block(b"1,2,3\n", ["id", "text"], ",", 100)
    """
    found = _separators(data, ord(delimiter))
    if found is None:
        return None
    raw, quotes, separators, every_line = found
    width = len(names)
    ends = raw[separators] == _LINE
    n = int(ends.sum())
    if n == 0:
        return None
    separators = separators[: int(np.flatnonzero(ends)[-1]) + 1]
    shape = ends[: len(separators)]
    if len(separators) != n * width or not shape[width - 1 :: width].all():
        return None
    size = int(separators[-1]) + 1
    raw, quotes, every_line = raw[:size], quotes[quotes < size], every_line[every_line < size]
    begins = np.concatenate([[0], separators[width - 1 : -1 : width] + 1]).astype(np.int64)
    if _marked(raw, begins):
        return None
    dropped = _dropped(raw, quotes, separators)
    if dropped is None:
        return None
    fields = _fields(raw, dropped, separators)
    if fields is None or pc.max(pc.binary_length(fields)).as_py() > longest:
        return None
    columns = [_column(fields, i, width, n) for i in range(width)]
    if _header_again(columns, names):
        return None
    return Block(columns, np.searchsorted(every_line, begins).astype(np.int64), len(every_line), size)


def _separators(data: bytes, delimiter: int) -> tuple[npt.NDArray[np.uint8], _Places, _Places, _Places] | None:
    """The bytes, the quotation marks, what separates fields outside of these, and all line ends; None: out of order."""
    returns = data.count(b"\r")
    if b"\0" in data or (returns and returns != data.count(b"\r\n") + data.endswith(b"\r")):
        return None
    raw = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(raw == _QUOTE).astype(np.int64)
    every_line = np.flatnonzero(raw == _LINE).astype(np.int64)
    separators = np.flatnonzero((raw == delimiter) | (raw == _LINE)).astype(np.int64)
    if len(quotes):
        outside = np.searchsorted(quotes, separators) % 2 == 0
        separators = separators[outside]
    return raw, quotes, separators, every_line


def _marked(raw: npt.NDArray[np.uint8], begins: _Places) -> bool:
    """Whether a record begins with a byte order mark, or is an empty line."""
    first = raw[begins]
    if ((first == _LINE) | (first == _RETURN)).any():
        return True
    at = begins[first == _MARK[0]]
    return any(raw[i : i + 3].tobytes() == _MARK for i in at.tolist())


def _dropped(raw: npt.NDArray[np.uint8], quotes: _Places, separators: _Places) -> _Places | None:
    """The bytes that are in no field, in their order; None where a quotation mark stands where none may."""
    ends = separators[raw[separators] == _LINE]
    returns = ends[(ends > 0) & (raw[ends - 1] == _RETURN)] - 1
    if not len(quotes):
        return np.sort(np.concatenate([separators, returns]))
    opens, closes = quotes[::2], quotes[1::2]
    if len(opens) != len(closes):
        return None
    again = np.zeros(len(opens), np.bool_)  # the mark is the second of two within a field
    again[1:] = opens[1:] == closes[:-1] + 1
    starts = np.zeros(len(raw) + 1, np.bool_)
    starts[0] = True
    starts[separators + 1] = True
    if not (starts[opens] | again).all():
        return None
    stops = np.zeros(len(raw) + 1, np.bool_)
    stops[separators] = True
    stops[returns] = True
    followed = np.append(again[1:], False)
    if not (stops[closes + 1] | followed).all():
        return None
    return np.sort(np.concatenate([separators, returns, opens, closes[~followed]]))


def _fields(raw: npt.NDArray[np.uint8], dropped: _Places, separators: _Places) -> pa.Array | None:
    """Every field, row after row; None where they are no UTF-8."""
    keep = np.ones(len(raw), np.bool_)
    keep[dropped] = False
    kept = raw[keep]
    ends = separators - np.searchsorted(dropped, separators)
    offsets = np.concatenate([[0], ends]).astype(np.int64)
    fields = pa.LargeStringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(kept))
    try:
        fields.validate(full=True)
    except pa.ArrowInvalid:
        return None
    return fields


def _header_again(columns: list[pa.Array], names: Sequence[str]) -> bool:
    """Whether a row has names of columns alone."""
    known = pa.array(names, pa.large_string())
    rows = pc.is_in(pc.utf8_trim_whitespace(columns[-1]), known)
    for column in columns[:-1]:
        if not pc.any(rows).as_py():
            return False
        rows = pc.and_(rows, pc.is_in(pc.utf8_trim_whitespace(column), known))
    return bool(pc.any(rows).as_py())


def _column(fields: pa.Array, i: int, width: int, n: int) -> pa.Array:
    rows = np.arange(n, dtype=np.int64) * width + i
    empty = np.asarray(pc.binary_length(fields))[i::width] == 0
    return fields.take(pa.array(rows, mask=empty if empty.any() else None))
