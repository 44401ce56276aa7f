"""Passages of two documents that say the same in other words, or in another order.

After Sanchez-Perez, Sidorov and Gelbukh, "A winning approach to text alignment for text reuse
detection at PAN 2014": sentences that share words that are rare in these two documents are seeds,
seeds close to each other grow together, and what grew is kept if it is alike as a whole. Added here: ends
settled word by word, and one rule for passages of very different lengths (summaries).
"""

from __future__ import annotations

import numpy as np

from inchorus.kernel import F64, I64, U32, kernel
from inchorus.match.seeds import bags, cosine, local, seeds, weigh

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
def _groups(pairs: I64, gap_a: int, gap_b: int) -> I64:
    """Number the groups of seeds that no gap divides on either side."""
    n = pairs.shape[1]
    group = np.zeros(n, np.int64)
    groups = 1
    while True:
        for side in range(2):
            gap = gap_a if side == 0 else gap_b
            order = np.argsort(group * (pairs[side].max() + 1) + pairs[side], kind="mergesort")
            fresh = np.empty(n, np.int64)
            number = -1
            for k in range(n):
                i = order[k]
                j = order[k - 1]
                if k == 0 or group[i] != group[j] or pairs[side, i] - pairs[side, j] > gap:
                    number += 1
                fresh[i] = number
            group = fresh
        if number + 1 == groups:
            return group
        groups = number + 1


@kernel
def _grow(
    pairs: I64,
    a: U32,
    b: U32,
    cut_a: I64,
    cut_b: I64,
    weight: F64,
    gap_a: int,
    gap_b: int,
    out: list[tuple[int, int, int, int]],
) -> None:
    """Append the groups of seeds that are alike as a whole; the others fall apart at smaller gaps."""
    waiting = [(pairs, gap_a, gap_b)]
    while len(waiting) > 0:
        part, near_a, near_b = waiting.pop()
        group = _groups(part, near_a, near_b)
        for g in range(group.max() + 1):
            own = part[:, group == g]
            a0, a1 = int(cut_a[own[0].min()]), int(cut_a[own[0].max() + 1])
            b0, b1 = int(cut_b[own[1].min()]), int(cut_b[own[1].max() + 1])
            if cosine(a[a0:a1], b[b0:b1], weight) >= ALIKE:
                out.append((a0, a1, b0, b1))
            elif near_a > 0 or near_b > 0:
                waiting.append((own, max(0, near_a - 1), max(0, near_b - 1)))


@kernel
def _settle(text: U32, lo: int, hi: int, other: U32, weight: F64) -> tuple[int, int]:
    """Move the ends of a passage to where its words stop being the other passage's.

    A word that the other has counts for a passage, by the logarithm of how much likelier that is
    inside (the share seen in `lo:hi`) than outside; a word that it lacks counts against.
    """
    has = np.zeros(len(weight), np.bool_)
    for w in other:
        has[w] = True
    inside = 0.0
    inside_hit = 0.0
    outside = 0.0
    outside_hit = 0.0
    for p in range(len(text)):
        w = weight[text[p]]
        hit = w if has[text[p]] else 0.0
        if lo <= p < hi:
            inside += w
            inside_hit += hit
        else:
            outside += w
            outside_hit += hit
    mean = inside / (hi - lo) + 1e-9
    p1 = min(SURE, (inside_hit + mean) / (inside + 2 * mean))
    p0 = max(0.02, (outside_hit + 2 * mean) / (outside + 10 * mean))
    if p1 <= p0 + 0.05:
        return lo, hi
    gain = np.log(p1 / p0)
    loss = np.log((1 - p1) / (1 - p0))
    middle = (lo + hi) // 2
    begin, end = lo, hi
    best = -1e18
    score = 0.0
    for p in range(middle - 1, max(0, lo - REACH) - 1, -1):
        score += weight[text[p]] * (gain if has[text[p]] else loss)
        if score > best and has[text[p]]:
            best = score
            begin = p
    best = -1e18
    score = 0.0
    for p in range(middle, min(len(text), hi + REACH)):
        score += weight[text[p]] * (gain if has[text[p]] else loss)
        if score > best and has[text[p]]:
            best = score
            end = p + 1
    return begin, end


@kernel
def _is_summary(wide: tuple[int, int, int, int], found: list[tuple[int, int, int, int]]) -> bool:
    """Whether a long passage answers to a short one as a whole, and no part of it does so better."""
    short = min(wide[1] - wide[0], wide[3] - wide[2])
    if max(wide[1] - wide[0], wide[3] - wide[2]) < SUMMARY_RATIO * short:
        return False
    for x in found:
        if min(wide[1], x[1]) <= max(wide[0], x[0]) or min(wide[3], x[3]) <= max(wide[2], x[2]):
            continue
        a, b = x[1] - x[0], x[3] - x[2]
        if min(a, b) >= WHOLE * short and max(a, b) < SUMMARY_RATIO * min(a, b):
            return False
    return True


@kernel
def _evidence(a: U32, b: U32, weight: F64) -> float:
    """Weight of the distinct words that two passages have in common, in nats."""
    state = np.zeros(len(weight), np.uint8)
    total = 0.0
    for w in a:
        state[w] = 1
    for w in b:
        if state[w] == 1:
            state[w] = 2
            total += weight[w]
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
    both = np.concatenate((word[base_a : bounds[a_last]], word[base_b : bounds[b_last]]))
    distinct = np.unique(both)
    a = local(word, bounds, a_first, a_last, distinct)
    b = local(word, bounds, b_first, b_last, distinct)
    seen = np.zeros(len(distinct), np.uint32)
    start_a, ids_a, count_a = bags(a, bounds, a_first, a_last, seen)
    start_b, ids_b, count_b = bags(b, bounds, b_first, b_last, seen)
    total = a_last - a_first + b_last - b_first
    weight = np.log(total / seen)
    norm_a = weigh(start_a, ids_a, count_a, weight)
    norm_b = weigh(start_b, ids_b, count_b, weight)
    pairs = seeds(start_a, ids_a, count_a, norm_a, start_b, ids_b, count_b, norm_b, len(distinct))
    if pairs.shape[1] == 0:
        return none
    cut_a = bounds[a_first : a_last + 1] - base_a
    cut_b = bounds[b_first : b_last + 1] - base_b
    found = [(0, 0, 0, 0)]
    found.pop()
    _grow(pairs, a, b, cut_a, cut_b, weight, GAP, GAP, found)
    wide = found.copy()
    wide.clear()
    _grow(pairs, a, b, cut_a, cut_b, weight, GAP, SUMMARY_GAP, wide)
    _grow(pairs, a, b, cut_a, cut_b, weight, SUMMARY_GAP, GAP, wide)
    candidates = found.copy()
    candidates.clear()
    for x in wide:
        if _is_summary(x, found):
            candidates.append(x)
    # The largest first, so that of two that overlap on both sides the larger stays.
    size = np.empty(len(found), np.int64)
    for k in range(len(found)):
        size[k] = found[k][1] - found[k][0] + found[k][3] - found[k][2]
    for k in np.argsort(-size, kind="mergesort"):
        candidates.append(found[k])
    kept = found.copy()
    kept.clear()
    for x in candidates:
        inside = False
        for y in kept:
            if min(x[1], y[1]) > max(x[0], y[0]) and min(x[3], y[3]) > max(x[2], y[2]):
                inside = True
        if not inside:
            kept.append(x)
    out = np.empty((len(kept), 4), np.int64)
    n = 0
    for x in kept:
        a0, a1, b0, b1 = x
        for _ in range(ROUNDS):
            a0, a1 = _settle(a, a0, a1, b[b0:b1], weight)
            b0, b1 = _settle(b, b0, b1, a[a0:a1], weight)
        if min(a1 - a0, b1 - b0) >= min_words and _evidence(a[a0:a1], b[b0:b1], weight) >= EVIDENCE:
            out[n, 0], out[n, 1] = base_a + a0, base_a + a1
            out[n, 2], out[n, 3] = base_b + b0, base_b + b1
            n += 1
    return out[:n].copy()
