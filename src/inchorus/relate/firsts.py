"""Of all occasions of many pairs of sources: who used a line last, and what their publications alone give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, kernel
from inchorus.compiled.sorting import rising
from inchorus.relate.lags import apart, drawn, hours
from inchorus.relate.precedence import WEEK, Published, Uses

NEAR = 4 * WEEK  # around a line, publications are asked about; or four times its delay


class Occasions(NamedTuple):
    """Occasions of pairs: those of pair k (sources `a`, `b`) from `bounds[k]` to the next.

    In parallel the documents of a and of b, `first` and `second`; `coarse` is how much their times may be off, in
    microseconds.
    """

    a: I64
    b: I64
    bounds: I64
    first: I64
    second: I64
    coarse: I64


class Asked(NamedTuple):
    """By occasion, of a and of b, both (n, 2).

    `ends`: the documents in which they printed the line last, about the time when it was new; of several, the rarest
    line. `rather`: how much rather than the other each is first, by when they publish at all.
    """

    ends: I64
    rather: F64


def asked(o: Occasions, time: I64, known: I64, of: Published, uses: Uses, seed: int) -> Asked:
    """Ask about each occasion of each pair; `time` (microseconds) and `known` are by document.

    How much rather a than b is first by so much is the greatest of 1 and two reasons. One: among their publications
    that are about as far apart, how many times as often a's is the earlier (`lags.apart`). Two: if both print at their
    next occasion what happens at any time, a busy source is the earlier, exp(delay x (occasions of a - occasions of b)
    in a unit of time) times as often. It is asked only where the later one had no occasion in between.
    """
    n = len(o.first)
    ends, earlier, exponent = np.empty((n, 2), np.int64), np.ones(n), np.zeros(n)
    _asked(*o, time, known, *of, *uses, seed, ends, earlier, exponent)
    reasons = np.stack([earlier, np.exp(exponent)])
    return Asked(ends, np.stack([np.maximum(1.0, reasons.max(0)), np.maximum(1.0, (1 / reasons).max(0))], 1))


@kernel
def _below(values: I64, low: int, high: int, limit: int) -> int:
    """The first place from `low` to `high` whose value is not below `limit`."""
    while low < high:
        middle = (low + high) // 2
        if values[middle] < limit:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _shared(thing: I64, a0: int, a1: int, b0: int, b1: int) -> I64:
    """Things that both use, one a row: where the uses of a begin and end, and those of b."""
    out = np.empty((min(a1 - a0, b1 - b0), 4), np.int64)
    n = 0
    i, j = a0, b0
    while i < a1 and j < b1:
        if thing[i] < thing[j]:
            i += 1
        elif thing[j] < thing[i]:
            j += 1
        else:
            out[n, 0], out[n, 2] = i, j
            of = thing[i]
            while i < a1 and thing[i] == of:
                i += 1
            while j < b1 and thing[j] == of:
                j += 1
            out[n, 1], out[n, 3] = i, j
            n += 1
    return out[:n]


@kernel
def _postings(document: I64, things: I64, side: int) -> tuple[I64, I64]:
    """The documents of one source that use things of both, rising, and which row of `things` each uses."""
    n = 0
    for t in range(len(things)):
        n += things[t, side + 1] - things[t, side]
    documents, rows = np.empty(n, np.int64), np.empty(n, np.int64)
    keys = np.empty(n, np.uint64)
    n = 0
    for t in range(len(things)):
        for k in range(things[t, side], things[t, side + 1]):
            documents[n], rows[n] = document[k], t
            keys[n] = document[k]
            n += 1
    order = rising(keys)
    sorted_documents, sorted_rows = np.empty(n, np.int64), np.empty(n, np.int64)
    for k in range(n):
        sorted_documents[k], sorted_rows[k] = documents[order[k]], rows[order[k]]
    return sorted_documents, sorted_rows


@kernel
def _numbers(documents: I64, rows: I64, n_things: int, other_documents: I64, other_rows: I64, root: I64) -> None:
    """Write for each thing the least one that documents lead to from it: lines of one document are one."""
    for t in range(n_things):
        root[t] = t
    for side in range(2):
        held, of = (documents, rows) if side == 0 else (other_documents, other_rows)
        for k in range(1, len(held)):
            if held[k] == held[k - 1]:
                x, y = of[k - 1], of[k]
                while root[x] != x:
                    root[x] = root[root[x]]
                    x = root[x]
                while root[y] != y:
                    root[y] = root[root[y]]
                    y = root[y]
                if x < y:
                    root[y] = x
                else:
                    root[x] = y
    for t in range(n_things):
        x = t
        while root[x] != x:
            x = root[x]
        root[t] = x


@kernel
def _lines(document: I64, low: int, high: int, documents: I64, rows: I64, root: I64, out: I64) -> None:
    """The number of the line of each publication, -1 where it has none that both have."""
    for k in range(low, high):
        place = _below(documents, 0, len(documents), document[k])
        out[k - low] = root[rows[place]] if place < len(documents) and documents[place] == document[k] else -1


@kernel
def _last(document: I64, low: int, high: int, time: I64, known: I64, end: int, otherwise: int) -> int:
    """Of uses of one thing the latest until `end`, the first of several."""
    best = -1
    for k in range(low, high):
        d = document[k]
        if known[d] > 0 and time[d] <= end and (best < 0 or time[d] > time[best]):
            best = d
    return best if best >= 0 else otherwise


@kernel
def _asked(
    a: I64, b: I64, bounds: I64, first: I64, second: I64, coarse: I64, time: I64, known: I64, published: I64,
    when: I64, of: I64, used: I64, thing: I64, document: I64, seed: int, ends: I64, earlier: F64, exponent: F64,
) -> None:  # fmt: skip
    """Write what is known of each occasion."""
    for k in range(len(a)):
        things = _shared(thing, used[a[k]], used[a[k] + 1], used[b[k]], used[b[k] + 1])
        documents_a, rows_a = _postings(document, things, 0)
        documents_b, rows_b = _postings(document, things, 2)
        root = np.empty(len(things), np.int64)
        _numbers(documents_a, rows_a, len(things), documents_b, rows_b, root)
        low_a, high_a, low_b, high_b = published[a[k]], published[a[k] + 1], published[b[k]], published[b[k] + 1]
        line_a, line_b = np.empty(high_a - low_a, np.int64), np.empty(high_b - low_b, np.int64)
        _lines(of, low_a, high_a, documents_a, rows_a, root, line_a)
        _lines(of, low_b, high_b, documents_b, rows_b, root, line_b)
        for e in range(bounds[k], bounds[k + 1]):
            x, y = time[first[e]], time[second[e]]
            low, high = min(x, y), max(x, y)
            around = max(NEAR, 4 * (high - low))
            # The rarest line that both documents have.
            i = _below(documents_a, 0, len(documents_a), first[e])
            j = _below(documents_b, 0, len(documents_b), second[e])
            best = -1
            fewest = 0
            while (
                i < len(documents_a)
                and j < len(documents_b)
                and documents_a[i] == first[e]
                and documents_b[j] == second[e]
            ):
                if rows_a[i] < rows_b[j]:
                    i += 1
                elif rows_b[j] < rows_a[i]:
                    j += 1
                else:
                    t = rows_a[i]
                    size = (things[t, 1] - things[t, 0]) * (things[t, 3] - things[t, 2])
                    if best < 0 or size < fewest:
                        best, fewest = t, size
                    i += 1
                    j += 1
            ends[e, 0], ends[e, 1] = first[e], second[e]
            if best >= 0:
                end = low + around
                ends[e, 0] = _last(document, things[best, 0], things[best, 1], time, known, end, first[e])
                ends[e, 1] = _last(document, things[best, 2], things[best, 3], time, known, end, second[e])
            a0, a1 = _below(when, low_a, high_a, low - around), _below(when, low_a, high_a, high + around + 1)
            b0, b1 = _below(when, low_b, high_b, low - around), _below(when, low_b, high_b, high + around + 1)
            own_a, own_b = drawn(a0, a1, seed), drawn(b0, b1, seed)
            earlier[e] = apart(
                when[own_a] // coarse[e],
                when[own_b] // coarse[e],
                line_a[own_a - low_a],
                line_b[own_b - low_b],
                (high - low) // coarse[e],
            )
            u0, u1 = (low_b, high_b) if x < y else (low_a, high_a)
            if _below(when, u0, u1, high) <= _below(when, u0, u1, low + 1):
                span = 2 * around + high - low
                rate = hours(when, a0, a1) / span - hours(when, b0, b1) / span
                exponent[e] = min(20.0, max(-20.0, rate * (high - low)))
