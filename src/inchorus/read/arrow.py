"""Arrow's own files (Feather) and streams: columns with types, as Parquet has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import pyarrow as pa

from inchorus.errors import DamagedError, InputError, Where
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions
from inchorus.read.parquet import Stored, stored_batches

_FILE = b"ARROW1"
_OLD = b"FEA1"


def read_arrow(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of an Arrow file or stream; `index` becomes their `file_index`.

    Raises InputError where it is cut short, is no Arrow, or holds values that its types do not allow.
    """
    with _readable(file):
        first, pieces = _opened(file)

        def column(name: str) -> Iterator[pa.Array]:
            return (piece.column(name) for piece in _pieces(file))

        rows = _rows(file) if first.names else 0
        yield from stored_batches(file, index, options, Stored(first, _cut(pieces), column, rows, file.size))


def _opened(file: Input) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    source = pa.memory_map(str(file.path)) if file.size else pa.BufferReader(b"")
    if source.read(len(_FILE)) == _FILE:
        table = pa.ipc.open_file(source)
        return table.schema, (table.get_batch(i) for i in range(table.num_record_batches))
    source.seek(0)
    stream = pa.ipc.open_stream(source)
    return stream.schema, iter(stream)


def _pieces(file: Input) -> Iterator[pa.RecordBatch]:
    return _opened(file)[1]


def _rows(file: Input) -> int:
    return sum(piece.num_rows for piece in _pieces(file))


def _cut(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows in batches of a size that memory holds several times."""
    for piece in pieces:
        # offsets that lead out of the file would be followed else
        piece.validate(full=True)
        rows = int(min(BATCH_ROWS, max(1, BATCH_BYTES * piece.num_rows // max(piece.nbytes, 1))))
        yield from chain(piece.slice(at, rows) for at in range(0, piece.num_rows, rows))


@contextmanager
def _readable(file: Input) -> Iterator[None]:
    try:
        with file.path.open("rb") as f:
            old = f.read(len(_OLD)) == _OLD
    except FileNotFoundError as e:
        raise missing(file.path) from e
    if old:
        raise InputError(
            "this is Feather of before 2020, which is not read any more",
            where=Where(file.name),
            fix="write it again: arrow::write_feather() in R, DataFrame.to_feather() in pandas",
        )
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:  # of names of columns, too
        if isinstance(e, OSError) and e.errno is not None:
            raise
        raise DamagedError(
            f"no Arrow file, or one that is damaged or cut short ({str(e).splitlines()[0]})",
            where=Where(file.name),
            fix="fetch or write it again",
        ) from e
