"""Pairs of passages as boxes (begin and end in the one text, begin and end in the other): which of them overlap."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, kernel

BLOCK = 64  # words of a stretch by which boxes that may overlap are looked up


@kernel
def listed(boxes: I64, side: int, words: int) -> tuple[I64, I64]:
    """The passages that touch each block of words of one side: where each block's begin, and which they are."""
    begins = np.zeros(words // BLOCK + 2, np.int64)
    for k in range(len(boxes)):
        for block in range(boxes[k, side] // BLOCK, boxes[k, side + 1] // BLOCK + 1):
            begins[block + 1] += 1
    for block in range(len(begins) - 1):
        begins[block + 1] += begins[block]
    which = np.empty(begins[-1], np.int64)
    fill = np.empty(len(begins), np.int64)
    for block in range(len(begins)):
        fill[block] = begins[block]
    for k in range(len(boxes)):
        for block in range(boxes[k, side] // BLOCK, boxes[k, side + 1] // BLOCK + 1):
            which[fill[block]] = k
            fill[block] += 1
    return begins, which


@kernel
def near(box: I64, begins_a: I64, which_a: I64, begins_b: I64, which_b: I64) -> I64:
    """Those that may overlap `box` on both sides, by the side on which there are fewer; one may come twice."""
    lo, hi = begins_a[box[0] // BLOCK], begins_a[box[1] // BLOCK + 1]
    from_b, to_b = begins_b[box[2] // BLOCK], begins_b[box[3] // BLOCK + 1]
    return which_a[lo:hi] if hi - lo <= to_b - from_b else which_b[from_b:to_b]


@kernel
def overlap(x: I64, y: I64) -> bool:
    """Whether two boxes have words of both texts in common."""
    return bool(min(x[1], y[1]) > max(x[0], y[0]) and min(x[3], y[3]) > max(x[2], y[2]))


@kernel
def apart(boxes: I64, words_a: int, words_b: int) -> I64:
    """The passages that overlap none before them on both sides, of those that stay."""
    begins_a, which_a = listed(boxes, int(np.int64(0)), words_a)
    begins_b, which_b = listed(boxes, int(np.int64(2)), words_b)
    kept = np.zeros(len(boxes), np.uint8)
    out = np.empty(len(boxes), np.int64)
    n = 0
    for i in range(len(boxes)):
        inside = False
        for k in near(boxes[i], begins_a, which_a, begins_b, which_b):
            if kept[k] and overlap(boxes[i], boxes[k]):
                inside = True
                break
        if not inside:
            kept[i] = 1
            out[n] = i
            n += 1
    return out[:n]
