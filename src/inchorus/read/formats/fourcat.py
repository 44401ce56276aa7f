"""Tables that 4CAT writes, whatever its data source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.each import Made, each_row_of
from inchorus.read.formats.format import MAPPED, Beginning, Document, DocumentFormat, Found, later
from inchorus.read.formats.post import POST, first, joined, listed, moment

if TYPE_CHECKING:
    from inchorus.read.records import File

_text_of = later("inchorus.read.markup:text_of_markup")
_EVERY = frozenset({"id", "body", "timestamp"})
_AUTHORS = (
    "author", "author_username", "author_screen_name", "account_username", "author_nickname", "author_name",
    "author_display_name", "author_fullname", "page_name", "author_id", "author_user_id",
)  # fmt: skip
_OF_CHAT = ("author_username", "author_name", "author")  # its author is the number of an account
_CHANNELS = ("channel", "board", "subreddit", "channel_title", "group_name", "group_title")
_YES = frozenset({"yes", "true", "1"})
_REPOST = re.compile(r"RT @(\w+):? ?")
_WALL = re.compile(r"vk\.com/wall(-?\d+_\d+)")
# addresses hold commas, too
_NEXT_LINK = re.compile(r"[,;\s]+(?=https?://)")
_NEXT_NAME = re.compile(r"\s*[,;]\s*")
# columns that tell the platform, as only it has all of them
_TELLING = (
    ({"author_forwarded_from_name"}, "telegram"),
    ({"is_retweet"}, "x"),
    ({"tiktok_url"}, "tiktok"),
    ({"is_comment_on_comment", "comment_url"}, "tiktok"),
    ({"subreddit"}, "reddit"),
    ({"youtube_url"}, "youtube"),
    ({"replies_allowed", "quoted_post"}, "bluesky"),
    ({"author_screen_name", "in_reply_to_comment_id"}, "vk"),
    ({"account_username", "account_is_pro"}, "gab"),
    ({"account_username", "reblogs_count"}, "truthsocial"),
    ({"author_is_ad_fake"}, "douyin"),
    ({"pinner_original"}, "pinterest"),
    ({"is_vote_masked"}, "9gag"),
    ({"virality_score"}, "imgur"),
    ({"timestamp_ago"}, "linkedin"),
    ({"is_in_group"}, "facebook"),
    ({"page_shared_from"}, "facebook"),
    ({"is_paid_partnership"}, "threads"),
    ({"num_media"}, "instagram"),
    ({"usertags"}, "instagram"),
    ({"blog_uuid"}, "tumblr"),
)
_MARKED_UP = frozenset({"gab", "truthsocial", "tumblr"})  # whose texts are HTML
# LinkedIn says how long ago a post was, `18h`, and 4CAT subtracts that from when it was collected: what is said in
# minutes is right to the hour, what is said in hours to the day, and everything else to no day.
_AGO = {"s": "hour", "m": "hour", "h": "day"}
_SAID = re.compile(r"\s*\d+\s*([a-z]+)\b")
FURTHER = (
    "source_id", "source_name", "title", "url", "language", "thread", "channel", "reply_to", "edited",
    "reposted_text", "reposted_source", "time_precision",
)  # fmt: skip


def _looks(begins: Beginning) -> bool:
    header = begins.header
    if not header >= _EVERY:
        return False
    return "unix_timestamp" in header or ("thread_id" in header and bool(header & set(_AUTHORS)))


@lru_cache(16)
def _platform(names: frozenset[str]) -> str | None:
    """The platform, where the columns of the table tell it."""
    return next((platform for columns, platform in _TELLING if columns <= names), None)


def read_fourcat(file: File) -> Iterator[Found]:
    """Every post of the table."""
    vague = 0
    for found in _posts(file):
        if isinstance(found, Document) and found.values["platform"] == "linkedin" and found.values["time"] is None:
            vague += 1
        yield found
    if vague:
        file.notes.append(
            f"{vague:,} times of {file.name} are what LinkedIn says in words, such as 3w: on which day that was is not "
            "known, and they are left out"
        )


def _post(names: frozenset[str], row: dict[str, str]) -> Made:
    platform = _platform(names)
    chat = row.get("chat") if platform == "telegram" else None
    channel = chat or first(row, *_CHANNELS)
    author = first(row, *(_OF_CHAT if chat else _AUTHORS))
    body, title = row.get("body", ""), first(row, "subject", "title")
    text = _text_of(body) if platform in _MARKED_UP else body
    url = first(row, "url", "link", "post_url", "tiktok_url", "youtube_url", "permalink", "comment_url")
    links = first(row, "urls", "links", "all_links", "entities_linked", "link_attached", "link_url", "url_original")
    if platform == "reddit" and url and "/comments/" not in url:
        url, links = None, url  # what a post leads to
    time, precision = _time(row) if platform == "linkedin" else (_stated(row), None)
    values = {
        "id": _id(platform, chat, row),
        "source": author or channel,
        "platform": platform,
        "source_id": first(row, "author_id", "account_id", "author_user_id") or (row.get("author") if chat else None),
        "source_name": first(
            row, "author_fullname", "author_full", "author_name", "author_display_name", "account_display_name",
            "author_username",
        ),
        "time": time,
        "time_precision": precision,
        "title": title,
        "url": url,
        "language": first(row, "language_guess", "lang", "language"),
        "thread": row.get("thread_id"),
        "channel": channel,
        "reply_to": first(row, "reply_to", "replied_to_post", "in_reply_to_comment_id", "parent_id", "parent"),
        "edited": moment(first(row, "unix_timestamp_edited", "timestamp_edited")),
        "links": listed(_NEXT_LINK.split(links or "")),
        "hashtags": _signed("#", first(row, "hashtags", "all_hashtags", "tags")),
        "mentions": _signed("@", first(row, "mentions", "entities_mentioned", "mentioned", "usertags")),
        # a subject that stands for a post of X says why it is not there
        "text": text or ("" if platform in {"x", "douyin"} else title or ""),
        "repost_of": first(row, "author_forwarded_from_username", "author_forwarded_from_name"),
    }  # fmt: skip
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


def _id(platform: str | None, chat: str | None, row: dict[str, str]) -> str | None:
    """The number of a post; on Telegram and VK it counts within its chat or wall."""
    wall = _WALL.search(row.get("link", "")) if platform == "vk" else None
    return wall[1] if wall else joined("/", chat, row.get("id"))


def _stated(row: dict[str, str]) -> Any:
    return moment(first(row, "unix_timestamp", "timestamp", "created_at"))


def _time(row: dict[str, str]) -> tuple[str | None, str | None]:
    """The time of a post of LinkedIn as far as it is known, and how far that is."""
    said = _SAID.match(row.get("timestamp_ago", ""))
    precision = _AGO.get(said[1]) if said else None
    stated = str(_stated(row) or "").replace(" ", "T")
    if precision is None or len(stated) < len("2024-05-01T12:30"):
        return None, None
    return (stated[:10], "day") if precision == "day" else (f"{stated[:13]}:00+00:00", "hour")


def _signed(sign: str, written: str | None) -> list[str]:
    names = _NEXT_NAME.split(written.strip(" []")) if written else []
    return listed(sign + name.removeprefix(sign) for one in names if (name := one.strip("'\"")))


_posts = each_row_of(_post)

FOURCAT = DocumentFormat(
    name="4cat",
    reads="a post in a table that 4CAT wrote, of any of its data sources",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_fourcat,
    takes="text from body, source from author (else the chat or board), time from unix_timestamp (else timestamp)",
)
