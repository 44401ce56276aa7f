"""Tables of TikTok's videos and comments, as programs write them."""

from __future__ import annotations

from inchorus.read.formats.each import each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat
from inchorus.read.formats.post import POST
from inchorus.read.formats.tiktok import FURTHER, tiktok_post

_NAMES = frozenset(
    {"username", "author_name", "author_username", "author_unique_id", "authorMeta.name", "author.uniqueId"}
)
_TEXTS = frozenset({"video_description", "desc", "text"})
_TIMES = frozenset({"create_time", "createTime", "video_timestamp", "createTimeISO"})


def _looks(begins: Beginning) -> bool:
    header = begins.header
    own = "video_description" in header or any(name.startswith(("authorMeta.", "author.")) for name in header)
    return own and bool(header & _NAMES) and bool(header & _TEXTS) and bool(header & _TIMES)


TIKTOK_CSV = DocumentFormat(
    name="tiktok-csv",
    reads="a video of TikTok in a table with the columns of its Research API, of Pyktok or of Apify",
    also=("csv", "tsv"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_row(lambda row, file: tiktok_post(row)),
    takes="text from video_description, desc or text, source from username or authorMeta.name, time from create_time",
    platform="tiktok",
)
