"""Databases of DuckDB that others made: opened to read, in which nothing of theirs is executed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
    "threads": "1",
}
UnreadableError = duckdb.Error


@contextmanager
def database(path: Path) -> Iterator[Database]:
    """The database of a file, which cannot be changed through it; UnreadableError where it is none."""
    connection = duckdb.connect(str(path), read_only=True, config=_CLOSED)
    try:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        yield Database(connection)
    finally:
        connection.close()


class Held(NamedTuple):
    """A table of a database, and the names of its columns."""

    schema: str
    name: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return self.name if self.schema == "main" else f"{self.schema}.{self.name}"


class Database:
    """An open database."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def tables(self) -> list[Held]:
        """Every table."""
        rows = self._connection.execute(
            "SELECT schema_name, table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = current_database() AND table_oid IN (SELECT table_oid FROM duckdb_tables()) "
            "GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return [Held(schema, name, tuple(columns)) for schema, name, columns in rows]

    def views(self) -> list[str]:
        """The names of its views, which are not executed."""
        rows = self._connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        return [name for (name,) in rows]

    def count(self, table: Held) -> int:
        """How many rows a table has."""
        return int(self._connection.execute(f"SELECT count(*) FROM {_full(table)}").fetchone()[0])  # noqa: S608

    def rows(self, table: Held, columns: Sequence[str], batch: int) -> pa.RecordBatchReader:
        """The rows of some columns of a table, in batches of at most `batch`."""
        names = ", ".join(_name(column) for column in columns)
        sql = f"SELECT {names} FROM {_full(table)}"  # noqa: S608
        return self._connection.cursor().sql(sql).to_arrow_reader(batch)


def _full(table: Held) -> str:
    return f"{_name(table.schema)}.{_name(table.name)}"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
