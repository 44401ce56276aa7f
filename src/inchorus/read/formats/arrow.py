"""Arrow: files (Feather) and streams."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

ARROW = TableFormat(
    name="arrow",
    reads="a row of a file (Feather) or stream of Arrow",
    endings=("arrow", "feather", "ipc", "arrows"),
    looks=lambda begins: begins.data.startswith((b"ARROW1", b"FEA1", b"\xff\xff\xff\xff")),
    whole=True,
    read=later("inchorus.read.arrow:read_arrow"),
)
