"""Accounts that post, and what they have in common by nobody's plan: what `posts` makes corpora of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.innocent.worlds import DAY, World
from inchorus.compiled.kernel import F64

HOUR = 3600.0
DAYS = 70
ACCOUNTS = 80


class Posts(World):
    """Accounts with an activity and an hour of their own, and their posts in ten weeks."""

    def __init__(self, chance: np.random.Generator) -> None:
        """The accounts alone, drawn by `chance`."""
        super().__init__(chance)
        self.people(ACCOUNTS, 15.0)

    def people(self, n: int, most: float) -> None:
        """Let there be so many accounts, of `most` posts a day at most."""
        self.rate: F64 = np.minimum(self.chance.pareto(1.3, n) + 0.3, most)
        self.hour: F64 = self.chance.choice([9.0, 15.0, 21.0], n) + self.chance.normal(0, 1.5, n)

    def live(self, days: float = DAYS, zones: bool = True) -> list[int]:
        """Posts of every day, about `rate` of each account; their numbers, in order of time."""
        made = []
        for s in range(len(self.rate)):
            for day in range(int(days)):
                for _ in range(int(self.chance.poisson(self.rate[s]))):
                    hour = self.chance.normal(self.hour[s], 3.0) if zones else self.chance.uniform(0, 24)
                    made.append(self.add(s, max(0.0, day * DAY + float(hour) * HOUR)))
        return sorted(made, key=self.time.__getitem__)

    def about(self, begin: float, life: float, who: Sequence[int], each: int = 1) -> list[int]:
        """New posts of `who` about something that begins (seconds) and is over after a few times its `life`."""
        return [
            self.add(int(s), begin + float(self.chance.exponential(life)))
            for s in who
            for _ in range(1 if each == 1 else 1 + int(self.chance.poisson(each - 1)))
        ]

    def line(self, posts: Sequence[int]) -> None:
        """A line that these print, if they are of two accounts at least."""
        if len({self.source[d] for d in posts}) > 1:
            self.lines.append(list(posts))

    def some(self, low: int, high: int, by: F64 | None = None) -> list[int]:
        """Accounts by lot, between `low` and `high`; those with more of `by` rather, of all by their activity."""
        weight = self.rate if by is None else by
        n = min(int(np.count_nonzero(weight)), int(self.chance.integers(low, high + 1)))
        return [int(s) for s in self.chance.choice(len(weight), n, replace=False, p=weight / weight.sum())]

    def moment(self) -> float:
        """Any moment but of the last two days, in seconds."""
        return float(self.chance.uniform(0, DAYS - 2)) * DAY

    def wordings(self, posts: Sequence[int], words: int, part: float = 0.6) -> None:
        """Of these posts, a `part` prints one of so many wordings, the first ones rather."""
        popular = 1 / (np.arange(words) + 1.0)
        uses: list[list[int]] = [[] for _ in range(words)]
        for d in posts:
            if self.chance.random() < part:
                uses[int(self.chance.choice(words, p=popular / popular.sum()))].append(d)
        for users in uses:
            self.line(users)

    def stories(self, posts: list[int], n: int, hours: tuple[float, float], words: int, part: float) -> None:
        """So many stories, each over after between so many `hours`: a `part` of `posts` of that time is about it.

        `posts` are in order of time; see `wordings`.
        """
        when = np.array([self.time[d] for d in posts])
        for _ in range(n):
            begin = self.moment()
            i, j = np.searchsorted(when, [begin, begin + float(self.chance.uniform(*hours)) * HOUR])
            self.wordings(posts[i:j], words, part)

    def act(self, groups: int = 2, members: int = 5, lines: int = 6) -> set[tuple[int, int]]:
        """Groups that print lines of their own within two hours, two days apart at least; their pairs."""
        there = np.flatnonzero(np.bincount(self.source, minlength=len(self.rate)) >= 10)
        pairs: set[tuple[int, int]] = set()
        for group in self.chance.permutation(there)[: groups * members].reshape(groups, members).tolist():
            pairs |= {(a, b) for a in group for b in group if a < b}
            of = [d for d in range(len(self.source)) if self.source[d] in group]
            low, high = min(self.time[d] for d in of) / DAY, max(self.time[d] for d in of) / DAY
            for day in self.chance.choice(np.arange(int(low), int(high), 2), lines, replace=False).tolist():
                begin = (day + float(self.chance.uniform(0, 0.9))) * DAY
                self.line([self.add(s, begin + float(self.chance.uniform(0, 2)) * HOUR) for s in group])
        return pairs
