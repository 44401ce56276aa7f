"""Tables of the YouTube Data Tools: videos and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inchorus.read.formats.each import Made, each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, Passed, later
from inchorus.read.formats.post import POST, first

if TYPE_CHECKING:
    from inchorus.read.records import File

_text_of = later("inchorus.read.markup:text_of_markup")
_VIDEO = frozenset({"channelId", "channelTitle", "videoId", "videoTitle"})
_COMMENT = frozenset({"id", "authorName", "text", "publishedAt"})
# `videoinfo_dQw4w9WgXcQ_2024_05_01-12_30_05_comments.csv`
_OF_VIDEO = re.compile(r"videoinfo_([\w-]{11})_")
# until 2020 the tools asked for comments as HTML
_MARKED_UP = re.compile(r"<br ?/?>|<a href=|&(?:quot|#39|amp|lt|gt);")
_MARKER = re.compile(r"\[[\w ]+: [^\[\]]*\]")
FURTHER = ("source_id", "title", "url", "video", "reply_to", "tags", "likes")


def _looks(begins: Beginning) -> bool:
    header = begins.header
    return header >= _VIDEO or (header >= _COMMENT and bool(header & {"isReply", "replyCount", "authorChannelId"}))


def _row(row: dict[str, str], file: File) -> Made:
    if not row.keys() & {"channelId", "channelTitle", "authorName", "authorChannelId"} and _MARKER.fullmatch(
        row.get("text") or row.get("videoTitle") or ""
    ):
        return Passed("rows that say which video could not be fetched")
    return _video(row) if not row.keys() & {"authorName", "text"} else _comment(row, file)


def _video(row: dict[str, str]) -> Made:
    title, video = row.get("videoTitle"), row.get("videoId")
    return {
        "id": video,
        "source": row.get("channelTitle") or row.get("channelId"),
        "source_id": row.get("channelId"),
        "time": first(row, "publishedAt", "publishedAtSQL"),
        "text": first(row, "videoDescription", "description") or title or "",
        "title": title,
        "url": f"https://www.youtube.com/watch?v={video}" if video else None,
        "video": video,
        "tags": row.get("tags"),
        "likes": row.get("likeCount"),
    }


def _comment(row: dict[str, str], file: File) -> Made:
    named = _OF_VIDEO.search(file.place.name)
    video = row.get("videoId") or (named[1] if named else None)
    number, text = row.get("id"), row.get("text", "")
    return {
        "id": number,
        "source": row.get("authorName") or row.get("authorChannelId"),
        "source_id": row.get("authorChannelId") or row.get("authorChannelUrl"),
        "time": row.get("publishedAt"),
        "text": _text_of(text) if _MARKED_UP.search(text) else text,
        "url": f"https://www.youtube.com/watch?v={video}&lc={number}" if video and number else None,
        "video": video,
        "reply_to": first(row, "isReplyToId", "isReplyTo", "parentId"),
        "likes": row.get("likeCount"),
    }


YOUTUBE_DATA_TOOLS = DocumentFormat(
    name="youtube-data-tools",
    reads="a video or a comment in a table of the YouTube Data Tools",
    also=("csv", "tab", "tsv"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_row(_row),
    takes="text from videoDescription or text, source from channelTitle or authorName, time from publishedAt",
    platform="youtube",
)
