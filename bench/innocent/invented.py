"""Five mechanisms invented to attack the test once it stood: without the controls that every run makes, and with them.

python -m bench.innocent.invented
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np

from bench.innocent.further import HOUR, some
from bench.innocent.worlds import DAY, WEEK, World
from bench.rows import Row
from bench.table import print_table
from inchorus.relate.controls import controls
from inchorus.relate.strata import choose
from inchorus.relate.wording import TieOptions, judge_pairs
from inchorus.thresholds import LEVEL

FIRST_SEED = 773000


def quota(w: World) -> None:
    """Every paper prints three items a week that follow one another in a feed of forty, from where it looks in."""
    for week in range(26):
        of: list[list[int]] = [[] for _ in range(40)]
        for s in range(60):
            start = int(w.chance.integers(0, 36))
            for k in range(3):
                of[start + k].append(w.add(s, (week + float(w.chance.random())) * WEEK))
        w.lines += [users for users in of if len({w.source[d] for d in users}) > 1]


def growth(w: World) -> None:
    """A platform that grows, in accounts and in posts."""
    times = np.sqrt(w.chance.random(3000)).tolist()
    w.events([w.add(int(w.chance.integers(0, 1 + int(79 * x**2))), x * 52 * WEEK) for x in times], 400)


def places(w: World) -> None:
    """Papers along a coast: what happens somewhere is of interest for a third of the coast to both sides."""
    place, order = w.chance.random(60), sorted(w.base(range(60), 40, 0, 26), key=w.time.__getitem__)
    for _ in range(300):
        i, here = int(w.chance.integers(len(order) - 90)), float(w.chance.random())
        near = [d for d in order[i : i + 90] if abs(place[w.source[d]] - here) < 0.33]
        if len(near) > 3:
            n = min(len(near), int(w.chance.integers(2, 7)))
            w.lines.append([int(d) for d in w.chance.choice(near, n, replace=False)])


def backlog(w: World) -> None:
    """Half of the papers print what others had, one to four weeks later."""
    w.events(w.base(range(60), 40, 0, 30), 250)
    for users in list(w.lines):
        for s in w.chance.choice(np.arange(30, 60), int(w.chance.integers(0, 4)), replace=False).tolist():
            users.append(w.add(s, w.time[users[0]] + float(w.chance.uniform(1, 4)) * WEEK))


def guests(w: World) -> None:
    """Twenty columnists who sell a column now and then to two to five papers, the great ones rather."""
    w.events(w.base(range(60), 30, 0, 52), 120)
    size = w.chance.pareto(1.5, 60) + 0.5
    for _ in range(20):
        for fortnight in range(26):
            if w.chance.random() < 0.4:
                n = int(w.chance.integers(2, 6))
                who = w.chance.choice(60, n, replace=False, p=size / size.sum()).tolist()
                w.lines.append([w.add(s, (2 * fortnight + float(w.chance.random())) * WEEK) for s in who])


def zones_of_embargo(w: World) -> None:
    """A wire lifts its embargo at six in each of three zones; whoever has room prints within the hour."""
    for s in range(60):
        for day, hour in zip(w.chance.integers(0, 182, 40).tolist(), w.chance.uniform(6, 18, 40).tolist(), strict=True):
            w.add(s, day * DAY + (hour + s % 3 * 8) * HOUR)
    w.events(list(range(len(w.source))), 120, window=20, high=4)
    for day in w.chance.choice(182, 140, replace=False).tolist():
        who = some(w, range(60), 2, 9)
        w.lines.append([w.add(s, day * DAY + (6 + s % 3 * 8 + float(w.chance.random())) * HOUR) for s in who])


def hemispheres(w: World) -> None:
    """Stock wording of summer and of winter, three years long, by papers of two hemispheres, each at its season."""
    w.events(w.base(range(60), 30, 0, 156), 120)
    uses: list[list[int]] = [[] for _ in range(160)]
    for s in range(60):
        for begin in w.chance.uniform(0, 156, int(w.chance.integers(8, 30))).tolist():
            summer = (begin + s % 2 * 26) % 52 < 26
            uses[int(w.chance.integers(80)) + 80 * summer].append(w.add(s, begin * WEEK))
    w.lines += [users for users in uses if len({w.source[d] for d in users}) > 1]


def quitting(w: World) -> None:
    """Accounts that quit after weeks and are back after some under another name, three or four times in a year."""
    name, made = 0, []
    for _ in range(40):
        begin = float(w.chance.uniform(0, 8))
        while begin < 48:
            end = min(52.0, begin + 3 + float(w.chance.exponential(8)))
            made += w.base(range(name, name + 1), int(4 + 2 * (end - begin)), begin, end)
            name, begin = name + 1, end + float(w.chance.exponential(3))
    w.events(made, 350, window=50)


def trials(w: World) -> None:
    """A platform tries texts on its pages: every week other tenths of them, drawn by lot, have one text each."""
    made = w.base(range(60), 52, 0, 26)
    w.events(made, 150)
    week = (np.array(w.time)[made] // WEEK).astype(int)
    for k in range(26):
        of = w.chance.permutation(60) % 10
        now = np.flatnonzero(week == k).tolist()
        w.lines += [users for part in range(10) if (users := [made[i] for i in now if of[w.source[made[i]]] == part])]


def cut_short(w: World) -> None:
    """An agency's texts, cut by the programs of papers after one, two or four sentences."""
    w.base(range(60), 30, 0, 26)
    room = w.chance.choice([1, 2, 4], 60)
    for _ in range(120):
        begin, who = float(w.chance.uniform(0, 25)) * WEEK, some(w, range(60), 3, 10)
        made = [w.add(s, begin + float(w.chance.uniform(0, 36)) * HOUR) for s in who]
        parts = [[d for d in made if room[w.source[d]] > k] for k in range(4)]
        w.runs.append(list(range(len(w.lines), len(w.lines) + 4)))
        w.lines += parts


def contracts(w: World) -> None:
    """Ten weekly columns, each sold to six papers, who cancel after two weeks in the mean; others take their place."""
    w.events(w.base(range(60), 30, 0, 52), 150)
    for _ in range(10):
        day, who = float(w.chance.uniform(0, 6)), some(w, range(60), 6, 6)
        for week in range(52):
            w.lines.append([w.add(s, week * WEEK + (day + float(w.chance.random())) * DAY) for s in who])
            rest = w.chance.permutation([s for s in range(60) if s not in who]).tolist()
            who = [s if w.chance.random() < 0.5 else rest.pop() for s in who]


def quotas(w: World) -> None:
    """Accounts that post exactly so many times a day, and take what stands on top when they look: it changes hourly."""
    each = w.chance.integers(1, 6, 60)
    for day in range(60):
        top: dict[int, list[int]] = {}
        for s in range(60):
            for at in w.chance.uniform(7, 23, each[s]).tolist():
                post = w.add(s, day * DAY + at * HOUR)
                if w.chance.random() < 0.2:
                    top.setdefault(int(at), []).append(post)
        w.lines += [users for users in top.values() if len({w.source[d] for d in users}) > 1]


def editions(w: World) -> None:
    """Ten holidays, for which half of the papers, drawn anew, print thick editions of many stock pieces."""
    w.events(w.base(range(60), 30, 0, 104), 150)
    for holiday in w.chance.choice(728, 10, replace=False).tolist():
        pieces: list[list[int]] = [[] for _ in range(60)]
        for s in some(w, range(60), 30, 30):
            for k in w.chance.choice(60, int(w.chance.integers(4, 12)), replace=False).tolist():
                pieces[k].append(w.add(s, (holiday + float(w.chance.random())) * DAY))
        w.lines += [users for users in pieces if len(users) > 1]


def translators(w: World) -> None:
    """Stories of another language, put into this one by one of two programs, of which each paper has bought one."""
    w.events(w.base(range(60), 30, 0, 52), 120)
    bought = w.chance.integers(0, 2, 60)
    for _ in range(200):
        begin, who = float(w.chance.uniform(0, 51)) * WEEK, some(w, range(60), 3, 9)
        made = [w.add(s, begin + float(w.chance.uniform(0, 48)) * HOUR) for s in who]
        parts = [[d for d in made if bought[w.source[d]] == k] for k in (0, 1)]
        w.lines += [users for users in parts if len(users) > 1]


def rushes(w: World) -> None:
    """Activity as Pareto has it, and each source writes most in a few nights of its own, of what all write about."""
    n = np.minimum(6 * (w.chance.pareto(1.1, 80) + 1), 400).astype(int)
    for s in range(80):
        nights = w.chance.integers(0, 180, 1 + n[s] // 12)
        for night in w.chance.choice(nights, n[s]).tolist():
            w.add(s, night * DAY + (18 + float(w.chance.exponential(2))) * HOUR)
    w.events(list(range(len(w.source))), 400, window=30, high=5)


def campaigns(w: World) -> None:
    """Letters of citizens: fifteen campaigns of some weeks, three templates each, taken by whoever hears of them."""
    zeal = w.chance.pareto(1.5, 300) + 0.4
    w.base(range(300), 3, 0, 104)
    for _ in range(15):
        begin, last = float(w.chance.uniform(0, 96)), float(w.chance.uniform(2, 7))
        uses: list[list[int]] = [[], [], []]
        for s in w.chance.choice(300, 60, replace=False, p=zeal / zeal.sum()).tolist():
            letter = w.add(s, (begin + float(w.chance.beta(1, 2)) * last) * WEEK)
            uses[int(w.chance.choice(3, p=[0.6, 0.3, 0.1]))].append(letter)
        w.lines += [users for users in uses if len(users) > 1]


def lifetimes(w: World) -> None:
    """Topics of two days and topics of a quarter, to which each source is drawn more or less."""
    w.base(range(60), 20, 0, 52)
    slow = w.chance.beta(0.7, 0.7, 60)
    for _ in range(220):
        begin, lasts = float(w.chance.uniform(0, 39)), bool(w.chance.random() < 0.5)
        odds = slow if lasts else 1 - slow
        n = int(w.chance.integers(2, 7))
        who = w.chance.choice(60, n, replace=False, p=odds / odds.sum()).tolist()
        w.lines.append([w.add(s, (begin + float(w.chance.random()) * (13 if lasts else 2 / 7)) * WEEK) for s in who])


def taken_over(w: World) -> None:
    """Whoever lacks an article takes one of the last three days from anybody, the great papers rather."""
    size = w.chance.pareto(1.2, 60) + 0.5
    n = np.minimum(15 + 10 * size, 200).astype(int)
    made = sorted((d for s in range(60) for d in w.base(range(s, s + 1), n[s], 0, 26)), key=w.time.__getitem__)
    when = np.array(w.time)[made]
    lines: dict[int, list[int]] = {}
    for i, d in enumerate(made):
        if w.chance.random() < 0.15:
            lower = int(np.searchsorted(when, when[i] - 3 * DAY))
            others = [e for e in made[lower:i] if w.source[e] != w.source[d]]
            if others:
                lines.setdefault(int(w.chance.choice(others)), []).append(d)
    w.lines += [[first, *users] for first, users in lines.items()]


def pool(w: World) -> None:
    """A press pool of twelve, drawn anew every month: each week has two reports, printed by half of its members."""
    w.events(w.base(range(60), 30, 0, 52), 120)
    for month in range(13):
        members = some(w, range(60), 12, 12)
        for week in range(4):
            for _ in range(2):
                begin = (4 * month + week + float(w.chance.uniform(0, 0.8))) * WEEK
                w.lines.append([w.add(s, begin + float(w.chance.random()) * DAY) for s in some(w, members, 4, 8)])


INVENTED: dict[str, Callable[[World], None]] = {
    "three in a row of a feed": quota,
    "a platform that grows": growth,
    "places along a coast": places,
    "a backlog": backlog,
    "columnists": guests,
    "embargoes by time zone": zones_of_embargo,
    "two hemispheres": hemispheres,
    "accounts that quit and return": quitting,
    "trials of a platform": trials,
    "texts cut short": cut_short,
    "columns under contract": contracts,
    "quotas of posts": quotas,
    "holiday editions": editions,
    "two translators": translators,
    "rushes of unequal sources": rushes,
    "campaigns of letters": campaigns,
    "topics of two lifetimes": lifetimes,
    "taken over from the great": taken_over,
    "a press pool that rotates": pool,
}


def measure(corpora: int = 20, first: int = FIRST_SEED) -> Iterator[Row]:
    """Two rows a mechanism: corpora with any tie by the test alone, and after what controls have as easily is out."""
    for name, make in INVENTED.items():
        alone = left = 0
        for seed in range(first, first + corpora):
            world = World(np.random.default_rng(seed))
            make(world)
            m = world.material(False)
            keep = np.ones(len(m.labels), bool)
            q = judge_pairs(m, keep, TieOptions()).q
            if (q <= LEVEL).any():
                alone += 1
                made = controls(m, keep, choose(m.time, m.known, m.source, None, m.part))
                left += bool((np.maximum(q, made.corrected(q)) <= LEVEL).any()) if made.made else 1
        yield Row(f"corpora with any tie, of {corpora}, without controls", name, alone, low=True)
        yield Row(f"corpora with any tie, of {corpora}", name, left, low=True)


if __name__ == "__main__":
    print_table(("measure", "mechanism", "figure"), [(r.measure, r.corpus, f"{r.value:.3g}") for r in measure()])
    sys.exit(0)
