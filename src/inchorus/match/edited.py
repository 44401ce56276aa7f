"""Passages of two documents that say the same in other words, or in another order.

After Sanchez-Perez, Sidorov and Gelbukh, "A winning approach to text alignment for text reuse
detection at PAN 2014": sentences that share words that are rare in these two documents are seeds,
seeds close to each other grow together, and what grew is kept if it is alike as a whole. Added here: ends
settled word by word, and one rule for passages of very different lengths (summaries).
"""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.compiled.sorting import rising, signed_keys
from inchorus.match.boxes import apart, listed, near, overlap
from inchorus.match.gaps import groups
from inchorus.match.lcs import in_order
from inchorus.match.seeds import MOST, bags, columns, cosine, local, seeds, weigh

# Calibrated on half of pan13_train, all classes together. PlagDet there with the values below: 0.906; ends
# settled once 0.887, three times 0.892, and within 8 words instead of 15 0.898; evidence of 30, 40, 50: 0.901,
# 0.903, 0.906; ALIKE of 0.40: 0.898; GAP of 3: 0.888 (where 4 had 0.892); no rule for summaries: 0.871.
ALIKE = 0.34  # least cosine of two passages
GAP = 4  # sentences from one seed of a passage to its next
SUMMARY_GAP = 24  # the same on the long side of a summary
SUMMARY_RATIO = 3.0  # words of the long side to words of the short one that make it a summary
WHOLE = 0.8  # of the short side, that a closer passage inside a summary must hold to take its place
SURE = 0.98  # highest share of words that a settled passage is expected to have in common
ROUNDS = 3  # times that both ends are settled: each round judges by a cleaner passage than the last
EVIDENCE = 50.0  # nats: least weight of the distinct words in common
REACH = 8  # words by which settling may widen a passage at either end


@kernel
def _grow(
    found: I64, a: U32, b: U32, cut_a: I64, cut_b: I64, weight: F64, gap_a: int, gap_b: int, in_a: F64, in_b: F64
) -> I64:
    """The groups of seeds that are alike as a whole, (groups, 4); the others fall apart at smaller gaps."""
    n = found.shape[1]
    pairs = columns(found, n, n)
    out = np.empty((n, 4), np.int64)
    waiting = np.empty((n, 4), np.int64)
    waiting[0, 0], waiting[0, 1], waiting[0, 2], waiting[0, 3] = 0, n, gap_a, gap_b
    rows, left = 0, 1
    while left > 0:
        left -= 1
        lo, hi, near_a, near_b = waiting[left, 0], waiting[left, 1], waiting[left, 2], waiting[left, 3]
        begins = groups(pairs, lo, hi, near_a, near_b)
        for g in range(len(begins) - 1):
            first_a, first_b = pairs[0, begins[g]], pairs[1, begins[g]]
            last_a, last_b = first_a, first_b
            for k in range(begins[g], begins[g + 1]):
                first_a, last_a = min(first_a, pairs[0, k]), max(last_a, pairs[0, k])
                first_b, last_b = min(first_b, pairs[1, k]), max(last_b, pairs[1, k])
            a0, a1 = cut_a[first_a], cut_a[last_a + 1]
            b0, b1 = cut_b[first_b], cut_b[last_b + 1]
            if cosine(a[a0:a1], b[b0:b1], weight, in_a, in_b) >= ALIKE:
                out[rows, 0], out[rows, 1], out[rows, 2], out[rows, 3] = a0, a1, b0, b1
                rows += 1
            elif near_a > 0 or near_b > 0:
                waiting[left, 0], waiting[left, 1] = begins[g], begins[g + 1]
                waiting[left, 2], waiting[left, 3] = max(0, near_a - 1), max(0, near_b - 1)
                left += 1
    return out[:rows]


@kernel
def _settle(
    text: U32, lo: int, hi: int, other: U32, weight: F64, times: F64, whole: float, has: F64
) -> tuple[int, int]:
    """Move the ends of a passage to where its words stop being the other passage's.

    A word that the other has counts for a passage, by the logarithm of how much likelier that is
    inside (the share seen in `lo:hi`) than outside; a word that it lacks counts against. `times` says how often each
    word stands in `text`, `whole` what all of it weighs; `has` holds a 0 a word, before and after.
    """
    inside = 0.0
    inside_hit = 0.0
    outside_hit = 0.0
    for w in other:
        if has[w] == 0.0:
            outside_hit += weight[w] * times[w]
        has[w] = 1.0
    for p in range(lo, hi):
        w = weight[text[p]]
        inside += w
        inside_hit += w * has[text[p]]
    outside = whole - inside
    outside_hit -= inside_hit
    mean = inside / (hi - lo) + 1e-9
    p1 = min(SURE, (inside_hit + mean) / (inside + 2 * mean))
    p0 = max(0.02, (outside_hit + 2 * mean) / (outside + 10 * mean))
    begin, end = lo, hi
    if p1 > p0 + 0.05:
        begin, end = _ends(text, lo, hi, weight, has, p1, p0)
    for w in other:
        has[w] = 0.0
    return begin, end


@kernel
def _ends(text: U32, lo: int, hi: int, weight: F64, has: F64, p1: float, p0: float) -> tuple[int, int]:
    gain = np.log(p1 / p0)
    loss = np.log((1 - p1) / (1 - p0))
    middle = (lo + hi) // 2
    begin, end = lo, hi
    best = -1e18
    score = 0.0
    for p in range(middle - 1, max(0, lo - REACH) - 1, -1):
        score += weight[text[p]] * (gain if has[text[p]] > 0.0 else loss)
        if score > best and has[text[p]] > 0.0:
            best = score
            begin = p
    best = -1e18
    score = 0.0
    for p in range(middle, min(len(text), hi + REACH)):
        score += weight[text[p]] * (gain if has[text[p]] > 0.0 else loss)
        if score > best and has[text[p]] > 0.0:
            best = score
            end = p + 1
    return begin, end


@kernel
def _summaries(wide: I64, found: I64, words_a: int, words_b: int, out: I64) -> int:
    """Write the long passages that answer to a short one as a whole, where no part of them does so better."""
    begins_a, which_a = listed(found, int(np.int64(0)), words_a)
    begins_b, which_b = listed(found, int(np.int64(2)), words_b)
    n = 0
    for i in range(len(wide)):
        box = wide[i]
        short = min(box[1] - box[0], box[3] - box[2])
        summary = max(box[1] - box[0], box[3] - box[2]) >= SUMMARY_RATIO * short
        if summary:
            for k in near(box, begins_a, which_a, begins_b, which_b):
                a, b = found[k, 1] - found[k, 0], found[k, 3] - found[k, 2]
                closer = min(a, b) >= WHOLE * short and max(a, b) < SUMMARY_RATIO * min(a, b)
                if closer and overlap(box, found[k]):
                    summary = False
                    break
        if summary:
            for c in range(4):
                out[n, c] = box[c]
            n += 1
    return n


@kernel
def _evidence(a: U32, b: U32, weight: F64, state: F64) -> float:
    """Weight of the distinct words that two passages have in common, in nats. `state` holds a 0 a word."""
    total = 0.0
    for w in a:
        state[w] = 1.0
    for w in b:
        if state[w] == 1.0:
            state[w] = 2.0
            total += weight[w]
    for w in a:
        state[w] = 0.0
    return total


@kernel
def compare(word: U32, bounds: I64, a_first: int, a_last: int, b_first: int, b_last: int, min_words: int) -> I64:
    """Passages that two documents share, however edited: int64, (passages, 4).

    A row is begin and end in the one and begin and end in the other, as words of the corpus. The documents
    are the sentences `a_first:a_last` and `b_first:b_last` of `bounds`.
    """
    none = np.empty((0, 4), np.int64)
    if a_first == a_last or b_first == b_last:
        return none
    base_a, base_b = bounds[a_first], bounds[b_first]
    size_a = bounds[a_last] - base_a
    both = np.empty(size_a + bounds[b_last] - base_b, np.uint32)
    for p in range(len(both)):
        both[p] = word[base_a + p] if p < size_a else word[base_b + p - size_a]
    distinct = _distinct(both)
    a = local(word, bounds, a_first, a_last, distinct)
    b = local(word, bounds, b_first, b_last, distinct)
    seen = np.zeros(len(distinct), np.uint32)
    start_a, ids_a, count_a = bags(a, bounds, a_first, a_last, seen)
    start_b, ids_b, count_b = bags(b, bounds, b_first, b_last, seen)
    total = a_last - a_first + b_last - b_first
    weight = np.empty(len(distinct))
    for w in range(len(weight)):
        weight[w] = np.log(total / seen[w]) if seen[w] <= MOST else 0.0
    norm_a = weigh(start_a, ids_a, count_a, weight)
    norm_b = weigh(start_b, ids_b, count_b, weight)
    pairs = seeds(start_a, ids_a, count_a, norm_a, start_b, ids_b, count_b, norm_b, seen)
    if pairs.shape[1] == 0:
        return none
    cut_a, cut_b = np.empty(a_last - a_first + 1, np.int64), np.empty(b_last - b_first + 1, np.int64)
    for s in range(len(cut_a)):
        cut_a[s] = bounds[a_first + s] - base_a
    for s in range(len(cut_b)):
        cut_b[s] = bounds[b_first + s] - base_b
    in_a, in_b = np.zeros(len(distinct)), np.zeros(len(distinct))
    gap, wider = int(np.int64(GAP)), int(np.int64(SUMMARY_GAP))
    found = _grow(pairs, a, b, cut_a, cut_b, weight, gap, gap, in_a, in_b)
    long_b = _grow(pairs, a, b, cut_a, cut_b, weight, gap, wider, in_a, in_b)
    long_a = _grow(pairs, a, b, cut_a, cut_b, weight, wider, gap, in_a, in_b)
    candidates = np.empty((len(found) + len(long_a) + len(long_b), 4), np.int64)
    n = _summaries(long_b, found, len(a), len(b), candidates)
    n += _summaries(long_a, found, len(a), len(b), candidates[n:])
    # The largest first, so that of two that overlap on both sides the larger stays.
    size = np.empty(len(found), np.int64)
    for k in range(len(found)):
        size[k] = found[k, 0] - found[k, 1] + found[k, 2] - found[k, 3]
    for k in rising(signed_keys(size)):
        for c in range(4):
            candidates[n, c] = found[k, c]
        n += 1
    candidates = candidates[:n]
    kept = apart(candidates, len(a), len(b))
    times_a, times_b = np.zeros(len(distinct)), np.zeros(len(distinct))
    whole_a, whole_b = 0.0, 0.0
    for w in a:
        times_a[w] += 1.0
        whole_a += weight[w]
    for w in b:
        times_b[w] += 1.0
        whole_b += weight[w]
    out = np.empty((len(kept), 4), np.int64)
    n = 0
    for k in kept:
        a0, a1, b0, b1 = candidates[k, 0], candidates[k, 1], candidates[k, 2], candidates[k, 3]
        for _ in range(ROUNDS):
            a0, a1 = _settle(a, a0, a1, b[b0:b1], weight, times_a, whole_a, in_a)
            b0, b1 = _settle(b, b0, b1, a[a0:a1], weight, times_b, whole_b, in_b)
        if min(a1 - a0, b1 - b0) >= min_words and _evidence(a[a0:a1], b[b0:b1], weight, in_a) >= EVIDENCE:
            out[n, 0], out[n, 1] = base_a + a0, base_a + a1
            out[n, 2], out[n, 3] = base_b + b0, base_b + b1
            n += 1
    return out[:n]


@kernel
def _distinct(words: U32) -> U32:
    """The different words, in the order of their numbers."""
    order = in_order(words)
    out = np.empty(len(words), np.uint32)
    n = 0
    for place in order:
        if n == 0 or out[n - 1] != words[place]:
            out[n] = words[place]
            n += 1
    return out[:n]
