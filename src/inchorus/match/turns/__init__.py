"""Words that turn a claim round: lists, a language a line, that anyone may extend without code."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, U8, U64
from inchorus.match.figures import figures

NEGATES, NARROWS, DENIES, FIGURE, LACKS, CONCORD = 1, 2, 4, 8, 16, 32


class Turns(NamedTuple):
    """One entry a word of the vocabulary.

    kinds (uint8): a bit for a negation, for what narrows ("only"), for what takes back what stands beside it
    ("denied"), for a number or a date that is written out, for what negates only the word behind it ("without"), and
    for a negation that has another beside it and is one with it ("никто не"). one, other (uint64): a bit for each pair
    of opposites that the word is on the one side or the other of.
    """

    kinds: U8
    one: U64
    other: U64


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(words for _, words in _of_languages(name))


def _of_languages(name: str) -> list[tuple[str, str]]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return [(language, words) for language, _, words in rows]


def turns(vocabulary: pa.Array) -> Turns:
    """What the lists say of each folded word.

    >>> t = turns(pa.array(["taxes", "not", "raise", "lower", "denied", "only"], pa.large_string()))
    >>> t.kinds.tolist() == [0, NEGATES, 0, 0, DENIES, NARROWS]
    True
    >>> bool(t.one[2] & t.other[3]), bool(t.one[2] & t.one[3])
    (True, False)
    """
    kinds = np.zeros(len(vocabulary), np.uint8)
    one, other = np.zeros(len(vocabulary), np.uint64), np.zeros(len(vocabulary), np.uint64)
    listed = (
        (NEGATES, " ".join(_lines("negations.txt")).split()), (NARROWS, " ".join(_lines("narrowings.txt")).split()),
        (DENIES, " ".join(_lines("denials.txt")).split()), (FIGURE, list(figures())),
        (LACKS, " ".join(_lines("lacks.txt")).split()), (CONCORD, " ".join(_lines("concord.txt")).split()),
    )  # fmt: skip
    for kind, words in listed:
        kinds[_among(vocabulary, words)] |= kind
    pairs = Counter[str]()
    for language, line in _of_languages("opposites.txt"):
        # Languages have their bits in common: a word is not swapped for one of another language.
        bit = np.uint64(1) << np.uint64(pairs[language])
        pairs[language] += 1
        for side, own in zip((one, other), line.split("|"), strict=True):
            side[_among(vocabulary, own.split())] |= bit
    return Turns(kinds, one, other)


def _among(vocabulary: pa.Array, listed: list[str]) -> BOOL:
    return np.asarray(pc.is_in(vocabulary, value_set=pa.array(listed, vocabulary.type)))
