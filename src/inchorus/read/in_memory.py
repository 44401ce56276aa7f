"""Documents that Python holds, a table or an iterable of dictionaries, made ready to be read as files are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import PurePath
from typing import Any
from uuid import UUID

import pyarrow as pa

from inchorus.engine.columns import kept_as
from inchorus.errors import InchorusError, InputError, UsageError, Where
from inchorus.read.batches import json_text
from inchorus.read.held import HeldRows, HeldTable
from inchorus.read.parquet import plain_type

_MISSING = frozenset({"NAType", "NaTType"})  # of pandas, which need not be there
_WRITTEN = (Decimal, UUID, PurePath, timedelta)


def held(documents: Any) -> HeldTable | HeldRows:
    """The documents as what `read` reads without a file: a table, or rows.

    A table that Arrow cannot take as it is (a pandas column with values of several types) is taken as its rows would
    be. Raises InputError for what cannot be kept, UsageError for what is no set of documents at all.

    >>> held([{"source": "Herald", "text": "Rain."}]).name
    'documents'
    """
    if hasattr(documents, "__arrow_c_stream__"):
        return _table(documents)
    if hasattr(documents, "__arrow_c_array__"):
        return _plain_table(pa.table(pa.record_batch(documents)))
    if isinstance(documents, Mapping | bytes) or not isinstance(documents, Iterable):
        raise UsageError(
            f"documents is a {type(documents).__name__}",
            fix="give a path, a table (pandas, Polars, PyArrow) or a list of dictionaries",
        )
    return HeldRows(partial(_json_lines, documents))


def _table(documents: Any) -> HeldTable | HeldRows:
    try:
        if _mixed(documents):
            return HeldRows(partial(_json_lines, _rows(documents) or ()))
        reader = pa.RecordBatchReader.from_stream(documents)
    except InchorusError:
        raise
    except Exception as error:  # a table raises what its library raises
        rows = _rows(documents)
        if rows is None:
            raise InputError(
                f"this is no table that can be read ({_short(error)})", fix="give its columns as text"
            ) from error
        return HeldRows(partial(_json_lines, rows))
    return _plain_table(reader)


def _mixed(frame: Any) -> bool:
    """Whether a column of a table of pandas or Polars has values of several types, bytes, or types of Python's own.

    Of several Arrow may make one in its own way; a Polars table with objects, or with a zero in the name of a column
    or a field, ends the process when it is asked for.
    """
    if hasattr(frame, "iter_rows"):
        schema = "".join(f"{name!r} {dtype!r}" for name, dtype in dict(getattr(frame, "schema", {})).items())
        return "Object" in schema or "\\x00" in schema or "\0" in schema
    if not hasattr(frame, "itertuples"):
        return False
    for i, dtype in enumerate(frame.dtypes):
        if dtype.kind != "O":
            continue
        kinds = {type(v) for v in frame.iloc[:, i] if not (v is None or _plain(v) is None)}
        if bytes in kinds or (len(kinds) > 1 and not kinds <= {int, float}):
            return True
    return False


def _rows(table: Any) -> Iterator[dict[str, Any]] | None:
    """The rows of a table of pandas or Polars; None of anything else."""
    if not hasattr(table, "columns") or not (hasattr(table, "itertuples") or hasattr(table, "iter_rows")):
        return None
    names = [str(name) for name in table.columns]
    _distinct(names)
    rows = table.itertuples(index=False, name=None) if hasattr(table, "itertuples") else table.iter_rows()
    return (dict(zip(names, values, strict=True)) for values in rows)


def _distinct(names: list[str]) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise InputError(f"two columns are named {twice[0]!r}", fix="rename one of them")


def _plain_table(table: Any) -> HeldTable:
    """The table with columns of the types that Parquet keeps, as a study has them."""
    names = list(table.schema.names)
    # pandas hands over the index of a table; one without a name says nothing of the documents.
    kept = [i for i, name in enumerate(names) if not name.startswith("__index_level_")]
    _distinct([names[i] for i in kept])
    plain = {i: _stored_type(table.schema.field(i).type) for i in kept}
    schema = pa.schema([pa.field(names[i], plain[i] or pa.large_string()) for i in kept])
    made = []
    done = 0
    for batch in _each(table.to_batches() if isinstance(table, pa.Table) else table):
        columns = [_column(batch.column(i), plain[i], names[i], done) for i in kept]
        made.append(pa.RecordBatch.from_arrays(columns, schema=schema))
        done += batch.num_rows
    return HeldTable(pa.Table.from_batches(made, schema))


def _each(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except pa.ArrowException as error:
        raise InputError(f"the table cannot be read to its end ({_short(error)})", fix="make it again") from error


def _stored_type(type_: pa.DataType) -> pa.DataType | None:
    """The plain type that Parquet keeps for such a column; None where it keeps none."""
    try:
        plain = plain_type(type_)
        kept = kept_as(type_, plain)
    except (pa.ArrowException, TypeError, ValueError, OSError):
        return None
    # of times Parquet may keep a finer unit
    return kept if kept == plain or (pa.types.is_temporal(kept) and pa.types.is_temporal(plain)) else None


def _column(array: pa.Array, plain: pa.DataType | None, name: str, done: int) -> pa.Array:
    """The array in its plain type; of a type that Parquet does not keep, its values as text."""
    try:
        if plain is not None:
            return array.storage.cast(plain) if isinstance(array, pa.ExtensionArray) else array.cast(plain)
        return pa.array([None if v is None else _text(v) for v in array.to_pylist()], pa.large_string())
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        row = next((i for i in range(len(array)) if not _readable(array, i, plain)), 0)
        raise InputError(
            f"a value of the type {array.type} cannot be kept ({_short(error)})",
            where=Where(row=done + row + 1, column=name),
            fix="give text or numbers",
        ) from error


def _readable(array: pa.Array, i: int, plain: pa.DataType | None) -> bool:
    try:
        one = array.slice(i, 1)
        if plain is None:
            one.to_pylist()
        else:
            (one.storage if isinstance(one, pa.ExtensionArray) else one).cast(plain)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return False
    return True


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return json_text(value) if isinstance(value, bool | int | float | list | tuple | dict) else str(value)


def _json_lines(rows: Iterable[Any], texts: Collection[str]) -> Iterator[str]:
    """The rows as JSON; in columns of `texts` bytes are UTF-8, as they are in those of a table."""
    for i, row in enumerate(_taken(rows), 1):
        if not isinstance(row, Mapping):
            raise UsageError(
                f"document {i} is a {type(row).__name__}",
                fix="give dictionaries, as in {'source': …, 'text': …}, or paths and nothing else",
            )
        yield _line(row, i, texts)


def _taken(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows; what an iterator raises that somebody else wrote is the cause of an InputError."""
    done = 0
    try:
        for row in rows:
            done += 1
            yield row
    except (InchorusError, MemoryError):
        raise
    except Exception as error:
        raise InputError(f"the documents end with an error ({_short(error)})", where=Where(row=done + 1)) from error


def _line(row: Mapping[Any, Any], i: int, texts: Collection[str]) -> str:
    try:
        values = {str(name): _plain(value) for name, value in row.items()}
        names = list(map(str, row))
    except Exception as error:  # a mapping raises what its library raises
        raise InputError(f"the row cannot be read ({_short(error)})", where=Where(row=i)) from error
    if len(values) < len(names):
        raise InputError("two columns have one name as text", where=Where(row=i), fix="rename one of them")
    for name in texts:
        if isinstance(values.get(name), bytes | bytearray | memoryview):
            values[name] = _decoded(bytes(values[name]), Where(row=i, column=name))
    try:
        return json.dumps(values, default=_as_json)
    except Exception as error:
        column = next((name for name, value in values.items() if not _has_json(value)), None)
        raise InputError(
            f"a value cannot be kept: {_short(error, named=False)}",
            where=Where(row=i, column=column),
            fix="give text or numbers",
        ) from error


def _decoded(value: bytes, where: Where) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        fix = "name another column, or write it as text"
        raise InputError("the column holds binary, not text", where=where, fix=fix) from error


def _has_json(value: Any) -> bool:
    try:
        json.dumps(value, default=_as_json)
    except Exception:
        return False
    return True


def _plain(value: Any) -> Any:
    # Tables write what is missing as NaN or NaT, neither of which equals itself.
    if isinstance(value, float | datetime) and value != value:  # noqa: PLR0124
        return None
    if isinstance(value, Decimal) and value.is_nan():
        return None
    return None if type(value).__name__ in _MISSING else value


def _as_json(value: Any) -> Any:
    """What JSON does not know, as what it knows."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, _WRITTEN):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if type(value).__name__ in _MISSING:
        return None
    if type(value).__name__ in {"datetime64", "timedelta64"}:
        return None if value != value else str(value)  # noqa: PLR0124 - as NaT does
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not text, a number or a time")


def _short(error: Exception, named: bool = True) -> str:
    lines = str(error).splitlines() or [""]
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return f"{type(error).__name__}: {lines[0]}" if named else lines[0]
