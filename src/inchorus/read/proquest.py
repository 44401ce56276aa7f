"""Articles in a text that ProQuest exports, with lines of underscores between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.records import File
from inchorus.read.written_days import day_in

_BETWEEN = re.compile(r"_{40,}\s*$")
_LABEL = re.compile(r"([A-Z][A-Za-z]+(?: ?/? ?[A-Za-z-]+){0,4}): ?(.*)$")
_LABELS = frozenset(
    """
    narrow subject|broad subject|
    author|abstract|links|full text|subject|business indexing term|location|people|company / organization|classification
    |identifier / keyword|title|publication title|publication info|first page|pages|number of pages|publication year
    |publication date|year|section|publisher|place of publication|country of publication|publication subject|issn|e-issn
    |source type|language of publication|document type|document feature|proquest document id|document url|copyright
    |last updated|database|credit|dateline|volume|issue|edition|column|isbn|accession number|correspondence author
    |source attribution|supplement|ethnicity|alternate title|word count
    """.replace("\n", "")
    .replace("  ", "")
    .split("|")
)
_FULL = "full text"
# what stands behind the last article, with a line of underscores before it or without
_TRAILER = re.compile(r"\s*(?:Contact us at:|Database copyright|Terms and Conditions:|$)")
_NONE = re.compile(r"(?:full text )?not available\.?$", re.IGNORECASE)
_FIX = "export it from ProQuest again as text, with full text"


def read_proquest(file: File) -> Iterator[Found]:
    """Every article of an export; what has no full text is counted."""
    place = file.place.as_posix()
    with file.text() as lines:
        for n, (at, block) in enumerate(_blocks(lines), 1):
            yield _article(f"{place}#{n}", block, at)


def _article(id_: str, lines: list[str], at: int) -> Found:
    while lines and _TRAILER.match(lines[-1]):
        lines = lines[:-1]
    labels = {i: (match[1].lower(), match[2].strip()) for i, line in enumerate(lines) if (match := _label(line))}
    names = {name for name, _ in labels.values()}
    if not names & {"proquest document id", "document url", "publication title", "publication info", _FULL}:
        return Passed("covers and lists of contents of exports")
    start = next((i for i, (name, _) in labels.items() if name == _FULL), None)
    if start is None or (_NONE.match(labels[start][1]) and not _body(lines, labels, start).strip()):
        return Passed("articles without their full text")
    end = _end(lines, labels, start)
    fields: dict[str, str] = {}
    for i, (name, value) in labels.items():
        if i < start or i >= end:
            fields.setdefault(name, value)
    text = "\n".join(line for line in (labels[start][1], *map(str.strip, lines[start + 1 : end])) if line)
    title = fields.get("title") or next(
        (line.strip() for line in lines if line.strip() and not _document_line(line)), None
    )
    outlet = fields.get("publication title") or fields.get("publication info", "")
    if not outlet:
        return Broken("an article without an outlet", _FIX, "\n".join(lines[:10]), at)
    return Document(
        {
            "id": fields.get("proquest document id") or id_,
            "source": outlet.split(";")[0].strip(),
            "time": day_in(fields.get("publication date", "")) or day_in(fields.get("publication info", "")),
            "text": text,
            "title": title,
            "author": fields.get("author"),
            "url": fields.get("document url"),
            "section": fields.get("section"),
            "language": fields.get("language of publication", "").split(";")[0].strip().lower() or None,
        },
        at,
    )


def _body(lines: list[str], labels: dict[int, tuple[str, str]], start: int) -> str:
    return "\n".join(lines[start + 1 : _end(lines, labels, start)])


def _end(lines: list[str], labels: dict[int, tuple[str, str]], start: int) -> int:
    """The line where the index behind the full text begins: labels only, and lines in which they go on."""
    end = len(lines)
    for i in range(len(lines) - 1, start, -1):
        if i in labels:
            end = i
        # a value may go on in the next line, behind which there is a blank one
        elif lines[i].strip() and not _LABEL.match(lines[i].strip()) and i - 1 not in labels:
            break
    return end


def _label(line: str) -> re.Match[str] | None:
    match = _LABEL.match(line.strip())
    return match if match and match[1].lower() in _LABELS else None


def _document_line(line: str) -> bool:
    return re.match(r"\s*Document \d+ of \d+\s*$", line) is not None


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between the lines of underscores, and the number of its first line."""
    block: list[str] = []
    at = 1
    for number, line in enumerate(lines, 1):
        if _BETWEEN.match(line):
            if any(one.strip() for one in block):
                yield at, block
            block, at = [], number + 1
        else:
            block.append(line.rstrip("\r\n"))
    if any(one.strip() for one in block):
        yield at, block
