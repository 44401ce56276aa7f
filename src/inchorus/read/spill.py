"""Columns on disk: batches go out as they come, and come back as memory maps in any order of rows."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.read.columns import converted
from inchorus.read.gathered import gathered_texts

_Rows = npt.NDArray[np.int64]


class _Part(NamedTuple):
    """Rows of one chunk, and their places among those that are wanted."""

    chunk: pa.RecordBatch
    places: _Rows
    rows: _Rows


class Spill:
    """Batches written to uncompressed Arrow files in `folder`; a change of schema starts another file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self._schema: pa.Schema | None = None
        self._writer: pa.RecordBatchWriter | None = None
        self._sink: pa.NativeFile | None = None
        self._chunks: list[pa.RecordBatch] = []
        self._starts: _Rows = np.zeros(0, np.int64)

    def append(self, batch: pa.RecordBatch) -> None:
        """Write a batch."""
        if self._schema != batch.schema:
            self._finish()
            path = new_file(self._folder, "spill-")
            self._paths.append(path)
            self._schema = batch.schema
            self._sink = pa.OSFile(str(path), "wb")
            self._writer = pa.ipc.new_file(self._sink, batch.schema)
        assert self._writer is not None
        self._writer.write_batch(batch)

    def seal(self) -> None:
        """End writing; from here on rows can be gathered."""
        self._finish()
        for path in self._paths:
            reader = pa.ipc.open_file(pa.memory_map(str(path)))
            self._chunks += [reader.get_batch(i) for i in range(reader.num_record_batches)]
        sizes = [c.num_rows for c in self._chunks]
        self._starts = np.cumsum([0, *sizes[:-1]]).astype(np.int64)

    def gather(self, rows: _Rows, schema: pa.Schema) -> pa.RecordBatch:
        """The rows, numbered in the order in which they were written, in the order given.

        Columns come in the types of `schema`; one that a row does not have is null in it.
        """
        # each chunk is visited once, in the order in which it lies on disk
        order = np.argsort(rows, kind="stable")
        on_disk = rows[order]
        chunk = np.searchsorted(self._starts, on_disk, side="right") - 1
        cuts = [0, *(np.flatnonzero(np.diff(chunk)) + 1).tolist(), len(rows)]
        parts = [
            _Part(self._chunks[chunk[a]], order[a:b], on_disk[a:b] - self._starts[chunk[a]])
            for a, b in itertools.pairwise(cuts)
        ]
        back = np.empty(len(rows), np.int64)
        back[order] = np.arange(len(rows))
        return pa.RecordBatch.from_arrays([_column(parts, field, back) for field in schema], schema=schema)

    def remove(self) -> None:
        """Delete the files."""
        self._finish()
        self._chunks = []
        for path in self._paths:
            path.unlink(missing_ok=True)
        self._paths = []

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def _finish(self) -> None:
        if self._writer is not None and self._sink is not None:
            self._writer.close()
            self._sink.close()
        self._writer = self._sink = self._schema = None


def new_file(folder: Path, prefix: str) -> Path:
    """The path of a new, empty Arrow file in `folder`."""
    # an older table may still be mapped from this folder: its file must not be written over
    with tempfile.NamedTemporaryFile(dir=folder, prefix=prefix, suffix=".arrow", delete=False) as f:
        return Path(f.name)


def _column(parts: Sequence[_Part], field: pa.Field, back: _Rows) -> pa.Array:
    """A column of rows that lie in several chunks; `back` is where each stands in them, one behind the other."""
    at = [part.chunk.schema.get_field_index(field.name) for part in parts]
    if pa.types.is_string(field.type) and min(at) >= 0:
        columns = [part.chunk.column(i) for part, i in zip(parts, at, strict=True)]
        texts = gathered_texts(columns, [(part.places, part.rows) for part in parts], field.type)
        if texts is not None:
            return texts
    taken = [
        pa.nulls(len(part.rows), field.type)
        if i < 0
        else converted(part.chunk.column(i).take(pa.array(part.rows)), field.type)
        for part, i in zip(parts, at, strict=True)
    ]
    return pa.concat_arrays(taken).take(pa.array(back))
