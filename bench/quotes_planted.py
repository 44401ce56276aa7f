"""Quotations that are planted: with words changed in known ways, and articles that have marks and no quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random

import inchorus
from bench.rows import Row
from inchorus.quote.document import quotations
from inchorus.quote.language import language

NAME = "simulated"
STATEMENTS = 120
ARTICLES = 300
_SPEAKERS = [
    f"{first} {last}"
    for first in ("Ada", "Ben", "Clara", "Dan", "Eve")
    for last in ("Ash", "Oak", "Elm", "Lind", "Marlow")
]
_PLACES = ("Oldford", "Weir Street", "Northam", "Priory Hill", "Saltmarsh")
_THINGS = tuple(
    "bridge library pool depot market reservoir gymnasium station orchard lighthouse quarry chapel mill theatre "
    "harbour tunnel garden museum hospital stadium bakery cannery windmill observatory".split()
)
_DOING = tuple("repair sell rebuild close widen insure paint lease flood fence move heat light measure".split())
_WHO = tuple("families farmers drivers teachers nurses fishermen widows students singers masons porters".split())
_WHAT = tuple("patience money bread sleep coal shelter medicine seed timber company silence daylight".split())
_WHEN = (
    "before the winter",
    "after the harvest",
    "until the spring",
    "by next summer",
    "within the week",
    "at Christmas",
)
Alter = Callable[[list[str], Random], list[str]]


def _statement(draw: Random) -> list[str]:
    """A statement in parts: we, modal, not, what is done to what, where, for how much, what more."""
    doing, thing, place = draw.choice(_DOING), draw.choice(_THINGS), draw.choice(_PLACES)
    who, what, other = draw.choice(_WHO), draw.choice(_WHAT), draw.choice(_THINGS)
    return [
        "We", draw.choice(("will", "must", "should")), draw.choice(("not", "never")), f"{doing} the old {thing}",
        f"in {place}", f"for {draw.randint(2, 90) * 100} dollars", f"{draw.choice(_WHEN)} as the {who} need {what}",
        f"and {draw.choice(_WHO)} {draw.choice(_DOING)} every {other}"
        f" while their neighbours {draw.choice(_DOING)} a {draw.choice(_THINGS)}",
    ]  # fmt: skip


def _without(at: int) -> Alter:
    return lambda parts, draw: [*parts[:at], *parts[at + 1 :]]


def _instead(at: int, make: Callable[[str, Random], str]) -> Alter:
    return lambda parts, draw: [*parts[:at], make(parts[at], draw), *parts[at + 1 :]]


def _other(pool: tuple[str, ...]) -> Callable[[str, Random], str]:
    return lambda part, draw: draw.choice([one for one in pool if one not in part])


ALTERATIONS: dict[str, Alter] = {
    "negation": _without(2),
    "number": _instead(5, lambda part, draw: f"for {draw.randint(91, 99) * 100} dollars"),
    "name": _instead(4, lambda part, draw: f"in {_other(_PLACES)(part, draw)}"),
    "modality": _instead(1, lambda part, draw: draw.choice(("may", "might", "could"))),
    "ellipsis": lambda parts, draw: [*parts[:5], draw.choice(("…", "...", "[…]")), *parts[7:]],
    "joined": lambda parts, draw: [*parts[:4], *parts[7:]],
    "other": _instead(3, lambda part, draw: part.replace("old", draw.choice(("great", "wooden", "ugly", "costly")))),
    "none: trimmed": lambda parts, draw: parts[:6],
    "none: case": lambda parts, draw: [part.upper() for part in parts],
    "none: points": lambda parts, draw: [*parts[:5], parts[5] + " —", parts[6] + ";", *parts[7:]],
    "none: spelling": lambda parts, draw: [part.replace("neighbours", "neighbors") for part in parts],
    "none: marks": lambda parts, draw: parts,
}
_MARKS = ("“”", '""', "‘’", "«»", "„“")
_SAID = (
    "{0} The council met for hours. {1}{2},{3} said {4}. {5}",
    "{0} {4} told reporters on Tuesday: {1}{2}.{3} {5}",
    "{0} In a long letter, {4} wrote: {1}{2}.{3} {5}",
    "{0} {1}{2},{3} {4} said in an interview. {5}",
)
_AROUND = (
    "Rain fell on {place} until noon, and the river rose by a foot.",
    "The committee counted {n} boxes of paper in the cellar of the town hall.",
    "Buses from {place} were late for the third day in a row.",
    "A choir of {n} children sang on the steps of the library.",
    "The market closed early, as the wind had torn two of the tents.",
)
_NONE = (
    "The so-called “experts” of {place} came to the hall with a map.",
    "The film “Summer Nights” ran for {n} weeks in the cinema of {place}.",
    "Her book “The Long Road to {place}” is in the window of the shop.",
    'A pipe of {n}" broke under the street, and a 6\'2" man fell into the hole.',
    "The boys’ club and the girls' choir share the '60s building, which isn't warm.",
    "He sells “organic” apples and a “miracle” cream at the market.",
    "The band played 'Blue Water' twice, and the dogs' owners didn't mind.",
    "The ship “Star of {place}” brought {n} crates of tea.",
    "It's the neighbours' turn to clean Saint Peter’s yard, rock 'n' roll or not.",
    'The shield of 12" by 9" hangs over the door of the “Golden Lion” inn.',
)


def _around(draw: Random, of: tuple[str, ...], n: int) -> str:
    return " ".join(draw.choice(of).format(place=draw.choice(_PLACES), n=draw.randint(3, 40)) for _ in range(n))


def planted(seed: int = 0) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Documents with planted quotations, and by id what was done to the one in it; `whole` where nothing was."""
    draw = Random(seed)
    documents, done = [], {}
    names = list(ALTERATIONS)
    for s in range(STATEMENTS):
        parts, speaker = _statement(draw), draw.choice(_SPEAKERS)
        kinds = ["whole", "whole", "whole", names[s % len(names)]]
        for i, kind in enumerate(kinds):
            words = parts if kind == "whole" else ALTERATIONS[kind](parts, draw)
            marks = draw.choice(_MARKS) if kind == "none: marks" else "“”"
            text = draw.choice(_SAID).format(
                _around(draw, _AROUND, 2), marks[0], " ".join(words), marks[1], speaker, _around(draw, _AROUND, 2)
            )
            doc_id = f"{s}-{i}"
            documents.append(
                {"id": doc_id, "source": f"paper {(s + i) % 9}", "time": f"2024-05-{1 + i:02}", "text": text}
            )
            done[doc_id] = kind
    return documents, done


def measure() -> Iterator[Row]:
    """How many planted alterations have their class; how many false quotations stand in articles without any."""
    documents, done = planted()
    study = inchorus.find(documents, no_ties=True)
    gravest: dict[str, str] = {}
    study.quotes(limit=1)
    for row in study.quotations.arrow().to_pylist():
        if row["direct"]:
            gravest[row["doc_id"]] = row["altered"][0]["class"] if row["altered"] else "none"
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for doc_id, kind in done.items():
        wanted = "none" if kind.startswith(("none", "whole")) else kind
        right[kind.partition(":")[0]].append(gravest.get(doc_id) == wanted)
    changed = [ok for kind, all_of in right.items() if kind != "whole" for ok in all_of]
    yield Row("planted alterations, class right", NAME, sum(changed) / len(changed))
    for kind, all_of in right.items():
        yield Row(f"planted alterations, class right: {kind}", NAME, sum(all_of) / len(all_of), floored=False)
    draw, english = Random(1), language("en")
    false = sum(sum(q.direct for q in quotations(_around(draw, _NONE + _AROUND, 8), english)) for _ in range(ARTICLES))
    yield Row("false quotations per 100 articles without any", NAME, 100 * false / ARTICLES, low=True)
