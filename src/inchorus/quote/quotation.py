"""A quotation: its pieces, and the words of its sentence that say whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from inchorus.quote.marks import Stretch

Span = tuple[int, int]


@dataclass(frozen=True)
class Quotation:
    """What somebody is said to have said.

    `spans` are its pieces, half-open, in code points of the text, without the marks; more than one where the narrator
    or a new paragraph comes between. `speaker` and `cue` are spans too, None where the text does not say.
    """

    spans: tuple[Span, ...]
    direct: bool
    speaker: Span | None
    cue: Span | None
    near: bool = False  # the word of saying stands beside it, and not elsewhere in the sentence


def inside(text: str, stretch: Stretch) -> Span:
    """The span between the marks without spaces at its ends."""
    begin, end = stretch.start, stretch.end
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return begin, end
