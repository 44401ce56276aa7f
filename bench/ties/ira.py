"""Posts of a documented operation among ordinary ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.corpora import corpus
from bench.rows import Row
from bench.ties.made import OPTIONS, numbers, study_of
from inchorus.compiled.kernel import F64, I64
from inchorus.relate.objects import judge_objects, read_objects
from inchorus.relate.p_values import q_values
from inchorus.relate.wording import Tested, judge_pairs
from inchorus.thresholds import LEVEL


def measure(quick: bool) -> Iterator[Row]:
    """Accounts of one category in a documented operation, among ordinary posts."""
    operation = pq.read_table(corpus("ira_2016/operation_posts.parquet"))
    organic = pq.read_table(corpus("ira_2016/organic_posts.parquet"))
    times = [t.isoformat(sep=" ", timespec="seconds") for t in organic["time"].to_pylist()]
    texts = operation["text"].to_pylist() + organic["text"].to_pylist()
    table = pa.table(
        {
            "id": [f"o{i}" for i in operation["id"].to_pylist()] + [f"g{i}" for i in range(len(organic))],
            "source": operation["source"].to_pylist() + organic["source"].to_pylist(),
            "time": operation["time"].to_pylist() + times,
            "text": texts,
            "url": [re.findall(r"https?://\S+", text) for text in texts],
        }
    )
    category = dict(zip(operation["source"].to_pylist(), operation["category"].to_pylist(), strict=True))
    with TemporaryDirectory() as folder:
        study = study_of(table, Path(folder), "posts")
        m, keep = numbers(study, ("boilerplate",))
        links = read_objects(study.documents.select("url").arrow(), "url")
    t = judge_pairs(m, keep, OPTIONS)
    month = judge_objects(links, m, 30 * 86_400.0, OPTIONS).tested
    kind = np.array([category.get(n, "organic") for n in m.names])
    for name, a, b, p, q in (
        ("ira_2016", t.a, t.b, t.p, t.q),
        ("ira_2016, links of 30 days", month.a, month.b, month.p, month.q),
        ("ira_2016, wording or links", *_of_any_kind((t, month), len(m.names))),
    ):
        tied, plain = q <= LEVEL, (kind[a] == "organic") | (kind[b] == "organic")
        same = (kind[a] == kind[b]) & ~plain
        yield Row("same-category pairs tied", name, int((tied & same).sum()), floored=name == "ira_2016")
        share = float((tied & same).sum() / max(1, tied.sum()))
        yield Row("share of ties of one category", name, share, floored=name == "ira_2016")
        yield Row("ties with an organic account", name, int((tied & plain).sum()), low=True)
        yield Row("same-category pairs that share any", name, int(same.sum()), floored=False)
        by = np.argsort(p, kind="stable")
        precise = np.cumsum(same[by]) / np.arange(1, len(by) + 1) >= 0.98
        last = int(np.flatnonzero(precise)[-1]) + 1 if precise.any() else 0
        yield Row("same-category pairs at precision 0.98", name, int(same[by[:last]].sum()), floored=name == "ira_2016")


def _of_any_kind(kinds: Sequence[Tested], sources: int) -> tuple[I64, I64, F64, F64]:
    """Pairs by their least p of several kinds, times the number of kinds; q is over pairs of sources."""
    key = np.unique(np.concatenate([t.a * sources + t.b for t in kinds]))
    least = np.ones(len(key))
    for t in kinds:
        at = np.searchsorted(key, t.a * sources + t.b)
        least[at] = np.minimum(least[at], t.p)
    p = np.minimum(1.0, len(kinds) * least)
    q = np.ones(len(key))
    q[least < 1] = q_values(p[least < 1], kinds[0].tested)
    return key // sources, key % sources, least, q
