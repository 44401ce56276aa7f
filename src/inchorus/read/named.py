"""What the texts of documents name: addresses, hashtags and mentions, as lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.read.urls import normalise_url

_LISTS = pa.list_(pa.string())
# A name stands behind no word, no `&` of an entity and no part of an address.
_HASHTAG = re.compile(r"[#＃](\w+)")
_MENTION = re.compile(r"[@＠](\w+(?:[.@]\w+)*)")
_BEFORE = re.compile(r"[\w&/?=]\Z")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”“«»]+", re.IGNORECASE)
_WWW = ("ww.", "wW.", "Ww.", "WW.")
_SCHEMES = ("https", "http")
_BEHIND = "!'(),.:;?[]{}|*…’"  # the sentence's, where an address ends in them
_PAIRS = {")": "(", "]": "["}


def links(text: str) -> list[str]:
    """The addresses in a text, each once, in one form (see `urls.RULE`), shortened ones as they are.

    >>> links("See https://www.example.org/a/?utm_source=x (and www.example.com/b_(c)), or https://t.co/x1.")
    ['example.org/a', 'example.com/b_(c)', 't.co/x1']
    """
    found = []
    end = 0
    for start in _addresses(text):
        match = _LINK.match(text, start) if start >= end else None
        if match is None:
            continue
        address, end = match.group(), match.end()
        while address[-1] in _BEHIND and address.count(address[-1]) > address.count(_PAIRS.get(address[-1], " ")):
            address = address[:-1]
        found.append(normalise_url(address if "://" in address else f"https://{address}"))
    return list(dict.fromkeys(found))


def hashtags(text: str) -> list[str]:
    """The hashtags in a text, each once, in small letters and without their sign; `#1` is none.

    >>> hashtags("#Brexit now, #brexit! we are #1 https://example.org/#top")
    ['brexit']
    """
    return _names(_HASHTAG, "#＃", text, lambda name: not name.isdecimal())


def mentions(text: str) -> list[str]:
    """Who is mentioned in a text, each once, in small letters and without their sign; an address of mail is none.

    >>> mentions("@Ann and @ann@example.social, write to joe@example.org")
    ['ann', 'ann@example.social']
    """
    return _names(_MENTION, "@＠", text, lambda name: True)


def _names(pattern: re.Pattern[str], signs: str, text: str, good: Callable[[str], bool]) -> list[str]:
    found: list[str] = []
    end = 0
    for start in _all_of(text, *signs):
        match = pattern.match(text, start) if start >= end else None
        if match is None:
            continue
        end = match.end()
        if good(match.group(1)) and not _BEFORE.search(text[max(0, start - 1) : start]):
            found.append(match.group(1).lower())
    return list(dict.fromkeys(found))


def _addresses(text: str) -> list[int]:
    """The places at which addresses may begin, in order. To look for them takes a tenth of what an expression does."""
    found = []
    for colon in _all_of(text, "://"):
        before = text[max(0, colon - 5) : colon].lower()
        found += [colon - len(scheme) for scheme in _SCHEMES if before.endswith(scheme)]
    found += [at - 1 for at in _all_of(text, *_WWW) if at and text[at - 1] in "wW"]
    return sorted(found)


def _all_of(text: str, *parts: str) -> list[int]:
    """Every place of the parts, in order; those of one part may overlap."""
    found = []
    for part in parts:
        at = text.find(part)
        while at >= 0:
            found.append(at)
            at = text.find(part, at + 1)
    return sorted(found) if len(parts) > 1 else found


_FIND: dict[str, Callable[[str], list[str]]] = {"links": links, "hashtags": hashtags, "mentions": mentions}
_BLOCK = 1 << 18  # bytes that a processor keeps at hand
_OVER = 4  # bytes of the next block: no sign has more


def named(texts: pa.Array, wanted: Sequence[str]) -> dict[str, pa.Array]:
    """The `links`, `hashtags` or `mentions` of each text, as wanted: lists of strings, empty where it names none.

    >>> named(pa.array(["we need #Brexit", "", None]), ["hashtags"])["hashtags"].to_pylist()
    [['brexit'], [], []]
    """
    if not wanted:
        return {}
    rows = naming(texts)
    looked_at = texts.take(pa.array(rows)).to_pylist()
    out = {}
    for name in wanted:
        lists = [_FIND[name](text) for text in looked_at]
        sizes = np.zeros(len(texts) + 1, np.int32)
        sizes[rows + 1] = [len(items) for items in lists]
        values = pa.array([item for items in lists for item in items], pa.string())
        out[name] = pa.ListArray.from_arrays(pa.array(np.cumsum(sizes, dtype=np.int32)), values, type=_LISTS)
    return out


def naming(texts: pa.Array) -> npt.NDArray[np.int64]:
    """Which texts may name something, as they hold a sign of it: most do not, and only these are looked at in Python.

    Bytes are looked at a block at a time, which takes half of what an expression over all takes (decision 059).

    >>> naming(pa.array(["nothing", "we need #Brexit", None, "WWW.example.org", "now. see a:/b"])).tolist()
    [1, 3]
    """
    if not len(texts):
        return np.zeros(0, np.int64)
    wide = pa.types.is_large_string(texts.type)
    _, offsets, data = texts.buffers()
    at = np.frombuffer(offsets, np.int64 if wide else np.int32)[texts.offset : texts.offset + len(texts) + 1]
    held = np.frombuffer(data if data is not None else b"", np.uint8)[at[0] : at[-1]]
    hits = [_signs(held[start : start + _BLOCK + _OVER]) + start for start in range(0, len(held), _BLOCK)]
    found = np.searchsorted(at - at[0], np.concatenate(hits) if hits else [], side="right") - 1
    rows = np.unique(found).astype(np.int64)
    valid = texts.is_valid().to_numpy(zero_copy_only=False)
    there: npt.NDArray[np.int64] = rows[valid[rows]]
    return there


def _signs(b: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Where # and @ stand in UTF-8, in full width, too, or `://`, or `www.` in whatever letters."""
    one = np.flatnonzero((b == 0x23) | (b == 0x40))
    wide = np.flatnonzero(b[:-2] == 0xEF)
    wide = wide[(b[wide + 1] == 0xBC) & ((b[wide + 2] == 0x83) | (b[wide + 2] == 0xA0))]
    colon = np.flatnonzero(b[:-2] == 0x3A)
    colon = colon[(b[colon + 1] == 0x2F) & (b[colon + 2] == 0x2F)]
    dot = np.flatnonzero(b[3:] == 0x2E)
    for back in (2, 1, 0):
        dot = dot[(b[dot + back] | 0x20) == 0x77]
    signs: npt.NDArray[np.int64] = np.concatenate([one, wide, colon, dot])
    return signs
