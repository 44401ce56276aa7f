"""What the labels and the ranking go by: where passages stand, how they are written, who repeats them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U8, U32, kernel
from inchorus.compiled.sorting import rising, signed_keys
from inchorus.label.around import others_beside
from inchorus.label.article_versions import originals
from inchorus.label.attribution import share_quoted
from inchorus.label.containment import shares_copied
from inchorus.label.day_words import day_words
from inchorus.label.following import following
from inchorus.label.headers_footers import by_place
from inchorus.label.recurrence import recurrence
from inchorus.label.voices import voices
from inchorus.match.families import Families
from inchorus.match.lcs import in_order
from inchorus.match.word_weights import common
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IN_QUOTES, IS_CAPITAL, IS_NUMBER, STARTS_LINE, STARTS_SENTENCE

DIALLED = 3  # numbers in a row that make a telephone number, whatever the country
HABIT = 4  # articles of one source with the same wording that make it a habit
SAME_PLACE = 12  # words within which a habitual wording begins, counted from the text's start, or ends, from its end


class Features(NamedTuple):
    """One entry a talking point.

    passages, documents, sources (int64): how many. articles (int64): documents, those that are versions of one
    (see `article_versions`) once. words (int64): of the canonical passage.
    quoted: share of passages that stand inside quotation marks, or beside an attribution where marks are
    lost (see `attribution`). copied: median over
    its documents of the share of the text that another one of them has too, in all wordings taken
    together. voices (float64): how many of its sources use it by themselves (see `voices`). habit: share of
    passages from sources that repeat the wording. fixed: share of passages that are such a repeat at the same place of
    the text, or stand where their source has such wording always (see `place`). capitals: median over its passages of
    the share of the words, weighed by their bits, that start with a capital. numbers: share of its words that are
    numbers.
    contact: share of its words in runs of three numbers or more, as telephone numbers are. bounded:
    share of passages that start and end where sentences or lines do. information: bits, the sum over
    its distinct words of -log2(documents with the word / (documents + 1)). usual_capitals (one number): the
    same share as `capitals`, in the whole corpus. weight, rarest: what all its words, and the three rarest, weigh in
    ordinary running words (see `word_weights`). others: share of its pairs of passages with different names or figures
    right beside them (see `around`). following: what its words weigh behind one another (see `following`), NaN where it
    is long. day_bound: bits by which its words are bound to days (see `day_words`). uses, span, strata,
    usual_strata: how its uses lie in time (see `recurrence`).
    """

    passages: I64
    documents: I64
    articles: I64
    sources: I64
    words: I64
    quoted: F64
    copied: F64
    voices: F64
    habit: F64
    fixed: F64
    capitals: F64
    numbers: F64
    contact: F64
    bounded: F64
    information: F64
    weight: F64
    rarest: F64
    others: F64
    following: F64
    day_bound: F64
    uses: I64
    span: F64
    strata: I64
    usual_strata: F64
    usual_capitals: float


@kernel
def _passage_flags(begin: I64, end: I64, flags: U8, doc_end: I64, quoted: F64, bounded: U8) -> None:
    for i in range(len(begin)):
        n = 0
        for p in range(begin[i], end[i]):
            n += (flags[p] & IN_QUOTES) != 0
        quoted[i] = n / (end[i] - begin[i])
        opens = (flags[begin[i]] & (STARTS_SENTENCE | STARTS_LINE)) != 0
        closes = end[i] == doc_end[i] or (flags[end[i]] & (STARTS_SENTENCE | STARTS_LINE)) != 0
        bounded[i] = opens and closes


@kernel
def _wording(
    word: U32, flags: U8, begin: I64, end: I64, rarity: F64, numbers: F64, contact: F64, information: F64
) -> None:
    for i in range(len(begin)):
        number = 0
        run = 0  # numbers in a row up to here
        dialled = 0
        for p in range(begin[i], end[i]):
            if flags[p] & IS_NUMBER:
                number += 1
                run += 1
                if run >= DIALLED:
                    dialled += DIALLED if run == DIALLED else 1
                continue
            run = 0
        numbers[i] = number / (end[i] - begin[i])
        contact[i] = dialled / (end[i] - begin[i])
        bits = 0.0
        words = word[begin[i] : end[i]]
        order = in_order(words)
        for k in range(len(order)):
            if k == 0 or words[order[k]] != words[order[k - 1]]:
                bits += rarity[words[order[k]]]
        information[i] = bits


@kernel
def _capitals(word: U32, flags: U8, begin: I64, end: I64, rarity: F64, capitals: F64) -> None:
    for i in range(len(begin)):
        capital = 0.0
        plain = 0.0
        for p in range(begin[i], end[i]):
            if flags[p] & IS_NUMBER:
                continue
            # By rarity, so that the small words of a name ("of the", in any language) weigh next to nothing.
            plain += rarity[word[p]]
            if flags[p] & IS_CAPITAL:
                capital += rarity[word[p]]
        capitals[i] = capital / plain if plain > 0 else 0.0


@kernel
def _usual_capitals(word: U32, flags: U8, rarity: F64) -> float:
    capital = 0.0
    plain = 1e-9
    for p in range(len(word)):
        if not flags[p] & IS_NUMBER:
            plain += rarity[word[p]]
            if flags[p] & IS_CAPITAL:
                capital += rarity[word[p]]
    return capital / plain


@kernel
def _crowded(places: I64) -> tuple[int, int]:
    """The window of `SAME_PLACE` words that most of some places stand in: its first place, how many."""
    order = rising(signed_keys(places))
    most = 0
    first = 0
    lo = 0
    for hi in range(len(order)):
        while places[order[hi]] - places[order[lo]] > SAME_PLACE:
            lo += 1
        if hi - lo + 1 > most:
            most = hi - lo + 1
            first = places[order[lo]]
    return first, most


@kernel
def _habits(family: I64, source: U32, fresh: U8, from_start: I64, to_end: I64, habit: U8, fixed: U8) -> None:
    """Rows come sorted by family and source; the `fresh` ones are of different articles."""
    lo = 0
    n = len(family)
    while lo < n:
        hi = lo
        documents = 0
        while hi < n and family[hi] == family[lo] and source[hi] == source[lo]:
            documents += fresh[hi]
            hi += 1
        if documents >= HABIT:
            for i in range(lo, hi):
                habit[i] = 1
            starts = np.empty(documents, np.int64)
            ends = np.empty(documents, np.int64)
            k = 0
            for i in range(lo, hi):
                if fresh[i]:
                    starts[k] = from_start[i]
                    ends[k] = to_end[i]
                    k += 1
            head, at_head = _crowded(starts)
            tail, at_tail = _crowded(ends)
            for i in range(lo, hi):
                if at_head >= max(HABIT, at_tail):
                    fixed[i] = head <= from_start[i] <= head + SAME_PLACE
                elif at_tail >= HABIT:
                    fixed[i] = tail <= to_end[i] <= tail + SAME_PLACE
        lo = hi


def _fresh(family: I64, article: I64) -> U8:
    """1 for the first passage of each article in a family."""
    out = np.zeros(len(family), np.uint8)
    out[np.unique(np.stack([family, article]), axis=1, return_index=True)[1]] = 1
    return out


def _mean(values: F64 | U8, families: Families, n: I64) -> F64:
    return np.bincount(families.family, weights=values, minlength=len(n)) / np.maximum(n, 1)


def _median(values: F64, families: Families, n: I64) -> F64:
    """The lower median of each family; NaN, which sorts last, does not count."""
    order = np.lexsort((values, families.family))
    first = np.cumsum(n) - n
    known = n - np.bincount(families.family, weights=np.isnan(values), minlength=len(n)).astype(np.int64)
    return np.asarray(values[order][first + (known - 1) // 2])


def _distinct(families: Families, values: U32) -> I64:
    keys = np.unique((families.family.astype(np.uint64) << np.uint64(32)) | values.astype(np.uint64))
    return np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(families.canonical))


def measure(corpus: Corpus, families: Families) -> Features:
    """Measure every talking point; `families` are sorted by family, then document."""
    n = np.bincount(families.family, minlength=len(families.canonical))
    document = families.document
    doc_start, doc_end = corpus.offsets[document], corpus.offsets[document.astype(np.int64) + 1]
    quoted, bounded = np.empty(len(document)), np.empty(len(document), np.uint8)
    _passage_flags(families.begin, families.end, corpus.flags, doc_end, quoted, bounded)
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    rarity = -np.log2(corpus.documents / (len(corpus.source) + 1))
    numbers, contact, information = (np.empty(len(n)) for _ in range(3))
    capitals = np.empty(len(document))
    _capitals(corpus.word, corpus.flags, families.begin, families.end, rarity, capitals)
    _wording(corpus.word, corpus.flags, begin, end, rarity, numbers, contact, information)
    habit, fixed = np.zeros(len(document), np.uint8), np.zeros(len(document), np.uint8)
    source = corpus.source[document]
    article = originals(corpus)
    from_start, to_end = families.begin - doc_start, doc_end - families.end
    _habits(families.family, source, _fresh(families.family, article[document]), from_start, to_end, habit, fixed)
    fixed |= by_place(corpus, families, article, from_start <= SAME_PLACE, to_end <= SAME_PLACE)
    copied = shares_copied(corpus, families, article)
    return Features(
        n,
        _distinct(families, document),
        _distinct(families, article[document].astype(np.uint32)),
        _distinct(families, source),
        end - begin,
        share_quoted(corpus, families, quoted >= 0.8),
        _median(copied, families, n),
        voices(corpus, families, copied),
        _mean(habit, families, n),
        _mean(fixed, families, n),
        _median(capitals, families, n),
        numbers,
        contact,
        _mean(bounded, families, n),
        information,
        *common(corpus, families),
        others_beside(corpus, families),
        following(corpus, families),
        day_words(corpus, families),
        *recurrence(corpus, families),
        _usual_capitals(corpus.word, corpus.flags, rarity),
    )
