"""Columns on disk: batches go out as they come, and come back as memory maps in any order of rows."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.read.columns import converted

_Rows = npt.NDArray[np.int64]


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
        parts = []
        for a, b in itertools.pairwise(cuts):
            c = int(chunk[a])
            at = pa.array(on_disk[a:b] - self._starts[c])
            parts.append(_conform(self._chunks[c], at, schema))
        if np.array_equal(order, np.arange(len(rows))) and len(parts) == 1:
            return parts[0]
        back = np.empty(len(rows), np.int64)
        back[order] = np.arange(len(rows))
        joined = pa.Table.from_batches(parts, schema).combine_chunks()
        return joined.take(pa.array(back)).combine_chunks().to_batches()[0]

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


def _conform(chunk: pa.RecordBatch, at: pa.Array, schema: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for field in schema:
        i = chunk.schema.get_field_index(field.name)
        if i < 0:
            arrays.append(pa.nulls(len(at), field.type))
        else:
            arrays.append(converted(chunk.column(i).take(at), field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
