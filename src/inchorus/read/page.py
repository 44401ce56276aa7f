"""The article of a web page: its text without navigation, comments and notices, and what the page says of it."""

from __future__ import annotations

import codecs
import logging
import re
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import trafilatura
from lxml import etree
from trafilatura.settings import use_config

from inchorus.read.encodings import likely, marked

for _library in ("trafilatura", "htmldate", "courlan"):
    # that a page holds no article is counted, and no matter of a log
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

MOST_BYTES = 20 << 20
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.:-]+)""", re.I
)
_HEAD = 1 << 12
# names of encodings stand on the web for those that have more characters
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
          "shift_jis": "cp932", "big5": "big5hkscs"}  # fmt: skip
_PUBLISHED = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @itemprop='datePublished' or "
    "@name='parsely-pub-date' or @name='sailthru.date' or @property='og:published_time']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_IN_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
# Below so many characters all of the page is taken, its frame too: of 250, which is usual, short notices fall short.
_LEAST = "20"
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", _LEAST)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object"})
_IN_LINES = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strong sub "
    "sup time tt u var wbr".split()
)
_DATE = {"original_date": True, "extensive_search": False}


class Page(NamedTuple):
    """An article and what is known of it; `time` is a day, or to the second where the page says so."""

    text: str
    title: str | None
    url: str | None
    host: str | None
    site: str | None
    author: str | None
    time: str | None
    tags: list[str]
    language: str | None


def page_of(data: bytes, url: str | None = None, charset: str | None = None) -> Page | None:
    """The article of a page in bytes; None where it has none. `charset` is what its server said.

    >>> article = b"<article><p>It will rain on the whole coast until Friday.</p></article>"
    >>> page = page_of(b"<html><head><title>Rain</title></head><body>" + article + b"</body></html>")
    >>> page.text, page.title, page.time
    ('It will rain on the whole coast until Friday.', 'Rain', None)
    """
    try:
        tree = trafilatura.load_html(decoded(data[:MOST_BYTES], charset))
        if tree is None:
            return None
        found: Any = trafilatura.bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATE,
            config=_CONFIG,
        )
        said = _published(tree)
        language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    except Exception:  # of a page that is broken enough, the extraction raises what it comes upon
        return None
    if found is None or not (found.text or "").strip():
        return None
    address = found.url or url
    return Page(
        text=_without_title(found.text, found.title),
        title=found.title,
        url=address,
        host=host_of(address),
        site=found.sitename,
        author=found.author,
        time=said if said and (found.date is None or said.startswith(found.date)) else found.date,
        tags=[tag for part in found.tags or [] for t in part.split(",") if (tag := t.strip())],
        language=language.split("-")[0].strip().lower() or None,
    )


def whole_text(data: bytes, charset: str | None = None) -> str:
    r"""All text that a page shows, its frame too, a line for each block.

    >>> whole_text(b"<body><nav>Home</nav><p>It <b>will</b> rain.<script>a()</script><p>Soon.")
    'Home\nIt will rain.\nSoon.'
    """
    tree = trafilatura.load_html(decoded(data[:MOST_BYTES], charset))
    if tree is None:
        return ""
    parts: list[str] = []
    skipped = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = node.tag if isinstance(node.tag, str) else None
        begins = event == "start"
        if name in _UNSEEN:
            skipped += 1 if begins else -1
        if name is not None and name not in _IN_LINES:
            parts.append("\n")
        if begins and not skipped:
            parts.append(" ".join(f".{node.text or ''}.".split())[1:-1])
        elif not begins and not skipped:
            parts.append(" ".join(f".{node.tail or ''}.".split())[1:-1])
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def host_of(url: str | None) -> str | None:
    """The host of an address, without www.

    >>> host_of("https://www.Courier.example/a"), host_of("a")
    ('courier.example', None)
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def decoded(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: by its mark, what its server says, what it says itself; UTF-8, or the likeliest else.

    >>> decoded("<meta charset=koi8-r>Да".encode("koi8-r"))[-2:], decoded("Straße".encode("latin-1"))
    ('Да', 'Straße')
    """
    if (mark := marked(data)) is not None:
        return data.decode(mark, "replace")
    named = _META.search(data[:_HEAD])
    own = (named[1] or named[2]).decode() if named else None
    for name in (charset, own, "utf-8"):
        try:
            codec = codecs.lookup(name or "").name
            return data.decode(_MEANT.get(codec, codec))
        except (LookupError, ValueError):
            continue
    encoding = likely(data[: 1 << 18])
    text = data.decode(encoding, "replace")
    whole = data.decode("utf-8", "replace")
    # a few bytes that are broken, or an end that is cut, make no other encoding
    return whole if whole.count("\ufffd") < 0.01 * sum(not c.isascii() for c in whole) else text


def _published(tree: Any) -> str | None:
    """When the page says that it was published, if it says a time of the day."""
    values = [str(value) for path in _PUBLISHED for value in tree.xpath(path)]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        values += _IN_DATA.findall(str(script))
    for value in values:
        try:
            time = datetime.fromisoformat(value.strip())
        except ValueError:
            continue
        if len(value.strip()) > 10 and time.tzinfo is not None:
            return time.isoformat()
    return None


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest if title and rest and first.strip().casefold() == title.strip().casefold() else text
