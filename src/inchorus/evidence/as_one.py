"""Talking points of a list that are nearly the same: one entry, the others below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query

RUN = 3  # words
MOST = 0.6  # of the runs of the shorter sentence that the longer one has
HALF = 0.5  # of the documents of either that have both at the same place
LEAST = 0.4  # of the words of the longer sentence that the shorter one has at least, so that no phrase takes it in

# Cut at every mark, as the tokeniser of the stages does not: of texts that lost their marks one has "VA s" for "VA's".
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+")
_INSIDE = re.compile(r"[\w,;،؛–—-]\W*$")  # what a sentence stands behind that does not begin there
_OVERLAPPING = """
WITH p AS (SELECT tp_id, doc_id, start, "end" FROM passages WHERE tp_id IN (SELECT unnest($1::VARCHAR[])))
SELECT a.tp_id AS a, b.tp_id AS b, count(DISTINCT a.doc_id) AS n
FROM p a JOIN p b ON a.doc_id = b.doc_id AND a.tp_id < b.tp_id AND a.start < b."end" AND b.start < a."end" GROUP BY ALL
"""


def as_one(points: Sequence[dict[str, Any]], ask: Query) -> list[dict[str, Any]]:
    """The talking points of a list without those nearly the same as one before them, which has them as `also`.

    `points` are rows of their table with their quotes (`evidence.quotes`). Two are nearly the same if most documents
    of both have them at the same place, or if the sentences that are shown have most of their words in common, and the
    same figures. Lines of one frame say something else, and stay apart; but not where the whole sentence of the one is
    a sentence of the other. Nothing is counted together.
    """
    asked = [point["tp_id"] for point in points]
    places = {(row["a"], row["b"]): row["n"] for row in ask(_OVERLAPPING, [asked])} if len(asked) > 1 else {}
    runs = [_runs(point["quote"]) for point in points]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    at = {tp_id: n for n, tp_id in enumerate(asked)}
    beside: dict[int, set[int]] = defaultdict(set)
    for a, b in places:
        beside[max(at[a], at[b])].add(min(at[a], at[b]))
    heads: dict[int, dict[str, Any]] = {}
    for n, point in enumerate(points):
        near = sorted(beside[n] | {other for run in runs[n] for other in having[run]})
        head = next((m for m in near if m in heads and _same(points[m], point, runs[m], runs[n], places)), None)
        if head is None:
            heads[n] = {**point, "also": []}
            for run in runs[n]:
                having[run].append(n)
        else:
            heads[head]["also"].append(point)
    return list(heads.values())


def _same(
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    runs_a: set[tuple[str, ...]],
    runs_b: set[tuple[str, ...]],
    places: Mapping[tuple[str, str], int],
) -> bool:
    figures = set(_FIGURE.findall(a["quote"])) == set(_FIGURE.findall(b["quote"]))
    if a.get("frame_id") and a["frame_id"] == b.get("frame_id"):
        return figures and (_sentence_of(a["quote"], b["quote"]) or _sentence_of(b["quote"], a["quote"]))
    both = places.get((a["tp_id"], b["tp_id"])) or places.get((b["tp_id"], a["tp_id"])) or 0
    if both >= HALF * max(a["n_documents"], b["n_documents"]):
        return True
    shorter, longer = sorted((len(runs_a), len(runs_b)))
    return figures and 0 < LEAST * longer <= shorter and len(runs_a & runs_b) >= MOST * shorter


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def _sentence_of(text: str, other: str) -> bool:
    """Whether the words of a text are in another, from the beginning of a sentence there, and are enough of it.

    >>> _sentence_of("We must act now.", "Ann said “We must act now!”")
    True
    >>> _sentence_of("We must act now.", "It is not true that we must act now.")
    False
    """
    words, theirs = _WORD.findall(text.casefold()), [(w[0].casefold(), w.start()) for w in _WORD.finditer(other)]
    if not words or len(words) < LEAST * len(theirs):
        return False
    for n in range(len(theirs) - len(words) + 1):
        if [word for word, _ in theirs[n : n + len(words)]] == words:
            place = theirs[n][1]
            return other[place].isupper() or not _INSIDE.search(other[:place])
    return False
