"""Corpora as numbers in which nobody has anything to do with anybody, by mechanism."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.relate.exchangeability_blocks import parts
from inchorus.relate.rarity import counted_sources, story_sources
from inchorus.relate.wording import Material

DAY, WEEK = 86_400.0, 7 * 86_400.0
START = 19_700 * DAY
APART = 1000  # code points between lines of one document that do not run on
Chance = np.random.Generator


class World:
    """Documents (source, seconds, language), lines (the documents that print each), and runs of lines.

    The lines of one of `runs`, by their numbers, follow on one another in each document that prints several of them.
    """

    def __init__(self, chance: Chance) -> None:
        """An empty one, drawn by `chance`."""
        self.chance = chance
        self.source: list[int] = []
        self.time: list[float] = []
        self.language: list[int] = []
        self.lines: list[list[int]] = []
        self.runs: list[list[int]] = []

    def add(self, source: int, time: float, language: int = 0) -> int:
        """A document; its number."""
        self.source.append(source)
        self.time.append(time)
        self.language.append(language)
        return len(self.source) - 1

    def base(self, sources: range, documents: int, low: float, high: float, language: int = 0) -> list[int]:
        """So many documents of each source at any time from `low` to `high` weeks."""
        times = self.chance.uniform(low * WEEK, high * WEEK, (len(sources), documents))
        return [self.add(s, t, language) for s, row in zip(sources, times, strict=True) for t in row.tolist()]

    def events(self, documents: list[int], n: int, window: int = 60, low: int = 2, high: int = 8) -> None:
        """So many lines, each printed by a few of `window` documents that follow one another."""
        inside = sorted(documents, key=self.time.__getitem__)
        for _ in range(n):
            i = int(self.chance.integers(max(1, len(inside) - window)))
            users = self.chance.choice(inside[i : i + window], int(self.chance.integers(low, high + 1)), replace=False)
            self.lines.append([int(x) for x in users])

    def printed(self) -> dict[int, list[int]]:
        """The lines of each document that prints any, by their numbers."""
        of: dict[int, list[int]] = {}
        for k, users in enumerate(self.lines):
            for d in users:
                of.setdefault(d, []).append(k)
        return of

    def plant(self, members: int = 5, lines: int = 5, groups: int = 2) -> set[tuple[int, int]]:
        """Groups of sources that print lines within a day and a half, in different weeks; their pairs."""
        source, time, language = np.array(self.source), np.array(self.time), np.array(self.language)
        first = {int(s): float(time[source == s].min()) for s in np.unique(source)}
        last = {int(s): float(time[source == s].max()) for s in np.unique(source)}
        spoken = {int(s): int(language[source == s][0]) for s in np.unique(source)}
        used: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        for _ in range(groups):
            group, low, high = self._group(members, lines, first, last, spoken, used)
            used |= set(group)
            pairs |= {(a, b) for a in group for b in group if a < b}
            for week in self.chance.choice(int((high - low) // WEEK), lines, replace=False).tolist() if group else []:
                begin = low + week * WEEK + float(self.chance.uniform(0, 4)) * DAY
                when = begin + self.chance.uniform(0, 1.5, len(group)) * DAY
                self.lines.append([self.add(s, t, spoken[s]) for s, t in zip(group, when.tolist(), strict=True)])
        return pairs

    def _group(
        self,
        members: int,
        lines: int,
        first: dict[int, float],
        last: dict[int, float],
        spoken: dict[int, int],
        used: set[int],
    ) -> tuple[list[int], float, float]:
        """Sources of one language that were there for so many weeks together, and from when to when."""
        free = [s for s in first if s not in used]
        for _ in range(500):
            order = self.chance.permutation(free).tolist()
            group, low, high = [order[0]], first[order[0]], last[order[0]]
            for s in order[1:]:
                both = max(low, first[s]), min(high, last[s])
                if spoken[s] == spoken[group[0]] and both[1] - both[0] >= lines * WEEK:
                    group.append(s)
                    low, high = both
                if len(group) == members and high - low >= lines * WEEK:
                    return group, low, high
        return [], 0.0, 0.0

    def material(self, declared: bool) -> Material:
        """As the test takes it; languages are told where they are `declared`.

        Of lines that run on, `find` makes a wording of each length that documents have them in: the first line, the
        first two and so on, one within the other.
        """
        found = np.array(self._passages(), np.int64).reshape(-1, 4)
        point, document, begin, end = np.ascontiguousarray(found[np.lexsort((found[:, 1], found[:, 0]))].T)
        source: I64 = np.array(self.source, np.int64)
        names = [f"s{s:04d}" for s in range(int(source.max()) + 1)]
        time = ((START + np.array(self.time)) * 1e6).astype(np.int64)
        known = np.ones(len(source), np.int64)
        exact: BOOL = np.ones(len(source), bool)
        language = np.array(self.language, np.int64) if declared else None
        part = parts(time, known, source.astype(np.int32), exact, (), language).part
        labels = np.array(["line"] * len(self.lines))
        ids = [str(k) for k in range(len(self.lines))]
        who = source.astype(np.int32)
        rows = point, document, begin, end, who
        counted = np.maximum(counted_sources(*rows, len(labels)), story_sources(*rows, time, known, len(labels)))
        return Material(names, who, time, known, ids, labels, point, document, counted, part)

    def _passages(self) -> list[tuple[int, int, int, int]]:
        """Line, document, and the code points from which and to which the document has it, as `material` says."""
        long = np.random.default_rng(0).integers(60, 300, len(self.lines)).tolist()
        inside = {k: run for run in self.runs for k in run}
        place = [0] * len(self.source)
        rows = []
        for k, users in enumerate(self.lines):
            run = inside.get(k, [k])
            if k != run[-1] and users == self.lines[k + 1]:
                continue
            until = sum(long[i] for i in run if i <= k)
            rows += [(k, d, place[d], place[d] + until) for d in users]
            if k == run[-1]:
                for d in self.lines[run[0]]:
                    place[d] += sum(long[i] for i in run) + APART
        return rows


def _plain(w: World) -> None:
    w.events(w.base(range(60), 40, 0, 26), 300)


def _turnover(w: World, weeks: int = 104, life: int = 16, documents: int = 30) -> None:
    born = w.chance.uniform(0, weeks - life, 60)
    made = [w.base(range(s, s + 1), documents, born[s], born[s] + life) for s in range(60)]
    w.events([d for one in made for d in one], 300)


def _languages(w: World, languages: int = 4, documents: int = 40) -> None:
    each = 60 // languages
    for k in range(languages):
        made = w.base(range(k * each, (k + 1) * each), documents, 0, 26, k)
        w.events(made, 300 * documents // 40 // languages, window=30)


def _series(w: World, stories: int = 12, cover: int = 8, days: int = 8) -> None:
    w.base(range(60), 30, 0, 26)
    for _ in range(stories):
        begin, who = w.chance.uniform(0, 24) * WEEK, w.chance.choice(60, cover, replace=False)
        for day in range(days):
            on = who[w.chance.random(cover) < 0.7]
            when = begin + day * DAY + w.chance.uniform(0, 30, len(on)) * 3600
            if len(on) > 1:
                w.lines.append([w.add(int(s), t) for s, t in zip(on, when.tolist(), strict=True)])


def _habit(w: World, documents: int = 40, part: float = 0.5) -> None:
    users = int(200 * part)
    w.base(range(users, 200), documents, 0, 26)
    w.events(w.base(range(users), documents, 0, 26), 25 * documents)


def _footers(w: World) -> None:
    for month in range(18):
        days = 30 * (month + w.chance.random((50, 3)))
        made = [[w.add(s, d * DAY) for d in days[s].tolist()] for s in range(50)]
        w.lines.append([d for one in made[:8] for d in one])


def _versions(w: World) -> None:
    w.events(w.base(range(40), 25, 0, 26), 200)
    of = w.printed()
    for d in range(12 * 25):
        for version in range(int(w.chance.integers(2, 9))):
            again = w.add(w.source[d], w.time[d] + (version + 1) * float(w.chance.uniform(600, DAY)))
            for k in of.get(d, []):
                w.lines[k].append(again)


def _mislabelled(w: World) -> None:
    """Languages that say nothing: each document has one of three by lot, and four sources one of their own."""
    made = w.base(range(60), 40, 0, 26)
    for d in made:
        w.language[d] = 3 if w.source[d] < 4 and w.chance.random() < 0.7 else int(w.chance.integers(3))
    w.events(made, 300)


def _calendar(w: World, dailies: int = 0, span: int = 1) -> None:
    weekday = w.chance.integers(0, 7, 60)
    by_day: dict[int, list[int]] = {}
    for s in range(60):
        for day in range(52 * 7):
            if s < dailies or day % 7 == weekday[s]:
                by_day.setdefault(day, []).append(w.add(s, day * DAY + float(w.chance.uniform(6, 20)) * 3600))
    days = [d for d, made in by_day.items() if len(made) >= 4]
    for day in w.chance.choice(days, 300).tolist():
        there = [d for later in range(span) for d in by_day.get(day + later, [])]
        n = min(len(there), int(w.chance.integers(2, 6)))
        w.lines.append([int(d) for d in w.chance.choice(there, n, replace=False)])


def _unequal(w: World) -> None:
    made = [w.base(range(s, s + 1), int(5 + 200 * w.chance.random() ** 4), 0, 26) for s in range(60)]
    w.events([d for one in made for d in one], 300)


def _lengths(w: World) -> None:
    made = w.base(range(60), 25, 0, 26)
    sentences = sorted((d for d in made for _ in range(20 if w.source[d] % 2 else 3)), key=w.time.__getitem__)
    for _ in range(300):
        i = int(w.chance.integers(len(sentences) - 700))
        users = {int(d) for d in w.chance.choice(sentences[i : i + 700], int(w.chance.integers(2, 9)), replace=False)}
        if len(users) > 1:
            w.lines.append(sorted(users))


def _zones(w: World) -> None:
    for s in range(60):
        for day, hour in zip(w.chance.integers(0, 182, 60), w.chance.uniform(0, 10, 60), strict=True):
            w.add(s, float(day) * DAY + ((s % 2) * 12 + hour) % 24 * 3600)
    w.events(list(range(len(w.source))), 400, window=10, high=4)


def _cohorts(w: World) -> None:
    first = w.base(range(30), 40, 0, 26)
    w.events(first + w.base(range(30, 60), 40, 26, 52), 300)


def _election(w: World) -> None:
    made = w.base(range(60), 20, 0, 26)
    rush = w.base(range(60), 20, 20, 22)
    w.events(made, 100)
    w.events(rush, 300)


def _accounts(w: World) -> None:
    born = w.chance.uniform(0, 22, 200)
    made = [w.base(range(s, s + 1), 25, born[s], born[s] + 4) for s in range(200)]
    w.events([d for one in made for d in one], 500)


def _agency(w: World) -> None:
    w.base(range(60), 30, 0, 26)
    for _ in range(15):
        begin, who = w.chance.uniform(0, 25) * WEEK, w.chance.choice(60, 8, replace=False)
        for update in range(8):
            on = who[w.chance.random(8) < 0.8]
            if len(on) > 1:
                when = begin + update * 3 * 3600 + w.chance.uniform(0, 3, len(on)) * 3600
                w.lines.append([w.add(int(s), t) for s, t in zip(on, when.tolist(), strict=True)])


def _stopped(w: World) -> None:
    """Half of the outlets pause for ten weeks in the middle."""
    there = w.base(range(30), 40, 0, 26)
    before, after = w.base(range(30, 60), 20, 0, 8), w.base(range(30, 60), 20, 18, 26)
    w.events(there + before + after, 300)


MECHANISMS: dict[str, Callable[[World], None]] = {
    "nothing": _plain,
    "turnover, 16 weeks": _turnover,
    "turnover, 10 weeks": lambda w: _turnover(w, 50, 10),
    "turnover, 26 weeks": lambda w: _turnover(w, 104, 26),
    "four languages": _languages,
    "two languages": lambda w: _languages(w, 2, 100),
    "five beats": lambda w: _languages(w, 5),
    "two beats": lambda w: _languages(w, 2, 100),
    "series of 8 days": _series,
    "series of 12 days": lambda w: _series(w, days=12),
    "series, many": lambda w: _series(w, 25, 6, 6),
    "habit, 40 documents": _habit,
    "habit, 20 documents": lambda w: _habit(w, 20),
    "habit, three tenths, 6 documents": lambda w: _habit(w, 6, 0.3),
    "footers": _footers,
    "versions": _versions,
    "calendar": _calendar,
    "calendar with dailies": lambda w: _calendar(w, 15),
    "calendar, lines of two days": lambda w: _calendar(w, 0, 2),
    "languages by lot": _mislabelled,
    "unequal activity": _unequal,
    "unequal lengths": _lengths,
    "two time zones": _zones,
    "two cohorts": _cohorts,
    "an election": _election,
    "accounts of a month": _accounts,
    "an agency that updates": _agency,
    "a long pause": _stopped,
}
