"""Words that turn a claim round: lists, a language a line, that anyone may extend without code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.kernel import BOOL, U64


class Turns(NamedTuple):
    """One entry a word of the vocabulary.

    negates (bool): has a negation or "only". denies (bool): takes back what stands beside it. one, other (uint64): a
    bit for each pair of opposites that it is on the one side or the other of. numbers (bool): is a number written out.
    """

    negates: BOOL
    denies: BOOL
    one: U64
    other: U64
    numbers: BOOL


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(line.partition(":")[2] for line in rows)


def turns(vocabulary: pa.Array) -> Turns:
    """What the lists say of each folded word.

    >>> t = turns(pa.array(["taxes", "not", "raise", "lower", "denied"], pa.large_string()))
    >>> t.negates.tolist(), t.denies.tolist()
    ([False, True, False, False, False], [False, False, False, False, True])
    >>> bool(t.one[2] & t.other[3]), bool(t.one[2] & t.one[3])
    (True, False)
    """
    n = len(vocabulary)
    one, other = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    for pair, line in enumerate(_lines("opposites.txt")):
        for side, listed in zip((one, other), line.split("|"), strict=True):
            side[_among(vocabulary, listed.split())] |= np.uint64(1) << np.uint64(pair)
    return Turns(
        _among(vocabulary, " ".join(_lines("negations.txt")).split()),
        _among(vocabulary, " ".join(_lines("denials.txt")).split()),
        one,
        other,
        _among(vocabulary, list(figures())),
    )


@cache
def figures() -> dict[str, str]:
    """The figures of each number that is written out.

    >>> figures()["seven"]
    '7'
    """
    pairs = (pair.partition("=") for line in _lines("numbers.txt") for pair in line.split())
    return {word: number for word, _, number in pairs}


def _among(vocabulary: pa.Array, listed: list[str]) -> BOOL:
    return np.asarray(pc.is_in(vocabulary, value_set=pa.array(listed, vocabulary.type)))
