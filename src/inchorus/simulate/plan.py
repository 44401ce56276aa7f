"""What is planted where, decided from the seed before any document is written."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from inchorus.errors import UsageError
from inchorus.simulate.article import GRAMMAR, LINES, Beat, article, event, post, report, rules
from inchorus.simulate.edits import CUT_SHARE, RATES, Editor, Script, apply, clause, synonyms
from inchorus.simulate.grammar import Context, draws, sentence, shuffle
from inchorus.simulate.options import Simulation
from inchorus.simulate.recurring import recurring

DAY = 86_400
LINE_WORDS = (12, 40)
POST_LINE_WORDS = (12, 28)
TRIES = 400
IN_COMMON = 0.2  # of the pairs of neighbouring words of two planted lines

Draw = Callable[[], float]


@dataclass(slots=True)
class Placement:
    """One planted passage: its text, and the document that carries it (`slot` until indices are given)."""

    line_id: str
    kind: str
    text: str
    wording: str
    edits: str
    slot: int
    source: int
    second: int
    is_first: bool
    group_id: str | None = None
    copied_from: int | None = None
    setting: str = ""


@dataclass
class Plan:
    """Placements by document index, and every document's index by slot."""

    by_document: dict[int, list[Placement]]
    index_of: list[int]


@dataclass
class Planner:
    """Places lines: `placements` so far, in documents numbered by `slots`; `seen` are the lines' pairs of words."""

    options: Simulation
    weights: list[float]
    figures: list[str]
    draw: Draw
    editor: Editor = field(default_factory=lambda: Editor(synonyms(rules("synonyms"))))
    placements: list[Placement] = field(default_factory=list)
    slots: int = 0
    seen: list[frozenset[tuple[str, str]]] = field(default_factory=list)

    def line(self) -> str:
        """A line that no edit could make of an earlier one: few of its pairs of words stand there too."""
        low, high = LINE_WORDS if self.options.kind == "articles" else POST_LINE_WORDS
        for attempt in range(TRIES):
            text = sentence(LINES.expand("line", Context(self.draw)))
            words = text.lower().replace(",", "").rstrip(".").split()
            pairs = frozenset(pairwise(words))
            # The grammar is finite: the more lines there are, the likelier that two must share a turn of phrase.
            limit = IN_COMMON * (1 + attempt / TRIES) * len(pairs)
            if low <= len(words) <= high and all(len(pairs & other) < limit for other in self.seen):
                self.seen.append(pairs)
                return text
        raise UsageError(
            f"the grammar has no more distinct lines after {len(self.placements):,} planted passages",
            fix="ask for fewer lines, groups or documents",
        )

    def users(self, count: int) -> list[int]:
        """Different sources, the busier ones likelier."""
        chosen: dict[int, None] = {}
        while len(chosen) < count:
            chosen[bisect(self.weights, self.draw() * self.weights[-1])] = None
        return list(chosen)

    def times(self, count: int, *, hours: float) -> list[int]:
        """Seconds since the start: the first alone, the others after a lag of about `hours` in the median."""
        end = self.options.days * DAY
        first = int(self.draw() * 0.75 * end)
        later = []
        for _ in range(count - 1):
            lag = hours * 3600 * math.exp(1.5 * _normal(self.draw))
            second = first + max(60, int(lag))
            later.append(second if second < end else first + 60 + int(self.draw() * (end - first - 60)))
        times = [first]
        for second in sorted(later):
            times.append(max(second, times[-1] + 1))
        return times

    def plant(self, line_id: str, kind: str, users: list[int], hours: float, group: str | None, bundle: int) -> int:
        """Place one line, in the documents of an earlier one where `bundle` is not negative; its first place."""
        wording = self.line()
        # The order of draws is part of what a seed gives.
        level, chained = self._level(), self.draw() < 0.5
        at = len(self.placements)
        if bundle >= 0:
            count = next(
                (i for i, p in enumerate(self.placements[bundle:]) if p.line_id != self.placements[bundle].line_id),
                at - bundle,
            )
            carriers = [(p.slot, p.source, p.second) for p in self.placements[bundle : bundle + count]]
        else:
            times = self.times(len(users), hours=hours)
            carriers = [(self.slots + i, s, t) for i, (s, t) in enumerate(zip(users, times, strict=True))]
            self.slots += len(users)
        self._carry((line_id, kind, group), wording, carriers, level, chained)
        return at

    def carry(self, line_id: str, kind: str, carriers: list[tuple[int, int, int]], group: str | None) -> None:
        """Place one line in documents that are there, each as (slot, source, second), the earliest first."""
        wording, level = self.line(), self._level()
        self._carry((line_id, kind, group), wording, carriers, level, self.draw() < 0.5)

    def _level(self) -> str:
        level = self.options.edits
        return ("verbatim", "light", "heavy")[int(self.draw() * 3)] if level == "mixed" else level

    def _carry(
        self,
        named: tuple[str, str, str | None],
        wording: str,
        carriers: list[tuple[int, int, int]],
        level: str,
        chained: bool,
    ) -> None:
        line_id, kind, group = named
        words, at = wording.split(), len(self.placements)
        scripts: list[Script] = [{}]
        for i, (slot, source, second) in enumerate(carriers):
            parent = int(self.draw() * i) if chained else 0
            text = wording
            if i and RATES[level]:
                script = self._script(words, scripts[parent], RATES[level], chained=chained)
                scripts.append(script)
                cut = clause(words, self.draw) if level == "heavy" and self.draw() < CUT_SHARE else None
                text = apply(words, script, cut)
            elif i:
                scripts.append({})
            origin = at + parent if i else None
            self.placements.append(
                Placement(line_id, kind, text, wording, level, slot, source, second, i == 0, group, origin)
            )

    def _script(self, words: list[str], start: Script, rate: float, *, chained: bool) -> Script:
        mean = rate * len(words) * (0.7 if chained else 1.0)
        count = max(1, int(mean + 0.5 + 0.25 * mean * _normal(self.draw)))
        limit = max(1, round(1.25 * rate * len(words))) if chained else count
        return self.editor.script(words, count, start, self.draw, limit)

    def copies(self, line_id: str, kind: str, users: list[int], texts: list[str], setting: str) -> None:
        """A quotation or an agency text: the first text is the whole, each user prints one of them."""
        for i, (source, second) in enumerate(zip(users, self.times(len(users), hours=5), strict=True)):
            text = texts[i % len(texts)]
            self.placements.append(
                Placement(
                    line_id,
                    kind,
                    text,
                    texts[0],
                    "verbatim",
                    self.slots,
                    source,
                    second,
                    i == 0,
                    setting=setting,
                )
            )
            self.slots += 1


def make_plan(options: Simulation, weights: list[float], figures: list[str], wires: Beat) -> Plan:
    """The plan of a simulation; `weights` are the sources' cumulative activity, `wires` what agencies report on."""
    planner = Planner(options, weights, figures, draws(options.seed, "plan"))
    draw = planner.draw
    for k in range(options.lines):
        users = planner.users(_between(options.users, draw))
        planner.plant(f"line{k + 1}", "line", users, 18, None, -1)
    members = list(range(options.sources))
    shuffle(members, draw)
    for g in range(options.groups):
        group = members[g * options.group_size : (g + 1) * options.group_size]
        before = -1
        for k in range(options.group_lines):
            users = [s for s in group if draw() < 1 - options.left_out]
            users = users if len(users) >= 2 else group[:]
            shuffle(users, draw)
            bundle = before if draw() < options.doubled else -1
            before = planner.plant(f"group{g + 1}-line{k + 1}", "group line", users, 3, f"group{g + 1}", bundle)
    if options.boilerplate:
        _boilerplate(planner, wires)
    for line_id, kind, uses in recurring(options, planner.users, draw):
        first, planner.slots = planner.slots, planner.slots + len(uses)
        carriers = [(first + i, source, second) for i, (second, source) in enumerate(uses)]
        planner.carry(line_id, kind, carriers, None)
    return _place(planner)


def _boilerplate(planner: Planner, wires: Beat) -> None:
    options, draw = planner.options, planner.draw
    for k in range(math.ceil(options.documents / 250)):
        users = planner.users(min(options.sources, _between((4, 14), draw)))
        wording = planner.line().rstrip(".")
        figure = planner.figures[int(draw() * len(planner.figures))]
        planner.copies(f"quotation{k + 1}", "quotation", users, [wording], figure)
    for k in range(math.ceil(options.documents / 300)):
        users = planner.users(min(options.sources, _between((3, 8), draw)))
        story = report(event(draw), draw, wires)
        wire = GRAMMAR.expand("wire", story)
        if options.kind == "posts":
            texts = [post(story, wires.dialect)]
        else:
            parts = [" ".join(p) for p in article(story, wires.dialect)]
            parts[0] = f"{story.facts['town'].upper()} ({wire}) - {parts[0]}"
            texts = ["\n\n".join(parts)]
            for _ in range(len(users) - 1):
                kept = parts[: len(parts) - int(draw() * 3)]
                if draw() < 0.3:
                    del kept[1 + int(draw() * (len(kept) - 1))]
                texts.append("\n\n".join(kept))
        planner.copies(f"wire{k + 1}", "syndicated", users, texts, GRAMMAR.expand("headline", story))


def _place(planner: Planner) -> Plan:
    documents, slots = planner.options.documents, planner.slots
    if slots > documents:
        raise UsageError(
            f"{slots:,} documents would carry planted passages, and there are {documents:,}",
            fix="raise documents, or lower lines, users or groups",
        )
    index_of = []
    for k in range(slots):
        low, high = k * documents // slots, (k + 1) * documents // slots
        index_of.append(low + int(planner.draw() * (high - low)))
    shuffle(index_of, planner.draw)
    by_document: dict[int, list[Placement]] = {}
    for p in planner.placements:
        if p.copied_from is not None:
            p.copied_from = index_of[planner.placements[p.copied_from].slot]
        by_document.setdefault(index_of[p.slot], []).append(p)
    return Plan(by_document, index_of)


def _between(bounds: tuple[int, int], draw: Draw) -> int:
    return bounds[0] + int(draw() * (bounds[1] - bounds[0] + 1))


def _normal(draw: Draw) -> float:
    return math.sqrt(-2 * math.log(1 - draw())) * math.cos(2 * math.pi * draw())
