"""Which of two sentences that a model has near each other make another claim: the words that tell, from lists.

Models of meaning have a sentence and its negation, and two that differ in a number or a name, as near as paraphrases.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.figures import replaced
from inchorus.match.spans import Lexicon, numbers_of
from inchorus.match.turns import DENIES, FIGURE, NARROWS, NEGATES
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_CAPITAL, IS_NUMBER

SAME, NEGATION, ONLY, DIRECTION, NUMBER, NAME = range(6)
REASONS = ("", "negation", "only", "direction", "number", "name")
_CAPITALS = 0.5  # of the words of a sentence, from which on capitals tell no name


def other_claims(corpus: Corpus, words: Lexicon, begin: I64, end: I64, a: I64, b: I64) -> NDArray[np.int8]:
    """Why each pair of sentences makes two claims, an index into `REASONS`; the first reason that applies.

    Sentence s has the words `begin[s]:end[s]` of the corpus. One has a negation or denial more, by twos, as two take
    each other back; one alone says "only"; what the one raises the other lowers; each has a number, or a name, that
    the other lacks.
    """
    used, pairs = np.unique(np.stack([a, b]), return_inverse=True)
    left, right = pairs.reshape(2, -1)
    begin, end = begin[used], end[used]
    if not len(used):
        return np.zeros(0, np.int8)
    total = np.concatenate([[0], np.cumsum(end - begin)])
    places = np.arange(total[-1]) - np.repeat(total[:-1] - begin, end - begin)
    word, flags = corpus.word[places], corpus.flags[places]
    kinds = words.turns.kinds[word]
    at = total[:-1]
    turned = np.add.reduceat((kinds & (NEGATES | DENIES)) != 0, at, dtype=np.int64) % 2
    narrowed = np.add.reduceat((kinds & NARROWS) != 0, at, dtype=np.int64) > 0
    one, other = (np.bitwise_or.reduceat(side[word], at) for side in (words.turns.one, words.turns.other))
    out = np.zeros(len(a), np.int8)
    out[_names(word, flags, kinds, total, left, right)] = NAME
    figures = numbers_of(corpus, words, begin, end)
    having = np.array([bool(x) for x in figures])
    for k in np.flatnonzero(having[left] & having[right]).tolist():
        if replaced(figures[left[k]], figures[right[k]]):
            out[k] = NUMBER
    opposed = (one[left] & other[right] & ~other[left] & ~one[right]) | (
        other[left] & one[right] & ~one[left] & ~other[right]
    )
    out[opposed != 0] = DIRECTION
    out[narrowed[left] != narrowed[right]] = ONLY
    out[turned[left] != turned[right]] = NEGATION
    return out


def _names(word: I64, flags: I64, kinds: I64, total: I64, left: I64, right: I64) -> BOOL:
    """Whether each of two sentences has a name, a capital behind its first word, that the other has no word for."""
    size = np.diff(total)
    capital = ((flags & IS_CAPITAL) != 0) & ((flags & IS_NUMBER) == 0) & ((kinds & FIGURE) == 0)
    capital[total[:-1]] = False
    loud = np.add.reduceat(capital, total[:-1], dtype=np.int64) > _CAPITALS * size
    capital &= ~np.repeat(loud, size)
    has = np.add.reduceat(capital, total[:-1], dtype=np.int64) > 0
    out = np.zeros(len(left), np.bool_)
    names: dict[int, set[int]] = {}
    all_of: dict[int, set[int]] = {}
    for k in np.flatnonzero(has[left] & has[right]).tolist():
        for s in (int(left[k]), int(right[k])):
            if s not in names:
                own = word[total[s] : total[s + 1]]
                names[s], all_of[s] = set(own[capital[total[s] : total[s + 1]]].tolist()), set(own.tolist())
        x, y = int(left[k]), int(right[k])
        out[k] = bool(names[x] - all_of[y]) and bool(names[y] - all_of[x])
    return out
