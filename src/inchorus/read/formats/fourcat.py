"""Tables that 4CAT writes, whatever its data source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inchorus.read.formats.each import Made, each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat
from inchorus.read.formats.post import POST, first, joined, listed, moment

if TYPE_CHECKING:
    from inchorus.read.records import File

_EVERY = frozenset({"id", "thread_id", "body", "timestamp"})
_YES = frozenset({"yes", "true", "1"})
_REPOST = re.compile(r"RT @(\w+): ?")
# addresses hold commas, too
_NEXT_LINK = re.compile(r"[,;\s]+(?=https?://)")
_NEXT_NAME = re.compile(r"\s*[,;]\s*")
_TELLING = {
    "author_forwarded_from_name": "telegram",
    "is_retweet": "x",
    "tiktok_url": "tiktok",
    "subreddit": "reddit",
    "youtube_url": "youtube",
}
FURTHER = (
    "source_id", "source_name", "title", "url", "language", "thread", "channel", "reply_to", "edited",
    "reposted_text", "reposted_source",
)  # fmt: skip


def _looks(begins: Beginning) -> bool:
    return begins.header >= _EVERY and bool(begins.header & {"unix_timestamp", "author"})


def _platform(row: dict[str, str]) -> str | None:
    """The platform, where a column that only it has tells it."""
    return next((platform for column, platform in _TELLING.items() if column in row), None)


def _post(row: dict[str, str], file: File) -> Made:
    chat = row.get("chat")
    channel = first(row, "chat", "channel", "board", "subreddit", "channel_title")
    author = first(row, "author", "author_username", "author_name")
    text = row.get("body", "")
    values = {
        # numbers of messages are of their chat
        "id": joined("/", chat, row.get("id")),
        "source": author or channel,
        "platform": _platform(row),
        "source_id": row.get("author_id"),
        "source_name": first(
            row, "author_fullname", "author_full", "author_name", "author_display_name", "author_username"
        ),
        "time": moment(first(row, "unix_timestamp", "timestamp", "created_at")),
        "title": first(row, "subject", "title"),
        "url": first(row, "url", "link", "post_url", "tiktok_url", "youtube_url", "permalink"),
        "language": first(row, "language_guess", "lang", "language"),
        "thread": row.get("thread_id"),
        "channel": channel,
        "reply_to": first(row, "reply_to", "replied_to_post", "parent_id", "parent"),
        "edited": moment(first(row, "unix_timestamp_edited", "timestamp_edited")),
        "links": listed(_NEXT_LINK.split(first(row, "urls", "links", "all_links", "entities_linked") or "")),
        "hashtags": _signed("#", first(row, "hashtags", "all_hashtags", "tags")),
        "mentions": _signed("@", first(row, "mentions", "entities_mentioned", "mentioned", "usertags")),
        "text": text,
        "repost_of": first(row, "author_forwarded_from_username", "author_forwarded_from_name"),
    }
    if row.get("is_retweet", "").casefold() not in _YES:
        return values
    # its id is not there; the same beginning stands for the same post
    said = _REPOST.match(text)
    whose = row.get("retweeted_user") or (said[1] if said else None)
    bare = text[said.end() :] if said else text
    return values | {
        "text": "",
        "repost_of": f"@{whose}: {bare}" if whose else bare,
        "reposted_text": bare,
        "reposted_source": whose,
    }


def _signed(sign: str, written: str | None) -> list[str]:
    names = _NEXT_NAME.split(written.strip()) if written else []
    return listed(sign + name.removeprefix(sign) for name in names if name)


FOURCAT = DocumentFormat(
    name="4cat",
    reads="a post in a table that 4CAT wrote, of any of its data sources",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_row(_post),
    takes="text from body, source from author (else the chat or board), time from unix_timestamp (else timestamp)",
)
