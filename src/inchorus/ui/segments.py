"""A text cut where passages begin and end, so that overlapping ones can be marked, and into parts for pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Segment(NamedTuple):
    """A stretch of a text, in code points, and the numbers of the spans that cover it, in rising order."""

    start: int
    end: int
    covers: tuple[int, ...]


def segments(start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """Cut `start` to `end` of a text wherever one of the half-open `spans` begins or ends.

    The segments follow each other without a gap and none is empty; spans reach beyond the text at will, and empty ones
    cover nothing.

    >>> [tuple(segment) for segment in segments(0, 9, [(2, 6), (4, 8)])]
    [(0, 2, ()), (2, 4, (0,)), (4, 6, (0, 1)), (6, 8, (1,)), (8, 9, ())]
    """
    events: dict[int, list[tuple[bool, int]]] = {}
    for number, (first, last) in enumerate(spans):
        first, last = max(first, start), min(last, end)  # noqa: PLW2901
        if first < last:
            events.setdefault(first, []).append((True, number))
            events.setdefault(last, []).append((False, number))
    out = []
    open_now: set[int] = set()
    at = start
    for place in [*sorted(events), end]:
        if at < place:
            out.append(Segment(at, place, tuple(sorted(open_now))))
            at = place
        for begins, number in events.get(place, ()):
            (open_now.add if begins else open_now.discard)(number)
    return out


def covered(length: int, spans: Sequence[tuple[int, int]]) -> int:
    """How many code points of a text of `length` lie in at least one of the spans.

    >>> covered(9, [(2, 6), (4, 8)])
    6
    """
    total = done = 0
    for first, last in sorted(spans):
        begin, end = max(first, done), min(last, length)
        if begin < end:
            total += end - begin
            done = end
    return total


def parts(text: str, most: int) -> list[tuple[int, int]]:
    r"""Cut a text into parts of at most `most` code points, after a line break in the second half of each.

    >>> parts("one two\nthree four", 12), parts("", 12)
    ([(0, 8), (8, 18)], [(0, 0)])
    """
    out = []
    start = 0
    while len(text) - start > most:
        for sign in ("\n", " "):
            cut = text.rfind(sign, start + most // 2, start + most) + 1
            if cut:
                break
        out.append((start, cut or start + most))
        start = out[-1][1]
    return [*out, (start, len(text))]
