"""Sentences of two documents that use the same words, and how alike two passages are as bags of words."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import F64, I64, U32, kernel

# After Sanchez-Perez et al. 2014, whose values held on pan13_train (see `edited`).
COSINE = 0.30  # least cosine of two seed sentences, words weighed by their rarity in the two documents
DICE = 0.33  # least Dice coefficient of their sets of words


@kernel
def local(word: U32, bounds: I64, first: int, last: int, distinct: U32) -> U32:
    """The words of sentences `first:last` as places in `distinct`."""
    lo = bounds[first]
    out = np.empty(bounds[last] - lo, np.uint32)
    for p in range(len(out)):
        out[p] = np.searchsorted(distinct, word[lo + p])
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
        own = np.sort(words[bounds[s] - base : bounds[s + 1] - base])
        for k in range(len(own)):
            if k and own[k] == own[k - 1]:
                count[n - 1] += 1.0
            else:
                ids[n] = own[k]
                count[n] = 1.0
                seen[own[k]] += 1
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
    n_words: int,
) -> I64:
    """Pairs of sentences that are alike: int64, (2, pairs)."""
    posting = np.zeros(n_words + 1, np.int64)
    for w in ids_b:
        posting[w + 1] += 1
    for w in range(n_words):
        posting[w + 1] += posting[w]
    fill = posting[:-1].copy()
    sentence = np.empty(len(ids_b), np.int64)
    value = np.empty(len(ids_b))
    for s in range(len(norm_b)):
        for k in range(start_b[s], start_b[s + 1]):
            sentence[fill[ids_b[k]]] = s
            value[fill[ids_b[k]]] = weight_b[k]
            fill[ids_b[k]] += 1
    dot = np.zeros(len(norm_b))
    common = np.zeros(len(norm_b), np.int64)
    out = np.empty((2, 64), np.int64)
    n = 0
    for i in range(len(norm_a)):
        dot[:] = 0.0
        common[:] = 0
        for k in range(start_a[i], start_a[i + 1]):
            for j in range(posting[ids_a[k]], posting[ids_a[k] + 1]):
                dot[sentence[j]] += weight_a[k] * value[j]
                common[sentence[j]] += 1
        for j in range(len(norm_b)):
            if common[j] == 0 or norm_a[i] == 0.0 or norm_b[j] == 0.0:
                continue
            sizes = start_a[i + 1] - start_a[i] + start_b[j + 1] - start_b[j]
            if dot[j] > COSINE * norm_a[i] * norm_b[j] and 2 * common[j] > DICE * sizes:
                if n == out.shape[1]:
                    out = np.concatenate((out, np.empty_like(out)), axis=1)
                out[0, n] = i
                out[1, n] = j
                n += 1
    return out[:, :n].copy()


@kernel
def cosine(a: U32, b: U32, weight: F64) -> float:
    """Cosine of two passages as bags of weighed words."""
    in_a = np.zeros(len(weight))
    in_b = np.zeros(len(weight))
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
    return dot / np.sqrt(norm_a * norm_b) if norm_a > 0.0 and norm_b > 0.0 else 0.0
