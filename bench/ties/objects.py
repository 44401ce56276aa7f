"""Shared objects where nobody coordinates: sources permuted among documents of one stratum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow.parquet as pq

from bench.corpora import corpus
from bench.rows import Row
from bench.ties.made import OPTIONS, calibration
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.strata import choose
from inchorus.relate.wording import Material
from inchorus.thresholds import LEVEL

WINDOWS = (60, 3600)


def reposts() -> tuple[Material, Objects]:
    """The reposts as numbers: each a document."""
    table = pq.read_table(corpus("coordination/retweets.parquet"))
    names, source = np.unique(np.array(table["account_id"].to_pylist()), return_inverse=True)
    objects, of = np.unique(np.array(table["object_id"].to_pylist()), return_inverse=True)
    n = len(source)
    micros = table["timestamp_share"].to_numpy().astype(np.int64) * 1_000_000
    none = np.zeros(0, np.int64)
    m = Material(
        names.tolist(), source.astype(np.int32), micros, np.ones(n, np.int64), [], np.zeros(0, np.str_), none, none
    )
    return m, Objects(of.astype(np.int64), np.arange(n, dtype=np.int64), objects.tolist())


def measure(quick: bool) -> Iterator[Row]:
    """Ties of the reposts, and of the same with sources permuted."""
    m, o = reposts()
    stratum = choose(m.time, m.known, m.source, None).stratum
    draws = 3 if quick else 20
    for window in WINDOWS:
        tied = int((judge_objects(o, m, window, OPTIONS).tested.q <= LEVEL).sum())
        yield Row("ties", f"reposts, {window} s", tied, floored=False)
        runs = []
        for seed in range(draws):
            order = np.lexsort((np.random.default_rng(seed).random(len(stratum)), stratum))
            source = m.source.copy()
            source[order] = m.source[np.argsort(stratum, kind="stable")]
            runs.append(judge_objects(o, m._replace(source=source), window, OPTIONS).tested)
        yield from calibration(runs, f"reposts, {window} s, sources permuted, {draws} times")
