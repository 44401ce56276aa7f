"""Databases of SQLite: their tables, read as they stand; nothing of a database is executed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.errors import DamagedError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, BadRow, Batch, Kind, json_text, strings
from inchorus.read.database import chosen, end
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions
from inchorus.read.values import written_column

LONGEST = 256 << 20  # bytes of a value
_PIECE = 256
_UNDECODED = re.compile("[\udc80-\udcff]")


def read_sqlite(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of the tables of an SQLite database that have the columns; `index` becomes their `file_index`.

    Values keep the types that they have, which in SQLite are those of the value and not of the column; bytes become
    hexadecimal digits. A row whose text is not in the database's encoding is bad. Raises InputError where the file is
    no database or is damaged.
    """
    with _connected(file) as connection:
        tables, others = _tables(connection)
        names, note = chosen(file, tables, others, options)
        row = 0
        for name in names:
            bad = BadRows(replace(file, name=f"{file.name}, table {name!r}"), index, options)
            waits: list[tuple[int, tuple[Any, ...]]] = []
            size = 0
            for values in _rows(connection, name, tables[name]):
                row += 1
                if (why := _undecoded(values)) is not None:
                    fix = "mend it where the database is made"
                    bad.add(why, row, None, fix=fix, raw=json_text([_plain(v) for v in values]))
                    continue
                waits.append((row, values))
                size += sum(len(v) for v in values if isinstance(v, str | bytes))
                if size >= BATCH_BYTES or len(waits) >= BATCH_ROWS:
                    yield _batch(name, tables[name], waits, index, bad.taken())
                    waits, size = [], 0
            yield _batch(name, tables[name], waits, index, bad.taken())
    yield end(file, index, tables[names[0]], note)


def _tables(connection: sqlite3.Connection) -> tuple[dict[str, list[str]], list[str]]:
    """The columns of every table, and the names of what is computed when it is read: views and virtual tables."""
    tables: dict[str, list[str]] = {}
    computed: list[str] = []
    for name, kind, made in connection.execute("SELECT name, type, sql FROM sqlite_master").fetchall():
        if kind not in {"table", "view"} or str(name).startswith("sqlite_"):
            continue
        if kind == "view" or re.match(r"\s*create\s+virtual", str(made), re.IGNORECASE):
            computed.append(str(name))
        else:
            rows = connection.execute(f"PRAGMA table_info({_name(name)})").fetchall()
            tables[str(name)] = [str(row[1]) for row in rows]
    return tables, computed


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(map(_name, columns))
    found = connection.execute(f"SELECT {names} FROM {_name(table)}")  # noqa: S608
    while rows := found.fetchmany(_PIECE):
        yield from rows


def _batch(
    table: str, names: Sequence[str], rows: list[tuple[int, tuple[Any, ...]]], index: int, bad: tuple[BadRow, ...]
) -> Batch:
    columns: dict[str, pa.Array] = {}
    kinds: dict[str, set[Kind]] = {}
    for i, name in enumerate(names):
        values, kinds[name] = written_column([_plain(row[i]) for _, row in rows])
        columns[name] = strings(values)[0]
    return Batch(
        columns=columns,
        file_index=np.full(len(rows), index, np.int32),
        row=np.array([row for row, _ in rows], np.int64),
        position=0,
        kinds=kinds,
        bad=bad,
        part=f"table {table!r}",
    )


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _undecoded(values: Sequence[Any]) -> str | None:
    for value in values:
        if isinstance(value, str) and not value.isascii() and (found := _UNDECODED.search(value)):
            return f"not valid UTF-8 (the byte {ord(found[0]) - 0xDC00:#04x})"
    return None


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _connected(file: Input) -> Iterator[sqlite3.Connection]:
    if not file.path.exists():
        raise missing(file.path)
    try:
        with closing(sqlite3.connect(_address(file.path), uri=True, check_same_thread=False)) as connection:
            # what a database may bring along must not run: it is from whoever sent it
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
            connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
            yield connection
    except (sqlite3.Error, UnicodeError) as e:  # of what is damaged, names and messages need not be UTF-8
        raise DamagedError(
            f"no database of SQLite, or one that is damaged, encrypted or being written ({e})",
            where=Where(file.name),
            fix="close it where it is written, or export the table as CSV: sqlite3 -header -csv",
        ) from e


def _address(path: Path) -> str:
    """The database to read only. What a program that is at work, or broke off, left beside it is taken into account."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    still = not any(other.exists() and other.stat().st_size for other in beside)
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if still else ''}"
