"""One form for the many addresses of one page."""

from __future__ import annotations

import re
from functools import lru_cache

TRACKING = (
    "utm_[a-z_]+", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
    "igsh", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "ref_url", "ncid", "cmpid", "s_cid", "smid",
    "ocid", "xtor", "at_[a-z_]+", "spm", "si", "feature", "amp", "oly_anon_id", "oly_enc_id", "vero_id",
    "__twitter_impression",
)  # fmt: skip
_TRACKING = re.compile("|".join(TRACKING))
RULE = (
    "URLs: scheme, www., m., default port, fragment and trailing slashes are dropped, the host is written in "
    "small letters, query parameters are sorted and those that only track the reader are dropped"
)


@lru_cache(1 << 14)  # a link that many share is one
def normalise_url(url: str) -> str:
    """The address without what does not name the page; any text that is no http address stays as it is.

    Percent-encoding, dot segments and ports are settled by w3lib's `canonicalize_url`.

    >>> normalise_url("https://www.Example.org/a/?utm_source=x&b=2&a=1#top")
    'example.org/a?a=1&b=2'
    >>> normalise_url("#election")
    '#election'
    """
    from urllib.parse import parse_qsl, urlencode, urlsplit

    from w3lib.url import canonicalize_url

    given = url.strip()
    if not re.match(r"https?://[^/\s]", given, re.IGNORECASE):
        return given
    try:
        parts = urlsplit(canonicalize_url(given))
        port = parts.port
    except ValueError:
        return given
    host = re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)", "", (parts.hostname or "").lower())
    if port is not None and port not in {80, 443}:
        host = f"{host}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k.lower())]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
