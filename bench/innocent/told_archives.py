"""Archives as they come: sources of very unequal size, with times that lie, twice, in part, in two languages."""

from __future__ import annotations

from collections.abc import Callable

from bench.innocent.texts import DAY, HOUR, WEEK, Doc, Texts, stamp

ALL = range(40)


def scheduler(c: Texts) -> None:
    """Every paper has a program that prints its own pieces again every few weeks, as often as it is set to."""
    made = c.base(ALL, 30, 30)
    c.happen(made, 220)
    for s in ALL:
        every, times = c.chance.choice((1, 2, 4, 6)), c.chance.randint(0, 5)
        for d in made[s * 30 : s * 30 + 12]:
            for k in range(1, times + 1):
                c.add(s, d.time + k * every * WEEK, d.body)


def unequal(c: Texts) -> None:
    """Papers whose numbers of pieces are as Zipf has it, from six hundred to five."""
    made = [d for s in range(60) for d in c.base(range(s, s + 1), max(5, 600 // (s + 1)), 26)]
    c.happen(made, 300)


def once(c: Texts) -> None:
    """Six hundred who wrote once, beside fifteen who write daily."""
    c.happen(c.base(range(600), 1, 26) + c.base(range(600, 615), 70, 26), 300)


def archive(c: Texts) -> None:
    """A merged archive: half of the papers have their times nine hours off, a quarter have the first of the year."""
    made = c.base(ALL, 45, 156)
    c.happen(made, 280, window=40)
    for d in made:
        s = int(d.source[-3:])
        if s % 4 == 3:
            d.told = stamp(d.time)[:4] + "-01-01"
        elif s % 2:
            d.told = stamp(d.time + 9 * HOUR)


def bilingual(c: Texts) -> None:
    """Papers that print all they have in two languages; of an agency's piece they take the one, the other or both."""
    twin = Texts(c.chance.randrange(1 << 30), "ch")
    other = dict(zip(c.words, twin.words, strict=True))

    def translated(sentence: str) -> str:
        return " ".join(other.get(w.lower().strip("."), w) for w in sentence.split()) + "."

    made = c.base(range(30), 28, 40)
    c.happen(made, 150, window=45, high=5)
    for d in list(made):
        d.columns["language"] = "en"
        if c.chance.random() < 0.8:
            again = [translated(x) for x in d.body]
            c.add(d.source, d.time + c.chance.uniform(0, 20) * HOUR, again, language="mt")


def books(c: Texts) -> None:
    """Forty authors of thirty chapters, without times, each with a taste of its own for two hundred turns of phrase."""
    turns = [c.sentence(8, 10).rstrip(".").lower() for _ in range(200)]
    for s in ALL:
        taste = [c.chance.gammavariate(0.5, 1.0) / (k + 10) for k in range(200)]
        for _ in range(30):
            body = c.text(15)
            for turn in c.chance.choices(turns, taste, k=c.chance.randint(0, 2)):
                i = c.chance.randrange(15)
                body[i] = f"{body[i].rstrip('.')} {turn} {c.sentence(4, 6).lower()}"
            c.add(s, 0, body, "")


def deleted(c: Texts) -> None:
    """Half of the sources have deleted what is older than a day of their own."""
    made = c.base(ALL, 60, 52)
    c.happen(made, 350)
    since = {d.source: c.chance.choice((0.0, c.chance.uniform(10, 48))) for d in made}
    c.docs = [d for d in c.docs if d.time >= since[d.source] * WEEK]


def crawled(c: Texts) -> None:
    """Times are those of the crawler, which took all of a source within a minute, three times in a year."""
    made = c.base(ALL, 40, 51)
    c.happen(made, 280)
    visits = {d.source: [k * 17 + c.chance.uniform(16, 17) for k in range(3)] for d in made}
    for d in made:
        d.told = stamp(next(v for v in [*visits[d.source], 99] if v > d.time / WEEK) * WEEK + c.chance.uniform(0, 60))


def far_away(c: Texts) -> None:
    """Three of forty sources write while the others sleep; what is talked about lasts for an hour or two."""
    c.dated = 0.0
    made: list[Doc] = []
    for s in ALL:
        for _ in range(50):
            hour = c.chance.uniform(8, 18) + (12 if s < 3 else 0)
            made.append(c.add(s, c.chance.randrange(120) * DAY + hour * HOUR, c.text()))
    c.happen(made, 350, window=12, high=4)


def twice(c: Texts) -> None:
    """A crawler that took every piece twice, under two addresses, at times of its own."""
    made = c.base(range(40), 28, 40)
    for d in made:
        d.columns["url"] = f"https://{d.source.split()[-1]}.example/a/{c.chance.randrange(10**9)}"
    c.happen(made, 220)
    for d in made:
        again = f"{d.columns['url']}?print=1"
        c.add(d.source, d.time + c.chance.expovariate(1 / 4) * DAY, d.body, url=again)


def come_and_go(c: Texts) -> list[Doc]:
    """Papers that live for sixteen weeks each in two years, and what is about then."""
    made: list[Doc] = []
    for s in range(60):
        born = c.chance.uniform(0, 88)
        made += [c.add(s, (born + c.chance.uniform(0, 16)) * WEEK, c.text()) for _ in range(28)]
    c.happen(made, 280)
    return made


def years(c: Texts) -> None:
    """Papers that come and go; of half of them only the year is told, as its first day."""
    for d in come_and_go(c):
        if int(d.source[-3:]) % 2:
            d.told = stamp(d.time)[:4] + "-01-01"


def untold(c: Texts) -> None:
    """Papers that come and go; of a third of all pieces no time is told."""
    for d in come_and_go(c):
        if c.chance.random() < 1 / 3:
            d.told = ""


def never(c: Texts) -> None:
    """Papers that come and go, and no times at all."""
    for d in come_and_go(c):
        d.told = ""


def few(c: Texts) -> None:
    """Ten papers, of which some print four times as much as others."""
    made = [d for s in range(10) for d in c.base(range(s, s + 1), c.chance.randint(50, 220), 52)]
    c.happen(made, 260, high=5)


def months(c: Texts) -> None:
    """Papers of which half tell the first of the month; each has weeks in which it prints much."""
    made = []
    for s in ALL:
        peaks = [c.chance.uniform(0, 100) for _ in range(4)]
        for _ in range(45):
            at = min(103.9, max(0, c.chance.choice(peaks) + c.chance.gauss(0, 3)))
            made.append(c.add(s, at * WEEK, c.text()))
    c.happen(made, 280)
    for d in made:
        if int(d.source[-3:]) % 2:
            d.told = stamp(d.time)[:7] + "-01"


ARCHIVES: dict[str, Callable[[Texts], None]] = {
    "pieces printed again by a program": scheduler,
    "numbers as Zipf has it": unequal,
    "sources of one document": once,
    "an archive of hours off and years": archive,
    "two languages in each paper": bilingual,
    "authors without times": books,
    "older half deleted": deleted,
    "times of a crawler": crawled,
    "three far away": far_away,
    "everything crawled twice": twice,
    "firsts of the year, papers that come and go": years,
    "no times for a third, papers that come and go": untold,
    "no times, papers that come and go": never,
    "ten papers": few,
    "firsts of the month, and rushes": months,
}
