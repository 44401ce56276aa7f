"""Edges by CooRTweet's rules, beside its own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pyarrow.parquet as pq

from bench.corpora import corpus
from bench.rows import Row
from inchorus.relate.coortweet import edges


def measure(quick: bool) -> Iterator[Row]:
    """Edges that equal CooRTweet's own, at its four settings; and speed."""
    shares = pq.read_table(corpus("coordination/retweets.parquet"))
    wanted = pq.read_table(corpus("coordination/coortweet_edges.parquet")).to_pylist()
    edges(shares.slice(0, 100), 10)
    for window, least in sorted({(r["window"], r["min_participation"]) for r in wanted}):
        started = time.monotonic()
        found = edges(shares, window, least)
        took = time.monotonic() - started
        ours = {(r["account_a"], r["account_b"]): (r["weight"], r["avg_time_delta"]) for r in found.to_pylist()}
        theirs = {
            (r["account_a"], r["account_b"]): (r["weight"], r["avg_time_delta"])
            for r in wanted
            if (r["window"], r["min_participation"]) == (window, least)
        }
        equal = sum(k in theirs and v[0] == theirs[k][0] and abs(v[1] - theirs[k][1]) < 1e-9 for k, v in ours.items())
        name = f"reposts, {window} s, {least} shares"
        yield Row("edges equal to CooRTweet's, over edges of either", name, equal / len(ours.keys() | theirs.keys()))
        yield Row("seconds", name, took, low=True, floored=False)
