"""What the texts of documents name: addresses, hashtags and mentions, as lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.urls import normalise_url

_LISTS = pa.list_(pa.string())
# A name stands behind no word, no `&` of an entity and no part of an address.
_HASHTAG = re.compile(r"[#＃](\w+)")
_MENTION = re.compile(r"[@＠](\w+(?:[.@]\w+)*)")
_BEFORE = re.compile(r"[\w&/?=]\Z")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”“«»]+", re.IGNORECASE)
_BEHIND = "!'(),.:;?[]{}|*…’"  # the sentence's, where an address ends in them
_PAIRS = {")": "(", "]": "["}


def links(text: str) -> list[str]:
    """The addresses in a text, each once, in one form (see `urls.RULE`), shortened ones as they are.

    >>> links("See https://www.example.org/a/?utm_source=x (and www.example.com/b_(c)), or https://t.co/x1.")
    ['example.org/a', 'example.com/b_(c)', 't.co/x1']
    """
    found = []
    for match in _LINK.finditer(text):
        address = match.group()
        while address[-1] in _BEHIND and address.count(address[-1]) > address.count(_PAIRS.get(address[-1], " ")):
            address = address[:-1]
        found.append(normalise_url(address if "://" in address else f"https://{address}"))
    return list(dict.fromkeys(found))


def hashtags(text: str) -> list[str]:
    """The hashtags in a text, each once, in small letters and without their sign; `#1` is none.

    >>> hashtags("#Brexit now, #brexit! we are #1 https://example.org/#top")
    ['brexit']
    """
    return _names(_HASHTAG, text, lambda name: not name.isdecimal())


def mentions(text: str) -> list[str]:
    """Who is mentioned in a text, each once, in small letters and without their sign; an address of mail is none.

    >>> mentions("@Ann and @ann@example.social, write to joe@example.org")
    ['ann', 'ann@example.social']
    """
    return _names(_MENTION, text, lambda name: True)


def _names(pattern: re.Pattern[str], text: str, good: Callable[[str], bool]) -> list[str]:
    found = (
        match.group(1).lower()
        for match in pattern.finditer(text)
        if good(match.group(1)) and not _BEFORE.search(text[max(0, match.start() - 1) : match.start()])
    )
    return list(dict.fromkeys(found))


_FIND: dict[str, Callable[[str], list[str]]] = {"links": links, "hashtags": hashtags, "mentions": mentions}
# One pass of RE2 over all texts: most name nothing, and only the others are looked at in Python.
_ANY = "[#＃@＠]|://|[Ww][Ww][Ww]\\."


def named(texts: pa.Array, wanted: Sequence[str]) -> dict[str, pa.Array]:
    """The `links`, `hashtags` or `mentions` of each text, as wanted: lists of strings, empty where it names none.

    >>> named(pa.array(["we need #Brexit", "", None]), ["hashtags"])["hashtags"].to_pylist()
    [['brexit'], [], []]
    """
    if not wanted:
        return {}
    some = pc.match_substring_regex(texts, _ANY).fill_null(False)
    rows = np.flatnonzero(some.to_numpy(zero_copy_only=False))
    looked_at = texts.take(pa.array(rows)).to_pylist()
    out = {}
    for name in wanted:
        lists = [_FIND[name](text) for text in looked_at]
        sizes = np.zeros(len(texts) + 1, np.int32)
        sizes[rows + 1] = [len(items) for items in lists]
        values = pa.array([item for items in lists for item in items], pa.string())
        out[name] = pa.ListArray.from_arrays(pa.array(np.cumsum(sizes, dtype=np.int32)), values, type=_LISTS)
    return out
