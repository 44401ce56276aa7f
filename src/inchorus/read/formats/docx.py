"""Documents of word processors."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

DOCX = DocumentFormat(
    name="docx",
    reads="a file of a word processor; of a Nexis Uni export, an article",
    endings=("docx",),
    looks=lambda begins: begins.data.startswith(b"PK\x03\x04") and b"word/" in begins.data,
    needs=("docx",),
    extra="office",
    whole=True,
    columns=(*MAPPED, "title", "author", "section", "language"),
    read=later("inchorus.read.docx:read_docx"),
)
