"""The figures of a wording: numbers and dates in digits or written out, whatever their notation.

Numbers, parts of a whole and dates that are written out stand in lists with a language a line, that anyone may extend
without code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_DIGITS = re.compile(r"(\d+(?:\.\d+)*)(.*)", re.DOTALL)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_SUFFIXES = {"k": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9, "b": 9, "mrd": 9}
_TENS, _HUNDRED = 10, 100
_SHIFT = 2  # digits behind a decimal mark that was lost, at most


class Figure(NamedTuple):
    """One figure: what it counts, its digits and how many follow.

    n: a number; p: parts of a whole; m, d, s: a month, weekday, season. 20 million is ("n", "2", 7); `loose` says that
    its decimal mark may be lost: 3 1 or 7,5.
    """

    kind: str
    digits: str
    power: int
    loose: bool = False


@cache
def figures() -> dict[str, str]:
    """The figures of each number, date and multiplier that is written out, by its folded word.

    >>> figures()["seven"], figures()["семь"], figures()["million"], figures()["march"]
    ('7', '7', 'e6', 'm3')
    """
    out: dict[str, str] = {}
    for name in ("dates.txt", "numbers.txt", "fractions.txt"):
        text = files("inchorus.match").joinpath(name).read_text(encoding="utf-8")
        rows = [line.partition(":")[2] for line in text.splitlines() if not line.startswith("#")]
        out.update((word, number) for row in rows for word, _, number in (pair.partition("=") for pair in row.split()))
    return out


def of_wording(words: Sequence[str], lengths: Sequence[int]) -> list[Figure]:
    """The figures of folded words in order; `lengths` are their characters in the text.

    >>> of_wording(["20", "million"], [2, 7]) == of_wording(["20000000"], [10])
    True
    >>> of_wording(["a", "march", "of", "one"], [1, 5, 2, 3])
    [Figure(kind='m', digits='3', power=0, loose=False), Figure(kind='n', digits='1', power=0, loose=False)]
    """
    written = figures()
    out: list[Figure] = []
    run: list[tuple[str, bool]] = []
    for word, length in zip(words, lengths, strict=True):
        said = written.get(word, word if word[:1].isdigit() else "")
        if said[:1].isdigit() or (said[:1] == "e" and word in written):
            run.append((said, length > len(word) and word[:1].isdigit()))
            continue
        out += _number(run)
        run = []
        if said:
            out.append(Figure(said[0], said[1:], 0))
    return out + _number(run)


def _number(run: list[tuple[str, bool]]) -> list[Figure]:
    """The number of words that stand together."""
    digits, power, points, loose, parts = "", 0, 0, False, 0
    for said, has_comma in run:
        if said[0] == "e":
            power += int(said[1:])
            digits = digits or "1"
            continue
        found = _DIGITS.match(said)
        assert found is not None  # it begins with a digit
        figure, tail = found.groups()
        if _THOUSANDS.fullmatch(figure):
            figure = figure.replace(".", "")
        whole, _, behind = figure.partition(".")
        behind = behind.replace(".", "")
        if parts and int(digits or 0) % _TENS == 0 and 0 < len(whole) < len(digits) and _HUNDRED > int(digits) > 0:
            digits = str(int(digits) + int(whole))
        else:
            digits += whole + behind
        points += len(behind)
        power += _SUFFIXES.get(tail, 0)
        # A comma between digits is folded away: with three behind it parts thousands.
        loose |= has_comma and len(whole) <= len("1000") and not (len(whole) >= len("1000") and whole[-3:] == "000")
        parts += 1
    if not run:
        return []
    digits = digits.lstrip("0")
    bare = digits.rstrip("0")
    return [Figure("n", bare, power - points + len(digits) - len(bare), loose or parts > 1)]


def equal(a: Figure, b: Figure) -> bool:
    """Whether two figures are one.

    >>> one, other = of_wording(["3.1", "billion"], [3, 7]), of_wording(["3", "1", "billion"], [1, 1, 7])
    >>> equal(one[0], other[0]), equal(one[0], of_wording(["1", "billion"], [1, 7])[0])
    (True, False)
    """
    return (a.kind, a.digits) == (b.kind, b.digits) and (
        a.power == b.power or ((a.loose or b.loose) and abs(a.power - b.power) <= _SHIFT)
    )


def _left(a: Sequence[Figure], b: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of the one that the other lacks, and the reverse."""
    left, rest = list[Figure](), list(b)
    for figure in a:
        same = next((i for i, other in enumerate(rest) if equal(figure, other)), -1)
        if same >= 0:
            del rest[same]
        else:
            left.append(figure)
    return left, rest


def differ(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether one of two wordings has a figure that the other lacks."""
    return any(_left(a, b))


def replaced(a: Sequence[Figure], b: Sequence[Figure]) -> int:
    """How many figures of the one wording have another of their kind in the other.

    >>> year, other = of_wording(["in", "2004"], [2, 4]), of_wording(["in", "2006"], [2, 4])
    >>> replaced(year, other), replaced(year, [])
    (1, 0)
    """
    left, rest = (Counter(f.kind for f in own) for own in _left(a, b))
    return (left & rest).total()
