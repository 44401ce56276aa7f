"""The table of eight columns that the Coordination Network Toolkit reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inchorus.read.formats.each import Made, each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat
from inchorus.read.formats.post import POST, listed, moment

if TYPE_CHECKING:
    from inchorus.read.records import File

_EIGHT = frozenset({"message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"})


def _looks(begins: Beginning) -> bool:
    return begins.header >= _EIGHT


def _message(row: dict[str, str], file: File) -> Made:
    text, repost = row.get("message", ""), row.get("repost_id")
    return {
        "id": row.get("message_id"),
        "source": row.get("username") or row.get("user_id"),
        "source_id": row.get("user_id"),
        "time": moment(row.get("timestamp")),
        "text": "" if repost else text,
        "repost_of": repost,
        "reposted_text": text if repost else None,
        "reply_to": row.get("reply_id"),
        "links": listed(row.get("urls", "").split()),
    }


COORDINATION = DocumentFormat(
    name="coordination",
    reads="a message in a table of the eight columns of the Coordination Network Toolkit",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *POST, "source_id", "reposted_text", "reply_to"),
    read=each_row(_message),
    takes="text from message (of a repost none), source from username (else user_id), time from timestamp",
)
