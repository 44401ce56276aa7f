"""One form for the many addresses of one page."""

from __future__ import annotations

import re

TRACKING = (
    "utm_[a-z_]+", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
    "igsh", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "ref_url", "ncid", "cmpid", "s_cid", "smid",
    "ocid", "xtor", "at_[a-z_]+", "spm", "si", "feature", "amp", "oly_anon_id", "oly_enc_id", "vero_id",
    "__twitter_impression",
)  # fmt: skip
_TRACKING = re.compile("|".join(TRACKING))
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Most addresses: nothing in them is escaped, empty or leads up, so that no library is needed to settle their form.
_PAIR = r"[A-Za-z0-9._-]*(?:=[A-Za-z0-9._-]*)?"
_PLAIN = re.compile(
    rf"https?://({_LABEL}(?:\.{_LABEL}){{1,5}})((?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)(?:\?({_PAIR}(?:&{_PAIR})*))?"
    r"(?:#[A-Za-z0-9_-]*)?"
)
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
RULE = (
    "URLs: scheme, www., m., default port, fragment and trailing slashes are dropped, the host is written in "
    "small letters, query parameters are sorted and those that only track the reader are dropped"
)


def normalise_url(url: str) -> str:
    """The address without what does not name the page; any text that is no http address stays as it is.

    Percent-encoding, dot segments and ports are settled by w3lib's `canonicalize_url`.

    >>> normalise_url("https://www.Example.org/a/?utm_source=x&b=2&a=1#top")
    'example.org/a?a=1&b=2'
    >>> normalise_url("#election")
    '#election'
    """
    given = url.strip()
    plain = _PLAIN.fullmatch(given)
    if plain is not None and "xn--" not in given.lower():
        pairs = (part.partition("=") for part in (plain[3] or "").split("&") if part)
        kept = sorted((k, v) for k, _, v in pairs if not _TRACKING.fullmatch(k.lower()))
        return _joined(plain[1].lower(), plain[2], "&".join(f"{k}={v}" for k, v in kept))
    return _settled(given)


def _joined(host: str, path: str, query: str) -> str:
    return f"{_FRONT.sub('', host)}{path.rstrip('/')}{'?' if query else ''}{query}"


def _settled(given: str) -> str:
    """The same of any address."""
    from urllib.parse import parse_qsl, urlencode, urlsplit

    from w3lib.url import canonicalize_url

    if not re.match(r"https?://[^/\s]", given, re.IGNORECASE):
        return given
    try:
        parts = urlsplit(canonicalize_url(given))
        port = parts.port
    except ValueError:
        return given
    host = (parts.hostname or "").lower()
    if port is not None and port not in {80, 443}:
        host = f"{host}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k.lower())]
    return _joined(host, parts.path, urlencode(kept))
