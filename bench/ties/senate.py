"""Press releases: pairs of one state and of one party, and sources permuted within weeks."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pyarrow.csv

from bench import found
from bench.corpora import corpus
from bench.rows import Row
from bench.ties.made import OPTIONS, calibration, numbers, shuffled
from inchorus.compiled.kernel import F64
from inchorus.relate.separate import separation
from inchorus.relate.tables import strength
from inchorus.relate.wording import judge_pairs
from inchorus.thresholds import LEVEL


def measure(quick: bool) -> Iterator[Row]:
    """Same-state pairs, and sources permuted within weeks."""
    told = pyarrow.csv.read_csv(corpus("senate/senators.csv"))
    m, keep = numbers(found.senate())
    judge_pairs(m._replace(point=m.point[:100], document=m.document[:100]), keep, OPTIONS)
    started = time.monotonic()
    t = judge_pairs(m, keep, OPTIONS)
    yield Row("seconds for the ties", "senate", time.monotonic() - started, low=True, floored=False)
    declared = {row["source"]: row for row in told.to_pylist()}
    state = np.array([declared[n]["state"] for n in m.names])
    tied = t.q <= LEVEL
    yield Row("same-state pairs tied, of 74", "senate", int((tied & (state[t.a] == state[t.b])).sum()))
    yield Row("ties", "senate", int(tied.sum()), floored=False)
    for name, q in (
        ("all documents", t.q_documents),
        ("those that share", t.q_sharing),
        ("recurring sets", t.q_recurring),
    ):
        yield Row(f"ties by {name} alone", "senate", int((q <= LEVEL).sum()), floored=False)
    yield Row("spread", "senate", t.spread, floored=False)
    n = len(m.names)
    all_pairs: F64 = np.zeros(n * (n - 1) // 2)
    all_pairs[t.a * n - t.a * (t.a + 1) // 2 + t.b - t.a - 1] = strength(t.p)
    for column in ("state", "party"):
        values = np.array([declared[name][column] for name in m.names], dtype=object)
        area = separation(all_pairs, n, values, 0).auc
        yield Row(f"AUC of tie strength by {column}", "senate", area, floored=column == "state")
    draws = 3 if quick else 20
    runs = [judge_pairs(shuffled(m, seed), keep, OPTIONS) for seed in range(draws)]
    yield from calibration(runs, f"senate, sources permuted within weeks, {draws} times")
    false = total = 0
    for seed in range(1 if quick else 5):
        half = np.zeros(n, bool)
        half[np.random.default_rng(seed).permutation(n)[: n // 2]] = True
        theirs = np.flatnonzero(half[m.source])
        part = m._replace(source=m.source[theirs], time=m.time[theirs], known=m.known[theirs])
        source = m.source.copy()
        source[theirs] = shuffled(part, seed).source
        again = judge_pairs(m._replace(source=source), keep, OPTIONS)
        tied = again.q <= LEVEL
        total += int(tied.sum())
        false += int((tied & (half[again.a] | half[again.b])).sum())
    yield Row("share of ties that are false", "senate, half of the sources permuted", false / max(1, total), low=True)
