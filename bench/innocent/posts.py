"""Corpora of posts in which nobody has anything to do with anybody: what articles do in days, posts do in hours.

    python -m bench.innocent.posts                          10 corpora a mechanism
    python -m bench.innocent.posts --only "live events"     one of them; may be repeated

Accounts of very unequal activity post for ten weeks, each around an hour of its own. Groups of five that are planted
print six lines, each within two hours, on days at least two apart.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bench.innocent.accounts import ACCOUNTS, DAYS, HOUR, Posts
from bench.innocent.asked import print_measured
from bench.innocent.worlds import DAY
from bench.rows import Row
from inchorus.relate.controls import controls
from inchorus.relate.strata import choose
from inchorus.relate.wording import Material, Tested, TieOptions, judge_pairs
from inchorus.thresholds import LEVEL

FIRST_SEED = 9600


def hours(w: Posts) -> None:
    """Stories of a few hours, ten a day, that whoever is there repeats in one of six wordings."""
    posts = w.live()
    w.stories(posts, 10 * DAYS, (1, 6), 6, 0.2)


def days(w: Posts) -> None:
    """Topics that trend for one to three days, in wordings of their own."""
    posts = w.live()
    w.stories(posts, 3 * DAYS, (24, 72), 12, 0.04)


def breaking(w: Posts) -> None:
    """Thirty pieces of breaking news, of which nearly all post, some many times, within hours."""
    w.live()
    for _ in range(30):
        w.wordings(w.about(w.moment(), 2 * HOUR, w.some(40, 70), 4), 40, 0.6)


def games(w: Posts) -> None:
    """A hashtag game every evening, of whoever of 25 players is there; old jokes are told again and again."""
    w.live()
    players = np.where(np.arange(ACCOUNTS) < 25, w.chance.gamma(1.5, 1.0, ACCOUNTS), 0.0)
    jokes: list[list[int]] = [[] for _ in range(250)]
    for day in range(DAYS):
        for d in w.about(day * DAY + 20 * HOUR, 0.7 * HOUR, w.some(6, 14, players), 5):
            if w.chance.random() < 0.5:
                jokes[int(w.chance.integers(250))].append(d)
    for users in jokes:
        w.line(users)


def lines_of_the_game(w: Posts) -> None:
    """A hashtag game every evening; what is said first is said again by a few of those who play that evening."""
    w.live()
    players = np.where(np.arange(ACCOUNTS) < 30, w.chance.gamma(1.5, 1.0, ACCOUNTS), 0.0)
    for day in range(DAYS):
        w.wordings(w.about(day * DAY + 20 * HOUR, HOUR, w.some(8, 16, players), 5), 20, 0.5)


def events(w: Posts) -> None:
    """Matches twice a week; of twenty fans most are there for all three hours, and say what all say at a goal."""
    w.live()
    fans = np.where(np.arange(ACCOUNTS) < 20, 1.0, 0.02)
    for day in range(DAYS):
        if day % 7 in (2, 5):
            begin, who = day * DAY + 19 * HOUR, w.some(10, 18, fans)
            for _ in range(int(w.chance.integers(4, 13))):
                w.wordings(w.about(begin + float(w.chance.uniform(0, 3)) * HOUR, 180.0, who), 7, 0.6)


def zones(w: Posts) -> None:
    """Stories of an hour or two, among accounts that are awake for eight hours, in three time zones."""
    w.hour = w.chance.choice([4.0, 12.0, 20.0], ACCOUNTS)
    posts = w.live()
    w.stories(posts, 15 * DAYS, (0.5, 2), 4, 0.3)


def repeaters(w: Posts) -> None:
    """A third of the accounts post what they post again, every few hours, for two days."""
    hours(w)
    holds = w.printed()
    for d in range(len(w.source)):
        if w.source[d] % 3 == 0 and w.chance.random() < 0.3:
            every = float(w.chance.uniform(1, 12)) * HOUR
            for k in range(1, 1 + int(min(12, 2 * DAY // every))):
                again = w.add(w.source[d], w.time[d] + k * every)
                for line in holds.get(d, []):
                    w.lines[line].append(again)


def evenings(w: Posts) -> None:
    """150 evenings of some who happen to watch one thing, and repeat one another's lines for four hours."""
    w.live()
    for _ in range(150):
        begin, who = w.moment(), w.some(5, 8)
        for _ in range(int(w.chance.integers(3, 9))):
            on = [s for s in who if w.chance.random() < 0.6]
            w.line(w.about(begin + float(w.chance.uniform(0, 4)) * HOUR, 300.0, on))


def quarrels(w: Posts) -> None:
    """Forty quarrels of two who quote each other to contradict, three to eight times within an evening."""
    hours(w)
    for _ in range(40):
        begin, who = w.moment(), w.some(2, 2)
        for _ in range(int(w.chance.integers(3, 9))):
            w.line(w.about(begin + float(w.chance.uniform(0, 5)) * HOUR, 600.0, who))


def a_day(w: Posts) -> None:
    """Thirty conversations of two or three who never met again, of four to ten lines within a day and a night."""
    hours(w)
    for _ in range(30):
        begin, who = w.moment(), w.some(2, 3)
        for _ in range(int(w.chance.integers(4, 11))):
            w.line(w.about(begin + float(w.chance.uniform(0, 26)) * HOUR, 1200.0, who))


def short_lives(w: Posts) -> None:
    """Accounts that live for ten days, and stories of hours."""
    posts = []
    for s in range(ACCOUNTS):
        born = float(w.chance.uniform(0, DAYS - 10))
        n = int(w.chance.poisson(10 * (w.rate[s] + 2)))
        posts += [w.add(s, (born + t) * DAY) for t in w.chance.uniform(0, 10, n).tolist()]
    posts.sort(key=w.time.__getitem__)
    w.stories(posts, 10 * DAYS, (2, 10), 3, 0.3)


def quotes(w: Posts) -> None:
    """Accounts that post quotations, each in its own order, of one list of six hundred that all have."""
    w.live()
    of: list[list[int]] = [[] for _ in range(600)]
    for s in range(40):
        order = w.chance.permutation(600)
        for k in range(int(w.chance.integers(20, 120))):
            of[int(order[k])].append(w.add(s, float(w.chance.uniform(0, DAYS)) * DAY))
    for users in of:
        w.line(users)


def conferences(w: Posts) -> None:
    """Eight conferences of three days, each of some by lot, who post ten times as much there, and what is said."""
    w.live()
    for _ in range(8):
        begin, who = float(w.chance.integers(0, DAYS - 4)) * DAY, w.some(10, 20, np.ones(ACCOUNTS))
        for day in range(3):
            for _ in range(12):
                talk = begin + day * DAY + float(w.chance.uniform(9, 17)) * HOUR
                w.wordings(w.about(talk, 1200.0, [s for s in who if w.chance.random() < 0.6]), 4, 0.5)


def petitions(w: Posts) -> None:
    """Petitions whose buttons post a text, for two to six days; those who sign much sign more of them."""
    w.live()
    sign = w.chance.gamma(0.5, 1.0, ACCOUNTS) + 0.01
    for _ in range(250):
        w.line(w.about(w.moment(), float(w.chance.uniform(1, 3)) * DAY, w.some(2, 9, sign)))


def shifts(w: Posts) -> None:
    """Half post in the office's hours of working days, half in evenings and at weekends; stories of hours."""
    for s in range(ACCOUNTS):
        for day in range(DAYS):
            for _ in range(int(w.chance.poisson(w.rate[s]))):
                office = s % 2 == 0
                if office != (day % 7 < 5) and w.chance.random() < 0.8:
                    continue
                w.add(s, day * DAY + float(w.chance.uniform(9, 17) if office else w.chance.uniform(17, 24)) * HOUR)
    posts = sorted(range(len(w.source)), key=w.time.__getitem__)
    w.stories(posts, 10 * DAYS, (1, 5), 5, 0.3)


def small_club(w: Posts, matches: Sequence[int] = (1, 4), low: int = 3, high: int = 9) -> None:
    """Matches of a small club, whose eight fans hardly post else, among stories of hours."""
    w.rate[:8] = 0.15
    hours(w)
    for day in range(DAYS):
        if day % 7 in matches:
            begin, who = day * DAY + 19 * HOUR, np.flatnonzero(w.chance.random(8) < 0.7).tolist()
            for _ in range(int(w.chance.integers(low, high))):
                w.wordings(w.about(begin + float(w.chance.uniform(0, 2)) * HOUR, 300.0, who), 3, 0.7)


def awake_at_night(w: Posts) -> None:
    """Seven accounts that are awake while all others sleep; stories of an hour or two, day and night."""
    w.hour = np.where(np.arange(ACCOUNTS) < 7, 3.0, 15.0)
    w.rate = np.minimum(w.rate, 4.0)
    posts = w.live()
    w.stories(posts, 20 * DAYS, (0.5, 2), 3, 0.4)


def days_of_their_own(w: Posts) -> None:
    """Accounts that post on three days in a row, each in its own weeks, and stories that live for some hours."""
    posts = []
    for s in range(ACCOUNTS):
        for week in range(DAYS // 7):
            begin = float(w.chance.integers(0, 7))
            times = w.chance.uniform(0, 3, int(w.chance.poisson(2 + 3 * w.rate[s])))
            posts += [w.add(s, (week * 7 + begin + t) * DAY) for t in times.tolist()]
    posts.sort(key=w.time.__getitem__)
    w.stories(posts, 12 * DAYS, (2, 8), 4, 0.3)


def few_players(w: Posts) -> None:
    """Games on four evenings a week, of whoever is there of thirty players, among five hundred who do not play."""
    w.people(500, 2.0)
    w.rate[:30] *= 0.5
    posts = w.live()
    w.stories(posts, 10 * DAYS, (1, 6), 12, 0.2)
    players = np.where(np.arange(500) < 30, w.chance.gamma(1.5, 1.0, 500), 0.0)
    for day in range(DAYS):
        if day % 7 in (0, 2, 3, 5):
            w.wordings(w.about(day * DAY + 20 * HOUR, HOUR, w.some(8, 16, players), 5), 20, 0.5)


def hardly_post(w: Posts) -> None:
    """Sixty accounts that post daily among two thousand that post once or thrice in ten weeks; stories of hours."""
    w.people(2060, 6.0)
    w.rate[60:] = w.chance.exponential(2.0 / DAYS, 2000)
    w.stories(w.live(), 12 * DAYS, (2, 12), 4, 0.4)


POSTS: dict[str, Callable[[Posts], None]] = {
    "stories of hours": hours,
    "topics of days": days,
    "breaking news": breaking,
    "old jokes in games": games,
    "a game every evening": lines_of_the_game,
    "live events": events,
    "three time zones": zones,
    "accounts that repeat themselves": repeaters,
    "evenings by chance": evenings,
    "quarrels of an evening": quarrels,
    "conversations of a day": a_day,
    "accounts of ten days": short_lives,
    "lists of quotations": quotes,
    "conferences": conferences,
    "petitions": petitions,
    "office and evening": shifts,
    "a small club": small_club,
    "a small club, once a week": lambda w: small_club(w, (6,), 2, 5),
    "awake at night": awake_at_night,
    "days of their own": days_of_their_own,
    "a game of few": few_players,
    "many who hardly post": hardly_post,
}


def measure(corpora: int = 10, first: int = FIRST_SEED, only: Sequence[str] = ()) -> Iterator[Row]:
    """Four rows a mechanism: corpora with any tie, with controls and without; recall and precision of planted pairs."""
    for name, make in POSTS.items():
        if only and name not in only:
            continue
        alone = left = right = wanted = claimed = 0
        for seed in range(first, first + corpora):
            world = Posts(np.random.default_rng(seed))
            make(world)
            m = world.material(False)
            q = _judged(m).q
            if (q <= LEVEL).any():
                alone += 1
                made = controls(m, np.ones(len(m.labels), bool), choose(m.time, m.known, m.source, None, m.part))
                left += bool((np.maximum(q, made.corrected(q)) <= LEVEL).any()) if made.made else 1
            truth = world.act()
            t = _judged(world.material(False))
            tied = t.q <= LEVEL
            found = set(zip(t.a[tied].tolist(), t.b[tied].tolist(), strict=True))
            right, wanted, claimed = right + len(found & truth), wanted + len(truth), claimed + len(found)
        yield Row(f"corpora with any tie, of {corpora}, without controls", name, alone, low=True)
        yield Row(f"corpora with any tie, of {corpora}", name, left, low=True)
        yield Row("recall of planted pairs", name, right / max(1, wanted))
        yield Row("precision of ties", name, right / max(1, claimed))


def _judged(m: Material) -> Tested:
    return judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())


def main() -> int:
    """Print a table of the figures."""
    return print_measured("bench.innocent.posts", __doc__, POSTS, 10, FIRST_SEED, measure)


if __name__ == "__main__":
    sys.exit(main())
