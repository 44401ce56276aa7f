"""Documents of word processors (.docx): what they say, paragraph by paragraph."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

import docx

from inchorus.read.compressed import plain_name
from inchorus.read.formats.format import Broken, Document, Found
from inchorus.read.nexis import Line, is_nexis, nexis_articles
from inchorus.read.records import File
from inchorus.read.text import time_in

MOST_BYTES = 256 << 20  # of XML, unpacked
_FIX = "open it in a word processor and save it again"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def read_docx(file: File) -> Iterator[Found]:
    """The one document of a file, its paragraphs and cells a line each; of an export of Nexis Uni, its articles."""
    with file.on_disk() as path:
        opened = open_docx(path)
    if isinstance(opened, Broken):
        yield opened
        return
    place = file.place
    stem = PurePosixPath(plain_name(place.name)).stem
    lines = [Line(text, heading) for text, heading in paragraphs(opened)]
    if is_nexis(lines):
        yield from nexis_articles(place.as_posix(), lines)
        return
    about = opened.core_properties
    yield Document(
        {
            "id": place.as_posix(),
            "source": place.parts[0] if len(place.parts) > 1 else stem,
            "time": time_in(stem),
            "text": "\n".join(line.text for line in lines),
            "title": about.title or stem,
            "author": about.author or None,
        }
    )


def open_docx(path: Path) -> Any:
    """The file opened; Broken, with why, where it cannot be or unpacks to more than MOST_BYTES."""
    try:
        with ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels")))
        if unpacked > MOST_BYTES:
            return Broken(f"it unpacks to more than {MOST_BYTES >> 20} MB of XML", _FIX)
        return docx.Document(str(path))
    except Exception as e:  # of a package that is damaged, python-docx raises what it comes upon
        # A damaged package can name a place before the beginning of its file: EINVAL. Else the file cannot be read.
        if isinstance(e, OSError) and e.errno not in (None, errno.EINVAL):
            raise
        return Broken(f"no .docx, or one that is damaged ({(str(e) or type(e).__name__).splitlines()[0]})", _FIX)


def paragraphs(opened: Any) -> Iterator[tuple[str, bool]]:
    """The text of every paragraph, in tables and boxes too, without what is struck, and whether it is a heading."""
    for paragraph in opened.element.body.iter(f"{_W}p"):
        if not any(above.tag in _LEFT_OUT for above in paragraph.iterancestors()):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            heading = style is not None and style.get(f"{_W}val", "").lower().startswith("heading")
            yield "".join(_words(paragraph)), heading


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != f"{_W}p":
            yield from _words(child)
