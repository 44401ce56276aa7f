"""Where sentences begin: a full stop behind an abbreviation ends none, and texts that lost their marks have hints."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, I64, U8, U32, kernel
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_CAPITAL, IS_NUMBER
from inchorus.words.stops import COLON, ENDS, OPENS, POINT, WIDE
from inchorus.words.texts import folded

LEARNED = 5  # uses with a full stop that tell an abbreviation
ALWAYS = 0.7  # of the uses of an abbreviation have their full stop
LONGEST = 5  # letters of an abbreviation that is learned
INITIAL = 2  # letters of an initial as scripts without capitals write it out; two of them in a row are initials
SMALL = 0.1  # of the uses within a sentence are capitalised, at most, of a word that a capital shows to begin one
KNOWN = 4  # uses within sentences from which on that is known

PHRASE = 1  # a preposition: within a sentence it belongs to what stands before
SAME = 2  # begins a clause of the same sentence, even behind a full stop
_KINDS = {"phrase": PHRASE, "clause": SAME}


@cache
def _listed() -> frozenset[str]:
    text = files("inchorus.words").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    rows = [line.partition(":")[2] for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for row in rows for word in row.split())


@cache
def _going_on() -> dict[str, pa.Array]:
    text = files("inchorus.words").joinpath("going_on.txt").read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines() if not line.startswith("#")]
    found = {kind: [word for row in rows if row[0].endswith(kind) for word in row[2].split()] for kind in _KINDS}
    return {kind: folded(pa.array(words, pa.large_string())) for kind, words in found.items()}


def going_on(forms: pa.Array) -> U8:
    """Which words of a vocabulary go on with what stands before them: PHRASE, SAME, or 0 (uint8)."""
    out = np.zeros(len(forms), np.uint8)
    for kind, words in _going_on().items():
        out[np.asarray(pc.is_in(forms, words.cast(forms.type)))] = _KINDS[kind]
    return out


def sentence_starts(corpus: Corpus, forms: pa.Array, stops: U8, documents: I64) -> BOOL:
    """Whether a sentence begins at each word of the corpus, in the texts numbered in `documents`.

    `stops` says what stands before each word there (see `words.stops`); `forms` comes from `vocabulary`. The idea is
    that of Kiss and Strunk (2006): a word of few letters that nearly always has a full stop is an abbreviation, and
    a capital tells a beginning if the word has none elsewhere. Behind a full stop that ends no line, what is listed as
    going on with the sentence before begins none.
    """
    uses, inside, capitals, with_point = (np.zeros(len(corpus.frequency), np.int64) for _ in range(4))
    _count(corpus.word, corpus.flags, stops, corpus.offsets, documents, uses, inside, capitals, with_point)
    small = (inside >= KNOWN) & (capitals <= SMALL * inside)
    lengths = pc.utf8_length(forms).to_numpy(zero_copy_only=False)
    listed = np.asarray(pc.is_in(forms, pa.array(sorted(_listed()), forms.type)))
    learned = (with_point >= LEARNED) & (with_point >= ALWAYS * uses) & (lengths <= LONGEST)
    out: BOOL = (stops & ENDS) != 0
    # Behind an initial, or what is learned, a sentence may end all the same: "in the U.S. The bill".
    _settle(corpus.word, corpus.flags, stops, listed, learned | (lengths == 1), lengths <= INITIAL, small, out)
    out &= (going_on(forms)[corpus.word] != SAME) | ((stops & (POINT | ENDS)) != POINT)
    return out


@kernel
def _count(
    word: U32, flags: U8, stops: U8, offsets: I64, documents: I64, uses: I64, inside: I64, capitals: I64, points: I64
) -> None:
    """Count the uses of each word in some texts: all, within sentences, capitalised there, and with a full stop."""
    for d in documents:
        for p in range(offsets[d], offsets[d + 1]):
            uses[word[p]] += 1
            if not stops[p] & (ENDS | POINT | COLON | OPENS | WIDE):
                inside[word[p]] += 1
                capitals[word[p]] += (flags[p] & IS_CAPITAL) != 0
            elif stops[p] & POINT and p > offsets[d]:
                points[word[p - 1]] += 1


@kernel
def _settle(
    word: U32, flags: U8, stops: U8, listed: BOOL, doubtful: BOOL, initial: BOOL, small: BOOL, out: BOOL
) -> None:  # fmt: skip
    """Decide where a sentence begins behind a full stop and behind wide spaces."""
    for p in range(1, len(word)):
        if out[p] or not stops[p] & (POINT | WIDE):
            continue
        shown = (flags[p] & IS_CAPITAL) != 0 and small[word[p]]
        if stops[p] & POINT:
            before = word[p - 1]
            number = (flags[p - 1] & IS_NUMBER) != 0
            label = number and out[p - 1]  # "1. We must"
            unsure = doubtful[before]
            if initial[before]:
                unsure |= p > 1 and (stops[p - 1] & POINT) != 0 and initial[word[p - 2]]
                unsure |= p + 1 < len(word) and (stops[p + 1] & POINT) != 0 and initial[word[p]]
            out[p] = not listed[before] and not label and (number or shown or not unsure)
        else:
            out[p] = shown
