"""Simulated accounts with habits, who have nothing to do with each other, and groups planted among such accounts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bench.rows import Row
from bench.ties.made import OPTIONS, found, tied_pairs
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.wording import Material
from inchorus.thresholds import LEVEL

DAY, HOUR = 86_400.0, 3600.0
DAYS = 30
FIRST_SEED = 500
WINDOW = 60.0
WINDOWS = (10.0, WINDOW, 600.0, HOUR, DAY)


class Post(NamedTuple):
    """A post: the account, seconds, and the objects in it."""

    source: int
    time: float
    objects: tuple[str, ...]


class Accounts:
    """60 to 100 accounts of very unequal activity, each awake around an hour of its own, of three time zones."""

    def __init__(self, seed: int) -> None:
        """Draw them."""
        self.chance = np.random.default_rng(seed)
        self.n = int(self.chance.integers(60, 101))
        activity = self.chance.pareto(1.2, self.n) + 0.3
        self.share = activity / activity.sum()
        self.hour = self.chance.choice([8.0, 14.0, 20.0], self.n) + self.chance.normal(0, 1, self.n)

    def drawn(self, most: int) -> list[int]:
        """So many different accounts at most, the active ones rather."""
        some = self.chance.choice(self.n, most, replace=True, p=self.share)
        return list(dict.fromkeys(some.tolist()))

    def awake(self, source: int) -> float:
        """A moment at which the account is awake."""
        day = int(self.chance.integers(DAYS))
        return day * DAY + float(self.chance.normal(self.hour[source], 2.5)) * HOUR


def items(a: Accounts, n: int, delay: float) -> Iterator[Post]:
    """Things that appear and are passed on by whoever sees them, as share buttons and reposts do; often twice."""
    for k in range(n):
        start = a.awake(int(a.chance.integers(a.n)))
        for source in a.drawn(int(min(a.n / 2, 2 + a.chance.pareto(1.0) * 2))):
            time = start + a.chance.exponential(delay)
            yield Post(source, time, (f"item{k}",))
            if a.chance.random() < 0.3:
                yield Post(source, time + a.chance.choice([5.0, 50.0, HOUR, DAY]), (f"item{k}",))


def vocabulary(a: Accounts, n: int, words: int, name: str = "word") -> Iterator[Post]:
    """Posts of one to three of the same things that all others use, the popular ones rather."""
    weight = 1 / (np.arange(words) + 3.0)
    for source in a.chance.choice(a.n, n, p=a.share).tolist():
        some = a.chance.choice(words, int(a.chance.integers(1, 4)), p=weight / weight.sum())
        yield Post(source, a.awake(source), tuple(f"{name}{k}" for k in sorted(set(some.tolist()))))


def own(a: Accounts) -> Iterator[Post]:
    """Everybody's own page, daily at a fixed time; of some many times a day."""
    for source in range(a.n):
        at = a.hour[source] * HOUR
        for day in range(DAYS):
            for _ in range(int(a.chance.choice([1, 1, 1, 5]))):
                yield Post(source, day * DAY + at + a.chance.normal(0, 120), (f"own{source}",))
        for k in range(int(a.chance.integers(5, 20))):
            yield Post(source, a.awake(source), (f"page{source}-{k}",))


def daily(a: Accounts, things: int) -> Iterator[Post]:
    """Things of the day: a third of all use them in the same hour of each day."""
    for k in range(things):
        users = a.chance.permutation(a.n)[: a.n // 3]
        hour = float(a.chance.uniform(6, 22))
        for day in range(DAYS):
            for source in users[a.chance.random(len(users)) < 0.7].tolist():
                yield Post(source, day * DAY + (hour + a.chance.random()) * HOUR, (f"daily{k}",))


def event(a: Accounts, things: int) -> Iterator[Post]:
    """One hour in which many post of one thing, a few times each."""
    start = float(a.chance.uniform(5, DAYS - 5)) * DAY
    for source in np.flatnonzero(a.chance.random(a.n) < a.chance.choice([0.25, 0.9])).tolist():
        for _ in range(int(a.chance.integers(2, 13))):
            yield Post(source, start + a.chance.random() * HOUR, (f"event{things}-{int(a.chance.integers(things))}",))


def bursts(a: Accounts, posts: list[Post]) -> Iterator[Post]:
    """Accounts that post what they post again and again: within seconds, within hours."""
    repeats = set(a.chance.permutation(a.n)[: a.n // 6].tolist())
    for post in posts:
        if post.source in repeats:
            gap = float(a.chance.choice([3.0, 600.0]))
            for k in range(int(a.chance.integers(1, 12))):
                yield post._replace(time=post.time + (k + 1) * gap)


def twice(a: Accounts, posts: list[Post]) -> Iterator[Post]:
    """Feeds that post each item twice; rows that were exported twice."""
    doubled = set(a.chance.permutation(a.n)[: a.n // 3].tolist())
    for post in posts:
        if post.source in doubled:
            yield post._replace(time=post.time + a.chance.choice([0.0, 1.0, 20.0]))


def habits(kind: str, seed: int) -> tuple[Accounts, list[Post]]:
    """The posts of accounts that have nothing to do with each other."""
    a = Accounts(seed)
    made: dict[str, list[Iterator[Post]]] = {
        "links": [items(a, 150, 2 * HOUR), own(a), event(a, 1)],
        "hashtags": [vocabulary(a, 3000, 150), own(a), daily(a, 3), event(a, 12), event(a, 1)],
        "mentions": [vocabulary(a, 2000, 80), items(a, 60, HOUR), event(a, 3), daily(a, 1)],
        "reposts": [items(a, 400, 20 * 60.0), event(a, 1)],
        "posts": [items(a, 100, HOUR), daily(a, 2), own(a)],
    }
    posts = list(itertools.chain.from_iterable(made[kind]))
    posts += list(bursts(a, posts))
    return a, posts + list(twice(a, posts))


def planted(seed: int, links: int, within: float) -> tuple[Accounts, list[Post], set[tuple[str, str]]]:
    """Accounts with links of their own and of the news, and two groups of five that share some at different times.

    Each is shared `within` so many seconds.
    """
    a = Accounts(seed)
    posts = [*items(a, 100, 2 * HOUR), *own(a)]
    wanted: set[tuple[str, str]] = set()
    for g, group in enumerate(a.chance.permutation(a.n)[:10].reshape(2, 5).tolist()):
        wanted |= {(f"s{min(p):03}", f"s{max(p):03}") for p in itertools.combinations(group, 2)}
        for k in range(links):
            start = float(a.chance.uniform(1, DAYS - 1)) * DAY
            posts += [Post(s, start + a.chance.uniform(0, within), (f"group{g}-{k}",)) for s in group]
    return a, posts, wanted


def as_numbers(a: Accounts, posts: list[Post]) -> tuple[Material, Objects]:
    """What the test of shared objects takes."""
    names = sorted({name for post in posts for name in post.objects})
    at = {name: k for k, name in enumerate(names)}
    shares = sorted({(at[name], d) for d, post in enumerate(posts) for name in post.objects})
    objects, document = np.array(shares, np.int64).T.copy()
    source = np.array([post.source for post in posts], np.int32)
    time = (np.array([post.time for post in posts]) * 1e6).astype(np.int64) + 1_700_000_000_000_000
    none = np.zeros(0, np.int64)
    known = np.ones(len(posts), np.int64)
    sources = [f"s{k:03}" for k in range(a.n)]
    return Material(sources, source, time, known, [], np.zeros(0, np.str_), none, none), Objects(
        objects, document, names
    )


KINDS = ("links", "hashtags", "mentions", "reposts", "posts")


def measure(quick: bool) -> Iterator[Row]:
    """For each kind and window, the share of corpora with a tie; and what is found of groups that act in a minute."""
    corpora = 4 if quick else 20
    seeds = range(FIRST_SEED, FIRST_SEED + corpora)
    for kind in KINDS:
        made = [as_numbers(*habits(kind, seed)) for seed in seeds]
        for window in WINDOWS:
            ties = [int((judge_objects(o, m, window, OPTIONS).tested.q <= LEVEL).sum()) for m, o in made]
            name = f"habits, {kind}, {window:.0f} s, {corpora} corpora"
            yield Row("runs without coordination that report a tie", name, float(np.mean(np.array(ties) > 0)), low=True)
            yield Row("ties", name, sum(ties), low=True, floored=False)
    for links, window in itertools.product((3, 4, 5), WINDOWS):
        tied, wanted = [], []
        for seed in seeds:
            a, posts, want = planted(seed, links, min(window, WINDOW))
            m, o = as_numbers(a, posts)
            tied.append(tied_pairs(m, judge_objects(o, m, window, OPTIONS).tested))
            wanted.append(want)
        seconds = "" if window == WINDOW else f", {window:.0f} s"
        name = f"habits, groups of five that share {links} links{seconds}, {corpora} corpora"
        yield from found(name, tied, wanted, True)
