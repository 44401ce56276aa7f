"""Parquet whose bytes depend on the values alone: not on batches, threads, paths or the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inchorus.schema import TABLES, arrow_schema

Batches: TypeAlias = "pa.Table | pa.RecordBatchReader | Iterable[pa.RecordBatch]"

_KEY = "inchorus"
_BLOCK_ROWS = 4096
_GROUP_ROWS = 65536
_GROUP_BYTES = 64 << 20


def write_table(path: Path, name: str, rows: Batches, said: str = "") -> int:
    """Write the rows of the table `name`, columns as its schema declares; the number of rows.

    `said` is kept in the file's metadata, for `said_in`.
    """
    if isinstance(rows, pa.Table):
        given, batches = rows.schema, iter(rows.to_batches(max_chunksize=_BLOCK_ROWS))
    elif isinstance(rows, pa.RecordBatchReader):
        given, batches = rows.schema, iter(rows)
    else:
        batches = iter(rows)
        first = next(batches, None)
        given = first.schema if first is not None else arrow_schema(name)
        batches = _chain(first, batches)
    schema = _schema(name, given)
    count = size = 0
    group: list[pa.Table] = []
    with pq.ParquetWriter(path, schema, compression="zstd", store_schema=True) as writer:
        for block in _blocks(batches, schema):
            group.append(block)
            count += block.num_rows
            size += _text_bytes(block)
            if size >= _GROUP_BYTES or sum(b.num_rows for b in group) >= _GROUP_ROWS:
                _write_group(writer, group)
                group, size = [], 0
        if group:
            _write_group(writer, group)
        if said:
            writer.add_key_value_metadata({_KEY: said})
    return count


def said_in(path: Path) -> str | None:
    """What was said of the table when it was written; None where nothing was, or where it is no Parquet file."""
    try:
        found = (pq.read_metadata(path).metadata or {}).get(_KEY.encode())
    except (pa.ArrowException, OSError):
        return None
    return None if found is None else found.decode()


def read_table(path: Path) -> pa.Table:
    """All rows of a file."""
    return pq.read_table(path)


def _write_group(writer: Any, blocks: list[pa.Table]) -> None:
    # One chunk a column: the writer starts a new page at the end of a chunk.
    table = pa.concat_tables(blocks).combine_chunks()
    writer.write_table(table, row_group_size=max(1, table.num_rows))


def _blocks(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    rows = 0
    for batch in batches:
        table = pa.Table.from_batches([batch]).select(schema.names).cast(schema)
        while table.num_rows:
            part = table.slice(0, _BLOCK_ROWS - rows)
            table = table.slice(part.num_rows)
            waiting.append(part)
            rows += part.num_rows
            if rows == _BLOCK_ROWS:
                yield pa.concat_tables(waiting)
                waiting, rows = [], 0
    if waiting:
        yield pa.concat_tables(waiting)


def _text_bytes(table: pa.Table) -> int:
    texts = [c for c in table.columns if pa.types.is_string(c.type) or pa.types.is_large_string(c.type)]
    return sum(pc.sum(pc.binary_length(c)).as_py() or 0 for c in texts)


def _schema(name: str, given: pa.Schema) -> pa.Schema:
    """The declared columns first, then what the input had besides; without metadata, which holds paths."""
    declared = list(arrow_schema(name)) if name in TABLES else []
    known = {f.name for f in declared}
    missing = known - set(given.names)
    if missing:
        raise ValueError(f"table {name} lacks {', '.join(sorted(missing))}")
    further = [pa.field(f.name, f.type, f.nullable) for f in given if f.name not in known]
    return pa.schema(declared + further)


def _chain(first: pa.RecordBatch | None, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    if first is not None:
        yield first
        yield from rest
