"""From which earlier passage each passage is likeliest copied."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel
from inchorus.compiled.sorting import rising, signed_keys
from inchorus.match.anchored import canonical_table, words_in_common
from inchorus.trace.variants import Variants
from inchorus.words.corpus import NEVER

_COMPARED = 48  # wordings of one talking point that a wording is compared with: the most used


@kernel
def _copied(
    word: U32,
    begin: I64,
    end: I64,
    document: U32,
    earliest: I64,
    latest: I64,
    variant: I64,
    first: I64,
    out: I64,
) -> None:
    for f in range(len(first) - 1):
        lo, hi = first[f], first[f + 1]
        base, last_kind = variant[lo], variant[lo]
        for i in range(lo + 1, hi):
            base, last_kind = min(base, variant[i]), max(last_kind, variant[i])
        kinds = last_kind - base + 1
        uses = np.zeros(kinds, np.int64)  # less than 0, so that the most used come first
        example = np.empty(kinds, np.int64)
        for i in range(hi - 1, lo - 1, -1):
            uses[variant[i] - base] -= 1
            example[variant[i] - base] = i
        compared = rising(signed_keys(uses))[:_COMPARED]
        # like[v, c]: similarity of wording v to the c-th compared one, filled when first asked for.
        like = np.full((kinds, len(compared)), -1.0)
        last = np.full(kinds, -1, np.int64)  # latest passage of a wording that surely came before now
        times, later = np.empty(hi - lo, np.int64), np.empty(hi - lo, np.int64)
        for i in range(lo, hi):
            times[i - lo], later[i - lo] = earliest[document[i]], latest[document[i]]
        arrive, settle = rising(signed_keys(times)), rising(signed_keys(later))
        s = 0
        for a in arrive:
            i = lo + a
            now = earliest[document[i]]
            if now == NEVER:
                break
            while s < hi - lo and latest[document[lo + settle[s]]] <= now:
                last[variant[lo + settle[s]] - base] = lo + settle[s]
                s += 1
            v = variant[i] - base
            if last[v] >= 0:
                out[i] = last[v]
                continue
            best = -1.0
            for c in range(len(compared)):
                j = last[compared[c]]
                if j < 0:
                    continue
                if like[v, c] < 0:
                    x = example[v]
                    y = example[compared[c]]
                    canonical = word[begin[y] : end[y]]
                    distinct, table = canonical_table(canonical)
                    lcs = words_in_common(canonical, distinct, table, word[begin[x] : end[x]])
                    like[v, c] = 2.0 * lcs / (len(canonical) + end[x] - begin[x])
                if like[v, c] > best or (like[v, c] == best and earliest[document[j]] > earliest[document[out[i]]]):
                    best = like[v, c]
                    out[i] = j


def likeliest_originals(
    word: U32, begin: I64, end: I64, document: U32, earliest: I64, latest: I64, variants: Variants, first: I64
) -> I64:
    """For each passage the passage that it is likeliest copied from, or -1.

    Candidates appeared surely earlier (see `first_passages`). Among them the one with the same
    wording wins, then the one with the most similar wording, then the latest: a directed spanning
    tree by nearest neighbours, as in Xu and Smith 2018 (arXiv:1812.04677). Passages are sorted by
    family, `first[f]:first[f + 1]`. A document is never its own original: no time precedes itself.
    """
    out = np.full(len(begin), -1, np.int64)
    _copied(word, begin, end, document, earliest, latest, variants.of, first, out)
    return out
