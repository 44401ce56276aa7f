"""Standing texts against slogans that come in waves: which of those that were planted get the label `standing`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import inchorus
from bench.rows import Row
from inchorus.simulate import Simulation, simulate_with_truth

SEEDS = (2, 3)  # 1 was for choosing
YEARS = 4
_HALF = 0.5


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
