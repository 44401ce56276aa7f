"""Databases of SQLite."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

SQLITE = TableFormat(
    name="sqlite",
    reads="a row of a table, in every table that has the columns, or of the one named behind `::`",
    endings=("sqlite", "sqlite3", "db3"),
    also=("db",),
    looks=lambda begins: begins.data.startswith(b"SQLite format 3\x00"),
    whole=True,
    read=later("inchorus.read.sqlite:read_sqlite"),
)
