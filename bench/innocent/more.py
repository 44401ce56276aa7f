"""Still more corpora in which nobody has anything to do with anybody: templates, boxes, law, prayers, tickers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.innocent.further import HOUR, some
from bench.innocent.worlds import DAY, WEEK, World


def tickers(w: World) -> None:
    """Three tickers of a hundred posts a day each among eighty small accounts: they print nearly all that many do."""
    share = np.append(np.full(3, 0.2), np.full(80, 0.4 / 80))
    popular = 1 / (np.arange(30) + 1.0)
    for day in range(40):
        things: list[list[int]] = [[] for _ in range(30)]
        for s in w.chance.choice(83, 200, p=share).tolist():
            post = w.add(int(s), (day + float(w.chance.random())) * DAY)
            if w.chance.random() < 0.5:
                things[int(w.chance.choice(30, p=popular / popular.sum()))].append(post)
        w.lines += [users for users in things if len({w.source[d] for d in users}) > 1]


def vendors(w: World) -> None:
    """Press offices use phrases of templates that are sold to all, each season others, each office to its taste."""
    w.events(w.base(range(60), 30, 0, 104), 100)
    taste = w.chance.gamma(0.7, 1.0, (60, 12))
    for season in range(8):
        uses: list[list[int]] = [[] for _ in range(12)]
        for s in range(60):
            for _ in range(int(w.chance.poisson(2))):
                letter = w.add(s, (season + float(w.chance.random())) * 13 * WEEK)
                uses[int(w.chance.choice(12, p=taste[s] / taste[s].sum()))].append(letter)
        w.lines += [users for users in uses if len({w.source[d] for d in users}) > 1]


def boxes(w: World) -> None:
    """A box of the weather every day and one of sport on Mondays, printed by whoever has room; some have it often."""
    w.events(w.base(range(60), 30, 0, 26), 120)
    room = w.chance.beta(0.5, 8, 60)
    for day in range(182):
        for begin in (5.0, 6.0) if day % 7 == 0 else (5.0,):
            who = np.flatnonzero(w.chance.random(60) < room).tolist()
            if len(who) > 1:
                w.lines.append([w.add(s, day * DAY + (begin + float(w.chance.random())) * HOUR) for s in who])


def law(w: World) -> None:
    """Paragraphs of forty acts that are quoted again and again, for years, the usual ones rather."""
    w.events(w.base(range(60), 25, 0, 156), 120)
    popular = 1 / (np.arange(160) + 8.0)
    uses: list[list[int]] = [[] for _ in range(160)]
    for s in range(60):
        for begin in w.chance.uniform(0, 156, int(w.chance.integers(4, 20))).tolist():
            article = w.add(s, begin * WEEK)
            act = int(w.chance.choice(160, p=popular / popular.sum())) // 4 * 4
            for k in set((act + w.chance.integers(0, 4, 2)).tolist()):
                uses[k].append(article)
    w.lines += [users for users in uses if len({w.source[d] for d in users}) > 1]


def anniversaries(w: World) -> None:
    """Twelve days of the year on which some words of old are printed again, each year by whoever thinks of it."""
    w.events(w.base(range(60), 30, 0, 208), 150)
    for day in w.chance.choice(364, 12, replace=False).tolist():
        wordings: list[list[int]] = [[] for _ in range(6)]
        for year in range(4):
            for s in some(w, range(60), 4, 14):
                time = (year * 364 + day + float(w.chance.uniform(-0.3, 0.6))) * DAY
                wordings[int(w.chance.integers(6))].append(w.add(s, time))
        w.lines += [users for users in wordings if len({w.source[d] for d in users}) > 1]


def renamed(w: World) -> None:
    """A third of the accounts change their names, at random times, some twice."""
    made = w.base(range(50), 50, 0, 40)
    w.events(made, 350)
    name = 50
    for s in range(0, 50, 3):
        for begin in sorted(w.chance.uniform(5, 35, int(w.chance.integers(1, 3))).tolist()):
            for d in made:
                if w.source[d] in (s, name - 1) and w.time[d] >= begin * WEEK and (d // 50) == s:
                    w.source[d] = name
            name += 1


def uploads(w: World) -> None:
    """Every source uploads what it has at the end of a week or a month, all with the time of the upload."""
    made = w.base(range(60), 40, 0, 26)
    w.events(made, 350)
    every = w.chance.choice([WEEK, 2 * WEEK, 4 * WEEK], 60)
    hour = w.chance.uniform(0, 12, 60)
    for d in made:
        s = w.source[d]
        w.time[d] = float(np.ceil(w.time[d] / every[s]) * every[s] + hour[s] * HOUR)


def adverts(w: World) -> None:
    """Adverts of a hundred firms, in the words of each firm, placed for some weeks in papers drawn by their prices."""
    w.events(w.base(range(60), 30, 0, 52), 120)
    price = w.chance.pareto(2.0, 60) + 0.5
    for _ in range(100):
        begin = float(w.chance.uniform(0, 48))
        who = w.chance.choice(60, int(w.chance.integers(2, 6)), replace=False, p=price / price.sum()).tolist()
        w.lines.append([w.add(int(s), (begin + k + float(w.chance.random())) * WEEK) for s in who for k in range(3)])


MORE: dict[str, Callable[[World], None]] = {
    "tickers": tickers,
    "templates of a vendor": vendors,
    "boxes of weather and sport": boxes,
    "law texts": law,
    "anniversaries": anniversaries,
    "accounts that change their names": renamed,
    "uploads of a week or a month": uploads,
    "adverts": adverts,
}
