"""Occasions: documents of two sources matched, each once with each other source."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I32, I64, inline, kernel
from inchorus.relate.links import Links


@inline
def slot(key: np.int64 | int, mask: int) -> int:
    """Where the search for a key begins in an open hash table of `mask` + 1 places."""
    h = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64(h >> np.uint64(20)) & mask  # type: ignore[return-value]


@inline
def _taken(key: np.int64 | int, stamp: int, table: I64) -> bool:
    mask = len(table) - 1
    entry = key << 12 | stamp
    h = slot(key, mask)
    while table[h] & 4095 == stamp:
        if table[h] == entry:
            return True
        h = (h + 1) & mask
    return False


@inline
def _take(key: np.int64 | int, stamp: int, table: I64) -> None:
    mask = len(table) - 1
    h = slot(key, mask)
    while table[h] & 4095 == stamp:
        h = (h + 1) & mask
    table[h] = key << 12 | stamp


@inline
def _met_on(pair: np.int64 | int, thing: int) -> int:
    # Two things of one pair have the same number in one of 2^52 cases.
    h = (np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)) ^ (np.uint64(thing) * np.uint64(0xD1B54A32D192ED03))
    h ^= h >> np.uint64(32)
    h *= np.uint64(0xD6E8FEB86659FD93)
    h ^= h >> np.uint64(32)
    return np.int64(h >> np.uint64(12))  # type: ignore[return-value]


@inline
def _all_met_on(pair: np.int64 | int, low: int, high: int, about: I64, stamp: int, things: I64) -> bool:
    for k in range(low, high):  # noqa: SIM110 - kernels have no generators
        if not _taken(_met_on(pair, about[k]), stamp, things):
            return False
    return True


@kernel
def occasions(
    sources: I32,
    a: I32,
    b: I32,
    about_first: I64,
    about: I64,
    n_sources: int,
    stamp: int,
    table: I64,
    things: I64,
    out: I32,
) -> int:
    """Match documents of two sources that share wording, the rarest first; the edges of the matches.

    A document counts once with each other source, and where the links say what they are about (see `Links`), two
    sources meet on one thing once: a link whose things they all met on before is no match. `table` and `things` are
    open hash tables whose sizes are powers of two, and `stamp` (1 to 4095, another for each call) tells this call's
    entries from older ones.
    Returns how many of `out` were written.
    """
    n = 0
    for e in range(len(a)):
        sa, sb = np.int64(sources[a[e]]), np.int64(sources[b[e]])
        if sa == sb:
            continue
        ka = np.int64(a[e]) * np.int64(n_sources) + sb
        kb = np.int64(b[e]) * np.int64(n_sources) + sa
        if _taken(ka, stamp, table) or _taken(kb, stamp, table):
            continue
        if len(about):
            pair = min(sa, sb) * np.int64(n_sources) + max(sa, sb)
            low, high = about_first[e], about_first[e + 1]
            if _all_met_on(pair, low, high, about, stamp, things):
                continue
            for k in range(low, high):
                key = _met_on(pair, about[k])
                if not _taken(key, stamp, things):
                    _take(key, stamp, things)
        _take(ka, stamp, table)
        _take(kb, stamp, table)
        out[n] = e
        n += 1
    return n


def match_tables(links: Links) -> tuple[I64, I64]:
    """Empty hash tables for `occasions`: of documents and sources, and of pairs and things."""
    sizes = (4 * len(links.a) + 16, 2 * len(links.about) + 16)
    documents, things = (np.zeros(1 << int(np.ceil(np.log2(size))), np.int64) for size in sizes)
    return documents, things
