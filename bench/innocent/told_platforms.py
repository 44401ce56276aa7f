"""How accounts, letters and newsletters come to share wording, links and tags though none knows another."""

from __future__ import annotations

from collections.abc import Callable

from bench.innocent.texts import DAY, HOUR, WEEK, Texts

USERS = range(60)


def form_letters(c: Texts) -> None:
    """Thirty campaigns by letters of eight sentences, of which each citizen keeps some and changes a word of a few."""
    zeal = [c.chance.paretovariate(1.2) for _ in range(100)]
    for s in range(100):
        for _ in range(6):
            c.add(f"Citizen {s:03d}", c.chance.uniform(0, 104) * WEEK, c.text(6))
    for _ in range(30):
        letter, begin, lasts = c.lines(8), c.chance.uniform(0, 96), c.chance.uniform(1, 6)
        for s in set(c.chance.choices(range(100), zeal, k=40)):
            kept = [c.other(x, 2) if c.chance.random() < 0.3 else x for x in letter if c.chance.random() < 0.5]
            at = begin + c.chance.betavariate(1, 2) * lasts
            c.add(f"Citizen {s:03d}", at * WEEK, [*c.text(2), *kept, *c.text(2)])


def footers(c: Texts) -> None:
    """Newsletters, sent by one of four services, whose words at the end change with every campaign of the service."""
    service = [c.chance.randrange(4) for _ in range(40)]
    ends = [[c.lines(2) for _ in range(26)] for _ in range(4)]
    for s in range(40):
        for _ in range(50):
            fortnight = c.chance.randrange(26)
            end = [f"You get this as {c.name()} asked for it.", *ends[service[s]][fortnight]]
            c.add(s, (2 * fortnight + c.chance.uniform(0, 2)) * WEEK, [*c.text(7), *end[: c.chance.randint(1, 3)]])
    c.happen(c.docs, 150)


def _posts(c: Texts, users: int, days: int, a_day: float) -> None:
    """Posts of their own, by accounts of very unequal activity; posts have links and tags."""
    c.find = {"preset": "posts", "objects": ("link", "tag"), "window": 600.0}
    for s in range(users):
        for _ in range(int(days * min(4.0, a_day * c.chance.paretovariate(1.6)))):
            c.add(f"user{s:03d}", c.chance.uniform(0, days) * DAY, [c.sentence(10, 16)], link=None, tag=None)


def badges(c: Texts) -> None:
    """Twelve games that post by themselves that somebody earned one of fifteen badges; players have one to four."""
    _posts(c, 60, 80, 0.15)
    words = [[c.sentence(8, 11)[:-1] for _ in range(15)] for _ in range(12)]
    for s in USERS:
        for game in set(c.popular(c.chance.randint(1, 4), 12, 2)):
            for badge in c.popular(c.chance.randint(2, 10), 15, 3):
                said = f"I just earned it: {words[game][badge]} #game{game} https://game{game}.example/{badge}"
                link = f"https://game{game}.example/{badge}"
                c.add(f"user{s:03d}", c.chance.uniform(0, 80) * DAY, [said], link=link, tag=f"game{game}")


def buttons(c: Texts) -> None:
    """Buttons that post a headline 'via @site'; everybody reads two to five of thirty sites, the great ones rather."""
    _posts(c, 60, 60, 0.15)
    reads = [set(c.popular(c.chance.randint(2, 5), 30, 2)) for _ in USERS]
    zeal = [c.chance.betavariate(1, 8) for _ in USERS]
    for site in range(30):
        for k in range(60 // (1 + site // 5)):
            title, link = c.sentence(9, 13)[:-1], f"https://site{site}.example/{k}"
            begin = c.chance.uniform(0, 58) * DAY
            for s in USERS:
                if site in reads[s] and c.chance.random() < zeal[s]:
                    at = begin + c.chance.expovariate(1 / 8) * HOUR
                    c.add(f"user{s:03d}", at, [f"{title} via @site{site} {link}"], link=link, tag=None)


def viral(c: Texts) -> None:
    """Fifteen posts that went around the world, each quoted for days by a part of all with words of their own."""
    _posts(c, 60, 90, 0.2)
    for _ in range(15):
        post, begin = c.sentence(18, 24), c.chance.uniform(0, 80)
        for s in USERS:
            if c.chance.random() < 0.35:
                at = begin + c.chance.expovariate(1 / 3)
                c.add(f"user{s:03d}", at * DAY, [c.sentence(3, 8), f'"{post}"'], link=None, tag=None)


def feeds(c: Texts) -> None:
    """Accounts that post what two to four of twenty feeds bring, each when its program looks in: links and titles."""
    _posts(c, 50, 40, 0.1)
    takes = [set(c.popular(c.chance.randint(2, 4), 20, 3)) for _ in range(50)]
    every = [c.chance.choice((0.25, 0.5, 1, 3)) for _ in range(50)]
    for feed in range(20):
        for k in range(20):
            title, link = c.sentence(9, 13)[:-1], f"https://feed{feed}.example/{k}"
            begin = c.chance.uniform(0, 39) * 24
            for s in range(50):
                if feed in takes[s] and c.chance.random() < 0.5:
                    at = (begin // every[s] + 1) * every[s] + c.chance.uniform(0, 0.02)
                    c.add(f"user{s:03d}", at * HOUR, [f"{title} {link}"], link=link, tag=None)


def weekdays(c: Texts) -> None:
    """Tags of the days of the week, which some use each week at an hour of their own."""
    _posts(c, 60, 90, 0.3)
    hour = [c.chance.uniform(6, 22) for _ in USERS]
    for s in USERS:
        mine = [k for k in range(7) if c.chance.random() < 0.25]
        for day in range(90):
            if day % 7 in mine and c.chance.random() < 0.7:
                at = day * DAY + (hour[s] + c.chance.gauss(0, 0.3)) * HOUR
                c.add(f"user{s:03d}", at, [c.sentence(10, 16)], link=None, tag=f"day{day % 7}")


def giveaways(c: Texts) -> None:
    """Prizes to be won by posting a text to the letter; those who like that enter many."""
    _posts(c, 80, 70, 0.2)
    likes = [c.chance.gammavariate(0.5, 1.0) + 0.01 for _ in range(80)]
    for k in range(110):
        said, begin = c.sentence(12, 16), c.chance.uniform(0, 66)
        for s in set(c.chance.choices(range(80), likes, k=c.chance.randint(3, 12))):
            at = begin + c.chance.uniform(0, 3)
            c.add(f"user{s:03d}", at * DAY, [f"{said} #win{k}"], link=None, tag=f"win{k}")


def help_desks(c: Texts) -> None:
    """Desks that answer from a service's collection of two hundred answers, the usual ones rather, to the letter."""
    _posts(c, 60, 60, 0.2)
    answers = [c.sentence(12, 18) for _ in range(200)]
    for s in range(30):
        for k in c.popular(c.chance.randint(10, 70), 200, 5):
            asked = [f"@user{c.chance.randrange(10**6)} {answers[k]}"]
            c.add(f"user{s:03d}", c.chance.uniform(0, 60) * DAY, asked, link=None, tag=None)


PLATFORMS: dict[str, Callable[[Texts], None]] = {
    "form letters": form_letters,
    "footers of four services": footers,
    "badges of games": badges,
    "buttons of sites": buttons,
    "posts that went viral": viral,
    "programs that post feeds": feeds,
    "tags of weekdays": weekdays,
    "prizes to be won": giveaways,
    "answers of help desks": help_desks,
}
