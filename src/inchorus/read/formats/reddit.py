"""Posts and comments of Reddit: monthly dumps, what services of its archive give, and pages of its interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from inchorus.read.formats.each import Made, each_object
from inchorus.read.formats.format import MAPPED, Beginning, Broken, DocumentFormat, Passed
from inchorus.read.formats.post import POST, dicts, first, inner, listed, moment, plain
from inchorus.read.formats.x import unescaped

_GONE = frozenset({"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]"})
_LISTING = re.compile(r'"kind"\s*:\s*"(?:Listing|t[135])"')
# entities that its editor writes into texts
_BLANKS = {"&#x200b;": "", "&nbsp;": " "}
_BLANK = re.compile("|".join(_BLANKS), re.IGNORECASE)
FURTHER = ("source_id", "title", "url", "subreddit", "reply_to", "thread", "edited")


def _looks(begins: Beginning) -> bool:
    keys = begins.keys
    if "kind" in keys or "data" in keys:
        return bool(_LISTING.search(begins.text)) or ('"subreddit"' in begins.text and '"created_utc"' in begins.text)
    return {"subreddit", "author", "created_utc"} <= keys and bool(keys & {"body", "selftext", "title"})


def _found(value: dict[str, Any]) -> Iterator[Made]:
    inside = value.get("data", value.get("children"))
    if isinstance(inside, dict) and isinstance(inside.get("children"), list):
        inside = inside["children"]
    if not isinstance(inside, dict | list):
        yield _post(value)
        return
    for outer in inside if isinstance(inside, list) else [inside]:
        one = inner(outer, "data") or outer
        yield _post(one) if isinstance(one, dict) else Broken("no object", "leave it out", repr(one)[:200])
        if isinstance(answers := inner(one, "replies"), dict):
            yield from _found(answers)


def _post(value: dict[str, Any]) -> Made:
    comment = "body" in value
    if not comment and not value.keys() & {"selftext", "title"}:
        return Passed("what Reddit lists besides posts and comments")
    title, written = _text(value.get("title")), _text(value.get("body" if comment else "selftext"))
    kind = "comments" if comment else "posts"
    if written.strip().casefold() in _GONE or (not written and title.strip().casefold() in _GONE):
        return Passed(f"{kind} of Reddit that were deleted or removed")
    author = plain(value.get("author"))
    if author is None or author.casefold() in _GONE:
        return Passed(f"{kind} of Reddit whose account was deleted: whose they are is not known")
    prefix = "t1_" if comment else "t3_"
    number, link = plain(value.get("id")), plain(value.get("permalink"))
    parent, thread = plain(value.get("parent_id")), plain(value.get("link_id"))
    of = plain(value.get("crosspost_parent"))
    return {
        "id": plain(value.get("name")) or (prefix + number.removeprefix(prefix) if number else None),
        "source": author,
        "source_id": plain(value.get("author_fullname")),
        "time": moment(value.get("created_utc")),
        "text": written or ("" if of and _is_first_title(value, title) else title),
        "title": title or None,
        "url": f"https://www.reddit.com{link}" if link and link.startswith("/") else link,
        "subreddit": plain(value.get("subreddit")),
        "reply_to": parent or None,
        "thread": thread or None,
        "edited": moment(value.get("edited")),
        "repost_of": of,
        "links": [] if comment or value.get("is_self") else listed([first(value, "url_overridden_by_dest", "url")]),
    }


def _is_first_title(value: dict[str, Any], title: str) -> bool:
    """Whether a crosspost has the title of the post that it repeats."""
    return any(_text(one.get("title")) == title for one in dicts(value.get("crosspost_parent_list")))


def _text(written: Any) -> str:
    return _BLANK.sub(lambda blank: _BLANKS[blank.group().lower()], unescaped(written))


REDDIT = DocumentFormat(
    name="reddit",
    reads="a post or comment of Reddit, in the lines of its dumps or the pages of its interface",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_object(_found),
    takes="text from body or selftext (of a link its title), source from author, time from created_utc",
    platform="reddit",
)
