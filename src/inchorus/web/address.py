"""The addresses of pages: in the form in which they are asked for, and by whom they are answered."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
MOST = 8000  # characters; servers take fewer


def asked_form(url: str, base: str | None = None) -> str | None:
    """An address as it is sent: whole, in ASCII, without fragment and password; None for what no server of the web has.

    >>> asked_form(" HTTPS://Müller.example:443/ä b#top ")
    'https://xn--mller-kva.example/%C3%A4%20b'
    >>> asked_form("../c?d=1", "http://a.example/b/"), asked_form("mailto:a@b.example"), asked_form("http://")
    ('http://a.example/c?d=1', None, None)
    """
    text = "".join(c for c in url if c not in "\t\r\n").strip()
    if not text:
        return None
    try:
        whole = urljoin(base, text) if base else text
        parts = urlsplit(safe_url_string(whole))
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or len(whole) > MOST:
        return None
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    place = host if port in {None, default} else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))


def server_of(url: str) -> str:
    """The host that answers an address in its asked form: what is waited for between two requests.

    >>> server_of("https://a.example:8443/b")
    'a.example'
    """
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt is for.

    >>> origin_of("https://a.example:8443/b?c=1")
    'https://a.example:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
