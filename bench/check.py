"""Texts checked and claims looked up: are planted sentences found, are others left alone, is the right claim near.

    python -m bench.check           the half of each corpus that figures are reported on
    python -m bench.check --half 0  the half that rules were chosen on

Drafts are mixed from sentences that stand in documents of a study, to the letter or with one word in ten changed, and
from sentences that share no six words in a row with any of them. `debates/checked` has lines of debates, and the
fact-checked claims that readers say they repeat.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import inchorus
from bench.corpora import corpus
from bench.rows import Row
from bench.table import print_table
from inchorus.check.check import Checker, opened
from inchorus.check.claims import bm25
from inchorus.check.likeness import Likeness, cosines
from inchorus.match.meaning.model import Model
from inchorus.progress import Silent
from inchorus.search.index import build
from inchorus.search.query import fold_words
from inchorus.simulate import Simulation, simulate

REPORTED = 1  # the half that figures are of
DRAFTS = 60
PLANTED = 5  # sentences of each kind in a draft, beside twice as many of its own
WORDS = (10, 40)  # of a sentence
RUN = 6  # words in a row that a draft's own sentences share with no document
Line = tuple[str, int, str]  # its talk, number and text
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_WORD = re.compile(r"\w+")
THEIRS = {"verbatim", "near", "part", "boilerplate"}


def half(name: str) -> int:
    """0 or 1, by a hash of a name."""
    return hashlib.sha256(name.encode()).digest()[0] % 2


@dataclass(frozen=True)
class Drafts:
    """What drafts are mixed from: sentences of documents with their ids, and sentences of nobody."""

    theirs: list[tuple[str, str]]
    own: list[str]
    words: list[str]


def measure(which: int = REPORTED) -> Iterator[Row]:
    """Every figure of texts that are checked, and of claims that are looked up."""
    yield from _drafts("simulated", *_simulated(which), which)
    yield from _claims(which)
    yield from _drafts("senate", *senate(which), which)


def _simulated(which: int) -> tuple[Checker, Drafts]:
    """Articles; the own sentences are of another corpus by the same grammar."""
    table = pa.Table.from_batches(list(simulate(Simulation(documents=500, sources=20, lines=20, seed=11))))
    other = pa.Table.from_batches(list(simulate(Simulation(documents=200, sources=20, lines=0, groups=0, seed=12))))
    return _made(table, table.to_pylist(), other["text"].to_pylist(), which)


def senate(which: int, model: Model | None = None) -> tuple[Checker, Drafts]:
    """Press releases; the own sentences are of those that the study lacks."""
    table = pq.read_table(corpus("senate/press_releases_2000.parquet"))
    rows = table.to_pylist()
    kept = [int(hashlib.sha256(row["id"].encode()).hexdigest()[2:4], 16) >= 64 for row in rows]
    others = [row["text"] for row, known in zip(rows, kept, strict=True) if not known]
    mine = [row for row, known in zip(rows, kept, strict=True) if known]
    return _made(table.filter(pa.array(kept)), mine, others, which, model)


def _made(
    table: pa.Table, rows: Sequence[dict[str, Any]], others: Sequence[str], which: int, model: Model | None = None
) -> tuple[Checker, Drafts]:
    checker = opened(inchorus.find(table, no_ties=True), 2, Silent(), model)
    known: set[tuple[str, ...]] = set()
    theirs = []
    for row in rows:
        known.update(_runs(row["text"]))
        if half(row["id"]) == which:
            theirs += [(row["id"], sentence) for sentence in _sentences(row["text"])]
    own = [sentence for text in others for sentence in _sentences(text) if half(sentence) == which]
    return checker, Drafts(
        theirs, [s for s in own if not known & _runs(s)], _WORD.findall(" ".join(s for _, s in theirs))
    )


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for part in _SENTENCE.split(" ".join(text.split())))
    return [part for part in parts if WORDS[0] <= len(part.split()) <= WORDS[1]]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _drafts(name: str, checker: Checker, of: Drafts, which: int) -> Iterator[Row]:
    draw = Random(f"{name} {which}")
    hits: dict[str, list[bool]] = {"to the letter": [], "one word in ten changed": [], "own": []}
    for _ in range(DRAFTS):
        planted = draw.sample(of.theirs, 2 * PLANTED)
        parts = [("to the letter", doc, said) for doc, said in planted[:PLANTED]]
        parts += [("one word in ten changed", doc, edited(said, of.words, draw)) for doc, said in planted[PLANTED:]]
        parts += [("own", "", said) for said in draw.sample(of.own, min(2 * PLANTED, len(of.own)))]
        draw.shuffle(parts)
        text, spans = "", []
        for kind, doc, said in parts:
            spans.append((kind, doc, len(text), len(text) + len(said)))
            text += said + "\n\n"
        rows = checker.check(text, limit=0)["sentences"]
        for kind, doc, start, end in spans:
            over = [
                row for row in rows if 2 * (min(row["end"], end) - max(row["start"], start)) > row["end"] - row["start"]
            ]
            there = [row for row in over if row["class"] in THEIRS]
            named = any(doc == match["doc_id"] for row in there for match in row["matches"])
            hits[kind].append(bool(there) if kind == "own" else named)
    for kind in ("to the letter", "one word in ten changed"):
        yield Row(f"check: sentences of others, {kind}", name, sum(hits[kind]) / len(hits[kind]))
    yield Row("check: own sentences called others'", name, sum(hits["own"]) / max(1, len(hits["own"])), low=True)


def edited(sentence: str, words: Sequence[str], draw: Random) -> str:
    """The sentence with one word in ten, but never its last, replaced, left out, or another put before it."""
    said = sentence.split()
    for place in draw.sample(range(len(said) - 1), max(1, round(len(said) / 10))):
        said[place] = draw.choice((draw.choice(words), "", f"{draw.choice(words)} {said[place]}"))
    return " ".join(word for word in said if word)


def claims_and_lines() -> tuple[list[Line], list[str], dict[Line, set[int]], Any, list[Any]]:
    """Lines, claims, which claims each line makes; and the scores of each claim by letters and by words (BM25)."""
    rows = pq.read_table(corpus("debates/checked.parquet")).to_pylist()
    everything = pq.read_table(corpus("debates/lines.parquet"))["text"].cast(pa.large_string()).combine_chunks()
    claims = list(dict.fromkeys(row["claim"] for row in rows))
    right: dict[Line, set[int]] = {}
    for row in rows:
        right.setdefault((row["transcript"], row["line"], row["text"]), set()).add(claims.index(row["claim"]))
    lines = list(right)
    texts = [pa.array(some, pa.large_string()) for some in ([text for _, _, text in lines], claims)]
    like = Likeness(everything)
    by_letters = cosines(*map(like.vectors, texts)).toarray()
    index, _ = build([texts[1]], 1, lambda rows: None)
    return lines, claims, right, by_letters, [bm25(index, words) for words in fold_words(texts[0].to_pylist())]


def _claims(which: int) -> Iterator[Row]:
    lines, _, right, by_letters, by_words = claims_and_lines()
    for name, scores, floored in (("letters", by_letters, True), ("BM25", by_words, False)):
        found = [average_precision(score, right[line]) for line, score in zip(lines, scores, strict=True)]
        of_half = [p for p, (talk, n, _) in zip(found, lines, strict=True) if half(f"{talk}:{n}") == which]
        measure = f"claims: the right one among the first five (MAP@5), by {name}"
        yield Row(measure, "debates", sum(of_half) / len(of_half), floored=floored)
        yield Row(measure, "debates, all lines", sum(found) / len(found), floored=floored)


def average_precision(score: Any, right: set[int], at_least: float = -2.0) -> float:
    """Average precision of the first five of a ranking, of equals the first; what is scored lower is not found."""
    hits, total = 0, 0.0
    for rank, claim in enumerate((-score).argsort(kind="stable")[:5].tolist(), 1):
        if claim in right and score[claim] >= at_least:
            hits += 1
            total += hits / rank
    return total / min(5, len(right))


def main() -> int:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(prog="bench.check", description=__doc__)
    parser.add_argument("--half", type=int, choices=(0, 1), default=REPORTED)
    rows = measure(parser.parse_args().half)
    print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:.4f}") for r in rows])
    return 0


if __name__ == "__main__":
    sys.exit(main())
