"""Articles in a text of LexisNexis, each below a line `3 of 10 DOCUMENTS`; exports of before 2018 are such texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.nexis import Line, nexis_articles
from inchorus.read.records import File
from inchorus.read.written_days import day_in, time_said

_BEGIN = re.compile(r"\s*(?:\d+ of \d+ DOCUMENTS?|(?:Dokument \d+ von|Document \d+ de) \d+)\s*$")
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\))\s|.{0,40}\ball rights reserved\b|alle rechte vorbehalten|tous droits", re.I
)
_CENTRED = " " * 8  # before a line that is in the middle of the page: outlet, date, edition, copyright
_BODY, _LENGTH = ("BODY", "TEXT"), ("LENGTH", "LÄNGE", "LONGUEUR")
_FIELDS = {
    "title": ("HEADLINE", "TITEL", "TITRE"),
    "author": ("BYLINE", "AUTOR", "AUTEUR"),
    "section": ("SECTION", "RUBRIK", "RUBRIQUE"),
    "language": ("LANGUAGE", "SPRACHE", "LANGUE"),
    "": ("DATELINE", "HIGHLIGHT", "SERIES", "DACHZEILE", "DISTRIBUTION", *_LENGTH),
}
# what stands only behind a text, and what a text may have itself, but for a run of them before such a one
_BELOW = frozenset(
    """
    LOAD-DATE UPDATE GRAPHIC GRAFIK GRAPHIQUE PUBLICATION-TYPE PUBLIKATIONSTYP TYPE-PUBLICATION DOCUMENT-TYPE
    JOURNAL-CODE ZEITUNGS-CODE CORRECTION-DATE DATE-DE-CHARGEMENT LANGUAGE SPRACHE LANGUE COPYRIGHT
    """.split()
)
_PERHAPS_BELOW = frozenset(
    "URL SUBJECT ORGANIZATION COMPANY INDUSTRY GEOGRAPHIC PERSON CITY STATE COUNTRY TICKER NOTES CORRECTION".split()
)
_FIELD = {label: field for field, labels in _FIELDS.items() for label in labels}
_LABEL = re.compile(
    rf"({'|'.join(sorted({*_FIELD, *_BODY, *_BELOW, *_PERHAPS_BELOW}, key=len, reverse=True))}):(?:\s+(.*)|$)"
)
_LOOKED_AT = 10_000  # lines that tell whose export it is
_FIX = "export it from LexisNexis again as text, with full documents"


def read_lexisnexis(file: File) -> Iterator[Found]:
    """Every article of an export; of one of Nexis Uni, too, that was saved as text."""
    place = file.place.as_posix()
    with file.text() as text:
        head = list(islice(text, _LOOKED_AT))
        lines = chain(head, text)
        if not any(_BEGIN.match(line) for line in head) and any(line.strip() == "Body" for line in head):
            yield from nexis_articles(place, (Line(line) for line in lines))
            return
        for n, (at, block) in enumerate(_blocks(lines)):
            if n:
                yield _article(f"{place}#{n}", block, at)
            elif any(line.strip() for line in block):
                yield Passed("covers and lists of contents of exports")


def _article(id_: str, lines: list[str], at: int) -> Found:
    paragraphs = list(_paragraphs(lines))
    above = _above(paragraphs)
    head = [line.strip() for one in paragraphs[:above] for line in one]
    dated = next((i for i, line in enumerate(head) if i and day_in(line) and not _RIGHTS.match(line)), None)
    named = [line for line in head[:dated] if not _RIGHTS.match(line)]
    if not named:
        return Broken("an article without an outlet", _FIX, "\n".join(lines[:10]), at)
    parts = [_part(one) for one in paragraphs[above:]]
    start, end = _text(parts)
    text = "\n".join(
        f"{label}: {value}" if label and label not in _BODY else value for label, value in parts[start:end] if value
    )
    if not text:
        return Passed("articles without their text")
    fields: dict[str, str] = {}
    for label, value in parts[:start] + parts[end:]:
        fields.setdefault(_FIELD.get(label, ""), value)
    title = fields.get("title") or next((value for label, value in parts[:start] if not label), None)
    return Document(
        {
            "id": id_,
            "source": named[-1] if dated is not None else named[0],
            "time": time_said(head[dated]) if dated is not None else None,
            "text": text,
            "title": title,
            "author": re.sub(r"^(?:By|Von|Par)\s+", "", fields.get("author", ""), flags=re.IGNORECASE) or None,
            "section": fields.get("section"),
            "language": fields.get("language", "").split(";")[0].strip().lower() or None,
        },
        at,
    )


def _above(paragraphs: list[list[str]]) -> int:
    """How many paragraphs say outlet, date and edition: those in the middle of the page, or to the first with a day."""
    centred = next((i for i, one in enumerate(paragraphs) if not one[0].startswith(_CENTRED)), len(paragraphs))
    if centred:
        return centred
    return next((i + 1 for i, one in enumerate(paragraphs[:5]) if any(map(day_in, one))), 0)


def _text(parts: list[tuple[str, str]]) -> tuple[int, int]:
    """From where to where the text goes: behind the length, or else behind the title, up to what only stands below."""
    end = next((i for i, (label, _) in enumerate(parts) if label in _BELOW), len(parts))
    while end and parts[end - 1][0] in _PERHAPS_BELOW:
        end -= 1
    labels = [label for label, _ in parts[:end]]
    marked = next((i for i, label in enumerate(labels) if label in _LENGTH), None)
    titled = any(_FIELD.get(label) == "title" for label in labels)
    start = marked + 1 if marked is not None else next((i + (not titled) for i, x in enumerate(labels) if not x), 0)
    start = next((i for i, label in enumerate(labels) if label in _BODY), start)
    while start < end and labels[start] in _FIELD:
        start += 1
    return start, end


def _part(paragraph: list[str]) -> tuple[str, str]:
    """The label of a paragraph, and what it says; a title has none, nor has what is text."""
    if paragraph[0].startswith(_CENTRED) and any(_RIGHTS.match(line.strip()) for line in paragraph):
        return "COPYRIGHT", ""
    said = " ".join(line.strip() for line in paragraph)
    match = _LABEL.match(said)
    return (match[1], (match[2] or "").strip()) if match else ("", said)


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines are broken at 80 letters; a blank one, or a label, ends a paragraph."""
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (not line.strip() or _LABEL.match(line)):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands above the first article, then each, and the number of its first line."""
    block: list[str] = []
    at = 1
    for number, line in enumerate(lines, 1):
        if _BEGIN.match(line):
            yield at, block
            block, at = [], number
        else:
            block.append(line.rstrip("\r\n\f"))
    yield at, block
