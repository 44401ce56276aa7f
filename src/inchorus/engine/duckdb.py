"""DuckDB, behind three verbs: `scan` a Parquet file, `query` several, `stream` an answer that may be long."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from inchorus.engine.identifiers import identifier

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


UNREADABLE = (duckdb.Error, pa.ArrowException)  # what a file that is no Parquet raises, and SQL that is wrong
Reading: TypeAlias = Callable[[], AbstractContextManager[None]]


def query(sql: str, tables: Mapping[str, Path], parameters: Sequence[Any] = ()) -> pa.Table:
    """Run `sql` over Parquet files known by the names of `tables`; `?` stand for `parameters`.

    Rows come in the order that the SQL asks for; times are UTC.

    >>> query("SELECT ? + 1 AS n", {}, [1]).to_pylist()
    [{'n': 2}]
    """
    with closing(_cursor()) as connection:
        connection.begin()  # what the SQL makes goes with its answer
        for name, path in tables.items():
            # To know all columns of a wide table takes DuckDB seconds, of each table that is not asked for, too.
            if re.search(rf"\b{re.escape(name)}\b", sql, re.IGNORECASE):
                connection.execute(
                    f"CREATE TEMP VIEW {identifier(name)} AS "  # noqa: S608 - the name and the path are quoted
                    f"SELECT * FROM read_parquet({_quoted(literal(path))}, hive_partitioning = false)"
                )
        return connection.sql(sql, params=list(parameters)).to_arrow_table()


def stream(
    sql: str, tables: Mapping[str, Path], parameters: Sequence[Any] = (), rows: int = 8192
) -> Iterator[pa.RecordBatch]:
    """The answer of `query` in batches of at most `rows` rows; what does not fit into 1 GB is sorted on disk.

    Each table has one column more, `file_row_number`: the place of the row in its table, counted from 0. It stands for
    one of that name that the table may have, of the input.

    >>> [batch.num_rows for batch in stream("FROM range(3) SELECT 1 AS n", {}, rows=2)]
    [2, 1]
    """
    with tempfile.TemporaryDirectory(prefix="inchorus-") as scratch, connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute("SET temp_directory = ?", [scratch])
        for name, path in tables.items():
            _with_places(connection.read_parquet(literal(path), hive_partitioning=False)).create_view(name)
        for batch in connection.sql(sql, params=list(parameters)).to_arrow_reader(rows):
            for start in range(0, batch.num_rows, rows):
                yield batch.slice(start, rows)


def _with_places(rows: Any) -> Any:
    own = [name for name in rows.columns if name.lower() == "file_row_number"]
    kept = f"* EXCLUDE ({', '.join(own)})" if own else "*"
    return rows.project(f"{kept}, row_number() OVER () - 1 AS file_row_number")


def scan(path: Path, owner: object = None, reading: Reading = nullcontext) -> Relation:
    """The rows of one Parquet file, read when asked for; `owner` lives as long as they may be.

    They are read inside `reading()`, which may say more of an error than the engine can.
    """
    connection = _cursor()
    rows = connection.read_parquet(literal(path), hive_partitioning=False)
    return Relation((connection, owner), rows, pq.read_schema(path), reading)


class Relation:
    """Rows that are read when asked for: narrow them down first, then take them in the form you need.

    `filter`, `order`, `select` and `limit` take SQL and give a new relation.
    `arrow()` gives a `pyarrow.Table`, `df()` a pandas and `pl()` a polars data frame;
    the last two need these libraries, nothing else here does.
    """

    def __init__(self, kept: object, rows: Any, schema: pa.Schema, reading: Reading = nullcontext) -> None:
        self._kept = kept
        self._rows = rows
        self._schema = schema
        self._reading = reading

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._rows.columns)

    def filter(self, condition: str) -> Relation:
        """The rows for which the SQL `condition` holds."""
        return self._with("filter", condition)

    def order(self, by: str) -> Relation:
        """The rows in the order of the SQL expression `by`."""
        return self._with("order", by)

    def select(self, columns: str) -> Relation:
        """Some columns, or SQL expressions over them, separated by commas."""
        return self._with("project", columns)

    def limit(self, n: int) -> Relation:
        """The first `n` rows."""
        return self._with("limit", n)

    def __len__(self) -> int:
        with self._reading():
            return int(self._rows.aggregate("count(*) AS n").to_arrow_table()["n"][0].as_py())

    def arrow(self) -> pa.Table:
        """The rows as a `pyarrow.Table`, each column of the type that the file gives it."""
        with self._reading():
            table = self._rows.to_arrow_table()
        fields = [self._schema.field(f.name) if self._schema.get_field_index(f.name) >= 0 else f for f in table.schema]
        return table.cast(pa.schema(fields))

    def df(self) -> pd.DataFrame:
        """The rows as a pandas data frame."""
        return self.arrow().to_pandas()

    def pl(self) -> pl.DataFrame:
        """The rows as a polars data frame."""
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def _with(self, step: str, how: str | int) -> Relation:
        with self._reading():
            return Relation(self._kept, getattr(self._rows, step)(how), self._schema, self._reading)

    def __repr__(self) -> str:
        return f"<{len(self):,} rows: {', '.join(self.columns)}>"


def connect() -> Any:
    """A connection to a database in memory, in UTC; it fetches nothing from the network."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    # Global: a cursor is a session of its own, which would else be in the zone of the machine.
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection


def _cursor() -> Any:
    """A session of the database in memory that all questions of a process share."""
    return _shared(os.getpid()).cursor()


@cache
def _shared(process: int) -> Any:
    # To begin a database takes 15 ms, more than most answers; a process that was forked lacks its threads.
    return connect()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def literal(path: Path) -> str:
    """The path with the signs escaped that would make it a pattern for several files.

    >>> literal(Path("a[1].parquet")) == str(Path("a[[]1].parquet"))
    True
    """
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
