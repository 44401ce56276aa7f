"""One document of the simulated corpus: an event, its story, and what is dropped into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from inchorus.simulate.dialect import Dialect, Voice
from inchorus.simulate.grammar import Context, Grammar, sentence, shuffle
from inchorus.simulate.lexicon import Lexicon

RULES = files("inchorus.simulate") / "rules"
# How many places, firms and troubles one story keeps to.
PALETTE = {
    "town": 3, "county": 2, "cross": 3, "street": 3, "landmark": 2, "firm": 3, "group": 2, "person": 12, "near": 6,
    "people": 3, "document": 3, "when": 3, "since": 3, "fund": 1,
    ".thing": 3, ".doing": 3, ".trouble": 3, ".users": 3, ".gain": 3,
}  # fmt: skip


def rules(name: str) -> str:
    """The text of one file of rules that is part of the package."""
    return (RULES / f"{name}.txt").read_text("utf-8")


GRAMMAR = Grammar(*map(rules, ("words", "story", "topics", "around", "posts")), palette=frozenset(PALETTE))
LINES = Grammar(rules("lines"))
MODIFIERS = Grammar(rules("modifiers"))


def _plain() -> frozenset[str]:
    """The words of the rules that are written small, and those that open a rule and are no names."""
    texts = [rules(name) for name in ("story", "topics", "words")]
    small = re.findall(r"\b[a-z]+\b", " ".join(texts))
    openings = re.findall(r"^\(?([A-Z][\w|]+)", "\n".join(texts[:2]), re.MULTILINE)
    return frozenset([*small, *(word.lower() for group in openings for word in group.split("|"))]) - {"i", "may"}


PLAIN = _plain()
TOPICS = tuple(name.partition(".")[0] for name in GRAMMAR.raw if name.endswith(".fact"))
MAX_POST_WORDS = 30
POST_ATTEMPTS = 50
# How often a story may try each way of saying something.
ROUNDS = 3
LONG_NAME = 3
_LOWER = re.compile(r"(?<=[a-z0-9]{2}[.?!] )[a-z]")

Paragraphs = list[list[str]]


def event(draw: Callable[[], float], names: dict[str, list[str]] | None = None) -> Context:
    """A new event: its topic and the facts that every report of it agrees on, with `names` of an area if given."""
    facts: dict[str, str] = {}
    names = names or {}
    context = Context(draw, facts, TOPICS[int(draw() * len(TOPICS))], names)
    topic = context.topic
    for fact, rule in (("town", "town"), ("official", "person")):
        pool = names.get(rule)
        facts[fact] = pool[int(draw() * len(pool))] if pool else GRAMMAR.expand(rule, context)
    for fact in ("body", "title", "project"):
        facts[fact] = GRAMMAR.expand(f"{topic}.{fact}", context)
    facts["money"] = GRAMMAR.expand("money", context)
    facts["olast"] = f"{facts['title']} {facts['official']}"
    facts["short"] = f"the {facts['project'].split()[-1]}"
    last = "board" if "Board" in facts["body"] else facts["body"].split()[-1].lower()
    facts["bodyshort"] = f"the {last}"
    if len(facts["body"].split()) > LONG_NAME:
        facts["body"] = f"{facts['town']} {last}"
    return context


@dataclass(frozen=True)
class Beat:
    """What a source writes about and how: the names of its area, and its dialect."""

    names: dict[str, list[str]]
    dialect: Dialect


@cache
def lexicon(classes: int) -> Lexicon:
    """What the dialects of so many classes have in common."""
    raw = GRAMMAR.raw
    return Lexicon(MODIFIERS.raw, classes, PLAIN, frozenset([*raw["first"], *raw["last"], *raw["placename"]]))


def beat(number: int, classes: int, draw: Callable[[], float]) -> Beat:
    """The people, places, firms and groups of one class of sources."""
    raw = GRAMMAR.raw
    first, last, place, ends = raw["first"], raw["last"], raw["placename"], raw["placeend"]
    dialect = Dialect(lexicon(classes), number)
    towns = [" ".join(p) for p in dialect.pairs(place, ends, draw, 36)]
    shuffle(towns, draw)
    third = max(1, len(towns) // 3)
    streets = [f"{a} {b}" for a, b in dialect.pairs(last + place, raw["streetkind"], draw, 60)]
    shuffle(streets, draw)
    half = max(1, len(streets) // 2)
    old = dialect.pairs(last, raw["shop"] + ["elevator", "farm", "house", "mill", "sawmill", "warehouse"], draw, 30)
    names = {
        "person": [" ".join(p) for p in dialect.pairs(first, last, draw, 90)],
        "town": towns[:third],
        "county": [" ".join(p) for p in dialect.pairs(last + place, ["County"], draw, 4)],
        "street": streets[:half],
        "cross": streets[half:] or streets,
        "landmark": [f"the old {a} {b}" for a, b in old]
        + [f"the {t} {b}" for t in towns[third : 2 * third] for b in raw["civic"][:2]],
        "firm": [f"{a} & {b}" for a, b in dialect.pairs(last, last, draw, 20)]
        + [" ".join(p) for p in dialect.pairs(last, raw["trade"], draw, 30)],
        "group": [f"the {a} {b}" for a, b in dialect.pairs(last + place, raw["club"], draw, 12)]
        + [f"the {t} {b}" for t in towns[2 * third :] for b in raw["club"][:2]],
    }
    spare = Context(draw)
    dialect.people.extend(names["person"])
    dialect.places.extend([f"in {t}" for t in names["town"]] * 2 + [f"near {x}" for x in names["street"]])
    return Beat({k: v or [GRAMMAR.expand(k, spare)] for k, v in names.items()}, dialect)


def report(at: Context, draw: Callable[[], float], area: Beat) -> Context:
    """One author's view of an event: the same facts, told with the names of the author's own area."""
    facts = dict(at.facts)
    palette: dict[str, list[str]] = {}
    context = Context(draw, facts, at.topic, palette)
    for name, count in PALETTE.items():
        pool = area.names.get(name)
        if pool:
            palette[name] = [pool[int(draw() * len(pool))] for _ in range(count)]
        else:
            rule = at.topic + name if name[0] == "." else name
            palette[name] = [GRAMMAR.expand(rule, context) for _ in range(count)]
    facts["res"] = palette["person"][0]
    facts["rlast"] = facts["res"].split()[-1]
    return context


def article(c: Context, dialect: Dialect) -> Paragraphs:
    """The paragraphs of a news story of about 2,000 characters, each a list of sentences."""
    draw = c.draw
    voice = Voice(dialect, draw)
    used: dict[str, set[int]] = {}

    def tell(rule: str) -> str:
        """A sentence that can be said, in a way that the story has not used yet; else nothing."""
        known = used.setdefault(rule, set())
        for _ in range(ROUNDS):
            for way, text in GRAMMAR.deck(rule, c, known):
                said = voice.say(sentence(text))
                if said:
                    known.add(way)
                    if c.facts["official"] in said:
                        c.facts["olast"] = c.facts["official"].split()[-1]
                    return said
        return ""

    fact = f"{c.topic}.fact"
    blocks = [[fact, fact], ["moneyline"], [fact], [fact, fact], ["background"], ["follow"]]
    blocks.append(["resident", "rfollow"] if draw() < 0.6 else ["resident"])
    blocks.extend([rule] for rule in ("critic", "background") if draw() < 0.5)
    shuffle(blocks, draw)
    blocks = [["lead"], ["intro", "follow"], *blocks, ["next", "next"] if draw() < 0.5 else ["next"]]
    story: Paragraphs = []
    for block in blocks:
        told: list[str] = []
        for rule in block:
            said = tell(rule) if rule != "rfollow" or told else ""
            told.extend([said] if said else [])
        story.append(told)
    return [block for block in story if block]


def post(c: Context, dialect: Dialect) -> str:
    """A post of 10 to 30 words."""
    plain = ""
    for _ in range(POST_ATTEMPTS):
        plain = _LOWER.sub(lambda m: m[0].upper(), sentence(GRAMMAR.expand("post", c)))
        said = Voice(dialect, c.draw).say(plain)
        if 10 <= len(said.split()) <= MAX_POST_WORDS:
            return said
    return " ".join(plain.split()[:MAX_POST_WORDS])


def headline(c: Context) -> str:
    """A title for a story or a post."""
    return sentence(GRAMMAR.expand("headline", c))
