"""What an answer holds: a page with an article, a list of addresses, or nothing that is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from inchorus.read.page import MOST_BYTES, Page, page_of
from inchorus.read.warc import PAGES
from inchorus.web.address import asked_form

_HEAD = 1 << 12
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+$", re.I)


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


class Nothing(NamedTuple):
    """Why nothing is read."""

    why: str


Content = Page | Listing | Nothing
NO_ARTICLE = "there is no article in it"
NO_PAGE = "it is no page, such as an image or a PDF file"


def content_of(data: bytes, url: str, kind: str, charset: str | None) -> Content:
    r"""What an answer from `url` holds, by its bytes and by the kind and encoding that its server names.

    >>> found = content_of(b"http://a.example/1\nhttp://a.example/2\n", "http://a.example/", "text/plain", None)
    >>> [entry.url for entry in found.entries]
    ['http://a.example/1', 'http://a.example/2']
    """
    if kind in PAGES:
        if len(data) > MOST_BYTES:
            return Nothing(f"it has more than {MOST_BYTES >> 20} MB")
        return page_of(data, url, charset) or Nothing(NO_ARTICLE)
    if kind == "text/plain" and (lines := addresses_in(data)):
        return listed(lines, url)
    return Nothing(NO_PAGE)


def addresses_in(data: bytes) -> list[str]:
    r"""The lines of a text in which every line is an address, but for empty ones and those that begin with #.

    >>> addresses_in(b"# mine\nhttps://a.example/\n\n"), addresses_in(b"See https://a.example/")
    (['https://a.example/'], [])
    """
    lines = [line for part in data.removeprefix(b"\xef\xbb\xbf").splitlines() if (line := part.strip())]
    named = [line for line in lines if not line.startswith(b"#")]
    return [line.decode("utf-8", "replace") for line in named] if all(map(_ADDRESS.match, named)) else []


def listed(urls: list[str], base: str | None) -> Listing:
    """The addresses as a list."""
    found = [asked_form(url, base) for url in urls]
    entries = tuple(Entry(url) for url in dict.fromkeys(found) if url is not None)
    return Listing(entries, sum(url is None for url in found))
