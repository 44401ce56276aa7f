"""Puts a document together: what its source puts around it, its story, and what is planted in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from inchorus.simulate.article import GRAMMAR, Beat, article, post
from inchorus.simulate.grammar import Context, sentence
from inchorus.simulate.plan import Placement

ACT_SHARE = 0.12

Spans = list[tuple[Placement, int, int]]
# A sentence, and what is planted in it from which code point on.
Piece = tuple[str, Placement | None, int]


@dataclass(frozen=True)
class Source:
    """A publisher: its name, its towns, and what it puts around its texts."""

    name: str
    beat: Beat
    head: str
    foot: str
    postfoot: str
    habits: list[str]
    habit_rate: float
    curly: bool


def make_source(draw: Callable[[], float], names: set[str], area: Beat) -> Source:
    """A new source, with a name that is not in `names` yet."""
    facts: dict[str, str] = {}
    c = Context(draw, facts)
    facts["outtown"] = GRAMMAR.expand("town", c)
    name = GRAMMAR.expand("outlet", c)
    while name in names:
        name = GRAMMAR.expand("outlet", c)
    names.add(name)
    facts["outlet"] = name
    facts["tag"] = "".join(ch for ch in name if ch.isalnum())
    stock = [text for _, text in islice(GRAMMAR.deck("stock", c), 4)]
    own = [sentence(text) for _, text in islice(GRAMMAR.deck("habit", Context(draw, facts, "road")), 2)]
    return Source(
        name,
        area,
        GRAMMAR.expand("letterhead", c) if draw() < 0.6 else "",
        sentence(GRAMMAR.expand("footer", c)) if draw() < 0.8 else "",
        GRAMMAR.expand("postfoot", c) if draw() < 0.4 else "",
        stock + own,
        0.4 * draw(),
        draw() < 0.4,
    )


@dataclass(frozen=True)
class Setting:
    """What a background puts around a text: a `foot` at its end, and what it `say`s the text in."""

    foot: str = ""
    say: Callable[[str], str] = str


NOWHERE = Setting()


def article_text(
    c: Context, planted: list[Placement], source: Source, acts: list[str] | None, setting: Setting = NOWHERE
) -> tuple[str, Spans]:
    """An article with what is planted in it; without `acts`, no boilerplate at all."""
    draw = c.draw
    if planted and planted[0].kind == "syndicated":
        paragraphs: list[list[Piece]] = [[(planted[0].text, planted[0], 0)]]
    else:
        paragraphs = [[(text, None, 0) for text in paragraph] for paragraph in article(c, source.beat.dialect)]
        for p in planted:
            _drop(paragraphs, _planted(p, c), draw)
        if acts and draw() < source.habit_rate:
            _drop(paragraphs, (_pick(source.habits, draw), None, 0), draw)
        if acts and draw() < ACT_SHARE:
            c.facts = {**c.facts, "act": _pick(acts, draw)}
            _drop(paragraphs, (sentence(GRAMMAR.expand("actuse", c)), None, 0), draw)
    if acts and source.head:
        paragraphs.insert(0, [(source.head, None, 0)])
    if acts and source.foot:
        paragraphs.append([(source.foot, None, 0)])
    return _assemble(paragraphs + ([[(setting.foot, None, 0)]] if setting.foot else []), setting.say)


def post_text(
    c: Context, planted: list[Placement], source: Source, acts: list[str] | None, setting: Setting = NOWHERE
) -> tuple[str, Spans]:
    """A post; what is planted makes most of it; without `acts`, no boilerplate."""
    draw = c.draw
    pieces: list[Piece] = [_planted(p, c) for p in planted]
    if not pieces:
        pieces = [(post(c, source.beat.dialect), None, 0)]
    elif planted[0].kind in ("line", "group line"):
        if draw() < 0.4:
            pieces.insert(0, (sentence(GRAMMAR.expand("opener", c)), None, 0))
        if draw() < 0.4:
            pieces.append((sentence(GRAMMAR.expand("closer", c)), None, 0))
    if acts and source.postfoot:
        pieces.append((source.postfoot, None, 0))
    return _assemble([pieces + ([(setting.foot, None, 0)] if setting.foot else [])], setting.say)


def curly(text: str) -> str:
    """Typographic quotation marks, one code point for one.

    >>> curly('"Yes," she said.')
    '“Yes,” she said.'
    """
    return re.sub(r'(?<!\S)"', "“", text).replace('"', "”")


def _planted(p: Placement, c: Context) -> Piece:
    if p.kind != "quotation":
        return p.text, p, 0
    c.facts = {**c.facts, "figure": p.setting, "figurelast": p.setting.split()[-1]}
    frame = sentence(GRAMMAR.expand("cite", c))
    return frame.replace("@", p.text), p, frame.index("@")


def _drop(paragraphs: list[list[Piece]], piece: Piece, draw: Callable[[], float]) -> None:
    paragraph = paragraphs[1 + int(draw() * (len(paragraphs) - 1))]
    paragraph.insert(int(draw() * (len(paragraph) + 1)), piece)


def _assemble(paragraphs: list[list[Piece]], say: Callable[[str], str]) -> tuple[str, Spans]:
    out: list[str] = []
    spans: Spans = []
    length = 0
    for paragraph in paragraphs:
        for i, (given, p, offset) in enumerate(paragraph):
            text = say(given) if p is None else given  # what is planted is in the language already
            join = " " if i else "\n\n" if out else ""
            length += len(join)
            if p is not None:
                spans.append((p, length + offset, length + offset + len(p.text)))
            out.append(join + text)
            length += len(text)
    return "".join(out), spans


def _pick(options: list[str], draw: Callable[[], float]) -> str:
    return options[int(draw() * len(options))]
