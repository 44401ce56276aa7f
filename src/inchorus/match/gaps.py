"""Seeds in groups that no gap divides, in either of two documents."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, kernel
from inchorus.compiled.sorting import rising


@kernel
def groups(pairs: I64, lo: int, hi: int, gap_a: int, gap_b: int) -> I64:
    """Put the seeds `lo:hi` in the order of their groups, which no gap divides on either side; where each begins.

    `pairs` are (2, seeds): the sentence of each in the one document and in the other. What one gap parts may be parted
    further by the other document, and so on, a seed at a time; so both orders are lists, and it is always the smaller
    part that leaves them (as in Hopcroft 1971): n log n moves, where to order everything anew takes the square.

    >>> pairs = np.array([[0, 1, 2, 9], [0, 7, 1, 8]])
    >>> groups(pairs, 0, 4, 2, 2).tolist(), pairs.tolist()
    ([0, 2, 3, 4], [[0, 2, 1, 9], [0, 1, 7, 8]])
    """
    n = hi - lo
    keys = np.empty(n, np.uint64)
    place = np.empty((2, n), np.int64)
    before = np.empty((2, n), np.int64)
    after = np.empty((2, n), np.int64)
    waits = np.zeros((2, n), np.int64)  # 1 where there may be a gap before a seed that was not looked at yet
    waiting = np.empty(2 * n, np.int64)
    left = 0
    for side in range(2):
        for k in range(n):
            keys[k] = pairs[side, lo + k]
        order = rising(keys)
        for k in range(n):
            i = order[k]
            place[side, i] = k
            before[side, i] = order[k - 1] if k > 0 else -1
            after[side, i] = order[k + 1] if k + 1 < n else -1
            waits[side, i] = 1
            waiting[left] = 2 * i + side
            left += 1
    group = np.zeros(n, np.int64)
    moved = np.empty(n, np.int64)
    found = 1
    while left > 0:
        left -= 1
        i, side = waiting[left] >> 1, waiting[left] & 1
        waits[side, i] = 0
        j = before[side, i]
        if j < 0 or pairs[side, lo + i] - pairs[side, lo + j] <= (gap_a if side == 0 else gap_b):
            continue
        down, up = j, i
        while down >= 0 and up >= 0:
            down, up = before[side, down], after[side, up]
        lower = down < 0
        after[side, j] = -1
        before[side, i] = -1
        x = j if lower else i
        size = 0
        while x >= 0:
            moved[size] = x
            size += 1
            x = before[side, x] if lower else after[side, x]
        other = 1 - side
        for k in range(size):
            x = moved[k]
            group[x] = found
            keys[k] = place[other, x]
            p, q = before[other, x], after[other, x]
            if p >= 0:
                after[other, p] = q
            if q >= 0:
                before[other, q] = p
                if waits[other, q] == 0:
                    waits[other, q] = 1
                    waiting[left] = 2 * q + other
                    left += 1
        order = rising(keys[:size])
        for k in range(size):
            x = moved[order[k]]
            before[other, x] = moved[order[k - 1]] if k > 0 else -1
            after[other, x] = moved[order[k + 1]] if k + 1 < size else -1
            if waits[other, x] == 0:
                waits[other, x] = 1
                waiting[left] = 2 * x + other
                left += 1
        found += 1
    # Groups count from the one with the first seed.
    number = np.empty(found, np.int64)
    for g in range(found):
        number[g] = -1
    done = 0
    for k in range(n):
        if number[group[k]] < 0:
            number[group[k]] = done
            done += 1
        keys[k] = number[group[k]]
    order = rising(keys)
    own = np.empty((2, n), np.int64)
    begins = np.empty(found + 1, np.int64)
    for k in range(n):
        own[0, k], own[1, k] = pairs[0, lo + order[k]], pairs[1, lo + order[k]]
        if k == 0 or keys[order[k]] != keys[order[k - 1]]:
            begins[keys[order[k]]] = lo + k
    begins[found] = hi
    for k in range(n):
        pairs[0, lo + k], pairs[1, lo + k] = own[0, k], own[1, k]
    return begins
