"""LexisNexis' export as text."""

from __future__ import annotations

import re

from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, later

_BEGIN = re.compile(r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|(?:Dokument \d+ von|Document \d+ de) \d+)[ \t\r]*$", re.M)
_LABEL = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|LANGUAGE|SPRACHE|LANGUE): ", re.M)
# what Nexis Uni writes, where a file of a word processor was saved as text
_NEXIS = re.compile(r"^[ \t]*Length:[ \t]*[\d,.]+ words?[ \t\r]*$.*?^[ \t]*Body[ \t\r]*$", re.M | re.S)


def _looks(begins: Beginning) -> bool:
    text = begins.text
    return bool((_BEGIN.search(text) and _LABEL.search(text)) or _NEXIS.search(text))


LEXISNEXIS = DocumentFormat(
    name="lexisnexis",
    reads="an article of an export of LexisNexis as text, or of one of Nexis Uni that was saved as text",
    also=("txt",),
    looks=_looks,
    columns=(*MAPPED, "title", "author", "section", "language"),
    read=later("inchorus.read.lexisnexis:read_lexisnexis"),
)
