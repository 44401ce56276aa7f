"""Web archives: WARC, and WACZ with its list of pages. Each page that was kept is a document."""

from __future__ import annotations

import errno
import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.page import MOST_BYTES, Page, host_of
from inchorus.read.page_workers import Asked, TooHardError, articles
from inchorus.read.records import File
from inchorus.read.saved_page import article

PAGES = ("text/html", "application/xhtml+xml")
_FEEDS = ("xml", "rss", "atom")
_AGAIN = "fetch it again"
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


class _Kept(NamedTuple):
    """A record: its number, its address, when it was answered; or what it is instead of a page."""

    record: str
    url: str
    captured: str | None
    instead: Found | None = None


def read_warc(file: File) -> Iterator[Found]:
    """The article of every page in a WARC."""
    with file.stream() as stream:
        yield from _documents(_records(stream, None))


def read_wacz(file: File) -> Iterator[Found]:
    """The article of every page that a WACZ lists; of all pages in it, where it has no list."""
    with file.on_disk() as path:
        try:
            with zipfile.ZipFile(path) as archive:
                listed = _listed(archive)
                if listed is None:
                    file.notes.append(f"{file.name} has no pages/pages.jsonl: all pages in it are read")
                for name in sorted(archive.namelist()):
                    if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                        yield from _member(archive, name, listed)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as e:
            # A damaged archive can name a place before the beginning of its file: EINVAL. Else the file cannot be read.
            if isinstance(e, OSError) and e.errno not in (None, errno.EINVAL):
                raise
            yield Broken(f"no WACZ, or one that is damaged ({e})", _AGAIN, damage=True)


def _member(archive: zipfile.ZipFile, name: str, listed: set[str] | None) -> Iterator[Found]:
    with archive.open(name) as stream:
        yield from _documents(_records(stream, listed))


def _documents(records: Iterator[tuple[_Kept, Asked | None]]) -> Iterator[Found]:
    for kept, page in articles(records):
        if kept.instead is not None:
            yield kept.instead
        elif isinstance(page, TooHardError):
            yield Broken("a page that takes more than a minute or two GB of memory", "leave it out", kept.url)
        elif page is None:
            yield Passed("pages in which there is no article")
        else:
            yield Document(archived(page, kept.record, kept.url, kept.captured))


def archived(page: Page, record: str, url: str, captured: str | None) -> dict[str, object]:
    """The columns of a page that the record `record` keeps of `url`; who answered is its source, whatever it says."""
    return {
        "id": record,
        "source": host_of(url) or url,
        **article(page),
        "captured": captured,
        "captured_url": url,
    }


def _records(stream: IO[bytes], listed: set[str] | None) -> Iterator[tuple[_Kept, Asked | None]]:
    """Every record, and what is to be found of it; `listed` are the addresses of those that are pages, if known."""
    wanted = None if listed is None else set(listed)
    try:
        for record in ArchiveIterator(stream, arc2warc=True):
            headers = record.rec_headers
            url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
            name = (headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
            kept = _Kept(name or url, url, headers.get_header("WARC-Date"))
            instead = _no_page(record, url, wanted)
            if instead is not None:
                yield kept._replace(instead=instead), None
                continue
            packed = _packing(record)
            if packed is not None and packed not in BufferedReader.get_supported_decompressors():
                fix = "install it: pip install brotli" if packed == "br" else _AGAIN
                broken = Broken(f"a page compressed with {packed}, which nothing installed unpacks", fix, url)
                yield kept._replace(instead=broken), None
                continue
            data = record.content_stream().read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                broken = Broken(f"a page of more than {MOST_BYTES >> 20} MB", "leave it out", url)
                yield kept._replace(instead=broken), None
            elif record.raw_stream.limit > 0 and not record.raw_stream.read(1):
                yield kept._replace(instead=Broken("a page that is cut short", _AGAIN, url, damage=True)), None
            else:
                yield kept, Asked(data, url, _charset(record))
    # warcio takes for granted that a record has an address and a length.
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError, TypeError) as e:
        if isinstance(e, OSError) and e.errno is not None:
            raise
        what = f"the archive is damaged or cut short ({(str(e) or type(e).__name__).splitlines()[0]})"
        broken = Broken(what, _AGAIN, damage=True)
        yield _Kept("", "", None, broken), None


def _no_page(record: Any, url: str, wanted: set[str] | None) -> Found | None:
    """What a record is instead of a page; None for a page."""
    if record.rec_type == "revisit":
        return Passed("revisits, whose page is another record")
    if record.rec_type not in {"response", "resource"} or not url.startswith(("http://", "https://")):
        return Passed("records that are no answers")
    http = record.http_headers
    status = http.get_statuscode() if http is not None else "200"
    if record.rec_type == "response" and status[:1] == "3" and wanted is not None and url in wanted:
        wanted.add(urljoin(url, http.get_header("Location") or ""))
    if record.rec_type == "response" and status != "200":
        return Passed("answers other than 200")
    kind = _kind(record)
    if any(feed in kind for feed in _FEEDS) and kind not in PAGES:
        return Passed("feeds and sitemaps")
    if kind not in PAGES:
        return Passed("answers that are no pages, such as images and scripts")
    if wanted is not None and url not in wanted:
        return Passed("answers that the archive does not list as pages")
    return None


def _packing(record: Any) -> str | None:
    """What the page was compressed with by its server; None where it is not."""
    http = record.http_headers
    named = (http.get_header("Content-Encoding") or "").strip().lower() if http is not None else ""
    return named if named in {"br", "zstd"} else None


def _kind(record: Any) -> str:
    http = record.http_headers
    named = http.get_header("Content-Type") if http is not None else record.rec_headers.get_header("Content-Type")
    return kind_and_charset(named)[0]


def _charset(record: Any) -> str | None:
    http = record.http_headers
    return None if http is None else kind_and_charset(http.get_header("Content-Type"))[1]


def kind_and_charset(named: str | None) -> tuple[str, str | None]:
    """The kind of an answer and its encoding, in a header Content-Type.

    >>> kind_and_charset('Text/HTML; charset="KOI8-R"'), kind_and_charset(None)
    (('text/html', 'koi8-r'), ('', None))
    """
    kind, _, more = (named or "").lower().partition(";")
    _, _, charset = more.partition("charset=")
    return kind.strip(), charset.split(";")[0].strip(" \"'") or None


def _listed(archive: zipfile.ZipFile) -> set[str] | None:
    """The addresses of the pages that an archive lists; None where it has no list."""
    found: set[str] = set()
    names = set(archive.namelist())
    for name in _LISTS:
        if name not in names:
            continue
        with archive.open(name) as lines:
            for line in lines:
                try:
                    page = json.loads(line)
                except ValueError:
                    continue
                if isinstance(page, dict) and isinstance(page.get("url"), str):
                    found.add(page["url"])
    return found or None
