"""PDF."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

PDF = DocumentFormat(
    name="pdf",
    reads="a file with a text layer",
    endings=("pdf",),
    looks=lambda begins: begins.data.startswith(b"%PDF-"),
    needs=("pypdfium2",),
    extra="office",
    whole=True,
    columns=(*MAPPED, "title", "author", "pages"),
    read=later("inchorus.read.pdf:read_pdf"),
)
