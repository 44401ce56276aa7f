"""Millions of shares: time, memory, and what the null model costs."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import numpy as np

from bench.rows import Row
from bench.ties.made import OPTIONS
from inchorus.relate.co_sharing import coactions, order
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.wording import Material
from inchorus.thresholds import LEVEL


def measure(quick: bool) -> Iterator[Row]:
    """10 million shares, five objects of which 100,000 accounts share, one within an hour."""
    n = 1_000_000 if quick else 10_000_000
    chance = np.random.default_rng(0)
    popular = n // 20
    objects = np.minimum((chance.pareto(1.0, n) * 2000).astype(np.int64), 2_000_000).astype(np.int32) + 10
    objects[:popular] = np.repeat(np.arange(5), popular // 5)
    source = chance.integers(0, n // 20, n).astype(np.int32)
    source[:popular] = np.tile(chance.permutation(n // 20)[: popular // 5], 5)
    seconds = chance.integers(0, 30 * 86_400, n).astype(np.float64)
    seconds[: popular // 5] = chance.integers(0, 3600, popular // 5)
    content = np.arange(n, dtype=np.int32)
    coactions(order(objects[:100], source[:100], content[:100], seconds[:100]), 60.0)
    started = time.monotonic()
    found = coactions(order(objects, source, content, seconds), 60.0)
    name = f"{n:,} shares"
    yield Row("seconds", name, time.monotonic() - started, low=True, floored=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    yield Row("GB at most, of the whole process", name, peak, low=True, floored=False)
    yield Row("pairs listed", name, len(found.a), floored=False)
    yield Row("pairs of shares counted without listing", name, found.unlisted, floored=False)
    accounts = n // 20
    none = np.zeros(0, np.int64)
    names, micros = [f"{i:08}" for i in range(accounts)], seconds.astype(np.int64) * 1_000_000
    m = Material(names, source, micros, np.ones(n, np.int64), [], np.zeros(0, np.str_), none, none)
    started = time.monotonic()
    tested = judge_objects(Objects(objects.astype(np.int64), np.arange(n), []), m, 60.0, OPTIONS).tested
    yield Row("seconds with the null model", name, time.monotonic() - started, low=True, floored=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    yield Row("GB at most with the null model", name, peak, low=True, floored=False)
    yield Row("ties, of which there are none", name, int((tested.q <= LEVEL).sum()), low=True)
