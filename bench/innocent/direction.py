"""Who leads, where nobody does, and where somebody does: corpora as numbers, ten pairs of sources that share lines.

    python -m bench.innocent.direction                  every mechanism, 20 corpora each
    python -m bench.innocent.direction --corpora 100    so many
    python -m bench.innocent.direction --only stopped   one of them; may be repeated

All pairs that share lines are asked, as if all of them were tied.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from bench.rows import Row
from bench.table import print_table
from inchorus.compiled.kernel import I64
from inchorus.relate.direction import Direction, Matched, When, directions, precision
from inchorus.relate.wording import Material, TieOptions, judge_pairs

HOUR = 3_600_000_000
DAY, WEEK = 24.0, 168.0  # hours
PAIRS, LINES, WEEKS = 10, 16, 26
Chance = np.random.Generator
Filler = Callable[["Corpus", Chance, int, int], None]


class Corpus:
    """Documents while they are made: source, hour, lines; whose times are only dates."""

    def __init__(self) -> None:
        self.source: list[int] = []
        self.hour: list[float] = []
        self.lines: list[tuple[int, ...]] = []
        self.dated: set[int] = set()
        self.n_lines = 0

    def add(self, source: int, hour: float, *lines: int) -> None:
        """A document of `source` with these lines."""
        self.source.append(source)
        self.hour.append(hour)
        self.lines.append(lines)

    def line(self) -> int:
        """A new line."""
        self.n_lines += 1
        return self.n_lines - 1

    def own(self, chance: Chance, source: int, n: int, low: float = 0.0, high: float = WEEKS * WEEK) -> None:
        """Documents of the source's own at random times."""
        for hour in chance.uniform(low, high, n).tolist():
            self.add(source, hour)

    def judged(self) -> tuple[Direction, list[tuple[int, int]]]:
        """Who leads, and the pairs in the same order."""
        order = np.lexsort((self.hour, self.source))
        source = np.array(self.source, np.int32)[order]
        time = (np.array(self.hour)[order] * HOUR).astype(np.int64) + 365 * 24 * HOUR
        held = [(line, i) for i, at in enumerate(order.tolist()) for line in self.lines[at]]
        point, document = np.array(held, np.int64).T.copy()
        dated = np.isin(source, list(self.dated))
        time[dated] = time[dated] // (24 * HOUR) * (24 * HOUR)
        names = [f"S{i:03}" for i in range(int(source.max()) + 1)]
        known: I64 = np.ones(len(source), np.int64)
        points = [str(i) for i in range(self.n_lines)]
        m = Material(names, source, time, known, points, np.array(["line"] * len(points)), point, document)
        t = judge_pairs(m, np.ones(len(points), bool), TieOptions())
        within = precision(np.where(dated, "day", "second"))
        when = When(source, time, known, within)
        found = directions(Matched(t.matches, t.of, t.a, t.b), when, (point, document), np.ones(len(t.a), bool))
        return found, list(zip(t.a.tolist(), t.b.tolist(), strict=True))


def random_moments(
    c: Corpus, chance: Chance, a: int, b: int, times: tuple[int, int] = (1, 1), own: tuple[int, int] = (30, 30)
) -> None:
    """Either prints a line at so many random moments of five days."""
    c.own(chance, a, own[0])
    c.own(chance, b, own[1])
    for _ in range(LINES):
        line, start = c.line(), chance.uniform(0, (WEEKS - 1) * WEEK)
        for s, k in ((a, times[0]), (b, times[1])):
            for hour in chance.uniform(0, 5 * DAY, k).tolist():
                c.add(s, start + hour, line)


def within_a_day(c: Corpus, chance: Chance, a: int, b: int) -> None:
    """A ticker prints a line twenty times in a day, the other once in that day."""
    c.own(chance, a, 60)
    c.own(chance, b, 30)
    for _ in range(LINES):
        line, start = c.line(), chance.uniform(0, (WEEKS - 1) * WEEK)
        for hour in chance.uniform(0, DAY, 20).tolist():
            c.add(a, start + hour, line)
        c.add(b, start + chance.uniform(0, DAY), line)


def published_twice(c: Corpus, chance: Chance, a: int, b: int, later: float = 0.1) -> None:
    """A feed publishes each item again, minutes (or a week) later."""
    c.own(chance, b, 30)
    for hour in chance.uniform(0, WEEKS * WEEK, 30).tolist():
        c.add(a, hour)
        c.add(a, hour + later)
    for _ in range(LINES):
        line, start = c.line(), chance.uniform(0, (WEEKS - 2) * WEEK)
        hour = start + chance.uniform(0, 5 * DAY)
        c.add(a, hour, line)
        c.add(a, hour + later, line)
        c.add(b, start + chance.uniform(0, 5 * DAY), line)


def issues(days: tuple[int, ...], hours: tuple[float, float]) -> Callable[[Chance], list[float]]:
    """Times of issues: on these days of the week, between these hours."""

    def made(chance: Chance) -> list[float]:
        return [w * WEEK + d * DAY + chance.uniform(*hours) for w in range(WEEKS) for d in days]

    return made


def next_issue(
    c: Corpus,
    chance: Chance,
    a: int,
    b: int,
    of_a: Callable[[Chance], list[float]],
    of_b: Callable[[Chance], list[float]],
    late: int = 1,
    event: tuple[float, float] = (0.0, 24.0),
    articles: int = 2,
    lines: int = LINES,
) -> None:
    """What happens, at any time or within these hours, is printed in one of the next `late` issues of either."""
    times = [sorted(make(chance)) for make in (of_a, of_b)]
    for s, of in ((a, times[0]), (b, times[1])):
        for hour in of:
            for _ in range(articles):
                c.add(s, hour + chance.uniform(0, 0.2))
    for _ in range(lines):
        line, at = c.line(), float(chance.integers(0, (WEEKS - 5) * 7)) * DAY + chance.uniform(*event)
        for s, of in ((a, times[0]), (b, times[1])):
            c.add(s, of[int(np.searchsorted(of, at)) + int(chance.integers(0, late))], line)


def poisson(rate: float) -> Callable[[Chance], list[float]]:
    """Random times, `rate` a week, and far beyond the end."""
    return lambda chance: np.cumsum(chance.exponential(WEEK / rate, int(3 * rate * WEEKS))).tolist()


def stopped(c: Corpus, chance: Chance, a: int, b: int) -> None:
    """One stops before the other begins."""
    half = WEEKS * WEEK / 2
    c.own(chance, a, 30, 0, half)
    c.own(chance, b, 30, half, 2 * half)
    for _ in range(LINES):
        line = c.line()
        c.add(a, chance.uniform(0, half), line)
        c.add(b, chance.uniform(half, 2 * half), line)


def waning(c: Corpus, chance: Chance, a: int, b: int) -> None:
    """One publishes less and less, the other more and more; lines are in random documents, six weeks apart at most."""
    times = [np.sort(WEEKS * WEEK * chance.power(2, 80)) for _ in range(2)]
    times[0] = np.sort(WEEKS * WEEK - times[0])
    for s, of in ((a, times[0]), (b, times[1])):
        for hour in of.tolist():
            c.add(s, hour)
    for _ in range(LINES):
        line, at = c.line(), chance.uniform(4 * WEEK, (WEEKS - 4) * WEEK)
        for s, of in ((a, times[0]), (b, times[1])):
            near = of[np.abs(of - at) < 3 * WEEK]
            if len(near):
                c.add(s, float(chance.choice(near)) + 0.01, line)


def stamped(c: Corpus, chance: Chance, a: int, b: int, off: float, spread: float, dated: bool) -> None:
    """Both print at once, but the times of one are later than they should be, by a clock or a stamp."""
    c.own(chance, a, 30)
    c.own(chance, b, 30)
    if dated:
        c.dated.add(b)
    for _ in range(LINES):
        line, at = c.line(), float(chance.integers(0, WEEKS * 7)) * DAY + chance.uniform(7, 15)
        c.add(a, at + chance.uniform(0, spread), line)
        c.add(b, at + off + chance.uniform(0, spread), line)


def one_story(c: Corpus, chance: Chance, a: int, b: int) -> None:
    """Four stories; of each, either prints four lines in documents of one day."""
    c.own(chance, a, 30)
    c.own(chance, b, 30)
    for _ in range(4):
        start = float(chance.integers(0, WEEKS * 7)) * DAY
        days = chance.integers(0, 3, 2)
        for _ in range(4):
            line = c.line()
            for s, day in ((a, days[0]), (b, days[1])):
                c.add(s, start + float(day) * DAY + chance.uniform(0, DAY), line)


MORNING, EVENING = issues(tuple(range(7)), (5.0, 6.0)), issues(tuple(range(7)), (17.0, 18.0))
DAILY = issues(tuple(range(7)), (5.0, 20.0))
EAST, WEST = issues(tuple(range(7)), (6.0, 15.0)), issues(tuple(range(7)), (14.0, 23.0))
MONDAY, TUESDAY, THURSDAY = (issues((day,), (6.0, 9.0)) for day in (0, 1, 3))

INNOCENT: Mapping[str, Filler] = {
    "once each": random_moments,
    "twice and once": partial(random_moments, times=(2, 1)),
    "four times and once": partial(random_moments, times=(4, 1)),
    "ten times and once": partial(random_moments, times=(10, 1)),
    "four times and twice": partial(random_moments, times=(4, 2)),
    "busy and quiet": partial(random_moments, own=(300, 10)),
    "twenty times in a day": within_a_day,
    "a feed that publishes twice": published_twice,
    "again a week later": partial(published_twice, later=WEEK),
    "the Monday paper": partial(next_issue, of_a=MONDAY, of_b=TUESDAY),
    "the Monday paper, three issues": partial(next_issue, of_a=MONDAY, of_b=TUESDAY, late=3),
    "morning and evening": partial(next_issue, of_a=MORNING, of_b=EVENING),
    "morning and evening, by day": partial(next_issue, of_a=MORNING, of_b=EVENING, event=(8.0, 16.0)),
    "two time zones": partial(next_issue, of_a=EAST, of_b=WEST),
    "two time zones, by day": partial(next_issue, of_a=EAST, of_b=WEST, event=(5.0, 6.0)),
    "weekly and daily": partial(next_issue, of_a=DAILY, of_b=THURSDAY),
    "at any time, often and seldom": partial(next_issue, of_a=poisson(7), of_b=poisson(1), articles=1),
    "stopped": stopped,
    "waning and waxing": waning,
    "dates stamped a day late": partial(stamped, off=DAY, spread=5.0, dated=True),
    "a clock five hours late": partial(stamped, off=5.0, spread=1.5, dated=False),
    "one story": one_story,
}


def follows(
    c: Corpus,
    chance: Chance,
    a: int,
    b: int,
    delay: tuple[float, float] = (2.0, 48.0),
    own: tuple[int, int] = (30, 30),
    times: int = 1,
) -> None:
    """One repeats ten lines of the other, so many hours later."""
    c.own(chance, a, own[0])
    c.own(chance, b, own[1])
    for _ in range(10):
        line, at = c.line(), chance.uniform(0, (WEEKS - 1) * WEEK)
        for k in range(times):
            c.add(a, at + k * chance.uniform(0, DAY), line)
        c.add(b, at + chance.uniform(*delay), line)


FOLLOWED: Mapping[str, Filler] = {
    "hours to days later": follows,
    "minutes later": partial(follows, delay=(0.01, 1.0)),
    "one to five days later": partial(follows, delay=(DAY, 5 * DAY)),
    "the leader publishes three times as much": partial(follows, own=(90, 30)),
    "the leader prints lines twice": partial(follows, times=2),
}


def counts(make: Filler, corpora: int, first: int = 0) -> tuple[int, int, int, int]:
    """Corpora with a leader, pairs with one, pairs whose leader is the lesser source, pairs."""
    some = named = right = pairs = 0
    for seed in range(first, first + corpora):
        chance, c = np.random.default_rng(seed), Corpus()
        for p in range(PAIRS):
            make(c, chance, 2 * p, 2 * p + 1)
        found, of = c.judged()
        asked = np.array([a % 2 == 0 and b == a + 1 for a, b in of])
        some += bool(found.lead[asked].any())
        named += int((found.lead[asked] != 0).sum())
        right += int((found.lead[asked] > 0).sum())
        pairs += int(asked.sum())
    return some, named, right, pairs


def measure(corpora: int = 20, first: int = 0, only: tuple[str, ...] = ()) -> Iterator[Row]:
    """Rows of every mechanism (of `only` these): corpora in which a leader is named by chance; recall of leaders."""
    for name, make in INNOCENT.items():
        if not only or name in only:
            some, *_ = counts(make, corpora, first)
            yield Row("corpora with a leader by chance", name, some / corpora, low=True)
    for name, make in FOLLOWED.items():
        if not only or name in only:
            _, named, right, pairs = counts(make, corpora, first)
            yield Row("recall of leaders", name, right / pairs)
            yield Row("precision of leaders", name, right / max(1, named))


def main() -> int:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(prog="bench.innocent.direction", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", action="append", choices=[*INNOCENT, *FOLLOWED], default=[])
    parser.add_argument("--corpora", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    args = parser.parse_args()
    rows = measure(args.corpora, args.first, tuple(args.only))
    print_table(("measure", "mechanism", "figure"), [(r.measure, r.corpus, f"{r.value:.3g}") for r in rows])
    return 0


if __name__ == "__main__":
    sys.exit(main())
