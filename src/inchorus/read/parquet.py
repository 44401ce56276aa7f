"""Parquet: columns with types; batches small enough that a file of any size can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.engine.columns import opened
from inchorus.errors import DamagedError, InputError, RowError, Where
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch, Kind, rows_from
from inchorus.read.content import advice, binary, markup
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions

DAY_US = 86_400_000_000
_HEAD = 64  # bytes that say what a file is that is no Parquet


def read_parquet(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a Parquet file; `index` becomes their `file_index`.

    Dictionaries are decoded; a column of timestamps that are all midnight (in its own zone) comes as
    dates. Raises InputError where the file is cut short, is no Parquet, or holds strings that are not UTF-8.
    """
    with _readable(file), opened(file.path) as table:
        schema = table.schema_arrow
        rows = _batch_rows(table)

        def column(name: str) -> Iterator[pa.Array]:
            return (batch.column(0) for batch in table.iter_batches(columns=[name]))

        n, size = table.metadata.num_rows, file.size
        stored = Stored(schema, table.iter_batches(batch_size=rows), column, n, size)
        yield from stored_batches(file, index, options, stored)


def table_batches(file: Input, index: int, options: ReadOptions, table: pa.Table) -> Iterator[Batch]:
    """Batches of a table in memory, as `read_parquet` has them."""
    rows = int(min(BATCH_ROWS, max(1, BATCH_BYTES * table.num_rows // max(table.nbytes, 1))))

    def column(name: str) -> Iterator[pa.Array]:
        return iter(table[name].chunks)

    stored = Stored(table.schema, iter(table.to_batches(max_chunksize=rows)), column, table.num_rows, 0)
    yield from stored_batches(file, index, options, stored)


class Stored(NamedTuple):
    """A table as it is kept: its columns, its rows piece by piece, one column from the start, its rows and bytes."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    column: Callable[[str], Iterator[pa.Array]]
    n_rows: int
    size: int


def stored_batches(
    file: Input, index: int, options: ReadOptions, table: Stored, part: str = "", before: int = 0
) -> Iterator[Batch]:
    """Batches of a table, its columns plain, its midnights dates; its rows are numbered behind the `before` of others.

    `part` is what of the file the table is, in words.
    """
    schema = table.schema
    _distinct(file, schema.names)
    types = {f.name: plain_type(f.type) for f in schema}
    time = options.time or "time"
    if time in types and pa.types.is_timestamp(types[time]) and _all_midnight(table.column(time)):
        types[time] = pa.date32()
    done = 0
    for batch in table.batches:
        done += batch.num_rows
        position = table.size * done // max(table.n_rows, 1)
        yield _batch(file, batch, types, index, before + done - batch.num_rows, position, part)
    if done == 0:
        yield _batch(file, pa.RecordBatch.from_pylist([], schema), types, index, before, table.size, part)


def plain_type(type_: pa.DataType) -> pa.DataType:
    """The type without dictionaries, views and extensions.

    >>> plain_type(pa.dictionary(pa.int32(), pa.string_view()))
    DataType(large_string)
    """
    if isinstance(type_, pa.BaseExtensionType):
        return plain_type(type_.storage_type)
    if pa.types.is_dictionary(type_):
        return plain_type(type_.value_type)
    if pa.types.is_string(type_) or pa.types.is_string_view(type_):
        return pa.large_string()
    if pa.types.is_binary_view(type_):
        return pa.large_binary()
    views = pa.types.is_list_view(type_) or pa.types.is_large_list_view(type_)
    if views or pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return pa.large_list(plain_type(type_.value_type))
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(f.name, plain_type(f.type)) for f in type_])
    return type_


def _kind(type_: pa.DataType) -> set[Kind]:
    if pa.types.is_null(type_):
        return set()
    if pa.types.is_large_string(type_):
        return {pa.string()}
    return {"wide"} if type_ == pa.int64() else {type_}


def _batch(
    file: Input, batch: pa.RecordBatch, types: dict[str, pa.DataType], index: int, done: int, position: int, part: str
) -> Batch:
    columns: dict[str, pa.Array] = {}
    for name, array in zip(batch.schema.names, batch.columns, strict=True):
        columns[name] = _plain(file, name, array, types[name], done)
    return Batch(
        columns=columns,
        file_index=np.full(batch.num_rows, index, np.int32),
        row=rows_from(done + 1, batch.num_rows),
        position=position,
        kinds={name: _kind(t) for name, t in types.items()},
        part=part,
    )


def _plain(file: Input, name: str, array: pa.Array, type_: pa.DataType, done: int) -> pa.Array:
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_date32(type_) and pa.types.is_timestamp(array.type):
        array = _local(array)
    if array.type != type_:
        array = pc.cast(array, type_, safe=not pa.types.is_date32(type_))
    if pa.types.is_large_string(type_):
        try:
            array.validate(full=True)
        except pa.ArrowInvalid as e:
            raise RowError(
                "the text is not valid UTF-8",
                where=Where(file.name, done + 1 + _first_invalid(array), name),
                fix="write the file again with its texts decoded",
            ) from e
    return array


def _first_invalid(array: pa.Array) -> int:
    for i in range(len(array)):
        try:
            array.slice(i, 1).validate(full=True)
        except pa.ArrowInvalid:
            return i
    return 0


def _all_midnight(column: Iterator[pa.Array]) -> bool:
    any_time = False
    for array in column:
        plain_array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
        local = _local(plain_array).drop_null()
        any_time |= len(local) > 0
        if pc.any(pc.not_equal(pc.floor_temporal(local, unit="day"), local)).as_py():
            return False
    return any_time


def _local(array: pa.Array) -> pa.Array:
    return array if array.type.tz is None else pc.local_timestamp(array)


def _batch_rows(table: Any) -> int:
    groups = [table.metadata.row_group(i) for i in range(table.metadata.num_row_groups)]
    row_bytes = max((g.total_byte_size / max(g.num_rows, 1) for g in groups), default=1)
    return int(min(BATCH_ROWS, max(1, BATCH_BYTES // max(row_bytes, 1))))


def _distinct(file: Input, names: list[str]) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise InputError(f"two columns are named {twice[0]!r}", where=Where(file.name), fix="rename one of them")


@contextmanager
def _readable(file: Input) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as e:
        raise missing(file.path) from e
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(file.name), fix="change its permissions") from e
    except (pa.ArrowException, OSError) as e:
        # Arrow reports damage as an OSError without a number; a full or failing disk has one
        if isinstance(e, OSError) and e.errno is not None:
            raise
        with file.path.open("rb") as opened:
            head = opened.read(_HEAD)
        if (what := binary(head) or markup(head)) not in {None, "Parquet"}:
            raise InputError(f"this is {what}, not Parquet", where=Where(file.name), fix=advice(what or "")) from e
        said = str(e).splitlines()[0]
        # of a file that lacks its end Arrow says what it looked for
        why = "" if "magic bytes" in said else f" ({said})"
        raise DamagedError(
            f"no Parquet file, or one that is damaged or cut short{why}",
            where=Where(file.name),
            fix="fetch or write it again",
        ) from e
