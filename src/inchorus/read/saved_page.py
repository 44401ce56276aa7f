"""Pages saved by a browser: HTML, or MHTML with everything in one file."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from inchorus.read.compressed import plain_name
from inchorus.read.factiva import IN_PAGE, articles_in_page
from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.page import MOST_BYTES, Page, decoded, page_of
from inchorus.read.records import File
from inchorus.read.text import time_in

# Chrome, Firefox and Internet Explorer write the first, SingleFile the second
_SAVED_FROM = re.compile(rb"<!--\s*(?:saved from url=\(\d+\)\s*|Page saved with SingleFile\s+url:\s*)(https?://\S+)")
_HEAD = 1 << 12
_MIME = re.compile(rb"(?:From|MIME-Version|Snapshot-Content-Location|Subject):", re.I)


def read_saved_page(file: File) -> Iterator[Found]:
    """The article of a saved page, by the host of its address or what folder and file say; all of a page of Factiva."""
    with file.stream() as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield Broken(f"a page of more than {MOST_BYTES >> 20} MB", "save it without what is embedded")
        return
    url, charset = None, None
    if _MIME.match(data):
        data, url, charset = _of_mime(data)
    elif saved := _SAVED_FROM.search(data[:_HEAD]):
        url = saved[1].decode("ascii", "replace")
    if IN_PAGE.search(data):
        yield from articles_in_page(file.place.as_posix(), decoded(data, charset))
        return
    page = page_of(data, url, charset)
    if page is None:
        yield Passed("pages in which there is no article")
        return
    place = file.place
    stem = PurePosixPath(plain_name(place.name)).stem
    source = page.host or (place.parts[0] if len(place.parts) > 1 else stem)
    yield Document({"id": place.as_posix(), "source": source, **article(page), "time": page.time or time_in(stem)})


def article(page: Page) -> dict[str, object]:
    """The columns of an article but for its id and source."""
    return {
        "time": page.time,
        "text": page.text,
        "title": page.title,
        "url": page.url,
        "author": page.author,
        "site": page.site,
        "tags": page.tags,
        "language": page.language,
    }


def _of_mime(data: bytes) -> tuple[bytes, str | None, str | None]:
    """The page of an MHTML file, its address and its encoding."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    url = message.get("Snapshot-Content-Location")
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            body = part.get_payload(decode=True)
            address = url or part.get("Content-Location")
            return (
                body if isinstance(body, bytes) else b"",
                str(address) if address else None,
                part.get_content_charset(),
            )
    return b"", None, None
