"""Answers kept as they were given: WARC files to which records are added, and records read from their place."""

from __future__ import annotations

import hashlib
import io
import os
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inchorus.engine.folder import fsync_path
from inchorus.web.clock import written
from inchorus.web.fetch import Answer

MOST_BYTES = 1 << 30  # of a file, as archives of the web usually have
_NAME = re.compile(r"pages-(\d{5})\.warc\.gz")
# true of the answer on its way, and not of the body that is kept
_ON_THE_WAY = frozenset({"transfer-encoding", "trailer"})


class Record(NamedTuple):
    """Where an answer is kept: its WARC-Record-ID, the file, its first byte and its length there, when it was had.

    `sha256` is of the body as it was sent, in hexadecimal.
    """

    id: str
    file: str
    offset: int
    length: int
    sha256: str
    captured: str


class Kept(NamedTuple):
    """An answer that was kept: its record's id, its address, when it was had, its status, headers and body as sent."""

    id: str
    url: str
    captured: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class LostError(Exception):
    """A record that is not at its place, and why."""


class Archive:
    """The WARC files of a collection, to which answers are added.

    `ends` says how far each file is known to be whole; what stands behind that is half a record of a run that was
    killed, and is cut off.
    """

    def __init__(self, folder: Path, agent: str, ends: Mapping[str, int], most: int = MOST_BYTES) -> None:
        self._folder, self._agent, self._most = folder, agent, most
        for path in sorted(p for p in folder.iterdir() if _NAME.fullmatch(p.name)):
            end = ends.get(path.name, 0)
            if not end:
                path.unlink()
            elif path.stat().st_size > end:
                os.truncate(path, end)
        self._last = max((int(m[1]) for name in ends if (m := _NAME.fullmatch(name))), default=1)

    def keep(self, answer: Answer) -> Record:
        """Add an answer; it is on the disk when this returns."""
        path = self._folder / f"pages-{self._last:05}.warc.gz"
        if path.exists() and path.stat().st_size >= self._most:
            self._last += 1
            path = self._folder / f"pages-{self._last:05}.warc.gz"
        sha256 = hashlib.sha256(answer.body).hexdigest()
        name, captured = str(uuid.uuid4()), written(answer.time)
        with path.open("ab") as file:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            if not file.tell():
                about = {
                    "software": self._agent.split(" ", maxsplit=1)[0],
                    "format": "WARC File Format 1.1",
                    "http-header-user-agent": self._agent,
                    "robots": "obey",
                }
                writer.write_record(writer.create_warcinfo_record(path.name, about))
            offset = file.tell()
            about = {
                "WARC-Record-ID": f"<urn:uuid:{name}>",
                "WARC-Date": captured,
                "WARC-IP-Address": answer.address,
                "WARC-Payload-Digest": f"sha256:{sha256}",
            }
            writer.write_record(
                writer.create_warc_record(
                    answer.url,
                    "response",
                    payload=io.BytesIO(answer.body),
                    length=len(answer.body),
                    http_headers=_head(answer),
                    warc_headers_dict=about,
                )
            )
            length = file.tell() - offset
        fsync_path(path)
        return Record(name, path.name, offset, length, sha256, captured)


def record_at(folder: Path, file: str, offset: int) -> Kept:
    """The answer that is kept at a place; LostError where there is none."""
    path = folder / file
    if not _NAME.fullmatch(file) or not path.is_file():
        raise LostError(f"there is no {Path(file).name}")
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record: Any = next(iter(ArchiveIterator(stream)), None)
            if record is None or record.rec_type != "response" or record.http_headers is None:
                raise LostError("no answer is kept there")
            head, body = record.rec_headers, record.raw_stream.read()
            if record.raw_stream.limit > 0:
                raise LostError("the record is cut short")
            return Kept(
                (head.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:"),
                (head.get_header("WARC-Target-URI") or "").strip("<>"),
                head.get_header("WARC-Date") or "",
                int(record.http_headers.get_statuscode()),
                tuple(record.http_headers.headers),
                body,
            )
    # warcio takes for granted that a record has an address and a length
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError, TypeError) as error:
        raise LostError("the archive is damaged there") from error


def _head(answer: Answer) -> StatusAndHeaders:
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in _ON_THE_WAY else name, value) for name, value in answer.headers
    ]
    return StatusAndHeaders(f"{answer.status} {answer.phrase}".strip(), headers, protocol="HTTP/1.1")
