"""Which sentences of which passage are shown for a talking point: those that most of its passages stand in."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U8, U32, kernel
from inchorus.compiled.sorting import rising
from inchorus.words.ends import PHRASE, SAME
from inchorus.words.stops import CLAUSE, CLOSES, COLON, OPENS, POINT, WIDE

ASKED = 24  # passages of a talking point that are looked at
AROUND = 60  # words on either side within which a sentence is looked for
MOST = 60  # words that are shown; of more, the sentence that most passages share
HALVED = 30.0  # of 150 that a sentence can be worth, lost by one that has to be cut at a comma or goes on with another
LEAST = 4  # words; less is no clause


@kernel
def _hash(word: U32, a: int, b: int) -> np.uint64:
    h = np.uint64(b - a)
    for p in range(a, b):
        h = (h ^ np.uint64(word[p])) * np.uint64(0x9E3779B97F4A7C15)
        h ^= h >> np.uint64(29)
    return h


@kernel
def _opening(starts: BOOL, p: int, first: int) -> int:
    """The first word of the sentence that has word `p`, of a text that begins at `first`."""
    low = max(first, p - AROUND)
    while p > low and not starts[p]:
        p -= 1
    return p


@kernel
def _closing(starts: BOOL, p: int, last: int) -> int:
    """One past the last word of the sentence that has word `p - 1`, of a text that ends at `last`."""
    high = min(last, p + AROUND)
    while p < high and not starts[p]:
        p += 1
    return p


@kernel
def _sentences(starts: BOOL, begin: int, end: int, first: int, last: int, bounds: I64) -> int:
    """Write where the sentences begin that a passage touches, and where the last ends; with no `bounds`, count them."""
    a = _opening(starts, begin, first)
    b = _closing(starts, end, last)
    n = 0
    for p in range(a, b):
        if p == a or starts[p]:
            if len(bounds):
                bounds[n] = p
            n += 1
    if len(bounds):
        bounds[n] = b
    return n


@kernel
def _trimmed(bounds: I64, n: int, begin: int, end: int, votes: I64, asked: int) -> tuple[int, int]:
    """The run of sentences that is shown: those at the ends go that hardly belong to the passage; long ones are cut."""
    i = 0
    j = n
    while j - i > 1:
        covered = min(bounds[i + 1], end) - max(bounds[i], begin)
        if 2 * covered >= bounds[i + 1] - bounds[i] or 2 * votes[i] > asked:
            break
        i += 1
    while j - i > 1:
        covered = min(bounds[j], end) - max(bounds[j - 1], begin)
        if 2 * covered >= bounds[j] - bounds[j - 1] or 2 * votes[j - 1] > asked:
            break
        j -= 1
    if bounds[j] - bounds[i] <= MOST or j - i == 1:
        return i, j
    best = i
    rank = -1.0
    for s in range(i, j):
        size = min(bounds[s + 1], end) - max(bounds[s], begin)
        # The sentence that most share; of equals the fullest, up to what can be taken in at a glance.
        value = votes[s] * 1000.0 + min(size, MOST // 2) - (1000.0 if size < LEAST or size > MOST else 0.0)
        if value > rank:
            rank = value
            best = s
    return best, best + 1


@kernel
def _inward(
    stops: U8, further: U8, a: int, b: int, begin: int, end: int, agreed_left: bool, agreed_right: bool
) -> tuple[int, int]:
    """Where the words `a:b` around the passage are cut, on a side where passages go different ways.

    `further`: see `going_on`; a preposition belongs to what stands before unless a colon or a comma parts them.
    """
    left, right = a, b
    closed = b
    if not agreed_left and begin > a:
        p = begin
        while p > a and not stops[p] & (OPENS | COLON | CLOSES):
            p -= 1
        closed = p + 1
        while closed < end and not stops[closed] & CLOSES:
            closed += 1
        # A quotation or what a colon begins, if more than a name or a title stands in it, and half of what is shown.
        apart = further[p] != PHRASE or stops[p] & (COLON | CLAUSE) != 0
        if p > a and apart and not stops[p] & CLOSES and 2 * (closed - begin) > end - begin:
            left = p
        elif b - a > MOST:
            p = begin
            while p > a and not stops[p] & CLAUSE:
                p -= 1
            left = p
    if not agreed_right and end < b:
        p = end
        while p < b and not stops[p] & (OPENS | CLOSES):
            p += 1
        opened = end
        while opened > begin and not stops[opened] & OPENS:
            opened -= 1
        if p < b and stops[p] & CLOSES and 2 * (end - opened) > end - begin:
            right = p
        elif b - left > MOST:
            p = end
            while p < b and not stops[p] & CLAUSE:
                p += 1
            right = p
    if left > a and stops[left] & OPENS and 2 * (closed - left) < right - left:
        left = a
    if right - left < LEAST:
        return a, b
    return left, right


@kernel
def choose(
    word: U32, offsets: I64, starts: BOOL, stops: U8, further: U8, document: U32, begin: I64, end: I64, first: I64,
    canonical: I64, chosen: I64, from_word: I64, to_word: I64,
) -> None:  # fmt: skip
    """For each talking point the passage that it is shown by, and the words from which to which.

    Talking point f has the passages `first[f]:first[f + 1]`. `starts`, `stops`: see `words.ends`, `words.stops`;
    `further` has for each word what `going_on` says.
    """
    none = np.empty(0, np.int64)
    for f in range(len(canonical)):
        lo = first[f]
        n = first[f + 1] - lo
        asked = min(n, ASKED)
        # Evenly over all of them, and the canonical one.
        sample = np.empty(asked, np.int64)
        total = 0
        has = False
        for k in range(asked):
            sample[k] = lo + k * n // asked
            has |= sample[k] == canonical[f]
        if not has:
            sample[0] = canonical[f]
        for k in range(asked):
            i = sample[k]
            d = document[i]
            total += _sentences(starts, begin[i], end[i], offsets[d], offsets[d + 1], none)
        keys = np.empty(total, np.uint64)
        at = np.empty(asked + 1, np.int64)
        bounds = np.empty(total + asked, np.int64)
        m = 0
        for k in range(asked):
            i = sample[k]
            d = document[i]
            at[k] = m
            count = _sentences(starts, begin[i], end[i], offsets[d], offsets[d + 1], bounds[m + k :])
            for s in range(count):
                keys[m + s] = _hash(word, bounds[m + k + s], bounds[m + k + s + 1])
            m += count
        at[asked] = m
        votes = np.empty(total, np.int64)
        order = rising(keys)
        s = 0
        while s < total:
            e = s
            while e < total and keys[order[e]] == keys[order[s]]:
                e += 1
            for x in range(s, e):
                votes[order[x]] = e - s
            s = e
        best = -1e18
        for k in range(asked):
            i = sample[k]
            mine = bounds[at[k] + k : at[k + 1] + k + 1]
            polled = votes[at[k] : at[k + 1]]
            x, y = _trimmed(mine, len(polled), begin[i], end[i], polled, asked)
            a, b = mine[x], mine[y]
            agreed = 0
            for s in range(x, y):
                agreed += polled[s] * (mine[s + 1] - mine[s])
            support = agreed / (b - a) / asked
            left_agreed = 2 * polled[x] >= asked and polled[x] > 1
            right_agreed = 2 * polled[y - 1] >= asked and polled[y - 1] > 1
            whole, whole_end = a, b
            a, b = _inward(stops, further, a, b, begin[i], end[i], left_agreed, right_agreed)
            halved = further[a] == SAME
            halved |= a > whole and not stops[a] & (OPENS | COLON | CLOSES)
            halved |= b < whole_end and not stops[b] & (OPENS | CLOSES)
            inside = min(b, end[i]) - max(a, begin[i])
            lost = 0
            marks = 0
            for p in range(a + 1, b):
                lost += (stops[p] & WIDE) != 0
                marks += (stops[p] & (CLAUSE | POINT)) != 0
            value = support * 100.0 if 2 * support >= 1.0 else 0.0
            value += 40.0 * inside / (b - a) + 10.0 * (i == canonical[f])
            value -= 60.0 * (lost > marks) + 200.0 * (inside < LEAST) + HALVED * halved
            if value > best:
                best = value
                chosen[f] = i
                from_word[f] = a
                to_word[f] = b
