"""Plain text: a file a document."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

TEXT = DocumentFormat(
    name="text",
    reads="a file",
    endings=("txt",),
    columns=MAPPED,
    read=later("inchorus.read.text:read_text"),
)
