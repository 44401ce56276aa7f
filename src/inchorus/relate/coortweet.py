"""CooRTweet's rules (Righetti and Balluff, R package, version 2.1.3), for results that compare.

1. Accounts with fewer than `min_participation` rows of input are left out.
2. Two contents that share an object at most `window` seconds apart, of different accounts, are a pair of contents.
3. A content takes part if it is in any such pair. An account participates if at least
   `min_participation` of its rows are contents that take part; a pair of contents stays if one of
   its two contents is of an account that participates.
4. An edge's weight is its number of pairs of contents, `avg_time_delta` the mean of their distances.

`edge_symmetry_score` is documented as the smaller over the greater number of distinct contents of the two
accounts. CooRTweet 2.1.3 puts the account ids of a pair in order but not their content ids, so its counts
mix the two sides; here each side's contents are counted as its own, as the documentation says.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F64, I32, I64, kernel
from inchorus.errors import InputError
from inchorus.relate.co_sharing import Shares, content_pairs
from inchorus.relate.sorted_arrays import distinct, in_order

COLUMNS = ("object_id", "account_id", "content_id", "timestamp_share")


def edges(shares: pa.Table, window: float, min_participation: int = 2) -> pa.Table:
    """The edges of a table with columns object_id, account_id, content_id and timestamp_share (seconds).

    Columns account_a, account_b (a < b), weight, avg_time_delta, n_objects (distinct objects, which CooRTweet does
    not give), n_content_a, n_content_b, edge_symmetry_score; sorted by accounts.

    >>> rows = [("o", "x", "1", 0), ("o", "y", "2", 4), ("p", "x", "3", 50), ("p", "y", "4", 53)]
    >>> table = pa.table(dict(zip(COLUMNS, map(list, zip(*rows)))))
    >>> edges(table, 10).select(["weight", "avg_time_delta"]).to_pylist()
    [{'weight': 2, 'avg_time_delta': 3.5}]
    """
    missing = [name for name in COLUMNS if name not in shares.column_names]
    if missing:
        raise InputError(f"there is no column {missing[0]!r}", fix=f"CooRTweet's input has {', '.join(COLUMNS)}")
    objects, _ = _codes(shares["object_id"])
    accounts, names = _codes(shares["account_id"])
    contents, _ = _codes(shares["content_id"])
    times = shares["timestamp_share"].to_numpy().astype(np.float64)
    busy = np.bincount(accounts, minlength=len(names)) >= min_participation
    stay = busy[accounts]
    objects, accounts, contents, times = objects[stay], accounts[stay], contents[stay], times[stay]
    by = in_order(objects, times, contents)
    ordered = Shares(objects[by], accounts[by], contents[by], times[by])
    a, b, gap, left, right, of = _content_pairs(ordered, window)
    part = np.zeros(int(contents.max()) + 1 if len(contents) else 0, bool)
    part[left], part[right] = True, True
    taking = np.bincount(accounts[part[contents]], minlength=len(names)) >= min_participation
    # A content id may stand in several rows, of several accounts even: it participates if one of them does.
    good = np.zeros(len(part), bool)
    good[contents[part[contents] & taking[accounts]]] = True
    held = good[left] | good[right]
    return _table(names, a[held], b[held], gap[held], left[held], right[held], of[held])


def _codes(column: pa.ChunkedArray) -> tuple[I32, list[str]]:
    """Codes in the order of the strings."""
    encoded = pa.chunked_array([c.cast(pa.string()) for c in column.chunks], pa.string())
    encoded = encoded.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    order = np.argsort(np.array(values, dtype=object)) if values else np.zeros(0, np.int64)
    rank = np.empty(len(values), np.int32)
    rank[order] = np.arange(len(values), dtype=np.int32)
    return rank[encoded.indices.to_numpy()], [values[i] for i in order]


@kernel
def _reach(objects: I32, time: F64, window: float, last: I64) -> None:
    """For each share, one past the last share of its object that is in its window."""
    j = 0
    for i in range(len(objects)):
        j = max(j, i + 1)
        while j < len(objects) and objects[j] == objects[i] and time[j] - time[i] <= window:
            j += 1
        last[i] = j


def _content_pairs(shares: Shares, window: float) -> tuple[I64, I64, F64, I32, I32, I32]:
    last = np.empty(len(shares.object), np.int64)
    _reach(shares.object, shares.time, window, last)
    size = int((last - np.arange(len(last))).sum()) + 1
    key, gap = np.empty(size, np.int64), np.empty(size)
    left, right = np.empty(size, np.int32), np.empty(size, np.int32)
    crowded = np.zeros(len(last), bool)
    n, _ = content_pairs(shares.source, shares.content, shares.time, last, crowded, last, 0, key, gap, left, right)
    one, two = shares.content[left[:n]], shares.content[right[:n]]
    return key[:n] >> 32, key[:n] & 0xFFFFFFFF, gap[:n], one, two, shares.object[left[:n]]


def _table(names: list[str], a: I64, b: I64, gap: F64, left: I32, right: I32, of: I32) -> pa.Table:
    key = a * len(names) + b
    keys, place, weight = np.unique(key, return_inverse=True, return_counts=True)
    total = np.bincount(place, gap, len(keys))
    one, two, objects = (_distinct(place, side, len(keys)) for side in (left, right, of))
    known = pa.array(names, pa.string())
    rows = max(1, len(names))
    return pa.table(
        {
            "account_a": known.take(pa.array(keys // rows)),
            "account_b": known.take(pa.array(keys % rows)),
            "weight": weight.astype(np.int64),
            "avg_time_delta": total / np.maximum(weight, 1),
            "n_objects": objects,
            "n_content_a": one,
            "n_content_b": two,
            "edge_symmetry_score": np.minimum(one, two) / np.maximum(np.maximum(one, two), 1),
        }
    )


def _distinct(place: I64, content: I32, n: int) -> I64:
    once = distinct(place * np.int64(1 << 32) + content)
    return np.bincount(once >> 32, minlength=n).astype(np.int64)
