"""Posts of Mastodon: the outbox of an archive, and what its interface answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from inchorus.read.formats.each import Made, each_item
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, Passed, later
from inchorus.read.formats.post import POST, dicts, first, inner, listed, plain

if TYPE_CHECKING:
    from inchorus.read.json_tree import Item

_text_of = later("inchorus.read.markup:text_of_markup")
_OUTBOX = re.compile(r'"orderedItems"|"OrderedCollection(?:Page)?"')
_ACTIVITY = re.compile(r'"type"\s*:\s*"(?:Create|Announce|Note|Question|Article)"')
_SPOKEN = frozenset({"Note", "Question", "Article", "Page"})
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
FURTHER = (
    "source_id", "source_name", "url", "title", "language", "reply_to", "edited", "visibility",
    "reposted_text", "reposted_source",
)  # fmt: skip


def _looks(begins: Beginning) -> bool:
    keys = begins.keys
    if _OUTBOX.search(begins.text):
        return True
    if {"type", "actor"} <= keys or {"type", "attributedTo"} <= keys:
        return _ACTIVITY.search(begins.text) is not None
    if "statuses" in keys and "created_at" not in keys:
        # what its search and the context of a post answer; X has such a list, too
        return '"visibility"' in begins.text and '"account"' in begins.text and '"id_str"' not in begins.text
    return {"id", "created_at", "visibility", "uri"} <= keys or {"content", "account", "created_at", "uri"} <= keys


def _found(item: Item) -> Iterator[Made]:
    value = item.value
    if item.path:
        yield _activity(value)
    elif "orderedItems" in value or "OrderedCollection" in str(value.get("type")):
        yield Passed("what an outbox of Mastodon says of itself")
    elif isinstance(value.get("statuses"), list):
        for one in dicts(value["statuses"]):
            yield _status(one)
    elif "created_at" in value or "account" in value:
        yield _status(value)
    else:
        yield _activity(value)


def _activity(value: dict[str, Any]) -> Made:
    kind, note = plain(value.get("type")), value.get("object")
    actor = plain(inner(value.get("actor"), "id")) or plain(first(value, "actor", "attributedTo"))
    if kind == "Announce":
        own = isinstance(note, dict)
        return {
            "id": plain(value.get("id")),
            "source": _account(actor),
            "source_id": actor,
            "time": plain(value.get("published")),
            "text": "",
            "repost_of": plain(inner(note, "id")) if own else plain(note),
            "reposted_text": _text(inner(note, "content")) or None,
            "reposted_source": _account(plain(inner(note, "attributedTo"))),
            "visibility": _visibility(value),
        }
    if kind in _SPOKEN:
        note = value
    if (
        not isinstance(note, dict)
        or kind not in {"Create", "Update", *_SPOKEN}
        or plain(note.get("type")) not in _SPOKEN
    ):
        return Passed("activities of Mastodon that are no posts")
    seen = _visibility(note)
    if seen == "direct":
        return Passed("messages of Mastodon to single people, which are not published")
    tags = dicts(note.get("tag"))
    languages = note.get("contentMap")
    actor = actor or plain(note.get("attributedTo"))
    return {
        "id": plain(note.get("id")) or plain(value.get("id")),
        "source": _account(actor),
        "source_id": actor,
        "time": plain(note.get("published")) or plain(value.get("published")),
        "text": _text(note.get("content")),
        "title": plain(first(note, "name", "summary")),
        "url": plain(note.get("url")),
        "language": next(iter(languages), None) if isinstance(languages, dict) and len(languages) == 1 else None,
        "reply_to": plain(note.get("inReplyTo")),
        "edited": plain(note.get("updated")),
        "visibility": seen,
        "hashtags": listed(plain(tag.get("name")) for tag in tags if tag.get("type") == "Hashtag"),
        "mentions": listed(plain(tag.get("name")) for tag in tags if tag.get("type") == "Mention"),
    }


def _status(value: dict[str, Any]) -> Made:
    if value.get("visibility") == "direct":
        return Passed("messages of Mastodon to single people, which are not published")
    account, of = value.get("account"), value.get("reblog")
    values = {
        "id": plain(value.get("uri")) or plain(value.get("id")),
        "source": _full(account),
        "source_id": plain(first(account, "uri", "url", "id")) if isinstance(account, dict) else None,
        "source_name": plain(inner(account, "display_name")),
        "time": plain(value.get("created_at")),
        "text": _text(value.get("content")),
        "title": plain(value.get("spoiler_text")),
        "url": plain(value.get("url")),
        "language": plain(value.get("language")),
        "reply_to": plain(value.get("in_reply_to_id")),
        "edited": plain(value.get("edited_at")),
        "visibility": plain(value.get("visibility")),
        "links": listed([inner(value, "card", "url")]),
        "hashtags": listed(f"#{tag['name']}" for tag in dicts(value.get("tags")) if plain(tag.get("name"))),
        "mentions": listed(f"@{one['acct']}" for one in dicts(value.get("mentions")) if plain(one.get("acct"))),
    }
    if not isinstance(of, dict):
        return values
    return values | {
        "text": "",
        "repost_of": plain(of.get("uri")) or plain(of.get("id")),
        "reposted_text": _text(of.get("content")),
        "reposted_source": _full(of.get("account")),
    }


def _full(account: Any) -> str | None:
    """The name with its server, which the interface leaves out of those of its own."""
    name = plain(inner(account, "acct")) or plain(inner(account, "username"))
    host = _host(plain(inner(account, "url")) or plain(inner(account, "uri")))
    return f"{name}@{host}" if name and host and "@" not in name else name


def _account(actor: str | None) -> str | None:
    """Name and server of an address as `https://example.social/users/ann`."""
    host = _host(actor)
    name = (actor or "").rstrip("/").rpartition("/")[2].removeprefix("@")
    return f"{name}@{host}" if host and name and name != host else actor


def _host(address: str | None) -> str | None:
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _visibility(note: dict[str, Any]) -> str | None:
    to, copies = (_addressed(note.get(name)) for name in ("to", "cc"))
    if not to and not copies:
        return None
    if to & _PUBLIC:
        return "public"
    if copies & _PUBLIC:
        return "unlisted"
    return "private" if any(str(one).endswith("/followers") for one in to | copies) else "direct"


def _addressed(value: Any) -> set[str]:
    return set(listed(value if isinstance(value, list) else [value]))


def _text(content: Any) -> str:
    found: str = _text_of(content) if isinstance(content, str) else ""
    return found


MASTODON = DocumentFormat(
    name="mastodon",
    reads="a post of Mastodon, in the outbox of an archive or as its interface answers",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_item(_found, "orderedItems"),
    takes="text from content (of a boost none), source from the account and its server, time from published",
    platform="mastodon",
)
