"""Simulated documents in which sources make one point in other words: synonyms, another order, active and passive.

Two halves have no agent, verb, thing or circumstance in common: one to choose rules by, one to report. Every sentence
of the documents is made by the same grammar of the same words, so that a point has neighbours that share its subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

# Of each: one way and another way to say it. Verbs: past tense and participle, then those of the other verb.
_AGENTS = (
    "the council:the town council, the mayor:the head of the town, the teachers' union:the union of teachers, "
    "the water company:the water utility, the police:police officers, the regional court:the court of the region, "
    "the hospital board:the board of the hospital, the farmers' league:the league of farmers, "
    "the national bank:the central bank, the railway operator:the operator of the railway, "
    "local doctors:physicians of the area, the energy regulator:the regulator for energy",
    "the government:the cabinet, the governor:the head of the province, the student association:the students' body, "
    "the airline:the air carrier, the army:the armed forces, the supreme judges:the highest court, "
    "the museum trustees:the trustees of the museum, the fishing fleet:the fishermen, "
    "the insurance fund:the fund for insurance, the port authority:the harbour authority, "
    "regional nurses:nurses of the region, the telephone company:the telecoms firm",
)
_VERBS = (
    "rejected rejected:turned down turned down, approved approved:endorsed endorsed, "
    "delayed delayed:postponed postponed, cancelled cancelled:scrapped scrapped, "
    "praised praised:applauded applauded, concealed concealed:hid hidden, bought bought:acquired acquired, "
    "began begun:launched launched, repaired repaired:fixed fixed, investigated investigated:examined examined, "
    "closed closed:shut down shut down, expanded expanded:enlarged enlarged, "
    "criticised criticised:condemned condemned, financed financed:paid for paid for",
    "supported supported:backed backed, forbade forbidden:banned banned, demanded demanded:called for called for, "
    "ended ended:stopped stopped, announced announced:made public made public, destroyed destroyed:ruined ruined, "
    "sold sold:disposed of disposed of, built built:constructed constructed, "
    "promised promised:pledged pledged, ignored ignored:disregarded disregarded, "
    "reduced reduced:cut cut, improved improved:upgraded upgraded, "
    "defended defended:stood up for stood up for, abandoned abandoned:gave up given up",
)
_THINGS = (
    "the new bridge over the river:the new river crossing, the higher price of drinking water:the dearer tap water, "
    "the plan for a car-free centre:the scheme to keep cars out of the centre, "
    "the shelter for homeless people:the home for people without housing, the school meals:the lunches at school, "
    "the sale of the old airport:the disposal of the former airfield, the night buses:the buses that run at night, "
    "the tax on empty flats:the levy on vacant apartments, the flood wall:the barrier against floods, "
    "the vaccination campaign:the drive to immunise people, "
    "the search for missing children:the hunt for lost children, "
    "the rent freeze:the stop on rising rents, the waste incinerator:the plant that burns rubbish, "
    "the pension rise for widows:the increase in widows' pensions, the wind park on the hill:the hill's wind turbines, "
    "the ban on fireworks:the prohibition of firecrackers, the shortage of medicines:the lack of drugs in pharmacies, "
    "the toll on lorries:the road charge for trucks, the reform of the fire brigade:the overhaul of the fire service, "
    "the theatre festival:the festival of plays",
    "the trade agreement with the islands:the commerce treaty with the islands, the coal mines:the pits for coal, "
    "the deal on fishing quotas:the accord about catches of fish, the minimum wage:the lowest legal pay, "
    "the military exercise in the desert:the army manoeuvre in the desert, the grain exports:the wheat sales abroad, "
    "the law on refugees:the act about asylum seekers, the satellite programme:the project to put up satellites, "
    "the tunnel under the mountains:the underground road through the mountains, the curfew:the order to stay indoors, "
    "the protection of wolves:the safeguarding of wolves, the scholarship for orphans:the grant for parentless pupils, "
    "the cheap loans for families:the low-interest credit for households, the state lottery:the national draw, "
    "the prison hospital:the clinic for inmates, the election observers:the monitors of the vote, "
    "the dam in the northern valley:the reservoir wall in the north, the farm subsidies:the aid for agriculture, "
    "the new spelling rules:the reformed orthography, the nuclear reactor:the atomic power plant",
)
_WHY = (
    "after months of protest:following months of demonstrations, "
    "without asking the residents:without consulting locals, "
    "in spite of warnings by experts:although experts had warned, to save public money:in order to spare the budget, "
    "because of the harsh winter:owing to the severe winter, before the summer break:ahead of the summer recess, "
    "with the help of volunteers:with volunteers' support, for reasons of safety:on safety grounds, "
    "in a secret meeting:behind closed doors, against the will of the unions:over the unions' objections",
    "after a long debate:following lengthy discussion, under pressure from abroad:because of foreign pressure, "
    "in the face of rising debts:as debts kept growing, to create new jobs:in order to provide employment, "
    "since the earthquake in spring:after the spring earthquake, despite empty coffers:although there was no money, "
    "at the request of the church:because the church had asked for it, for lack of evidence:as there was no proof, "
    "within a single week:in no more than seven days, to the surprise of investors:which astonished investors",
)
_WHERE = (
    "in the harbour district:around the docks, in the old town:in the historic centre, "
    "in the suburbs:on the outskirts, "
    "near the stadium:close to the sports ground, along the motorway:beside the highway, at the seaside:on the coast, "
    "in most villages:in the majority of villages, across the border:on the other side of the border, "
    "next to the cathedral:beside the big church, in the industrial zone:among the factories, "
    "on the campus:at the university, throughout the county:all over the county",
    "in the capital:in the country's main city, in the jungle:in the rain forest, on the islands:offshore, "
    "in the poorest provinces:in the most deprived provinces, near the volcano:close to the crater, "
    "in the lowlands:on the plain, along the railway line:beside the tracks, "
    "in the desert towns:in towns of the desert, "
    "at the lake:on the lakeside, in the gold fields:where gold is mined, "
    "in the refugee camps:in camps for the displaced, "
    "in every district:in all districts",
)
_BEHIND = re.compile(" (?:of|for|in|that|on|at|with|about|against|to) ")  # what follows the noun that counts
_TIMES, _EVERY, _DAYS = 4, 12, 3  # sources that make a point, documents for each point, days between two of these
_SENTENCES = 3


class Meant(NamedTuple):
    """A number for agent, verb, thing, circumstance and place; and an amount of millions."""

    agent: int
    verb: int
    thing: int
    why: int
    where: int
    amount: int


@dataclass(frozen=True)
class Planted:
    """Documents; which stand for which point: `said[p]` of those that make it; `turned[p]` of the one that does not.

    sentences: of each of these documents the sentence that is meant.
    """

    documents: list[dict[str, Any]]
    said: list[set[str]]
    turned: list[str]
    sentences: dict[str, str]


class Grammar:
    """The words of one half, and sentences of them."""

    def __init__(self, half: int) -> None:
        self.agents, self.things, self.why, self.where = (
            _pairs(some[half]) for some in (_AGENTS, _THINGS, _WHY, _WHERE)
        )
        self.verbs = [(_verb(one), _verb(other)) for one, other in _pairs(_VERBS[half])]

    def meant(self, draw: Random) -> Meant:
        """One thing that may be said."""
        of = (self.agents, self.verbs, self.things, self.why, self.where)
        a, v, t, w, p = (draw.randrange(len(some)) for some in of)
        return Meant(a, v, t, w, p, draw.randrange(3, 98))

    def said(self, meant: Meant, turn: int, negated: bool = False, figure: bool = True) -> str:
        """It in words: `turn` 0 and 2 are active, 1 and 3 passive; what comes first, and the synonyms, differ too."""
        other = turn % 4 in (1, 2)
        agent, thing, why = self.agents[meant.agent][other], self.things[meant.thing][other], self.why[meant.why][other]
        past, participle = self.verbs[meant.verb][turn % 4 in (1, 3)]
        cost = (f" worth {meant.amount} million" if turn % 2 else f" for {meant.amount} million") if figure else ""
        cost += f" {self.where[meant.where][other]}"
        if turn % 4 == 0:
            words = f"{agent} {'never ' * negated}{past} {thing}{cost} {why}"
        elif turn % 4 == 1:
            words = f"{thing}{cost} {_be(thing)} {'never ' * negated}{participle} by {agent} {why}"
        elif turn % 4 == 2:
            words = f"{why}, {agent} {'never ' * negated}{past} {thing}{cost}"
        else:
            words = f"{why}, {thing}{cost} {_be(thing)} {'never ' * negated}{participle} by {agent}"
        return words[0].upper() + words[1:] + "."


def planted(half: int, points: int = 40, seed: int = 5) -> Planted:
    """Documents over years, of six sources; of each point one more document has its negation, or another figure."""
    draw, grammar = Random(f"{half} {seed}"), Grammar(half)
    # Agent and thing of a point are nobody else's together, so that no other sentence says nearly the same.
    meant = [grammar.meant(draw) for _ in range(points)]
    taken = {(m.agent, m.thing) for m in meant}
    documents = []
    said: list[set[str]] = [set() for _ in meant]
    turned = [""] * points
    sentences = {}
    for k in range(points * _EVERY):
        point, turn = divmod(k, _EVERY)
        meanings = [(unlike(grammar, draw, taken), draw.randrange(4)) for _ in range(_SENTENCES)]
        body = [grammar.said(meaning, way, figure=figured(meaning)) for meaning, way in meanings]
        if turn < _TIMES:
            sentences[f"d{k}"] = grammar.said(meant[point], turn, figure=point % 2 == 1)
            said[point].add(f"d{k}")
        elif turn == _TIMES:
            other = meant[point] if point % 2 == 0 else meant[point]._replace(amount=meant[point].amount + 211)
            sentences[f"d{k}"] = grammar.said(other, draw.randrange(4), negated=point % 2 == 0, figure=point % 2 == 1)
            turned[point] = f"d{k}"
        if turn <= _TIMES:
            body[draw.randrange(1, _SENTENCES)] = sentences[f"d{k}"]
        day = date(2021, 1, 1) + timedelta(_DAYS * k)
        documents.append({"id": f"d{k}", "source": f"S{k % 6}", "time": day.isoformat(), "text": " ".join(body)})
    return Planted(documents, said, turned, sentences)


def figured(meant: Meant) -> bool:
    """Whether a sentence says the amount: about one in three does."""
    return meant.amount % 3 == 0


def unlike(grammar: Grammar, draw: Random, taken: set[tuple[int, int]]) -> Meant:
    """What has no agent and thing together of those `taken`."""
    while True:
        meant = grammar.meant(draw)
        if (meant.agent, meant.thing) not in taken:
            return meant


def _pairs(words: str) -> list[tuple[str, str]]:
    parts = (part.strip().split(":") for part in words.split(", "))
    return [(one, other) for one, other in parts]


def _verb(words: str) -> tuple[str, str]:
    """Past tense and participle, each of half of the words."""
    some: Sequence[str] = words.split()
    middle = len(some) // 2
    return " ".join(some[:middle]), " ".join(some[middle:])


def _be(thing: str) -> str:
    head = _BEHIND.split(thing, maxsplit=1)[0]
    return "were" if head.endswith("s") and not head.endswith("ss") else "was"
