"""Posts of X, formerly Twitter, as snscrape and twscrape keep them: an object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inchorus.read.formats.each import Made, each_object
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, Passed
from inchorus.read.formats.post import POST, dicts, first, inner, listed, moment, plain
from inchorus.read.formats.x import FURTHER, unescaped

_POST = frozenset({"url", "date", "user", "conversationId"})
_TEXTS = ("rawContent", "content", "renderedContent")


def _looks(begins: Beginning) -> bool:
    keys = begins.keys
    # an object that is longer than what is looked at is known by its first names
    return (keys >= _POST and bool(keys & set(_TEXTS))) or "snscrape.modules.twitter.Tweet" in begins.text[:200]


def _found(value: dict[str, Any]) -> Iterator[Made]:
    if not value.keys() & set(_TEXTS):
        yield Passed("accounts, trends and lists of X, which are no posts")
        return
    name, number = plain(inner(value, "user", "username")), plain(first(value, "id_str", "id"))
    user = plain(inner(value, "user", "id_str")) or plain(inner(value, "user", "id"))
    values = {
        "id": number,
        # the column `source` is the program that the post was sent with
        "source": name or user,
        "source_id": user,
        "source_name": plain(inner(value, "user", "displayname")),
        "time": moment(value.get("date")),
        "url": plain(value.get("url")),
        "language": plain(value.get("lang")),
        "reply_to": plain(first(value, "inReplyToTweetIdStr", "inReplyToTweetId")),
        "quote_of": _number(value.get("quotedTweet")),
        "links": listed(_links(value)),
        "hashtags": listed(f"#{tag}" for tag in _strings(value.get("hashtags"))),
        "mentions": listed(
            f"@{one['username']}" for one in dicts(value.get("mentionedUsers")) if plain(one.get("username"))
        ),
    }
    of = value.get("retweetedTweet")
    if not isinstance(of, dict):
        yield {**values, "text": _text(value)}
        return
    yield {
        **values,
        "text": "",
        "repost_of": _number(of),
        "reposted_text": _text(of),
        "reposted_source": plain(inner(of, "user", "username")),
    }


def _text(value: dict[str, Any]) -> str:
    return unescaped(first(value, *_TEXTS))


def _number(value: Any) -> str | None:
    return plain(first(value, "id_str", "id")) if isinstance(value, dict) else None


def _strings(value: Any) -> list[str]:
    return listed(value if isinstance(value, list) else [])


def _links(value: dict[str, Any]) -> Iterator[Any]:
    for name in ("links", "outlinks"):
        found = value.get(name)
        for one in found if isinstance(found, list) else []:
            yield first(one, "url", "tcourl") if isinstance(one, dict) else one


X_SCRAPED = DocumentFormat(
    name="x-scraped",
    reads="a post of X (Twitter) in the lines that snscrape and twscrape write",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_object(_found),
    takes="text from rawContent or content (of a repost none), source from user.username, time from date",
    platform="x",
)
