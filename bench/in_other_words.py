"""Points and drafts in other words, simulated: what is found, what is kept apart, what is called another's.

Documents are those of `bench.reworded`; drafts of press releases are reworded by rule (`bench.reworder`), as documents
of few words have each other's wording everywhere. Every figure is of the half that no rule was chosen on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import inchorus
from bench.check import REPORTED, Drafts, senate
from bench.reworded import Planted, planted
from bench.reworder import reword
from bench.rows import Row
from inchorus.check.check import Checker
from inchorus.match.meaning.model import Model

PLANTED = 120  # sentences of others in drafts, and as many own ones
_EACH = 10  # of them in a draft


def measure(model: Model) -> Iterator[Row]:
    """Points planted in a corpus, and sentences planted in drafts."""
    for half in (REPORTED, 1 - REPORTED):
        yield from _points(model, half)
    yield from _drafts("senate", *_senate(model, REPORTED))


def _points(model: Model, half: int) -> Iterator[Row]:
    made = planted(half)
    study = inchorus.find(made.documents, paraphrase=model.name, no_ties=True)
    points = {row["tp_id"] for row in study.talking_points.arrow().to_pylist() if row["kind"] == "paraphrase"}
    found, false, apart = recovered(made, [p for p in study.passages.arrow().to_pylist() if p["tp_id"] in points])
    name = "simulated" if half == REPORTED else "simulated, the half to choose by"
    floored = half == REPORTED
    yield Row("in other words: planted paraphrases found", name, found, floored=floored)
    yield Row("in other words: passages of points that nobody planted there", name, false, low=True, floored=floored)
    yield Row("in other words: negated or with another figure, kept apart", name, apart, floored=floored)


def recovered(made: Planted, passages: Sequence[dict[str, Any]]) -> tuple[float, float, float]:
    """Planted sentences that are in a point with another of theirs; passages there that are not; what is kept apart."""
    of = {doc: point for point, docs in enumerate(made.said) for doc in docs}
    turned = {doc: point for point, doc in enumerate(made.turned)}
    texts = {row["id"]: row["text"] for row in made.documents}
    points: dict[str, list[str]] = defaultdict(list)
    for row in passages:
        if row["doc_id"] in made.sentences:
            begin = texts[row["doc_id"]].index(made.sentences[row["doc_id"]])
            end = begin + len(made.sentences[row["doc_id"]])
            if 2 * (min(row["end"], end) - max(row["start"], begin)) > end - begin:
                points[row["tp_id"]].append(row["doc_id"])
                continue
        points[row["tp_id"]].append("")
    found, false, every, together = set(), 0, 0, set()
    for docs in points.values():
        counts = Counter(of[doc] for doc in docs if doc in of)
        if not counts or counts.most_common(1)[0][1] < 2:
            continue
        point = counts.most_common(1)[0][0]
        found |= {doc for doc in docs if of.get(doc) == point}
        every += len(docs)
        false += sum(of.get(doc) != point for doc in docs)
        together |= {doc for doc in docs if turned.get(doc) == point}
    return len(found) / len(of), false / max(1, every), 1 - len(together) / len(turned)


def _senate(model: Model, half: int) -> tuple[Checker, list[tuple[str, str]], list[str]]:
    """Press releases, and sentences of them and of others, reworded by rule."""
    checker, of = senate(half, model)
    return checker, *_reworded(of, Random(half))


def _reworded(of: Drafts, draw: Random) -> tuple[list[tuple[str, str]], list[str]]:
    some = [(doc, reword(said, draw)) for doc, said in draw.sample(of.theirs, PLANTED)]
    return some, [reword(said, draw) for said in draw.sample(of.own, PLANTED)]


def _drafts(name: str, checker: Checker, theirs: list[tuple[str, str]], own: list[str]) -> Iterator[Row]:
    hits: dict[str, list[bool]] = {"theirs": [], "own": []}
    parts = [*theirs, *(("", said) for said in own)]
    Random(name).shuffle(parts)
    for k in range(0, len(parts), _EACH):
        text, spans = "", []
        for doc, said in parts[k : k + _EACH]:
            spans.append((doc, len(text), len(text) + len(said)))
            text += said + "\n\n"
        rows = checker.check(text, limit=0)["sentences"]
        for doc, start, end in spans:
            over = [r for r in rows if 2 * (min(r["end"], end) - max(r["start"], start)) > r["end"] - r["start"]]
            there = [r for r in over if r["class"] != "own"]
            named = {m["doc_id"] for r in there for m in r["matches"]} | {
                m["doc_id"] for r in there for m in r["meant"] if m["near"]
            }
            hits["theirs" if doc else "own"].append(doc in named if doc else bool(there))
    yield Row("check: sentences of others, paraphrased", name, sum(hits["theirs"]) / len(hits["theirs"]))
    measure = "check: own sentences called others', with a model"
    yield Row(measure, name, sum(hits["own"]) / len(hits["own"]), low=True)
