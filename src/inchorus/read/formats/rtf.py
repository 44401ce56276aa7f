"""Rich text, in which Factiva and Nexis Uni export."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

RTF = DocumentFormat(
    name="rtf",
    reads="an article of a Factiva or Nexis Uni export; of other rich text, a file",
    endings=("rtf",),
    looks=lambda begins: begins.data.lstrip().startswith(b"{\\rtf"),
    needs=("striprtf", "lxml"),
    extra="office",
    columns=(*MAPPED, "title", "author", "section", "language", "number"),
    read=later("inchorus.read.rtf:read_rtf"),
)
