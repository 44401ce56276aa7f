"""More corpora in which nobody has anything to do with anybody: the press, services and platforms at work."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.innocent.worlds import DAY, WEEK, World

HOUR = 3600.0


def some(w: World, who: list[int] | range, low: int, high: int) -> list[int]:
    """Between `low` and `high` of these, drawn by lot."""
    n = min(len(who), int(w.chance.integers(low, high + 1)))
    return [int(s) for s in w.chance.choice(who, n, replace=False)]


def newsletters(w: World, sources: int = 60) -> None:
    """Weekly newsletters, each on its day and hour, with three of the week's items each, the popular ones rather."""
    weekday, hour = w.chance.integers(0, 7, sources), w.chance.uniform(6, 20, sources)
    popular = 1 / (np.arange(40) + 4.0)
    for week in range(40):
        items: dict[int, list[int]] = {}
        for s in range(sources):
            issue = w.add(s, week * WEEK + weekday[s] * DAY + (hour[s] + float(w.chance.uniform(0, 0.3))) * HOUR)
            if w.chance.random() < 0.5:
                for k in w.chance.choice(40, 3, replace=False, p=popular / popular.sum()).tolist():
                    items.setdefault(k, []).append(issue)
        w.lines += [users for users in items.values() if len(users) > 1]


def schedule(w: World) -> None:
    """An agency's dispatches at nine on three days a week; whoever has room prints one within six hours."""
    w.base(range(60), 30, 0, 26)
    for week in range(26):
        for day in (0, 2, 4):
            who = some(w, range(60), 2, 7)
            begin = week * WEEK + day * DAY + 9 * HOUR
            w.lines.append([w.add(s, begin + float(w.chance.uniform(0, 6)) * HOUR) for s in who])


def translation(w: World) -> None:
    """Half of the sources write another language, and print what the others have a day later, in their words."""
    first, second = w.base(range(30), 40, 0, 26), w.base(range(30, 60), 40, 0, 26, 1)
    w.events(first, 150, window=30)
    for users in list(w.lines):
        begin = w.time[users[0]] + DAY * float(w.chance.uniform(1, 3))
        near = sorted(second, key=lambda d: abs(w.time[d] - begin))[:20]
        w.lines.append(some(w, near, 2, 6))


def merged(w: World) -> None:
    """Ten papers close half-way, their people write on under the name of another; ten new ones are founded then."""
    made = w.base(range(40), 40, 0, 26) + w.base(range(40, 50), 20, 0, 13) + w.base(range(50, 60), 20, 13, 26)
    for closed in range(40, 50):
        made += w.base(range(closed - 40, closed - 39), 20, 13, 26)
    w.events(made, 350)


def embargoes(w: World) -> None:
    """Statements under embargo, printed within minutes of one o'clock at night by whoever has room."""
    w.base(range(60), 40, 0, 26)
    for _ in range(120):
        at = float(w.chance.integers(0, 182)) * DAY + HOUR
        w.lines.append([w.add(s, at + float(w.chance.exponential(240))) for s in some(w, range(60), 2, 12)])


def holidays(w: World) -> None:
    """Eight holidays a year on which all print greetings, in one of many stock wordings."""
    w.events(w.base(range(60), 30, 0, 52), 150)
    for holiday in w.chance.choice(364, 8, replace=False).tolist():
        wordings: dict[int, list[int]] = {}
        for s in range(60):
            for _ in range(int(w.chance.integers(0, 3))):
                greeting = w.add(s, (holiday + float(w.chance.uniform(-0.3, 0.9))) * DAY)
                wordings.setdefault(int(w.chance.integers(15)), []).append(greeting)
        w.lines += [users for users in wordings.values() if len(users) > 1]


def summer_time(w: World) -> None:
    """Everybody has an hour of his own; in the middle the clocks of half of them change, those of the others later."""
    hour = w.chance.integers(0, 24, 60)
    for s in range(60):
        for day in range(182):
            if w.chance.random() < 0.35:
                late = 1 if day > (90 if s % 2 else 111) else 0
                w.add(s, day * DAY + ((hour[s] + late) % 24 + float(w.chance.random())) * HOUR)
    w.events(list(range(len(w.source))), 400, window=8, high=4)


def columns(w: World, many: int = 6) -> None:
    """A syndicated column a week, bought by others each week."""
    w.base(range(60), 30, 0, 52)
    for week in range(52):
        for _ in range(3):
            begin = week * WEEK + float(w.chance.uniform(0, 4)) * DAY
            who = some(w, range(60), 2, many)
            w.lines.append([w.add(s, begin + float(w.chance.uniform(0, 2)) * DAY) for s in who])


def heavy_tails(w: World) -> None:
    """Activity as Pareto has it: one source has a tenth of all, many have five documents."""
    n = np.minimum(5 * (w.chance.pareto(0.9, 80) + 1), 1500).astype(int)
    w.events([d for s in range(80) for d in w.base(range(s, s + 1), int(n[s]), 0, 26)], 400)


def feuds(w: World, days: float = 4.0, times: int = 6) -> None:
    """Two sources quote each other to contradict, for some days; then others do."""
    w.events(w.base(range(60), 30, 0, 26), 150)
    for _ in range(40):
        a, b = some(w, range(60), 2, 2)
        begin = float(w.chance.uniform(0, 25 * WEEK))
        for moment in np.sort(w.chance.uniform(0, days * DAY, int(w.chance.integers(3, times + 1)))).tolist():
            w.lines.append([w.add(a, begin + moment), w.add(b, begin + moment + float(w.chance.uniform(1, 20)) * HOUR)])


def trending(w: World) -> None:
    """A platform shows all the same ten things of the day; whoever is there repeats one now and then."""
    popular = 1 / (np.arange(10) + 1.0)
    share = w.chance.pareto(1.5, 80) + 0.3
    for day in range(60):
        things: list[list[int]] = [[] for _ in range(10)]
        for s in w.chance.choice(80, 90, p=share / share.sum()).tolist():
            post = w.add(s, (day + float(w.chance.beta(3, 2))) * DAY)
            if w.chance.random() < 0.4:
                things[int(w.chance.choice(10, p=popular / popular.sum()))].append(post)
        w.lines += [users for users in things if len({w.source[d] for d in users}) > 1]


def school(w: World) -> None:
    """Three regions whose school papers pause in other weeks."""
    made = []
    for region in range(3):
        pauses = np.concatenate(
            [w.chance.choice(50, 4, replace=False)[:, None] + np.arange(3) for _ in range(1)]
        ).ravel()
        for s in range(region * 20, region * 20 + 20):
            made += [w.add(s, t) for t in w.chance.uniform(0, 52, 60) * WEEK if int(t // WEEK) not in pauses]
    w.events(made, 400)


def releases(w: World) -> None:
    """Releases of a service, printed within three days by each source as often as its rooms are empty."""
    w.base(range(60), 25, 0, 52)
    empty = w.chance.beta(0.7, 6, 60)
    for _ in range(200):
        begin = float(w.chance.uniform(0, 51 * WEEK))
        who = np.flatnonzero(w.chance.random(60) < empty).tolist()
        if len(who) > 1:
            w.lines.append([w.add(s, begin + float(w.chance.exponential(DAY))) for s in who])


def rounds(w: World) -> None:
    """Tables of a league on Sunday evenings, in half of the papers, with a sentence or two of the round's report."""
    w.events(w.base(range(60), 30, 0, 40), 150)
    for week in range(40):
        at = week * WEEK + 6 * DAY + 18 * HOUR
        tables = [w.add(s, at + float(w.chance.uniform(0, 4)) * HOUR) for s in range(30) if w.chance.random() < 0.8]
        w.lines += [some(w, tables, 2, 8) for _ in range(4)]


def court(w: World) -> None:
    """A court that hands down on Tuesdays and Thursdays at ten; whoever is in the room prints a sentence of it."""
    w.events(w.base(range(60), 40, 0, 26), 100)
    for week in range(26):
        for day in (1, 3):
            room = [w.add(s, week * WEEK + day * DAY + (10 + float(w.chance.exponential(2))) * HOUR)
                    for s in some(w, range(60), 8, 14)]  # fmt: skip
            w.lines += [some(w, room, 2, 5) for _ in range(3)]


def archives(w: World) -> None:
    """Twelve sources bring in what they published before, on the three days on which their publisher moves servers."""
    made = w.base(range(60), 40, 0, 26)
    w.events(made, 350)
    moves = np.sort(w.chance.uniform(0, 26, 3)) * WEEK
    for d in made:
        if w.source[d] < 12 and w.time[d] <= moves[-1]:
            w.time[d] = float(moves[np.searchsorted(moves, w.time[d])] + w.chance.uniform(0, HOUR))


def backdated(w: World) -> None:
    """Twelve sources have the date of the first of the month for all of it, in what is older than three months."""
    made = w.base(range(60), 40, 0, 26)
    w.events(made, 350)
    for d in made:
        if w.source[d] < 12 and w.time[d] < 13 * WEEK:
            w.time[d] = w.time[d] // (30 * DAY) * 30 * DAY


def posted_again(w: World) -> None:
    """Half of the sources delete what they posted and post it again, up to five times over two months."""
    w.events(w.base(range(60), 25, 0, 26), 250)
    holds = w.printed()
    for d in range(len(w.source)):
        for _ in range(int(w.chance.integers(0, 6)) if w.source[d] % 2 else 0):
            again = w.add(w.source[d], w.time[d] + float(w.chance.exponential(3 * WEEK)))
            for k in holds.get(d, []):
                w.lines[k].append(again)


def obituaries(w: World) -> None:
    """Notices from thirty stock phrases, of which every writer takes some by lot, the usual ones rather."""
    w.events(w.base(range(60), 20, 0, 52), 100)
    popular = 1 / (np.arange(120) + 10.0)
    uses: list[list[int]] = [[] for _ in range(120)]
    for s in range(60):
        for _ in range(int(w.chance.integers(3, 15))):
            notice = w.add(s, float(w.chance.uniform(0, 52)) * WEEK)
            for k in w.chance.choice(120, 2, replace=False, p=popular / popular.sum()).tolist():
                uses[k].append(notice)
    w.lines += [users for users in uses if len({w.source[d] for d in users}) > 1]


def storm(w: World) -> None:
    """Everybody writes three times as much in four weeks of the year, and all of that is about the same."""
    w.events(w.base(range(60), 25, 0, 52), 100)
    for begin in w.chance.choice(50, 4, replace=False).tolist():
        w.events(w.base(range(60), 6, begin, begin + 1), 80, window=40)


def moods(w: World) -> None:
    """How much of its documents a source shares changes from month to month, for everybody otherwise."""
    mood = w.chance.beta(0.5, 1.0, (60, 7))
    made = w.base(range(60), 60, 0, 26)
    w.events([d for d in made if w.chance.random() < mood[w.source[d], int(w.time[d] // (4 * WEEK))]], 300)


def shifts(w: World) -> None:
    """Editors work five days and are off for five, in two shifts that each half of the papers has."""
    made = []
    for s in range(60):
        days = [day for day in range(182) if (day // 5 + s) % 2 == 0]
        made += [w.add(s, (d + float(w.chance.uniform(0.3, 0.9))) * DAY) for d in w.chance.choice(days, 45).tolist()]
    w.events(made, 300, window=30)


def fortnightlies(w: World) -> None:
    """Papers of every other week, half of them in the even weeks, with the lines of their week."""
    by_week: dict[int, list[int]] = {}
    for s in range(60):
        for week in range(s % 2, 52, 2):
            by_week.setdefault(week, []).append(w.add(s, (week + float(w.chance.uniform(0, 0.9))) * WEEK))
    for week in w.chance.choice(52, 300).tolist():
        w.lines.append(some(w, by_week[week], 2, 6))


FURTHER: dict[str, Callable[[World], None]] = {
    "newsletters": newsletters,
    "an agency's schedule": schedule,
    "translation (languages)": translation,
    "papers that merge": merged,
    "embargoes": embargoes,
    "holidays": holidays,
    "summer time": summer_time,
    "columns sold by the week": columns,
    "heavy tails": heavy_tails,
    "feuds of four days": feuds,
    "feuds of ten days": lambda w: feuds(w, 10.0, 8),
    "trending things": trending,
    "school holidays": school,
    "a service's releases": releases,
    "league tables": rounds,
    "a court's days": court,
    "archives brought in": archives,
    "dates of the first": backdated,
    "posted again": posted_again,
    "stock phrases": obituaries,
    "four storms": storm,
    "moods": moods,
    "two shifts": shifts,
    "fortnightlies": fortnightlies,
}
