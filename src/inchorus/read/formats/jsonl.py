"""JSON: objects."""

from __future__ import annotations

from inchorus.read.formats.format import TableFormat, later

JSONL = TableFormat(
    name="jsonl",
    reads="a JSON object: one a line, all in one array, or in a list inside one object",
    endings=("jsonl", "ndjson", "json"),
    looks=lambda begins: begins.start[:1] in {"{", "["},
    read=later("inchorus.read.jsonl:read_jsonl"),
)
