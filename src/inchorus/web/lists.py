"""Feeds and sitemaps: the addresses that they list, and what they say of each."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import feedparser

from inchorus.read.formats.format import Broken
from inchorus.read.xml_tree import name_of, plain_text, tree_of
from inchorus.web.address import asked_form

FEEDS = frozenset({"rss", "RDF", "feed", "channel"})
SITEMAPS = frozenset({"urlset", "sitemapindex"})
_HEAD = 1 << 14
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_ASIDE = re.compile(rb"<!--.*?(?:-->|$)|<\?.*?(?:\?>|$)|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?(?:>|$)", re.S | re.I)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# A feed that goes on names where (RFC 5005).
_ON = frozenset({"next", "prev-archive"})
_JSON_FEED = b"jsonfeed.org/version/"
_NAMED_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)


class Entry(NamedTuple):
    """An address in a list, and what the list says of it; `more` where it is another list."""

    url: str
    more: bool = False
    title: str | None = None
    time: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()


class Listing(NamedTuple):
    """A list of addresses: a feed, a sitemap, a text. `broken` is how many of its entries name no address."""

    entries: tuple[Entry, ...]
    broken: int = 0


def root_of(data: bytes) -> str:
    """The name of the first element of a text with marks; empty where there is none.

    >>> root_of(b"<?xml version='1.0'?><!-- <a> --><!DOCTYPE rss [<!ENTITY b 'c'>]><rss version='2.0'>"), root_of(b"x")
    ('rss', '')
    """
    head = data[:_HEAD]
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "ignore").encode()
    head = _ASIDE.sub(b"", head.removeprefix(b"\xef\xbb\xbf")).lstrip()
    found = _ROOT.match(head)
    return found[1].decode() if found else ""


def list_reader(data: bytes) -> Callable[[bytes, str], Listing | None] | None:
    """What reads a feed or a sitemap that begins like this, given all of it and its address; None for anything else.

    >>> list_reader(b"<rss version='2.0'>") is feed_in, list_reader(b"<html>")
    (True, None)
    """
    root = root_of(data)
    if root in SITEMAPS:
        return lambda whole, _: sitemap_in(whole)
    if root in FEEDS:
        return feed_in
    return json_feed_in if is_json_feed(data) else None


def feed_in(data: bytes, url: str) -> Listing | None:
    """The entries of an RSS or Atom feed, which may be broken XML; None where it is none. Nothing it names is loaded.

    >>> feed = b"<rss version='2.0'><channel><item><title>Rain</title><link>/rain</link></item></channel></rss>"
    >>> feed_in(feed, "https://courier.example/feed").entries[0][:3]
    ('https://courier.example/rain', False, 'Rain')
    """
    try:
        # A stream: text would be taken for an address or for the name of a file, and that be opened.
        feed: Any = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url}, sanitize_html=False)
    except Exception:  # of what is broken enough, it raises what it comes upon
        return None
    if not feed.get("version"):
        return None
    on = [link.get("href") or "" for link in feed.feed.get("links", ()) if link.get("rel") in _ON]
    return _listing((*(_item(entry, url) for entry in feed.entries), *_lists(on, url)))


def is_json_feed(data: bytes) -> bool:
    """Whether this is JSON that says somewhere that it is a JSON Feed.

    >>> is_json_feed(b'{"version": "https://jsonfeed.org/version/1.1"}'), is_json_feed(b'{"version": "1.1"}')
    (True, False)
    """
    start = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and (_JSON_FEED in data or _JSON_FEED.replace(b"/", b"\\/") in data)


def json_feed_in(data: bytes, url: str) -> Listing | None:
    """The entries of a JSON Feed (https://www.jsonfeed.org/version/1.1/); None where it is none.

    >>> feed = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": "/rain", "title": "Rain"}]}'
    >>> json_feed_in(feed, "https://courier.example/feed.json").entries[0][:3]
    ('https://courier.example/rain', False, 'Rain')
    """
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version/" not in str(feed.get("version")):
        return None
    on = [feed["next_url"]] if isinstance(feed.get("next_url"), str) else []
    return _listing((*(_json_item(item, url) for item in items), *_lists(on, url)))


def sitemap_in(data: bytes) -> Listing | None:
    """The entries of a sitemap or of an index of such; None where it cannot be read.

    >>> sitemap_in(b"<urlset><url><loc>https://courier.example/rain</loc></url></urlset>").entries[0].url
    'https://courier.example/rain'
    """
    root = tree_of(data)
    if isinstance(root, Broken):
        return None
    if name_of(root) == "sitemapindex":
        return _listing(_lists([_child(one, "loc") or "" for one in root if name_of(one) == "sitemap"], None))
    return _listing(_page(one) for one in root if name_of(one) == "url")


def sitemaps_named(robots: str) -> Listing:
    r"""The sitemaps that a robots.txt names.

    >>> sitemaps_named("User-agent: *\nSitemap: https://courier.example/sitemap.xml").entries
    (Entry(url='https://courier.example/sitemap.xml', more=True, title=None, time=None, author=None, tags=()),)
    """
    return _listing(_lists(_NAMED_SITEMAP.findall(robots), None))


def listed(urls: Iterable[str], base: str | None) -> Listing:
    """The addresses as a list."""
    return _listing(None if (found := asked_form(url, base)) is None else Entry(found) for url in urls)


def _listing(entries: Iterable[Entry | None]) -> Listing:
    """Each address once, as it first stands."""
    known: dict[str, Entry] = {}
    broken = 0
    for entry in entries:
        if entry is None:
            broken += 1
        else:
            known.setdefault(entry.url, entry)
    return Listing(tuple(known.values()), broken)


def _lists(urls: Iterable[str], base: str | None) -> Iterator[Entry | None]:
    for url in urls:
        found = asked_form(url, base)
        yield None if found is None else Entry(found, more=True)


def _item(entry: Any, base: str) -> Entry | None:
    url = asked_form(entry.get("feedburner_origlink") or entry.get("link") or "", base)
    if url is None:
        return None
    tags = (str(tag.get("term") or "").strip() for tag in entry.get("tags", ()))
    return Entry(
        url,
        title=_line(entry.get("title")),
        time=_time(entry),
        author=_line(entry.get("author")),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
    )


def _json_item(item: Any, base: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    # an id may be the address, and else is none
    url = asked_form(str(item.get("url") or ""), base) or asked_form(str(item.get("id") or ""))
    if url is None:
        return None
    first = item.get("authors") or item.get("author")
    first = first[0] if isinstance(first, list) else first
    time, tags = item.get("date_published"), item.get("tags")
    return Entry(
        url,
        title=_line(item.get("title")),
        time=time if isinstance(time, str) and time else None,
        author=_line(first.get("name")) if isinstance(first, dict) else None,
        tags=tuple(dict.fromkeys(t for tag in tags if (t := _line(tag)))) if isinstance(tags, list) else (),
    )


def _time(entry: Any) -> str | None:
    """When an entry was published; that it was changed is not that."""
    parsed, text = entry.get("published_parsed"), entry.get("published") or ""
    if parsed is None:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat() if ":" in text else moment.date().isoformat()


def _page(url: Any) -> Entry | None:
    """An entry of a sitemap, with what it says for news."""
    found = asked_form(_child(url, "loc") or "")
    if found is None:
        return None
    news = next((one for one in url if name_of(one) == "news"), ())
    keywords = (_child(news, "keywords") or "").split(",")
    return Entry(
        found,
        title=_child(news, "title"),
        time=_child(news, "publication_date"),
        tags=tuple(dict.fromkeys(tag for word in keywords if (tag := word.strip()))),
    )


def _child(element: Any, name: str) -> str | None:
    """The text of the element of that name directly below another: images in a sitemap have addresses too."""
    one = next((one for one in element if name_of(one) == name), None)
    return None if one is None else plain_text(one) or None


def _line(text: Any) -> str | None:
    return " ".join(str(text or "").split()) or None
