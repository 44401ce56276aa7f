"""Rich text (.rtf): the articles of an export of Factiva or Nexis Uni, or a file as a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from striprtf.striprtf import rtf_to_text

from inchorus.read.compressed import plain_name
from inchorus.read.factiva import factiva_articles, is_factiva
from inchorus.read.formats.format import Broken, Document, Found
from inchorus.read.nexis import Line, is_nexis, nexis_articles
from inchorus.read.records import File
from inchorus.read.text import time_in

MOST_BYTES = 256 << 20


def read_rtf(file: File) -> Iterator[Found]:
    """The articles of an export, or the one document of another file."""
    with file.stream() as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield Broken(f"rich text of more than {MOST_BYTES >> 20} MB", "export it in parts")
        return
    if not data.lstrip().startswith(b"{\\rtf"):
        yield Broken("this is no rich text", "save it again as .rtf")
        return
    try:
        # what is beyond ASCII is written in escapes, which name their encoding
        to_text: Any = rtf_to_text
        lines = to_text(data.decode("latin-1"), errors="replace").split("\n")
    except Exception as e:  # of what is damaged, striprtf raises what it comes upon
        yield Broken(f"rich text that is damaged ({(str(e) or type(e).__name__).splitlines()[0]})", "save it again")
        return
    place = file.place
    if is_nexis(nexis := [Line(line) for line in lines]):
        yield from nexis_articles(place.as_posix(), nexis)
    elif is_factiva(lines):
        yield from factiva_articles(place.as_posix(), lines)
    else:
        stem = PurePosixPath(plain_name(place.name)).stem
        source = place.parts[0] if len(place.parts) > 1 else stem
        text = "\n".join(line.strip() for line in lines if line.strip())
        yield Document({"id": place.as_posix(), "source": source, "time": time_in(stem), "text": text, "title": stem})
