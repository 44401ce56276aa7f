"""Where the things of a study are shown: addresses of the browser, or places within a report."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit

_OPENED = frozenset({"http", "https"})
_UNSAFE = re.compile(r"""[\x00-\x20\x7f-\xa0"'<>\\^`{|}]""")


class Links(Protocol):
    """Gives the address of a thing, or None where it is not shown, so that a template writes it without a link."""

    def talking_point(self, tp_id: str, **more: str) -> str | None: ...
    def document(self, doc_id: str, **more: str) -> str | None: ...
    def source(self, name: str) -> str | None: ...
    def tie(self, a: str, b: str, kind: str = "wording") -> str | None: ...
    def page(self, path: str, **query: str) -> str | None: ...


class Served:
    """Addresses of the browser: words in the path, names and ids in the query, so that any name will do.

    >>> Served().source("A/B & Söhne")
    '/source?name=A%2FB+%26+S%C3%B6hne'
    """

    def talking_point(self, tp_id: str, **more: str) -> str:
        return self.page("/talking-point", id=tp_id, **more)

    def document(self, doc_id: str, **more: str) -> str:
        return self.page("/document", id=doc_id, **more)

    def source(self, name: str) -> str:
        return self.page("/source", name=name)

    def tie(self, a: str, b: str, kind: str = "wording") -> str:
        return self.page("/tie", a=a, b=b, kind=kind)

    def page(self, path: str, **query: str) -> str:
        return path + ("?" + urlencode(query) if query else "")


@dataclass(frozen=True)
class Within:
    """Places within one report: only what it holds has one.

    >>> Within({"3f2a"}).talking_point("3f2a"), Within({"3f2a"}).talking_point("77")
    ('#tp-3f2a', None)
    """

    points: Collection[str] = ()

    def talking_point(self, tp_id: str, **more: str) -> str | None:
        return f"#tp-{quote(tp_id)}" if tp_id in self.points else None

    def document(self, doc_id: str, **more: str) -> str | None:
        return None

    def source(self, name: str) -> str | None:
        return None

    def tie(self, a: str, b: str, kind: str = "wording") -> str | None:
        return None

    def page(self, path: str, **query: str) -> str | None:
        return None


def outward(url: str | None) -> str | None:
    """The URL of a document if a browser may open it: http or https, with a host and without a user; else None.

    Signs that no URL has, such as spaces and quotation marks, come back escaped.

    >>> outward("https://example.org/a b"), outward("javascript:alert(1)"), outward("https://known.example@other.example/")
    ('https://example.org/a%20b', None, None)
    """
    text = (url or "").strip()
    try:
        parts = urlsplit(text)
        safe = parts.scheme.lower() in _OPENED and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return _UNSAFE.sub(lambda sign: quote(sign[0]), text) if safe else None
