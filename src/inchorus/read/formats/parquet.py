"""Parquet."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

PARQUET = TableFormat(
    name="parquet",
    reads="a row",
    endings=("parquet",),
    looks=lambda begins: begins.data.startswith(b"PAR1"),
    whole=True,
    read=later("inchorus.read.parquet:read_parquet"),
)
