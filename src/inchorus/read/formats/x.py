"""Posts of X, formerly Twitter, as its interfaces give them, v1.1 and v2, and as twarc keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import MAPPED, Beginning, Broken, Document, DocumentFormat, Found, Passed, later
from inchorus.read.formats.post import POST, dicts, first, inner, listed, moment, plain
from inchorus.read.formats.x_web import web_post

if TYPE_CHECKING:
    from inchorus.read.records import File

_items = later("inchorus.read.json_tree:items")
_V2 = frozenset("author_id edit_history_tweet_ids referenced_tweets conversation_id public_metrics author".split())
_PAGE = re.compile(
    r'"(?:author_id|edit_history_tweet_ids|referenced_tweets|conversation_id|newest_id|matching_rules)"\s*:'
)
# what a stream says besides posts
_NOTICES = frozenset("delete scrub_geo limit status_withheld user_withheld disconnect warning friends".split())
_OTHER = frozenset({"errors", "meta", "title", "data", "statuses", *_NOTICES})
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # all that X escapes
_KEPT = frozenset({"item_id", "source_platform"})  # which Zeeschuimer puts around what pages load
FURTHER = ("source_id", "source_name", "url", "language", "reply_to", "quote_of", "reposted_text", "reposted_source")


def _looks(begins: Beginning) -> bool:
    keys, text = begins.keys, begins.text
    if keys >= _KEPT or "legacy" in keys:
        return '"legacy"' in text and '"full_text"' in text
    if "data" in keys or "errors" in keys or "includes" in keys:
        return bool(_PAGE.search(text)) and '"text"' in text
    if "statuses" in keys or keys & _NOTICES:
        return '"id_str"' in text and ('"text"' in text or '"full_text"' in text or "delete" in keys)
    if "created_at" in keys and "user" in keys and keys & {"text", "full_text"}:
        return bool(keys & {"id_str", "id"}) and ('"screen_name"' in text or "truncated" in keys or "entities" in keys)
    return {"id", "text"} <= keys and len(keys & _V2) > 1


def read_x(file: File) -> Iterator[Found]:
    """Every post of the file; what the interface says besides is passed."""
    for item in _items(file):
        if isinstance(item, Broken):
            yield item
        elif not isinstance(item.value, dict):
            yield Broken("a record that is no object", "export it again", repr(item.value)[:200], item.line)
        else:
            yield from _found(item.value, item.line)


def _found(value: dict[str, Any], line: int) -> Iterator[Found]:
    if value.keys() >= _KEPT or "legacy" in value:
        post = web_post(value.get("data") if "legacy" not in value else value)
        yield Passed("what pages of X load besides posts") if post is None else Document(of_v1(post), line)
        return
    inside = value.get("statuses") or value.get("data")
    if isinstance(inside, dict | list):
        beside = _Beside(value.get("includes"))
        for one in inside if isinstance(inside, list) else [inside]:
            yield _post(one, beside, line)
    elif not value.keys() & {"text", "full_text", "id", "id_str"} and value.keys() & _OTHER:
        yield Passed("messages of the interface of X that are no posts")
    else:
        yield _post(value, _Beside(None), line)


def _post(value: Any, beside: _Beside, line: int) -> Found:
    if isinstance(value, dict) and ("user" in value or "id_str" in value):
        return Document(of_v1(value), line)
    if isinstance(value, dict) and "username" in value and not value.keys() & {"text", "author_id"}:
        return Passed("accounts of X, which are no posts")
    if isinstance(value, dict) and "id" in value:
        return Document(_of_v2(value, beside), line)
    return Broken("no post of X: it has no id", "leave it out", repr(value)[:200], line)


def of_v1(tweet: dict[str, Any]) -> dict[str, Any]:
    """A post as v1.1 has it; a repost has no text of its own."""
    name = plain(inner(tweet, "user", "screen_name"))
    user = plain(inner(tweet, "user", "id_str")) or plain(inner(tweet, "user", "id"))
    number = plain(first(tweet, "id_str", "id"))
    of = tweet.get("retweeted_status")
    entities = inner(tweet, "extended_tweet", "entities") or tweet.get("entities")
    values = {
        "id": number,
        "source": name or user,
        "source_id": user,
        "source_name": plain(inner(tweet, "user", "name")),
        "time": tweet.get("created_at") or moment(tweet.get("timestamp_ms")),
        "url": f"https://twitter.com/{name}/status/{number}" if name and number else None,
        "language": plain(tweet.get("lang")),
        "reply_to": plain(first(tweet, "in_reply_to_status_id_str", "in_reply_to_status_id")),
        "quote_of": plain(first(tweet, "quoted_status_id_str", "quoted_status_id")),
        "links": listed(first(u, "expanded_url", "url") for u in dicts(inner(entities, "urls"))),
        "hashtags": listed(f"#{h['text']}" for h in dicts(inner(entities, "hashtags")) if plain(h.get("text"))),
        "mentions": listed(
            f"@{m['screen_name']}" for m in dicts(inner(entities, "user_mentions")) if plain(m.get("screen_name"))
        ),
    }
    if not isinstance(of, dict):
        return {**values, "text": _v1_text(tweet)}
    return {
        **values,
        "text": "",
        "repost_of": plain(first(of, "id_str", "id")),
        "reposted_text": _v1_text(of),
        "reposted_source": plain(inner(of, "user", "screen_name")),
    }


def _v1_text(tweet: dict[str, Any]) -> str:
    return unescaped(inner(tweet, "extended_tweet", "full_text") or first(tweet, "full_text", "text"))


class _Beside:
    """What a page of v2 has beside its posts, by their ids."""

    def __init__(self, includes: Any) -> None:
        self.users = {one.get("id"): one for one in dicts(inner(includes, "users")) if plain(one.get("id"))}
        self.tweets = {one.get("id"): one for one in dicts(inner(includes, "tweets")) if plain(one.get("id"))}

    def author(self, tweet: dict[str, Any]) -> dict[str, Any]:
        """Who wrote a post; empty where that is not there."""
        inside = tweet.get("author")
        found = inside if isinstance(inside, dict) else self.users.get(plain(tweet.get("author_id")))
        return found if isinstance(found, dict) else {}


def _of_v2(tweet: dict[str, Any], beside: _Beside) -> dict[str, Any]:
    author = beside.author(tweet)
    name = plain(author.get("username"))
    number = plain(tweet.get("id"))
    refers = {one.get("type"): one for one in dicts(tweet.get("referenced_tweets")) if plain(one.get("type"))}
    entities = inner(tweet, "note_tweet", "entities") or tweet.get("entities")
    values = {
        "id": number,
        "source": name or plain(first(tweet, "author_id", "username")),
        "source_id": plain(tweet.get("author_id")),
        "source_name": plain(author.get("name")),
        "time": tweet.get("created_at"),
        "url": f"https://twitter.com/{name}/status/{number}" if name and number else None,
        "language": plain(tweet.get("lang")),
        "reply_to": plain(inner(refers, "replied_to", "id")),
        "quote_of": plain(inner(refers, "quoted", "id")),
        "links": listed(first(u, "unwound_url", "expanded_url", "url") for u in dicts(inner(entities, "urls"))),
        "hashtags": listed(f"#{h['tag']}" for h in dicts(inner(entities, "hashtags")) if plain(h.get("tag"))),
        "mentions": listed(f"@{m['username']}" for m in dicts(inner(entities, "mentions")) if plain(m.get("username"))),
    }
    if "retweeted" not in refers:
        return {**values, "text": _v2_text(tweet)}
    of = {**beside.tweets.get(plain(refers["retweeted"].get("id")), {}), **refers["retweeted"]}
    return {
        **values,
        "text": "",
        "repost_of": plain(of.get("id")),
        "reposted_text": _v2_text(of) or _v2_text(tweet),
        "reposted_source": plain(beside.author(of).get("username")),
    }


def _v2_text(tweet: dict[str, Any]) -> str:
    return unescaped(inner(tweet, "note_tweet", "text") or tweet.get("text"))


def unescaped(text: Any) -> str:
    """A text as it was written: X escapes three characters of it.

    >>> unescaped("Rain &amp; snow &lt;3, &amp;copy;")
    'Rain & snow <3, &copy;'
    """
    found = plain(text) or ""
    for written, sign in _ESCAPED:
        found = found.replace(written, sign)
    return found


X = DocumentFormat(
    name="x",
    reads="a post of X (Twitter), as its interfaces (v1.1, v2) and twarc give it: one a line, in pages or in an array",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_x,
    takes="text from its longest text (of a repost none), source from the name of its user, time from created_at",
    platform="x",
)
