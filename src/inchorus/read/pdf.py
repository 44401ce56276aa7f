"""PDF with a text layer: its text, and where in it each page begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from inchorus.read.child_process import BOUNDS, EndedError, RefusedError, said_of
from inchorus.read.compressed import plain_name
from inchorus.read.formats.format import Broken, Document, Found
from inchorus.read.records import File
from inchorus.read.text import time_in

MOST_PAGES = 20_000
_BROKEN = re.compile("[\x02\ufffe](?:\r?\n)?")  # a hyphen at a line end, as PDFium marks it
_NO_TEXT = "see what it shows, or have its text recognised: ocrmypdf in.pdf out.pdf"


def read_pdf(file: File) -> Iterator[Found]:
    """The one document of a PDF; `pages` are the places in its text, in code points, at which its pages begin."""
    place = file.place
    stem = PurePosixPath(plain_name(place.name)).stem
    texts: list[str] = []
    about: dict[str, str] = {}
    try:
        with file.on_disk() as path, said_of("inchorus.read.pdf_pages", path) as messages:
            for message in messages:
                if "pages" in message:
                    about = message["about"]
                    if message["pages"] > MOST_PAGES:
                        raise RefusedError(f"it has {message['pages']:,} pages")
                else:
                    texts.append(_plain(message["text"]))
    except RefusedError as e:
        yield Broken(f"the PDF cannot be read ({e})", "print it to a new PDF, or save its text")
        return
    except EndedError:
        yield Broken(f"the PDF cannot be read with {BOUNDS}", "print it to a new PDF, or save its text")
        return
    without = sum(not text.strip() for text in texts)
    if without == len(texts):
        yield Broken(f"a scan: none of {len(texts)} pages has a text layer", _NO_TEXT)
        return
    if without:
        file.notes.append(f"{file.name}: {without} of {len(texts)} pages have no text layer and are not read")
    pages, at = [], 0
    for text in texts:
        pages.append(at)
        at += len(text) + 1
    yield Document(
        {
            "id": place.as_posix(),
            "source": place.parts[0] if len(place.parts) > 1 else stem,
            "time": time_in(stem),
            "text": "\n".join(texts),
            "title": about.get("Title") or stem,
            "author": about.get("Author") or None,
            "pages": pages,
        }
    )


def _plain(text: str) -> str:
    return _BROKEN.sub("-\n", text).replace("\r\n", "\n").replace("\r", "\n")
