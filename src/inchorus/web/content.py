"""What an answer holds: a page with an article, a list of addresses, or nothing that is read."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from inchorus.read.page import MOST_BYTES, Page, decoded, page_of, whole_text
from inchorus.read.warc import PAGES
from inchorus.web.lists import Listing, list_reader, listed, sitemaps_named

MOST_ROBOTS = 512 << 10
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+$", re.I)


class Nothing(NamedTuple):
    """Why nothing is read."""

    why: str


Content = Page | Listing | Nothing
BROKEN_LIST = "it is a feed or a sitemap that is broken"
NO_ARTICLE = "there is no article in it"
NO_PAGE = "it is no page, such as an image or a PDF file"


def content_of(data: bytes, url: str, kind: str, charset: str | None) -> Content:
    r"""What an answer from `url` holds, by its bytes and by the kind and encoding that its server names.

    >>> found = content_of(b"http://a.example/1\nhttp://a.example/2\n", "http://a.example/", "text/plain", None)
    >>> [entry.url for entry in found.entries]
    ['http://a.example/1', 'http://a.example/2']
    """
    if reads := list_reader(data):
        return reads(data, url) or Nothing(BROKEN_LIST)
    if kind in PAGES:
        if len(data) > MOST_BYTES:
            return Nothing(f"it has more than {MOST_BYTES >> 20} MB")
        return page_of(data, url, charset) or Nothing(NO_ARTICLE)
    if kind == "text/plain" and urlsplit(url).path == "/robots.txt":
        return sitemaps_named(data[:MOST_ROBOTS].decode("utf-8", "replace"))
    if kind == "text/plain" and (lines := addresses_in(data)):
        return listed(lines, url)
    return Nothing(NO_PAGE)


def text_of(data: bytes, kind: str, charset: str | None) -> str:
    r"""All text of an answer, as far as it is a page or a text.

    >>> text_of(b"<p>Rain<p>Snow", "text/html", None), text_of(b"%PDF", "application/pdf", None)
    ('Rain\nSnow', '')
    """
    if kind in PAGES:
        return whole_text(data, charset)
    return decoded(data[:MOST_BYTES], charset) if kind.startswith("text/") or kind.endswith("xml") else ""


def addresses_in(data: bytes) -> list[str]:
    r"""The lines of a text in which every line is an address, but for empty ones and those that begin with #.

    >>> addresses_in(b"# mine\nhttps://a.example/\n\n"), addresses_in(b"See https://a.example/")
    (['https://a.example/'], [])
    """
    lines = [line for part in data.removeprefix(b"\xef\xbb\xbf").splitlines() if (line := part.strip())]
    named = [line for line in lines if not line.startswith(b"#")]
    return [line.decode("utf-8", "replace") for line in named] if all(map(_ADDRESS.match, named)) else []
