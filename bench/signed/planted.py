"""A corpus with lines, near misses, frames, formulas and generic text, and the truth about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from bench.signed import vary
from bench.signed.grammar import with_grammar
from bench.signed.ordinary import documents
from bench.signed.vary import Said
from bench.signed.vocabulary import Line, Vocabulary, read
from inchorus.simulate.grammar import draws, shuffle

LANGUAGES = ("en", "de", "ru", "ar")
# Templates to choose a rule by, and others to report it by: what was tuned on the ones is caught by the others.
SETS = ("choose", "report")
RATES = {"one word in ten": 0.10, "22 %": 0.22}

SOURCES = 40
DAYS = 120
START = datetime(2024, 3, 4, tzinfo=UTC)
# Documents without anything planted, as a share of those with it.
ORDINARY = 0.5
VERBATIM, EDITED, ALONE = 2, 3, 4
MOST_SOURCES = 3
FILLERS = 4
FORMULA_USES = 30
GENERIC_USES = 8
LONG_USES = 3


@dataclass(frozen=True)
class Planted:
    """One planted passage: what it is (line, near, frame, formula, generic, long), of which line, and where it lies."""

    kind: str
    line_id: str
    said: Said
    level: str
    sources: int
    doc_id: str = ""
    start: int = 0
    end: int = 0


@dataclass
class Corpus:
    """Documents (id, source, time, text), and what is planted in them."""

    language: str
    kind: str
    documents: pa.Table
    planted: list[Planted]

    def texts(self) -> dict[str, str]:
        """The text of each document by its id."""
        return dict(zip(self.documents["id"].to_pylist(), self.documents["text"].to_pylist(), strict=True))


@dataclass
class _Planner:
    words: Vocabulary
    draw: Callable[[], float]
    out: list[Planted] = field(default_factory=list)

    def add(self, kind: str, line_id: str, said: Said, level: str = "", times: int = 1) -> None:
        """The same passage, by so many sources."""
        self.out += [Planted(kind, line_id, said, level, times)] * times

    def line(self, line_id: str, line: Line, level: str) -> None:
        """A line as its sources repeat it, and every near miss of it that it allows."""
        draw = self.draw
        self.add("line", line_id, vary.said(line), level, VERBATIM)
        for _ in range(EDITED):
            self.add("line", line_id, vary.harmless(line, RATES[level], draw), level)
        alone = vary.alone(line, draw)
        shuffle(alone, draw)
        for said in alone[:ALONE]:
            self.add("line", line_id, said, level)
        misses = [vary.near(line, change, draw) for change in vary.classes(line)]
        misses.append(vary.turned(line, self.words.before, draw))
        both = vary.several(line, draw)
        misses += [both] if both else []
        for said in misses:
            self.add("near", line_id, said, times=1 + int(draw() * MOST_SOURCES))
        again, _ = vary.edited(line, RATES["one word in ten"], draw)
        able = vary.classes(again)
        if able:
            self.add("near", line_id, vary.near(again, able[int(draw() * len(able))], draw), level="edited, too")

    def frame(self, line_id: str, line: Line) -> None:
        """A frame with several fillers, each by two or three sources."""
        for filler in vary.fillers(line)[:FILLERS]:
            self.add("frame", line_id, vary.filled(line, filler), times=2 + int(self.draw() * 2))

    def long(self, line_id: str, line: Line) -> None:
        """A long text, and the same with other figures."""
        self.add("long", line_id, vary.said(line), times=LONG_USES)
        self.add("long", line_id, vary.updated(line, self.draw), times=LONG_USES)

    def all(self) -> list[Planted]:
        """Everything, in an order of its own."""
        words, draw = self.words, self.draw
        for i, template in enumerate(words.templates["lines"]):
            self.line(f"line{i}", words.line(template, draw), list(RATES)[i % 2])
        for i, template in enumerate(words.templates["frames"]):
            self.frame(f"frame{i}", words.line(template, draw))
        for i, template in enumerate(words.templates["formulas"]):
            for _ in range(FORMULA_USES):
                self.add("formula", f"formula{i}", vary.said(words.line(template, draw)))
        for i, template in enumerate(words.templates["long"]):
            self.long(f"long{i}", words.line(template, draw))
        for kind in ("heads", "tails", "titles", "calls"):
            for i, text in enumerate(words.templates[kind]):
                self.add("generic", f"{kind}{i}", Said(text), kind, GENERIC_USES)
        shuffle(self.out, draw)
        return self.out


def corpus(language: str, which: str, kind: str, seed: int) -> Corpus:
    """A corpus of a language, of the templates to choose or to report by, as posts or as articles.

    >>> made = corpus("de", "report", "posts", 1)
    >>> p = made.planted[0]
    >>> made.texts()[p.doc_id][p.start : p.end] == p.said.text
    True
    """
    words = read(f"{language}_{which}")
    if language == "en":
        words = with_grammar(words, SETS.index(which))
    draw = draws(seed, language, which, kind)
    planted = _Planner(words, draw).all()
    ordinary = int(len(planted) * ORDINARY)
    sentences = documents(words, kind, len(planted) + ordinary, seed, SOURCES, draw)
    turn: dict[str, list[str]] = {}
    rows: list[dict[str, object]] = []
    placed: list[Planted] = []
    for i, item in enumerate([*planted, *[None] * ordinary]):
        around = next(sentences)
        text, start, end = _put(item, around, draw)
        doc_id = f"{language}{i:05d}"
        time = START + timedelta(seconds=int(draw() * DAYS * 86_400))
        source = _source(turn.setdefault(item.line_id if item else "", []), draw)
        rows.append({"id": doc_id, "source": source, "time": time, "text": text})
        if item:
            placed.append(Planted(item.kind, item.line_id, item.said, item.level, item.sources, doc_id, start, end))
    return Corpus(language, kind, pa.Table.from_pylist(rows), placed)


def _source(left: list[str], draw: Callable[[], float]) -> str:
    """A source that has not had its turn with that line yet."""
    if not left:
        left += [f"source {i:02d}" for i in range(SOURCES)]
        shuffle(left, draw)
    return left.pop()


def _put(item: Planted | None, around: list[str], draw: Callable[[], float]) -> tuple[str, int, int]:
    """The text of a document, and where the planted passage lies in it."""
    if item is None:
        return " ".join(around), 0, 0
    text = item.said.text
    at = int(draw() * (len(around) + 1))
    if item.level in ("heads", "titles"):
        at = min(at, len(around) - 1)
    if item.level in ("tails", "calls"):
        at = max(at, 1)
    before = " ".join(around[:at])
    if item.level == "tails":
        before = before.rstrip(".!?") + ","
    if item.level in ("titles", "calls"):
        text = text[0].upper() + text[1:]
    # A title stands in a sentence that goes on.
    mark = {"titles": ",", "calls": ".", "tails": "."}.get(item.level, "")
    low = len(before) + 1 if before else 0
    whole = " ".join(filter(None, [before, text + mark, " ".join(around[at:])]))
    return whole, low, low + len(text)
