"""What the measures of ties are made of: studies as numbers, sources permuted, rows of figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.rows import Row
from inchorus import flow
from inchorus.compiled.kernel import BOOL
from inchorus.labels import left_out
from inchorus.options import ShareOptions, find_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.relate.layers import kept, layers
from inchorus.relate.reposted import only_reposted, originals
from inchorus.relate.strata import choose
from inchorus.relate.wording import Material, Tested, TieOptions, material
from inchorus.study import Study
from inchorus.thresholds import LEVEL

OPTIONS = TieOptions()
LEVELS = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
FLOORED = (0.1, 0.01, 0.001)


def study_of(table: pa.Table, folder: Path, preset: str = "articles") -> Study:
    """The study of a table of documents."""
    path = folder / "documents.parquet"
    pq.write_table(table, path)
    return flow.find(
        [path], folder / "study", ReadOptions(), find_options(preset), Silent(), ShareOptions(no_ties=True)
    )


def numbers(study: Study, without: tuple[str, ...] = left_out(posts=False)) -> tuple[Material, BOOL]:
    """What the tests need of a study, and which talking points stay in."""
    m = material(
        study.documents.select("doc_id, source, time").arrow(),
        study.talking_points.select("tp_id, label").arrow(),
        study.passages.select('tp_id, doc_id, start, "end"').arrow(),
    )
    again = only_reposted(m, originals(study.documents.select("doc_id, repost_of").arrow()))
    m = m._replace(point=m.point[~again], document=m.document[~again])
    return m, kept(layers(m, np.zeros(len(m.point), bool)), without)


def shuffled(m: Material, seed: int) -> Material:
    """Sources permuted among the documents of one week."""
    week = choose(m.time, m.known, m.source, "week").stratum
    order_now = np.lexsort((np.random.default_rng(seed).random(len(week)), week))
    source = m.source.copy()
    source[order_now] = m.source[np.argsort(week, kind="stable")]
    return m._replace(source=source)


def calibration(runs: list[Tested], name: str) -> Iterator[Row]:
    """How often anything is reported where there is nothing, and how p-values lie beside the uniform."""
    p = np.concatenate([t.p for t in runs])
    tests = sum(t.tested for t in runs)
    share = sum(bool((t.q <= LEVEL).any()) for t in runs) / len(runs)
    yield Row("runs without coordination that report a tie", name, share, low=True)
    for level in LEVELS:
        yield Row(
            f"p <= {level:g}, over {level:g}", name, float((p <= level).sum() / tests / level), True, level in FLOORED
        )


def tied_pairs(m: Material, t: Tested) -> set[tuple[str, str]]:
    """The names of the tied."""
    tied = t.q <= LEVEL
    return {(m.names[a], m.names[b]) for a, b in zip(t.a[tied], t.b[tied], strict=True)}


def found(
    name: str, tied: list[set[tuple[str, str]]], wanted: list[set[tuple[str, str]]], floored: bool
) -> Iterator[Row]:
    """Recall and precision of ties, over several corpora together."""
    right = sum(len(f & w) for f, w in zip(tied, wanted, strict=True))
    yield Row("recall of member pairs", name, right / max(1, sum(map(len, wanted))), floored=floored)
    yield Row("precision of ties", name, right / max(1, sum(map(len, tied))), floored=floored)
