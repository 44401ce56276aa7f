"""LexisNexis' export as text."""

from __future__ import annotations

import re

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

_BEGIN = re.compile(r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|(?:Dokument \d+ von|Document \d+ de) \d+)[ \t\r]*$", re.M)
_LABEL = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|LANGUAGE|SPRACHE|LANGUE): ", re.M)

LEXISNEXIS = DocumentFormat(
    name="lexisnexis",
    reads="an article of an export of LexisNexis as text",
    also=("txt",),
    looks=lambda begins: bool(_BEGIN.search(begins.text) and _LABEL.search(begins.text)),
    columns=(*MAPPED, "title", "author", "section", "language"),
    read=later("inchorus.read.lexisnexis:read_lexisnexis"),
)
