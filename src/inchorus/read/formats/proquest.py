"""ProQuest's export as text."""

from __future__ import annotations

import re

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

_LABEL = re.compile(r"^(?:ProQuest document ID|Publication title|Full text|Publication info|Document \d+ of \d+)", re.M)
_BETWEEN = re.compile(r"^_{40,}\s*$", re.M)

PROQUEST = DocumentFormat(
    name="proquest",
    reads="an article of a ProQuest export as text",
    also=("txt",),
    looks=lambda begins: bool(_BETWEEN.search(begins.text) and _LABEL.search(begins.text)),
    columns=(*MAPPED, "title", "author", "url", "section", "language"),
    read=later("inchorus.read.proquest:read_proquest"),
)
