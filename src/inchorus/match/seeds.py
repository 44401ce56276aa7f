"""Sentences of two documents that use the same words, and how alike two passages are as bags of words."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.compiled.sorting import put_in_order
from inchorus.match.lcs import in_order, row_of

# After Sanchez-Perez et al. 2014, whose values held on pan13_train (see `edited`).
COSINE = 0.30  # least cosine of two seed sentences, words weighed by their rarity in the two documents
DICE = 0.33  # least Dice coefficient of their sets of words
# Sentences of two documents that may have a word before it says nothing of any two of them: no document of pan13_train
# is so long, and without a limit two long documents would be compared sentence by sentence.
MOST = 2048


@kernel
def local(word: U32, bounds: I64, first: int, last: int, distinct: U32) -> U32:
    """The words of sentences `first:last` as places in `distinct`."""
    lo = bounds[first]
    out = np.empty(bounds[last] - lo, np.uint32)
    for p in range(len(out)):
        out[p] = row_of(distinct, word[lo + p])
    return out


@kernel
def bags(words: U32, bounds: I64, first: int, last: int, seen: U32) -> tuple[I64, U32, F64]:
    """For each sentence its distinct words and how often each stands in it; counts sentences in `seen`."""
    start = np.zeros(last - first + 1, np.int64)
    ids = np.empty(len(words), np.uint32)
    count = np.empty(len(words))
    n = 0
    base = bounds[first]
    for s in range(first, last):
        own = words[bounds[s] - base : bounds[s + 1] - base]
        for place in in_order(own):
            w = own[place]
            if n > start[s - first] and ids[n - 1] == w:
                count[n - 1] += 1.0
            else:
                ids[n] = w
                count[n] = 1.0
                seen[w] += 1
                n += 1
        start[s - first + 1] = n
    return start, ids[:n].copy(), count[:n].copy()


@kernel
def weigh(start: I64, ids: U32, count: F64, weight: F64) -> F64:
    """Weigh counts in place; return the norm of each sentence."""
    norm = np.zeros(len(start) - 1)
    for s in range(len(norm)):
        for k in range(start[s], start[s + 1]):
            count[k] *= weight[ids[k]]
            norm[s] += count[k] * count[k]
        norm[s] = np.sqrt(norm[s])
    return norm


@kernel
def seeds(
    start_a: I64,
    ids_a: U32,
    weight_a: F64,
    norm_a: F64,
    start_b: I64,
    ids_b: U32,
    weight_b: F64,
    norm_b: F64,
    seen: U32,
) -> I64:
    """Pairs of sentences that are alike: int64, (2, pairs). `seen` says in how many sentences each word stands."""
    n_words = len(seen)
    posting = np.zeros(n_words + 1, np.int64)
    for w in ids_b:
        posting[w + 1] += 1
    for w in range(n_words):
        posting[w + 1] += posting[w]
    fill = np.empty(n_words, np.int64)
    for w in range(n_words):
        fill[w] = posting[w]
    sentence = np.empty(len(ids_b), np.int64)
    value = np.empty(len(ids_b))
    for s in range(len(norm_b)):
        for k in range(start_b[s], start_b[s + 1]):
            sentence[fill[ids_b[k]]] = s
            value[fill[ids_b[k]]] = weight_b[k]
            fill[ids_b[k]] += 1
    dot = np.zeros(len(norm_b))
    common = np.zeros(len(norm_b), np.int64)
    size_b = _sizes(start_b, ids_b, seen)
    met = np.empty(len(norm_b), np.uint64)
    out = np.empty((2, 64), np.int64)
    n = 0
    for i in range(len(norm_a)):
        n_met = 0
        size_a = 0
        for k in range(start_a[i], start_a[i + 1]):
            if seen[ids_a[k]] > MOST:
                continue
            size_a += 1
            for j in range(posting[ids_a[k]], posting[ids_a[k] + 1]):
                s = sentence[j]
                if common[s] == 0:
                    met[n_met] = s
                    n_met += 1
                dot[s] += weight_a[k] * value[j]
                common[s] += 1
        put_in_order(met[:n_met])
        for m in range(n_met):
            j = int(met[m])
            alike = dot[j] > COSINE * norm_a[i] * norm_b[j] and 2 * common[j] > DICE * (size_a + size_b[j])
            dot[j] = 0.0
            common[j] = 0
            if not alike or norm_a[i] == 0.0 or norm_b[j] == 0.0:
                continue
            if n == out.shape[1]:
                out = columns(out, n, 2 * n)
            out[0, n] = i
            out[1, n] = j
            n += 1
    return columns(out, n, n)


@kernel
def _sizes(start: I64, ids: U32, seen: U32) -> I64:
    """How many words of each sentence stand in at most `MOST` sentences."""
    size = np.zeros(len(start) - 1, np.int64)
    for s in range(len(size)):
        for k in range(start[s], start[s + 1]):
            size[s] += seen[ids[k]] <= MOST
    return size


@kernel
def columns(table: I64, n: int, room: int) -> I64:
    """The first `n` columns in an array with `room` of them."""
    out = np.empty((len(table), room), np.int64)
    for row in range(len(table)):
        for k in range(n):
            out[row, k] = table[row, k]
    return out


@kernel
def cosine(a: U32, b: U32, weight: F64, in_a: F64, in_b: F64) -> float:
    """Cosine of two passages as bags of weighed words. `in_a` and `in_b` hold a 0 a word, before and after."""
    for w in a:
        in_a[w] += 1.0
    for w in b:
        in_b[w] += 1.0
    dot = 0.0
    norm_a = 0.0
    norm_b = 0.0
    for w in a:
        norm_a += in_a[w] * weight[w] * weight[w]
        dot += in_b[w] * weight[w] * weight[w]
    for w in b:
        norm_b += in_b[w] * weight[w] * weight[w]
    for w in a:
        in_a[w] = 0.0
    for w in b:
        in_b[w] = 0.0
    return dot / np.sqrt(norm_a * norm_b) if norm_a > 0.0 and norm_b > 0.0 else 0.0
