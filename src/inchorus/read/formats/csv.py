"""CSV and its kin."""

from __future__ import annotations

from inchorus.read.formats.format import Beginning, TableFormat, later


def _looks(begins: Beginning) -> bool:
    if begins.ending == "txt":
        # Excel's "Unicode text" has the ending of a text, and is a table
        options = begins.options
        return {options.source or "source", options.text or "text"} <= begins.header
    return any(d in begins.start.split("\n", 1)[0] for d in ",;\t|")


CSV = TableFormat(
    name="csv",
    reads="a row under a header; a comma, semicolon, tab or bar delimits, whichever gives the columns asked for",
    endings=("csv", "tsv"),
    also=("txt",),
    looks=_looks,
    read=later("inchorus.read.csv:read_csv"),
)
