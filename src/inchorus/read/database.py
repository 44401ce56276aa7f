"""Tables of a database file: those that have the columns asked for, or the one that the user names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from inchorus.engine.database import Held, UnreadableError, database
from inchorus.errors import DamagedError, InputError, UsageError, Where, nearest
from inchorus.read.batches import BATCH_ROWS, Batch
from inchorus.read.columns import check_columns
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions
from inchorus.read.parquet import Stored, stored_batches

_PIECE = 2_048


def chosen(
    file: Input, tables: Mapping[str, Sequence[str]], views: Sequence[str], options: ReadOptions
) -> tuple[list[str], str]:
    """The tables to read, and a note that names them; `tables` has the columns of each.

    These are the table that stands behind `::` in what the user gave, or all that have the columns. Raises UsageError
    for a name that is none of a table, InputError where no table has the columns.
    """
    if file.table is not None:
        if file.table not in tables:
            raise _no_table(file, file.table, list(tables), views)
        check_columns(f"{file.name}, table {file.table!r}", tables[file.table], options)
        return [file.table], ""
    if not tables:
        raise InputError("the database holds no tables", where=Where(file.name), fix="export it again")
    wanted = {n for n in (options.id, options.time) if n} | {options.source or "source", options.text or "text"}
    fit = [name for name, columns in tables.items() if wanted <= set(columns)]
    if not fit:
        most = max(tables, key=lambda name: len(wanted & set(tables[name])))
        check_columns(f"{file.name}, table {most!r}", tables[most], options)
    others = ", ".join(repr(name) for name in tables if name not in fit)
    note = f"tables read of {file.name}: {', '.join(map(repr, fit))}"
    return fit, note + (f"; left out, without the columns: {others}" if others else "")


def read_duckdb(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of the tables of a DuckDB database that have the columns; `index` becomes their `file_index`.

    Raises InputError where it is none, is of a later version, or is being written.
    """
    with _readable(file), database(file.path) as base:
        tables = {str(table): table for table in base.tables()}
        names, note = chosen(file, {name: t.columns for name, t in tables.items()}, base.views(), options)
        done = 0
        for name in names:
            table = tables[name]
            n = base.count(table)
            rows = base.rows(table, table.columns, _PIECE)

            def column(name: str, table: Held = table) -> Iterator[pa.Array]:
                return (batch.column(0) for batch in base.rows(table, [name], BATCH_ROWS))

            stored = Stored(rows.schema, iter(rows), column, n, 0)
            yield from stored_batches(file, index, options, stored, f"table {name!r}", done)
            done += n
    yield end(file, index, tables[names[0]].columns, note)


def end(file: Input, index: int, columns: Sequence[str], note: str) -> Batch:
    """The last batch of a database, without rows: all of the file is read."""
    return Batch(
        columns={name: pa.nulls(0, pa.large_string()) for name in columns},
        file_index=np.zeros(0, np.int32),
        row=np.zeros(0, np.int64),
        position=file.size,
        notes=(note,) if note else (),
    )


def _no_table(file: Input, name: str, tables: list[str], views: Sequence[str]) -> UsageError:
    if name in views:
        return UsageError(
            f"{name!r} is a view, or a table that a program computes, and nothing of a database is executed",
            where=Where(file.name),
            fix="keep its rows as a table: CREATE TABLE kept AS SELECT * FROM …",
        )
    return UsageError(
        f"there is no table {name!r}; the tables are: {', '.join(sorted(tables)) or 'none'}",
        where=Where(file.name),
        fix=nearest(name, tables) or "name one of them behind ::",
    )


@contextmanager
def _readable(file: Input) -> Iterator[None]:
    if not file.path.exists():
        raise missing(file.path)
    try:
        yield
    except (UnreadableError, pa.ArrowException, OSError) as e:
        if isinstance(e, OSError) and e.errno is not None:
            raise
        what = str(e).splitlines()[0]
        if "lock" in what.lower():
            raise InputError(
                "another program has the database open", where=Where(file.name), fix="close it there first"
            ) from e
        raise DamagedError(
            f"no database of DuckDB, or one that is damaged or of a later version ({what})",
            where=Where(file.name),
            fix="write its table as Parquet: COPY name TO 'name.parquet'",
        ) from e
