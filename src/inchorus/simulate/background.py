"""Innocent backgrounds: who publishes when, and who shares wording with whom for no reason of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

DAY = 86_400
WEEK = 7 * DAY
WINDOW = 60  # documents that follow one another, among which a line finds its users by lot
USERS = (2, 8)
PER_LINE = 8  # documents for each line that is about

Draw = Callable[[], float]


@dataclass
class Schedule:
    """Documents in the order in which they are made, and lines with the documents that print each.

    By document: `source`, `second` since the start, `language` (0 for the only one), `again` (the document that it is
    a version of, else -1) and `foot` (the number of a platform's footer at its end, else -1).
    """

    sources: int
    days: int
    draw: Draw
    source: list[int] = field(default_factory=list)
    second: list[int] = field(default_factory=list)
    language: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    foot: list[int] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)
    footers: int = 0

    def add(self, source: int, second: float, language: int = 0, again: int = -1, foot: int = -1) -> int:
        """A document; its number."""
        for values, value in (
            (self.source, source),
            (self.second, min(self.days * DAY - 1, max(0, int(second)))),
            (self.language, language),
            (self.again, again),
            (self.foot, foot),
        ):
            values.append(value)
        return len(self.source) - 1

    def base(self, sources: range, documents: int, low: float, high: float, language: int = 0) -> list[int]:
        """So many documents at any time from `low` to `high` seconds, each source as many as the next."""
        n = max(1, len(sources))
        return [
            self.add(sources[i % n], low + self.draw() * (high - low), language) for i in range(documents if n else 0)
        ]

    def about(self, documents: list[int], most: int = WINDOW) -> None:
        """Lines that are about: of each eight documents one line, printed by a few of those that follow one another."""
        inside = sorted(documents, key=self.second.__getitem__)
        for _ in range(len(inside) // PER_LINE):
            window = min(most, len(inside))
            begin = int(self.draw() * (len(inside) - window + 1))
            self.lines.append(self.some(inside[begin : begin + window], *USERS))

    def some(self, of: list[int], low: int, high: int) -> list[int]:
        """From `low` to `high` of these, by lot."""
        left, n = list(of), min(len(of), low + int(self.draw() * (high - low + 1)))
        return [left.pop(int(self.draw() * len(left))) for _ in range(n)]


def _nothing(s: Schedule, documents: int) -> None:
    s.about(s.base(range(s.sources), documents, 0, s.days * DAY))


def _lives(s: Schedule, documents: int, life: float) -> None:
    made = []
    for k in range(s.sources):
        born = s.draw() * max(0.0, s.days * DAY - life)
        made += s.base(range(k, k + 1), documents // s.sources, born, born + life)
    s.about(made)


def _turnover(s: Schedule, documents: int) -> None:
    _lives(s, documents, s.days * DAY / 6)


def _accounts(s: Schedule, documents: int) -> None:
    _lives(s, documents, 28 * DAY)


def _circles(s: Schedule, documents: int, languages: bool) -> None:
    circles = min(4, s.sources)
    for k in range(circles):
        own = range(k * s.sources // circles, (k + 1) * s.sources // circles)
        s.about(s.base(own, documents // circles, 0, s.days * DAY, k if languages else 0), WINDOW // 2)


def _series(s: Schedule, documents: int) -> None:
    per_story = 8 * 8 * 7 // 10
    stories = max(1, documents // 4 // per_story)
    s.about(s.base(range(s.sources), documents - stories * per_story, 0, s.days * DAY))
    for _ in range(stories):
        _story(s, 8, DAY)


def _story(s: Schedule, parts: int, apart: float) -> None:
    """Eight sources by lot follow a story; each of its parts is a line that most of them print."""
    begin, who = s.draw() * max(0.0, s.days * DAY - parts * apart), s.some(list(range(s.sources)), 8, 8)
    for part in range(parts):
        on = [x for x in who if s.draw() < 0.7]
        if len(on) > 1:
            s.lines.append([s.add(x, begin + part * apart + s.draw() * apart) for x in on])


def _agency(s: Schedule, documents: int) -> None:
    per_story = 8 * 8 * 7 // 10
    stories = max(1, documents // 4 // per_story)
    s.about(s.base(range(s.sources), documents - stories * per_story, 0, s.days * DAY))
    for _ in range(stories):
        _story(s, 8, 3 * 3600)


def _habit(s: Schedule, documents: int) -> None:
    half = s.sources // 2
    s.base(range(half, s.sources), documents // 2, 0, s.days * DAY)
    s.about(s.base(range(half), documents - documents // 2, 0, s.days * DAY))


def _footers(s: Schedule, documents: int) -> None:
    s.footers = -(-s.days // 30)
    made = []
    for i in range(documents):
        second, source = s.draw() * s.days * DAY, i % s.sources
        made.append(s.add(source, second, foot=int(second // (30 * DAY)) if source < max(2, s.sources // 5) else -1))
    s.about(made)


def _versions(s: Schedule, documents: int) -> None:
    made = s.base(range(s.sources), documents // 2, 0, s.days * DAY)
    s.about(made)
    correcting = [d for d in made if s.source[d] < max(1, s.sources // 4)] or made
    while len(s.source) < documents:
        d = correcting[int(s.draw() * len(correcting))]
        s.add(s.source[d], s.second[d] + 600 + s.draw() * 3 * DAY, again=d)


def _calendar(s: Schedule, documents: int) -> None:
    weekday = [int(s.draw() * 7) for _ in range(s.sources)]
    by_day: dict[int, list[int]] = {}
    for i in range(documents):
        source = i % s.sources
        day = 7 * int(s.draw() * max(1, s.days // 7)) + weekday[source]
        by_day.setdefault(day, []).append(s.add(source, day * DAY + (6 + 14 * s.draw()) * 3600))
    days = [d for d, made in sorted(by_day.items()) if len(made) >= 2]
    for _ in range(documents // PER_LINE if days else 0):
        s.lines.append(s.some(by_day[days[int(s.draw() * len(days))]], 2, 5))


def _unequal(s: Schedule, documents: int) -> None:
    shares = [0.02 + s.draw() ** 4 for _ in range(s.sources)]
    made = []
    for k, share in enumerate(shares):
        made += s.base(range(k, k + 1), max(1, int(documents * share / sum(shares))), 0, s.days * DAY)
    s.about(made)


def _election(s: Schedule, documents: int) -> None:
    end = s.days * DAY
    s.about(s.base(range(s.sources), documents // 2, 0, end))
    s.about(s.base(range(s.sources), documents - documents // 2, 0.75 * end, 0.85 * end))


BACKGROUNDS: Mapping[str, tuple[str, Callable[[Schedule, int], None]]] = {
    "nothing": ("lines that are about, printed by sources at random", _nothing),
    "turnover": ("sources that exist for a sixth of the time", _turnover),
    "accounts": ("sources that exist for four weeks", _accounts),
    "languages": ("four languages, which share nothing", lambda s, n: _circles(s, n, True)),
    "beats": ("four beats, of which nothing tells but the wording", lambda s, n: _circles(s, n, False)),
    "series": ("stories that eight sources by lot follow for a week", _series),
    "agency": ("texts of an agency that is updated for a day", _agency),
    "habit": ("half of the sources never print what is about", _habit),
    "footers": ("a fifth of the sources have a platform's footer that changes every month", _footers),
    "versions": ("a quarter of the sources publish corrected versions", _versions),
    "calendar": ("weeklies, each of one day of the week", _calendar),
    "unequal": ("some sources publish fifty times as much as others", _unequal),
    "election": ("half of everything is published in a tenth of the time", _election),
}


def schedule(background: str, sources: int, days: int, documents: int, draw: Draw) -> Schedule:
    """Who publishes when, about `documents` documents, and which lines are about, in the named background.

    >>> from inchorus.simulate.grammar import draws
    >>> s = schedule("turnover", 5, 60, 50, draws(1, "background"))
    >>> len(s.source), len(s.lines)
    (50, 6)
    """
    made = Schedule(sources, days, draw)
    BACKGROUNDS[background][1](made, documents)
    return made
