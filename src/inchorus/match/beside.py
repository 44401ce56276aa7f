"""Words right before a passage that turn it round: "they denied that", "not", "only"."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U8, U32, inline, kernel
from inchorus.match.turns import CONCORD, DENIES, LACKS, NARROWS, NEGATES
from inchorus.words.corpus import Corpus
from inchorus.words.flags import AFTER_COLON, IS_CAPITAL, STARTS_LINE, STARTS_SENTENCE

LEAD = 2  # words before a passage of which one may turn it round, and in a sentence that begins so:
OPENING = 8
NARROWED = 64  # a word that narrows counts so many negations: the two are never mistaken for each other


@inline
def _opens(flag: U8) -> bool:
    """Whether a sentence begins with a word, or a line with a capital: marks between sentences may be lost."""
    if flag & STARTS_LINE and flag & IS_CAPITAL:
        return True
    return bool(flag & STARTS_SENTENCE and not flag & AFTER_COLON)


@kernel
def _beside(flags: U8, word: U32, kinds: U8, lowest: I64, first: I64, out: I64, begin: I64) -> None:
    for i in range(len(first)):
        p = first[i]
        q = p
        while q > lowest[i] and p - q <= OPENING and not _opens(flags[q]):
            q -= 1
        begins = q if p - q <= OPENING else max(lowest[i], p - LEAD)
        negations, denials, narrowing, one = 0, 0, 0, False
        for q in range(begins, p):
            kind = kinds[word[q]]
            if kind & NEGATES and (q + 1 == p or not kind & LACKS):
                negations += 1
            denials += 1 if kind & DENIES else 0
            narrowing += 1 if kind & NARROWS else 0
            one |= kind & CONCORD != 0
        if one and negations:
            negations = 1
        # A denial and a negation take each other back (there is no doubt that), and so does "not" before "only". Two
        # negations do not: who has no proof that they will not, does not say that they will.
        turning = negations + denials - 2 * min(negations, denials)
        if narrowing:
            out[i] = 0 if negations + denials else NARROWED
        else:
            out[i] = turning
        begin[i] = begins if out[i] else p


def beside(corpus: Corpus, kinds: U8, first: I64) -> tuple[I64, I64]:
    """What turns round the words from `first` on; and the first word to be read with them, `first` if nothing does.

    What stands before them counts if it opens their sentence, in `OPENING` words or fewer, perhaps with a colon; else
    the `LEAD` last words.

    The first result (int64) counts negations and denials that nothing takes back; it is `NARROWED` for a word that
    narrows. `kinds` comes from `turns`.
    """
    document = np.searchsorted(corpus.offsets, first, "right") - 1
    out, begin = np.zeros(len(first), np.int64), np.empty(len(first), np.int64)
    _beside(corpus.flags, corpus.word, kinds, corpus.offsets[document], first, out, begin)
    return out, begin
