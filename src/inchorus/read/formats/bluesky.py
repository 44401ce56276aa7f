"""Posts of Bluesky: feeds and searches of its interface, records of repositories, events of its stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from inchorus.read.formats.each import Made, each_object
from inchorus.read.formats.format import MAPPED, Beginning, Broken, DocumentFormat, Passed
from inchorus.read.formats.post import POST, dicts, first, inner, joined, listed, plain

_POST, _REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
_OURS = re.compile(r'"at://did:|"app\.bsky\.|"did:(?:plc|web):')
_LISTS = ("feed", "posts", "records")
_SHAPES = frozenset({*_LISTS, "post", "record", "uri", "did", "cid", "cursor"})
FURTHER = ("source_id", "source_name", "url", "language", "reply_to", "quote_of", "reposted_text", "reposted_source")


def _looks(begins: Beginning) -> bool:
    return bool(begins.keys & _SHAPES) and _OURS.search(begins.text) is not None


def _found(value: dict[str, Any]) -> Iterator[Made]:
    for name in _LISTS:
        if isinstance(value.get(name), list):
            for one in value[name]:
                yield (
                    _view(one)
                    if isinstance(one, dict)
                    else Broken("no post of Bluesky", "leave it out", repr(one)[:200])
                )
            return
    yield _view(value)


def _view(value: dict[str, Any]) -> Made:
    """A post, whatever stands around it."""
    commit = value.get("commit")
    if isinstance(commit, dict):
        uri = joined("/", f"at://{value.get('did')}", commit.get("collection"), commit.get("rkey"))
        return _record(commit.get("record"), {"uri": uri, "author": {"did": value.get("did")}})
    post = value.get("post")
    if isinstance(post, dict):
        reason = value.get("reason")
        if isinstance(reason, dict) and isinstance(reason.get("by"), dict):
            return _repost(post, reason)
        value = post
    if "record" in value or "value" in value:
        return _record(first(value, "record", "value"), value)
    return _record(value, value)


def _record(record: Any, around: dict[str, Any]) -> Made:
    kind = _either(record, "$type", "py_type")
    author = first(around, "author", "creator")
    uri = plain(around.get("uri"))
    did = plain(inner(author, "did")) or (
        uri.split("/")[2] if uri and uri.startswith("at://") and "/" in uri[5:] else None
    )
    handle = plain(inner(author, "handle"))
    name = handle or did
    common = {
        "id": uri,
        "source": name,
        "source_id": did,
        "source_name": plain(_either(author, "displayName", "display_name")),
        "time": _time(record, around),
        "url": _address(name, uri),
    }
    if kind == _REPOST:
        return {**common, "text": "", "repost_of": plain(inner(record, "subject", "uri"))}
    if not isinstance(record, dict) or kind not in (_POST, None) or not isinstance(record.get("text"), str):
        return Passed("what Bluesky has besides posts: likes, follows, profiles, deletions")
    text = record["text"]
    embeds = [one for place in (record, around) for one in _embeds(place.get("embed"))]
    features = list(_features(text, record.get("facets")))
    return {
        **common,
        "text": text,
        "language": next(
            iter(listed(record.get("langs") or [] if isinstance(record.get("langs"), list) else [])), None
        ),
        "reply_to": plain(inner(record, "reply", "parent", "uri")),
        "quote_of": next(
            (plain(inner(e, "record", "record", "uri") or inner(e, "record", "uri")) for e in embeds if "record" in e),
            None,
        ),
        "links": listed([*(f.get("uri") for f, _ in features), *(inner(e, "external", "uri") for e in embeds)]),
        "hashtags": listed(f"#{f['tag']}" for f, _ in features if plain(f.get("tag"))),
        "mentions": listed(shown for f, shown in features if plain(f.get("did"))),
    }


def _repost(post: dict[str, Any], reason: dict[str, Any]) -> dict[str, Any]:
    by, of = reason["by"], plain(post.get("uri"))
    name = plain(by.get("handle")) or plain(by.get("did"))
    return {
        "id": plain(reason.get("uri")) or joined(" by ", of, name),
        "source": name,
        "source_id": plain(by.get("did")),
        "source_name": plain(_either(by, "displayName", "display_name")),
        "time": _either(reason, "indexedAt", "indexed_at"),
        "text": "",
        "repost_of": of,
        "reposted_text": plain(inner(post, "record", "text")),
        "reposted_source": plain(inner(post, "author", "handle")),
    }


def _either(value: Any, *names: str) -> Any:
    """The first of several names: programs in Python write them with `_`."""
    return first(value, *names) if isinstance(value, dict) else None


def _time(record: Any, around: dict[str, Any]) -> str | None:
    return plain(_either(record, "createdAt", "created_at") or _either(around, "indexedAt", "indexed_at"))


def _address(name: str | None, uri: str | None) -> str | None:
    return (
        f"https://bsky.app/profile/{name}/post/{uri.rpartition('/')[2]}"
        if name and uri and f"/{_POST}/" in uri
        else None
    )


def _embeds(embed: Any) -> Iterator[dict[str, Any]]:
    """What is shown below a post, and what stands beside a record that is quoted."""
    if isinstance(embed, dict):
        yield embed
        if isinstance(embed.get("media"), dict):
            yield embed["media"]


def _features(text: str, facets: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """What parts of the text are, and these parts: facets count bytes."""
    written = text.encode("utf-8", "surrogatepass")
    for facet in dicts(facets):
        start, end = (
            _either(facet.get("index"), *names) for names in (("byteStart", "byte_start"), ("byteEnd", "byte_end"))
        )
        good = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(written)
        shown = written[start:end].decode("utf-8", "replace") if good else ""
        for feature in dicts(facet.get("features")):
            yield feature, shown


BLUESKY = DocumentFormat(
    name="bluesky",
    reads="a post of Bluesky, in feeds and searches, records of repositories or events of its stream",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_object(_found),
    takes="text from text (of a repost none), source from the handle of its author (else the did), time from createdAt",
    platform="bluesky",
)
