"""DuckDB, behind two verbs: `scan` a Parquet file, `query` several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def query(sql: str, tables: Mapping[str, Path], parameters: Sequence[Any] = ()) -> pa.Table:
    """Run `sql` over Parquet files known by the names of `tables`; `?` stand for `parameters`.

    Rows come in the order that the SQL asks for; times are UTC.

    >>> query("SELECT ? + 1 AS n", {}, [1]).to_pylist()
    [{'n': 2}]
    """
    with _connect() as connection:
        for name, path in tables.items():
            connection.read_parquet(_literal(path)).create_view(name)
        return connection.sql(sql, params=list(parameters)).to_arrow_table()


def scan(path: Path, owner: object = None) -> Relation:
    """The rows of one Parquet file, read when asked for; `owner` lives as long as they may be."""
    connection = _connect()
    return Relation((connection, owner), connection.read_parquet(_literal(path)), pq.read_schema(path))


class Relation:
    """Rows that are read when asked for: narrow them down first, then take them in the form you need.

    `filter`, `order`, `select` and `limit` take SQL and give a new relation.
    `arrow()` gives a `pyarrow.Table`, `df()` a pandas and `pl()` a polars data frame;
    the last two need these libraries, nothing else here does.
    """

    def __init__(self, kept: object, rows: Any, schema: pa.Schema) -> None:
        self._kept = kept
        self._rows = rows
        self._schema = schema

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._rows.columns)

    def filter(self, condition: str) -> Relation:
        """The rows for which the SQL `condition` holds."""
        return self._with(self._rows.filter(condition))

    def order(self, by: str) -> Relation:
        """The rows in the order of the SQL expression `by`."""
        return self._with(self._rows.order(by))

    def select(self, columns: str) -> Relation:
        """Some columns, or SQL expressions over them, separated by commas."""
        return self._with(self._rows.project(columns))

    def limit(self, n: int) -> Relation:
        """The first `n` rows."""
        return self._with(self._rows.limit(n))

    def __len__(self) -> int:
        return int(self._rows.aggregate("count(*) AS n").to_arrow_table()["n"][0].as_py())

    def arrow(self) -> pa.Table:
        """The rows as a `pyarrow.Table`, each column of the type that the file gives it."""
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

    def _with(self, rows: Any) -> Relation:
        return Relation(self._kept, rows, self._schema)

    def __repr__(self) -> str:
        return f"<{len(self):,} rows: {', '.join(self.columns)}>"


def _connect() -> Any:
    # Nothing is fetched from the network behind the user's back.
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _literal(path: Path) -> str:
    """The path with the signs escaped that would make it a pattern for several files.

    >>> _literal(Path("a[1].parquet")) == str(Path("a[[]1].parquet"))
    True
    """
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
