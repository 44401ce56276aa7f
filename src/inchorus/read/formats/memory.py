"""Tables and rows that Python holds: no file has this format, and `--format` does not name it."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

MEMORY = TableFormat(
    name="memory",
    reads="a row of a table, or a dictionary",
    read=later("inchorus.read.held:read_held"),
)
