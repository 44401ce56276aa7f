"""Standing texts against slogans that come in waves, planted and judged: which of them get the label `standing`."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import inchorus
from bench import found as studies
from bench.ranking.judged import key
from bench.rows import Row
from inchorus.simulate import Simulation, simulate_with_truth

SEEDS = (2, 3)  # 1 was for choosing
YEARS = 4
_HALF = 0.5
JUDGED = Path(__file__).resolve().parent / "judged" / "senate_standing.csv"


def measure_judged() -> Iterator[Row]:
    """The same of judged lines of the press releases, of those that are still found; half of them were for choosing."""
    points = studies.senate().sql("SELECT tp_id, text, label FROM talking_points").to_pylist()
    label = {name: p["label"] for p in points for name in (p["tp_id"], key(p["text"]))}
    with JUDGED.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for half in ("choose", "report"):
        of_half = [(r["letter"], label.get(r["tp_id"]) or label.get(r["key"])) for r in rows if r["half"] == half]
        still = [(letter, given) for letter, given in of_half if given]
        got = [letter for letter, given in still if given == "standing"]
        name = f"judged lines of the senate, to {half} by"
        standing = sum(letter == "S" for letter, _ in still)
        yield Row("standing descriptions labelled standing", name, got.count("S") / max(1, standing))
        yield Row("lines labelled standing that are standing descriptions", name, got.count("S") / max(1, len(got)))
        news = sum(letter in "PN" for letter in got)
        yield Row("lines labelled standing that are points or news", name, news / max(1, len(got)), low=True)
        yield Row("judged lines still found", name, len(still) / len(of_half), floored=False)


def measure() -> Iterator[Row]:
    """Recall and precision of the label, of planted wordings that were found at all."""
    for edits in ("verbatim", "heavy"):
        wanted: list[bool] = []
        got: list[bool] = []
        for seed in SEEDS:
            options = Simulation(days=365 * YEARS, lines=40, standing=30, slogans=30, edits=edits, seed=seed)
            documents, planted = simulate_with_truth(options)
            study = inchorus.find(documents, no_ties=True)
            points = study.talking_points.select("tp_id, label").arrow()
            label = dict(zip(points["tp_id"].to_pylist(), points["label"].to_pylist(), strict=True))
            passages = study.passages.select('tp_id, doc_id, start, "end"').arrow().to_pylist()
            for kind, tp_id in found(planted.to_pylist(), passages):
                wanted.append(kind == "standing text")
                got.append(label[tp_id] == "standing")
        right = sum(a and b for a, b in zip(wanted, got, strict=True))
        name = f"simulated articles of {YEARS} years, {edits}"
        yield Row("standing texts labelled standing", name, right / max(1, sum(wanted)))
        yield Row("planted wordings labelled standing that are standing texts", name, right / max(1, sum(got)))


def found(planted: Sequence[dict[str, Any]], passages: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """The kind of each planted line that was found, with the talking point that has most of its passages.

    >>> planted = [{"line_id": "1", "kind": "line", "doc_id": d, "start": 0, "end": 9} for d in "ab"]
    >>> found(planted, [{"tp_id": "t", "doc_id": "a", "start": 1, "end": 9}])
    [('line', 't')]
    """
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in passages:
        spans[row["doc_id"]].append(row)
    held: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in planted:
        for other in spans[row["doc_id"]]:
            common = min(row["end"], other["end"]) - max(row["start"], other["start"])
            if common >= _HALF * (max(row["end"], other["end"]) - min(row["start"], other["start"])):
                held[row["kind"], row["line_id"]][other["tp_id"]] += 1
    return [(kind, counts.most_common(1)[0][0]) for (kind, _), counts in held.items()]
