"""The answer to whose a quotation is, and what stands between it and the answer."""

from __future__ import annotations

from typing import NamedTuple

from inchorus.quote.language import Language
from inchorus.quote.phrases import Span
from inchorus.quote.tokens import WORD, Token

LINKS = frozenset(",،、-–—―")


class Attribution(NamedTuple):
    """The cue and, where told, the speaker, as ranges of tokens; `near` is False where other words stand between."""

    cue: Span
    speaker: Span | None
    near: bool


def plain(token: Token, of: Language) -> bool:
    """Whether a word may be a verb, a noun or an adjective."""
    return token.kind == WORD and token.low not in of.conjunctions | of.prepositions | of.relatives | of.pronouns


def inner_end(token: Token) -> str:
    """The last code point of a quotation without its marks."""
    return token.text.rstrip(" \t\r\n\xa0\u202f”“\"'’»«」』")[-1:]
