"""A document of a collection: what its page says, what the list that led to it says, and where it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pyarrow as pa

from inchorus.read.page import Page
from inchorus.read.warc import archived
from inchorus.schema import STRINGS, TIME
from inchorus.web.archive import Record
from inchorus.web.lists import Entry

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("time", TIME),
        ("time_precision", pa.string()),
        ("title", pa.string()),
        ("text", pa.large_string()),
        ("url", pa.string()),
        ("author", pa.string()),
        ("site", pa.string()),
        ("tags", STRINGS),
        ("language", pa.string()),
        ("captured", TIME),
        ("captured_url", pa.string()),
        ("record_file", pa.string()),
        ("record_offset", pa.int64()),
        ("record_sha256", pa.string()),
    ]
)
_ROWS = 1000


def row_of(page: Page, url: str, said: Entry, record: Record) -> dict[str, Any]:
    """The document of the page at `url`; `said` is what the list that led to it says."""
    values = archived(page, record.id, url, record.captured)
    when, precision = _when(page.time, said.time)
    return {
        **values,
        "time": when,
        "time_precision": precision,
        "title": page.title or said.title,
        "author": page.author or said.author,
        "tags": page.tags or list(said.tags),
        "record_file": record.file,
        "record_offset": record.offset,
        "record_sha256": record.sha256,
    }


def batches_of(rows: Iterator[Mapping[str, Any]]) -> Iterator[pa.RecordBatch]:
    """Rows as batches of the schema."""
    waiting: list[Mapping[str, Any]] = []
    for row in rows:
        read = {**row, "time": _instant(row["time"]), "captured": _instant(row["captured"])}
        waiting.append({name: read.get(name) for name in SCHEMA.names})
        if len(waiting) == _ROWS:
            yield pa.RecordBatch.from_pylist(waiting, SCHEMA)
            waiting = []
    yield pa.RecordBatch.from_pylist(waiting, SCHEMA)


def to_text(row: Mapping[str, Any]) -> str:
    """A row as one line of JSON; what is no character becomes U+FFFD."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _when(page: str | None, said: str | None) -> tuple[str | None, str | None]:
    """The time of a document and its precision: by its page, and to the second by its list where the day agrees.

    A list is of the same day if it is off by no more than a zone can make it.
    """
    own, other = _parsed(page), _parsed(said)
    if own is None or (other is not None and own[1] == "day" and other[1] == "second" and _near(own[0], other[0])):
        own = other
    return (None, None) if own is None else (own[0].isoformat(), own[1])


def _near(day: datetime, instant: datetime) -> bool:
    return abs((instant.date() - day.date()).days) <= 1


def _parsed(text: str | None) -> tuple[datetime, str] | None:
    if not text:
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(), UTC), "day"
        moment = datetime.fromisoformat(text)
        return (moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC), "second")
    except (ValueError, OverflowError):
        return None


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
