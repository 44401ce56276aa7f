"""How papers come to share wording though none has to do with another: agencies, vendors, courts, calendars."""

from __future__ import annotations

from collections.abc import Callable

from bench.innocent.texts import DAY, HOUR, WEEK, Texts

ALL = range(40)


def greetings(c: Texts) -> None:
    """Eight holidays a year, three years, and ten formulas for each that all have known for ever."""
    c.base(range(45), 25, 156)
    for holiday in c.chance.sample(range(360), 8):
        formulas = c.lines(10)
        for year in range(3):
            for s in range(45):
                for k in c.popular(c.chance.randint(0, 2), 10, 3):
                    c.add(s, (year * 364 + holiday + c.chance.uniform(-0.4, 0.9)) * DAY, c.around([formulas[k]], 4))


def agencies(c: Texts) -> None:
    """Five agencies, of which each paper has two; each is late by its own hours, and papers cut as they like."""
    c.base(ALL, 25, 26)
    has = [c.chance.sample(range(5), 2) for _ in ALL]
    late = [0.5, 2, 6, 20, 40]
    for agency in range(5):
        for _ in range(45):
            dispatch, begin = c.lines(5), c.chance.uniform(0, 25) * WEEK
            for s in ALL:
                if agency in has[s] and c.chance.random() < 0.12:
                    at = begin + c.chance.uniform(0.2, 1) * late[agency] * HOUR
                    c.add(s, at, [*dispatch[: c.chance.choice((2, 3, 5))], *c.text(c.chance.randint(0, 6))])


def notices(c: Texts) -> None:
    """Notices of deaths and of places to be had, in sentences of four vendors, who change them every half year."""
    c.base(ALL, 20, 104)
    vendor = [c.chance.randrange(4) for _ in ALL]
    stock = [[c.lines(10) for _ in range(4)] for _ in range(4)]
    for s in ALL:
        for _ in range(25):
            half, at = c.chance.randrange(4), c.chance.uniform(0, 26)
            phrases = [stock[vendor[s]][half][k] for k in set(c.popular(3, 10, 2))]
            c.add(s, (half * 26 + at) * WEEK, [f"{c.name()} of {c.name()}.", *phrases, c.sentence(6, 9)])


def rulings(c: Texts) -> None:
    """Sixty rulings of six sentences each, quoted for years by whoever writes of law, which some do often."""
    c.base(ALL, 25, 156)
    zeal = [c.chance.gammavariate(0.8, 1.0) + 0.05 for _ in ALL]
    for k in range(60):
        ruling, begin = c.lines(6), c.chance.uniform(0, 150)
        for s in c.chance.choices(ALL, zeal, k=max(2, 40 // (k + 1))):
            at = min(155.9, begin + c.chance.expovariate(1 / 15))
            c.add(s, at * WEEK, c.around(c.chance.sample(ruling, c.chance.randint(1, 2))))


def leagues(c: Texts) -> None:
    """Five leagues of eight towns, two seasons: a match is told in the papers of its two towns, in others hardly."""
    c.base(ALL, 20, 104)
    for league in range(5):
        towns = [league * 8 + k for k in range(8)]
        for a in towns:
            for b in towns:
                for week in c.chance.sample(range(100), 2) if a != b else ():
                    report, begin = c.lines(2), week * WEEK + 5 * DAY
                    for s in {a, b} | {t for t in ALL if c.chance.random() < 0.02}:
                        c.add(s, begin + c.chance.uniform(16, 40) * HOUR, c.around(report))


def neighbours(c: Texts) -> None:
    """Towns along a road: what happens in one is told there, and in the next ones the rarer the farther they are."""
    c.base(ALL, 25, 52)
    for _ in range(260):
        here, begin, line = c.chance.randrange(40), c.chance.uniform(0, 51) * WEEK, c.line()
        for s in ALL:
            far = min((s - here) % 40, (here - s) % 40)
            if c.chance.random() < (0.9, 0.5, 0.3, 0.2, 0.1)[min(far, 4)]:
                c.add(s, begin + c.chance.uniform(0, 48) * HOUR, c.around([line]))


def warnings(c: Texts) -> None:
    """Warnings of storms for so many districts of six times six, in twenty stock wordings and one of the day."""
    c.base(range(36), 25, 52)
    stock = c.lines(20)
    for _ in range(90):
        x, y, w, h = (c.chance.randrange(5), c.chance.randrange(5), c.chance.randint(2, 4), c.chance.randint(2, 4))
        begin, said = c.chance.uniform(0, 51) * WEEK, [stock[c.popular(1, 20)[0]], c.line()]
        for s in range(36):
            if x <= s % 6 < x + w and y <= s // 6 < y + h and c.chance.random() < 0.5:
                c.add(s, begin + c.chance.uniform(0, 10) * HOUR, c.around(said, 4))


def jobs(c: Texts) -> None:
    """A report every month that three papers always have, and ten others by lot; each quotes two of its sentences."""
    c.base(ALL, 30, 120)
    always = c.chance.sample(ALL, 3)
    for month in range(28):
        report, begin = c.lines(6), (month * 30 + 4) * DAY + 9 * HOUR
        for s in {*always, *c.some(ALL, 8, 12)}:
            c.add(s, begin + c.chance.expovariate(1 / 6) * HOUR, c.around(c.chance.sample(report, 2)))


def menu(c: Texts) -> None:
    """Forty phrases, the usual ones rather, of which two pieces in five have one, ever and everywhere."""
    phrases = c.lines(40)
    for d in c.base(range(60), 35, 52):
        if c.chance.random() < 0.4:
            d.body.insert(c.chance.randint(0, 8), phrases[c.popular(1, 40)[0]])


def themes(c: Texts) -> None:
    """Boxes that a site's program puts between paragraphs, by program and version; each site updates when it will."""
    program = [c.chance.randrange(5) for _ in ALL]
    boxes = [[c.lines(3) for _ in range(6)] for _ in range(5)]
    for s in ALL:
        updates = sorted(c.chance.uniform(0, 52) for _ in range(c.chance.randint(1, 5)))
        for d in c.base(range(s, s + 1), 40, 52):
            version = sum(d.time / WEEK > u for u in updates)
            for box in boxes[program[s]][version]:
                if c.chance.random() < 0.6:
                    d.body.insert(c.chance.randint(1, len(d.body)), box)


def tuesdays(c: Texts) -> None:
    """Releases on Tuesdays at ten sharp, each with one or two of the week's ten things to say."""
    c.dated = 0.0
    c.base(ALL, 10, 40)
    for week in range(40):
        things = c.lines(10)
        for s in ALL:
            if c.chance.random() < 0.8:
                chosen = {things[k] for k in c.popular(c.chance.randint(0, 2), 10, 4)}
                c.add(s, week * WEEK + DAY + 10 * HOUR, c.around(sorted(chosen)))


def listings(c: Texts) -> None:
    """What is on, in the organiser's words, printed by two to five papers every week until it is over."""
    c.base(ALL, 12, 40)
    on: dict[tuple[int, int], list[str]] = {}
    for _ in range(170):
        entry, first, lasts = c.line(), c.chance.randrange(36), c.chance.randint(1, 6)
        for s in c.some(ALL, 2, 5):
            for week in range(first, min(40, first + lasts)):
                on.setdefault((s, week), []).append(entry)
    for (s, week), entries in on.items():
        c.add(s, (week + c.chance.random()) * WEEK, c.around(entries, 3))


def polls(c: Texts) -> None:
    """Three pollsters, a figure each week, told in four sentences of theirs by whoever cares, some papers often."""
    c.base(ALL, 25, 52)
    cares = [c.chance.betavariate(0.7, 6) for _ in ALL]
    for _ in range(3):
        frames = [(c.sentence(7, 9)[:-1], c.sentence(7, 9).lower()) for _ in range(4)]
        for week in range(52):
            figures = [f"{a} {c.chance.randint(180, 420) / 10} percent {b}" for a, b in frames]
            for s in ALL:
                if c.chance.random() < cares[s]:
                    c.add(s, (week + c.chance.uniform(0, 0.5)) * WEEK, c.around(c.chance.sample(figures, 2)))


def sayings(c: Texts) -> None:
    """A saying for each day of the year, from one calendar that all shops sell; nine papers print it, now and then."""
    c.base(ALL, 35, 52)
    often = [c.chance.uniform(0.1, 0.4) if s < 9 else 0.0 for s in ALL]
    for day in range(364):
        saying = c.line()
        for s in ALL:
            if c.chance.random() < often[s]:
                c.add(s, (day + c.chance.random()) * DAY, c.around([saying], 5))


def employers(c: Texts) -> None:
    """Hundred employers who send each new notice to the two to four papers that they have always sent them to."""
    c.base(ALL, 20, 52)
    for _ in range(100):
        theirs = c.some(ALL, 2, 4)
        for _ in range(c.chance.randint(1, 6)):
            notice, begin = c.lines(2), c.chance.uniform(0, 51)
            for s in theirs:
                c.add(s, (begin + c.chance.uniform(0, 0.6)) * WEEK, c.around(notice, 5))


def letters(c: Texts) -> None:
    """Two hundred who write to the papers, some often, each letter to two to six of them, the great ones rather."""
    c.base(ALL, 30, 52)
    great = [c.chance.paretovariate(1.5) for _ in ALL]
    for _ in range(200):
        for _ in range(min(8, int(c.chance.paretovariate(1.2)))):
            letter, begin = c.lines(4), c.chance.uniform(0, 50)
            for s in set(c.chance.choices(ALL, great, k=c.chance.randint(2, 6))):
                if c.chance.random() < 0.6:
                    part = letter[: c.chance.randint(1, 4)]
                    c.add(s, (begin + c.chance.expovariate(1)) * WEEK, c.around(part))


def seasons(c: Texts) -> None:
    """Fifteen firms, a new advertisement every week, each in three papers that it has hired for thirteen weeks."""
    c.base(ALL, 30, 52)
    for _ in range(15):
        for quarter in range(4):
            hired = c.some(ALL, 3, 3)
            for week in range(13):
                advert, begin = c.line(), (13 * quarter + week) * WEEK
                for s in hired:
                    c.add(s, begin + c.chance.uniform(0, 3) * DAY, c.around([advert], 6))


def serials(c: Texts) -> None:
    """Six old novels in thirty instalments; ten papers print one each week, from a week of their own on."""
    c.happen(c.base(ALL, 35, 70), 200)
    novels = [[c.lines(12) for _ in range(30)] for _ in range(6)]
    for s in c.chance.sample(ALL, 10):
        novel, begin = c.chance.choice(novels), c.chance.uniform(0, 38)
        for k in range(30):
            c.add(s, (begin + k + c.chance.uniform(0, 0.2)) * WEEK, novel[k])


def short_of_room(c: Texts) -> None:
    """An agency's texts of four sentences, cut by papers' programs after one, two or four, among their own news."""
    who = range(60)
    c.base(who, 30, 26)
    room = [c.chance.choice((1, 2, 4)) for _ in who]
    for _ in range(120):
        dispatch, begin = c.lines(4), c.chance.uniform(0, 25) * WEEK
        for s in c.some(who, 3, 10):
            c.add(s, begin + c.chance.uniform(0, 36) * HOUR, c.around(dispatch[: room[s]], 8))


PAPERS: dict[str, Callable[[Texts], None]] = {
    "greetings at holidays": greetings,
    "two of five agencies": agencies,
    "notices by vendor": notices,
    "rulings": rulings,
    "five leagues": leagues,
    "towns along a road": neighbours,
    "storm warnings": warnings,
    "a report that three always have": jobs,
    "a menu of phrases": menu,
    "boxes of a site's program": themes,
    "Tuesdays at ten": tuesdays,
    "listings until it is over": listings,
    "polls": polls,
    "sayings of a calendar": sayings,
    "employers and their papers": employers,
    "letters to the papers": letters,
    "adverts of a season": seasons,
    "serials": serials,
    "texts cut short": short_of_room,
}
