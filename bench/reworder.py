"""Any English sentence in other words, by rule: synonyms for all words that have one here, and its parts turned round.

It is no good English, and a person still reads the same in it. What is not in the list stays: names, figures, terms.
"""

from __future__ import annotations

import re
from random import Random

# A word: what may stand for it. Forms are written out, so that grammar hardly breaks.
_SYNONYMS = """
legislation: bill, measure; bill: legislation; bills: measures; law: statute; laws: statutes
funding: money, financing; funds: money; money: funds; ensure: guarantee, see to it; provide: supply, give
provides: gives, supplies; provided: supplied, gave; providing: giving, supplying; help: aid; helps: assists
helped: assisted; helping: assisting; important: significant, essential; critical: vital; vital: crucial
announced: made public, disclosed; today: this day; said: stated, remarked; says: states; also: in addition, too
need: require; needs: requirements; needed: required; support: back, endorse; supported: backed; supports: backs
require: oblige; required: obliged; requires: obliges; will: shall; should: ought to; more: additional
many: numerous; several: a number of; large: big; small: little; increased: raised; increases: raises; reduce: cut
reduced: cut; reducing: cutting; protect: safeguard, shield; protecting: safeguarding; protected: shielded
protection: safety; create: make, build; created: made; creating: making; jobs: employment, work; job: position
work: labour; working: employed; workers: employees; employees: staff; companies: firms, businesses; company: firm
businesses: companies, firms; business: company; people: persons, folks; children: kids, youngsters
families: households; family: household; citizens: residents; communities: towns and cities; community: town
country: nation; nation: country; national: nationwide; government: administration; administration: government
president: chief executive; senator: lawmaker; senators: lawmakers; committee: panel; congress: the legislature
senate: upper house; house: lower chamber; passed: approved; pass: approve; passage: approval; approved: passed
vote: ballot; voted: cast a ballot; introduced: put forward, proposed; introduce: put forward; proposed: suggested
proposal: plan; plan: proposal, scheme; plans: proposals; program: scheme, initiative
programs: schemes, initiatives; project: undertaking; projects: undertakings; effort: attempt; efforts: attempts
issue: matter, question; issues: matters, questions; problem: difficulty; problems: difficulties; continue: go on
continues: goes on; continued: went on; began: started; begin: start; start: begin; end: finish; ended: finished
stop: halt; allow: permit, let; allows: permits, lets; allowed: permitted; allowing: permitting; give: grant
gives: grants; given: granted; make: render; made: produced; making: producing; use: employ; used: employed
using: with the help of; get: obtain; show: demonstrate; shows: demonstrates; shown: demonstrated; believe: think
believes: thinks; called: named, urged; call: urge; urged: pressed; urge: press; request: demand
requested: asked for; asked: requested; ask: request; received: got; receive: get; because: since, as; however: but
although: though; while: whereas; before: prior to; after: following; during: in the course of; under: pursuant to
including: among them; about: concerning; regarding: on the subject of; across: throughout; through: by way of
between: among; against: opposed to; only: just; new: fresh, recent; recent: latest; current: present; former: past
first: initial; next: coming; major: big; key: central; strong: powerful; better: improved; best: finest
high: elevated; higher: greater; low: modest; lower: smaller; long: lengthy; serious: grave; difficult: hard
safe: secure; safety: security; security: safety; available: on hand; additional: extra, further
effective: efficient; responsible: answerable; dangerous: risky; clear: plain; whole: entire; entire: whole
care: treatment; medical: health; doctors: physicians; students: pupils; schools: places of learning
education: schooling; teachers: instructors; training: instruction; research: study, studies; study: research
report: account; information: data; letter: note; agency: body; agencies: bodies; department: ministry
officials: authorities; office: bureau; leaders: heads; troops: soldiers; soldiers: troops
veterans: former soldiers; war: conflict; military: armed forces; attack: assault; energy: power; oil: petroleum
gas: fuel; fuel: gas; prices: costs; price: cost; cost: price; costs: expenses; tax: levy; taxes: levies
taxpayers: those who pay taxes; budget: spending plan; spending: expenditure; economy: economic life
economic: financial; farmers: growers; land: ground; road: route; roads: routes; highway: motorway
emergency: crisis; crisis: emergency; disaster: catastrophe; relief: aid; aid: relief; assistance: help
access: admission; rights: entitlements; decision: ruling; decided: resolved; consider: weigh; considered: weighed
improve: better, enhance; improved: bettered; improving: enhancing; develop: work out; development: growth
grow: expand; growth: expansion; growing: expanding; build: construct; building: constructing
construction: building; fight: combat; fighting: combating; address: tackle; addressing: tackling; meet: satisfy
ability: capacity; opportunity: chance; opportunities: chances; often: frequently; always: at all times
quickly: swiftly; immediately: at once; especially: above all; currently: at present
""".replace("\n", ";")
_LIST = {
    word.strip(): [one.strip() for one in others.split(",")]
    for word, others in (entry.split(":") for entry in _SYNONYMS.split(";") if entry.strip())
}
_HINGES = re.compile(r",? (?=(?:because|while|since|for|in|by|with|from|after|before|as|during|under|through|on) )")
_LEAST = 4  # words on either side of where a sentence is turned round


def reword(sentence: str, draw: Random) -> str:
    """The sentence with synonyms, and its end put first where that can be.

    >>> reword("The senator announced new funding for schools in the county because families need help.", Random(1))
    'In the county since households require aid, the lawmaker disclosed recent financing for places of learning.'
    """
    body, end = (sentence[:-1], sentence[-1]) if sentence[-1:] in ".!?" else (sentence, "")
    parts = body.split(" ")
    first = parts[0].lower() if parts[0].lower() in _LIST or parts[0].lower() in _SMALL else parts[0]
    body = " ".join([first, *parts[1:]])
    turned = _turned(body)
    words = " ".join(_other(word, draw) for word in turned.split(" "))
    return words[:1].upper() + words[1:] + end


_SMALL = frozenset(
    "the a an this that these those we it he she they in on for by with as our their his her its".split()
)


def _turned(body: str) -> str:
    """The sentence from its hinge on, a comma, and what stood before; as it was where it has none."""
    places = [
        m.start()
        for m in _HINGES.finditer(body)
        if min(len(body[: m.start()].split()), len(body[m.end() :].split())) >= _LEAST
    ]
    if not places:
        return body
    at = min(places, key=lambda place: abs(2 * place - len(body)))
    return f"{body[at:].lstrip(', ')}, {body[:at]}"


def _other(word: str, draw: Random) -> str:
    match = re.fullmatch(r"(\W*)(\w+)(\W*)", word)
    if match is None or match[2] not in _LIST:
        return word
    return match[1] + draw.choice(_LIST[match[2]]) + match[3]
