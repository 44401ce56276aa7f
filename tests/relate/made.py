"""Corpora as numbers, made by hand or by chance."""

from __future__ import annotations

from typing import Any

import numpy as np

from inchorus.compiled.kernel import F64
from inchorus.relate.p_values import likely
from inchorus.relate.wording import Material

DAY = 86_400_000_000


def made(
    point: Any, document: Any, source: Any, day: Any | None = None, names: int | None = None, label: str = "line"
) -> Material:
    source = np.asarray(source, np.int32)
    n = names or int(source.max()) + 1
    days = np.zeros(len(source), np.int64) if day is None else np.asarray(day, np.int64)
    points = int(max(point, default=-1)) + 1
    return Material(
        [f"s{i:03}" for i in range(n)],
        source,
        days * DAY,
        np.full(len(source), int(day is not None), np.int64),
        [str(i) for i in range(points)],
        np.array([label] * points, dtype="<U12"),
        np.asarray(point, np.int64),
        np.asarray(document, np.int64),
    )


def background(
    seed: int, lines: int = 200, sources: int = 40, documents: int = 2000
) -> tuple[list[int], list[int], Any, Any]:
    chance = np.random.default_rng(seed)
    source = chance.choice(sources, documents, p=(w := 1 / (np.arange(sources) + 3.0)) / w.sum())
    day = np.sort(chance.integers(0, 100, documents))
    point, document = [], []
    for k in range(lines):
        users = chance.choice(documents, int(chance.integers(2, 8)), replace=False)
        point += [k] * len(users)
        document += users.tolist()
    return point, document, source, day


def at_least(k: int, chances: F64) -> float:
    """P(k or more) of independent draws with these chances, as `likely` says it of one stretch; 0 of more than all."""
    if k > len(chances):
        return 0.0
    out = np.empty(1)
    likely(np.array([0, len(chances)]), np.where(np.arange(len(chances)) < k, 1, -1), np.asarray(chances), out)
    return float(out[0])
