"""Databases of DuckDB."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

DUCKDB = TableFormat(
    name="duckdb",
    reads="a row of a table, in every table that has the columns, or of the one named behind `::`",
    endings=("duckdb", "ddb"),
    also=("db",),
    looks=lambda begins: begins.data[8:12] == b"DUCK",
    whole=True,
    read=later("inchorus.read.database:read_duckdb"),
)
