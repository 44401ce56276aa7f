"""Parquet files read without SQL: what columns they have, some of them whole, or a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def schema_of(path: Path) -> pa.Schema:
    """The names and types of the columns."""
    return pq.read_schema(path)


def read_columns(path: Path, columns: Sequence[str]) -> pa.Table:
    """Some columns, all rows."""
    return pq.read_table(path, columns=list(columns))


def batches(path: Path, rows: int, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """All columns, or some, at most so many rows at a time."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(rows, columns=None if columns is None else list(columns))


def opened(path: Path) -> AbstractContextManager[Any]:
    """A `pyarrow.parquet.ParquetFile` of a file that others wrote; an ArrowException where it is none."""
    return pq.ParquetFile(path, memory_map=True)  # type: ignore[no-any-return]


def kept_as(type_: pa.DataType, plain: pa.DataType) -> pa.DataType:
    """The type in which Parquet keeps a column of `type_` that is cast to `plain`; an exception where it keeps none."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"x": pa.nulls(1, type_).cast(plain)}), sink)
    return pq.read_table(pa.BufferReader(sink.getvalue())).schema.field(0).type
