"""Which words two wordings keep of each other, however long they are, in linear space."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.match.lcs import lcs_length, match_table, row_of, take_word

LONG = 8192  # words: where both wordings have more, they are aligned between anchors; a bit for each, 1 kB, a word
_RUNS = (32, 12, 4, 1, 12, 4, 1)  # words of an anchor; the last ones again, as more are unique between two anchors


@kernel
def _hashes(words: U32, run: int, out: U64) -> None:
    """A hash of the `run` words that start at each place where so many do."""
    base = np.uint64(0xD1342543DE82EF95)
    one = np.uint64(1)
    leave = one
    for _ in range(run):
        leave *= base
    h = np.uint64(0)
    for p in range(len(words)):
        h = np.uint64(h * base + np.uint64(words[p]) + one)
        if p >= run:
            h -= leave * (np.uint64(words[p - run]) + one)
        if p >= run - 1:
            out[p - run + 1] = h


@kernel
def anchors(a: U32, b: U32, run: int) -> I64:
    """Places of runs of `run` words that each text has once: the longest series in the order of both; int64, (2, n).

    As in a patience diff and in MUMmer (Delcher et al. 1999): unique runs, then the longest increasing
    subsequence (Fredman 1975), in `n log n`.
    """
    m, n = len(a) - run + 1, len(b) - run + 1
    if m <= 0 or n <= 0:
        return np.empty((2, 0), np.int64)
    hashes = np.empty(m + n, np.uint64)
    _hashes(a, run, hashes[:m])
    _hashes(b, run, hashes[m:])
    order = rising(hashes)
    partner = np.full(m, -1)
    lo = 0
    while lo < m + n:
        hi = lo + 1
        while hi < m + n and hashes[order[hi]] == hashes[order[lo]]:
            hi += 1
        if hi - lo == 2 and order[lo] < m <= order[lo + 1]:
            x, y = order[lo], order[lo + 1] - m
            same = 0
            while same < run and a[x + same] == b[y + same]:
                same += 1
            if same == run:
                partner[x] = y
        lo = hi
    ends = np.empty(m, np.int64)  # of a rising series of each length, the x whose y is the least last one
    before = np.full(m, -1)
    length = 0
    for x in range(m):
        y = partner[x]
        if y < 0:
            continue
        lo, hi = 0, length
        while lo < hi:
            middle = (lo + hi) // 2
            if partner[ends[middle]] < y:
                lo = middle + 1
            else:
                hi = middle
        if lo:
            before[x] = ends[lo - 1]
        ends[lo] = x
        length = max(length, lo + 1)
    out = np.empty((2, length), np.int64)
    x = ends[length - 1] if length else -1
    for k in range(length - 1, -1, -1):
        out[0, k], out[1, k] = x, partner[x]
        x = before[x]
    return out


@kernel
def _row(a: U32, b: U32) -> I64:
    """Length of the longest common subsequence of `b` and the first 0, 1, 2 … words of `a`."""
    distinct, table = match_table(a)
    v = np.full(table.shape[1], np.uint64(0xFFFFFFFFFFFFFFFF))
    for word in b:
        row = row_of(distinct, word)
        if row >= 0:
            take_word(v, table[row])
    out = np.zeros(len(a) + 1, np.int64)
    one = np.uint64(1)
    for i in range(len(a)):
        out[i + 1] = out[i] + (1 if (v[i // 64] >> np.uint64(i % 64)) & one == 0 else 0)
    return out


@kernel
def _turned(words: U32) -> U32:
    out = np.empty(len(words), np.uint32)
    for i in range(len(words)):
        out[len(words) - 1 - i] = words[i]
    return out


@kernel
def _halves(a: U32, b: U32) -> tuple[int, int]:
    """Where to cut both so that the parts keep as much as the whole (Hirschberg 1975); the longer one in its middle."""
    turned = len(a) > len(b)
    if turned:
        a, b = b, a
    half = len(b) // 2
    first = _row(a, b[:half])
    last = _row(_turned(a), _turned(b[half:]))
    best = 0
    for i in range(len(a) + 1):
        if first[i] + last[len(a) - i] > first[best] + last[len(a) - best]:
            best = i
    return (half, best) if turned else (best, half)


@kernel
def _trace(a: U32, b: U32, shift: int, out: I64) -> None:
    """Write for each word of `b` the word of `a` that it keeps, counted from `shift`, by stored rows."""
    distinct, table = match_table(a)
    width = table.shape[1]
    saved = np.empty((len(b), width), np.uint64)
    v = np.full(width, np.uint64(0xFFFFFFFFFFFFFFFF))
    for r in range(len(b)):
        row = row_of(distinct, b[r])
        if row >= 0:
            take_word(v, table[row])
        for j in range(width):  # an assignment to a slice takes seconds to compile
            saved[r, j] = v[j]
    one = np.uint64(1)
    i, r = len(a), len(b)
    while i and r:
        bit = one << np.uint64((i - 1) % 64)
        if saved[r - 1, (i - 1) // 64] & bit:
            i -= 1
            continue
        r -= 1
        if r and not saved[r - 1, (i - 1) // 64] & bit:
            continue
        i -= 1
        out[r] = shift + i


@kernel
def kept_words(a: U32, b: U32, longest: int) -> I64:
    """For each word of `b` the word of `a` that it keeps, or -1; both rise together.

    As many as the longest common subsequence has (Hyyrö 2004, cut in halves as in Hirschberg 1975), wherever
    one of both has at most `longest` words beside what they begin and end with alike. Longer ones keep what
    they have once each and in the same order, and between those anchors the same again; a stretch that
    has none is cut into equal parts. So it is a lower bound there. Time is `n log n + n x longest / 64`,
    memory linear.
    """
    out = np.full(len(b), -1)
    boxes = [(0, len(a), 0, len(b), 0)]
    while len(boxes) > 0:
        a0, a1, b0, b1, level = boxes.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            out[b0] = a0
            a0 += 1
            b0 += 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1 -= 1
            b1 -= 1
            out[b1] = a1
        m, n = a1 - a0, b1 - b0
        if m == 0 or n == 0:
            continue
        if max(m, n) <= longest or min(m, n) == 1:
            _trace(a[a0:a1], b[b0:b1], a0, out[b0:b1])
            continue
        if min(m, n) <= longest:
            x, y = _halves(a[a0:a1], b[b0:b1])
            boxes.append((a0, a0 + x, b0, b0 + y, level))
            boxes.append((a0 + x, a1, b0 + y, b1, level))
            continue
        found = np.empty((2, 0), np.int64)
        while level < len(_RUNS) and found.shape[1] == 0:
            found = anchors(a[a0:a1], b[b0:b1], _RUNS[level])
            level += 1
        x, y = a0, b0
        for k in range(found.shape[1]):
            p, q = a0 + found[0, k], b0 + found[1, k]
            out[q] = p
            if p > x and q > y:
                boxes.append((x, p, y, q, level))
            x, y = p + 1, q + 1
        if found.shape[1]:
            boxes.append((x, a1, y, b1, level))
            continue
        parts = (min(m, n) + longest - 1) // longest
        for k in range(parts):
            part = (a0 + m * k // parts, a0 + m * (k + 1) // parts, b0 + n * k // parts, b0 + n * (k + 1) // parts)
            boxes.append((*part, level))
    return out


@kernel
def canonical_table(canonical: U32) -> tuple[U32, U64]:
    """What `words_in_common` needs of a canonical wording to compare it with many: nothing if it is a long one."""
    return match_table(canonical[:0] if len(canonical) > LONG else canonical)


@kernel
def words_in_common(canonical: U32, distinct: U32, table: U64, words: U32) -> int:
    """Words that `words` keeps of `canonical`, in order, however many either has; see `kept_words`.

    `distinct` and `table` are `canonical_table(canonical)`.
    """
    if len(canonical) <= LONG:
        return lcs_length(distinct, table, len(canonical), words)
    if len(words) <= LONG:
        own, places = match_table(words)
        return lcs_length(own, places, len(words), canonical)
    n = 0
    for place in kept_words(canonical, words, int(np.int64(LONG))):
        n += place >= 0
    return n
