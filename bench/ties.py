"""Ties: p-values where nobody coordinates, and what is found of what was planted.

    python -m bench.ties                     every figure (about half an hour on two cores)
    python -m bench.ties --only planted      one measure; may be repeated
    python -m bench.ties --quick             fewer repetitions, as CI does

Rows are (measure, corpus, figure); `bench.accuracy` holds the floors.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from bench.corpora import Absent, corpus
from bench.rows import Row
from bench.table import print_table
from inchorus import flow
from inchorus.kernel import BOOL, F64
from inchorus.options import find_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.relate.coaction import coactions, order
from inchorus.relate.coortweet import edges
from inchorus.relate.layers import LEFT_OUT, kept, layers
from inchorus.relate.separate import separation
from inchorus.relate.strata import choose
from inchorus.relate.ties import strength
from inchorus.relate.wording import LEVEL, Material, Tested, TieOptions, judge_pairs, material
from inchorus.simulate import Simulation, simulate, truth
from inchorus.study import Study

QUICK = False
OPTIONS = TieOptions(threads=2)
NO_LABELS = "line"


def _study(table: pa.Table, folder: Path, preset: str = "articles") -> Study:
    path = folder / "documents.parquet"
    pq.write_table(table, path)
    return flow.find([path], folder / "study", ReadOptions(), find_options(preset), Silent())


def _of(study: Study, without: tuple[str, ...] = LEFT_OUT) -> tuple[Material, BOOL]:
    m = material(
        study.documents.select("doc_id, source, time").arrow(),
        study.talking_points.select("tp_id, label").arrow(),
        study.passages.select("tp_id, doc_id").arrow(),
    )
    return m, kept(layers(m, np.zeros(len(m.point), bool)), without)


def _shuffled(m: Material, seed: int) -> Material:
    """Sources permuted among the documents of one week."""
    week = choose(m.time, m.known, m.source, "week").stratum
    order_now = np.lexsort((np.random.default_rng(seed).random(len(week)), week))
    source = m.source.copy()
    source[order_now] = m.source[np.argsort(week, kind="stable")]
    return m._replace(source=source)


def _calibration(runs: list[Tested], name: str) -> Iterator[Row]:
    p = np.concatenate([t.p for t in runs])
    tests = sum(t.tested for t in runs)
    yield Row("runs without coordination that report a tie", name, _share(runs), low=True)
    for level in (0.1, 0.01, 0.001):
        yield Row(f"p <= {level:g}, over {level:g}", name, float((p <= level).sum() / tests / level), low=True)


def _share(runs: list[Tested]) -> float:
    return sum(bool((t.q <= LEVEL).any()) for t in runs) / len(runs)


def calibration() -> Iterator[Row]:
    """Corpora simulated with no coordination."""
    runs = []
    for seed in range(100, 105 if QUICK else 150):
        with TemporaryDirectory() as folder:
            table = pa.Table.from_batches(simulate(Simulation(lines=0, groups=0, seed=seed)))
            runs.append(judge_pairs(*_of(_study(table, Path(folder))), OPTIONS))
    yield from _calibration(runs, "simulated, no coordination")


def _pairs(m: Material, t: Tested) -> set[tuple[str, str]]:
    tied = t.q <= LEVEL
    return {(m.names[a], m.names[b]) for a, b in zip(t.a[tied], t.b[tied], strict=True)}


def _found(
    name: str, found: list[set[tuple[str, str]]], wanted: list[set[tuple[str, str]]], floored: bool
) -> Iterator[Row]:
    right = sum(len(f & w) for f, w in zip(found, wanted, strict=True))
    yield Row("recall of member pairs", name, right / max(1, sum(map(len, wanted))), floored=floored)
    yield Row("precision of ties", name, right / max(1, sum(map(len, found))), floored=floored)


def planted_material(lines: int, seed: int) -> tuple[Material, set[tuple[str, str]]]:
    """100 sources, 5,000 documents, 300 wordings that 2 to 20 sources happen on, 3 groups of 5 that share `lines`."""
    chance = np.random.default_rng(seed)
    weights = (np.arange(100) + 3.0) ** -0.5
    source = chance.choice(100, 5000, p=weights / weights.sum()).astype(np.int32)
    day = chance.integers(0, 120, 5000)
    point, document = [], []
    for k in range(300):
        users = chance.choice(5000, int(chance.integers(2, 21)), replace=False)
        point += [k] * len(users)
        document += users.tolist()
    members = chance.permutation(100)[:15].reshape(3, 5)
    wanted = set()
    extra_source: list[int] = []
    extra_day: list[int] = []
    for g, group in enumerate(members):
        wanted |= {tuple(sorted((f"s{a:03}", f"s{b:03}"))) for a, b in itertools.combinations(group.tolist(), 2)}
        for k in range(lines):
            when = int(chance.integers(0, 118))
            for s in group.tolist():
                point.append(300 + g * lines + k)
                document.append(5000 + len(extra_source))
                extra_source.append(s)
                extra_day.append(when + int(chance.integers(0, 2)))
    source = np.concatenate([source, np.array(extra_source, np.int32)])
    times = (np.concatenate([day, np.array(extra_day)]).astype(np.int64) + 19800) * 86_400_000_000
    n = 300 + 3 * lines
    names = [f"s{i:03}" for i in range(100)]
    ids = [str(i) for i in range(n)]
    known = np.ones(len(source), np.int64)
    m = Material(names, source, times, known, ids, np.array([NO_LABELS] * n), np.array(point), np.array(document))
    return m, {(a, b) for a, b in wanted}


def _apart(planted_lines: pa.Table) -> dict[tuple[str, str], int]:
    """Of each pair of members, in how many documents of the first they have lines of the group in common."""
    where: dict[str, dict[str, dict[str, str]]] = {}
    for row in planted_lines.to_pylist():
        if row["group_id"]:
            where.setdefault(row["group_id"], {}).setdefault(row["source"], {})[row["line_id"]] = row["doc_id"]
    out = {}
    for group in where.values():
        for a, b in itertools.combinations(sorted(group), 2):
            both = group[a].keys() & group[b].keys()
            out[a, b] = min(len({group[s][line] for line in both}) for s in (a, b))
    return out


def planted() -> Iterator[Row]:
    """Groups of 5 that share 2 to 5 lines, each in documents of their own; then in simulated texts."""
    for lines in (5, 4, 3, 2):
        found, wanted = [], []
        for seed in range(5):
            m, want = planted_material(lines, seed)
            found.append(_pairs(m, judge_pairs(m, np.ones(len(m.labels), bool), OPTIONS)))
            wanted.append(want)
        yield from _found(f"planted tables, {lines} lines", found, wanted, lines == 5)
    for lines in (5,) if QUICK else (5, 4, 3, 2):
        found, wanted, often = [], [], []
        for seed in range(1 if QUICK else 3):
            options = Simulation(
                documents=5000, sources=100, lines=0, groups=3, group_lines=lines, edits="light", seed=900 + seed
            )
            with TemporaryDirectory() as folder:
                m, keep = _of(_study(pa.Table.from_batches(simulate(options)), Path(folder)))
                found.append(_pairs(m, judge_pairs(m, keep, OPTIONS)))
            apart = _apart(truth(options))
            wanted.append(set(apart))
            often.append({pair for pair, documents in apart.items() if documents >= 3})
        name = f"simulated texts, {lines} lines"
        yield from _found(name, found, wanted, False)
        right = sum(len(f & w) for f, w in zip(found, often, strict=True))
        share = right / max(1, sum(map(len, often)))
        yield Row("recall of member pairs with lines in 3 documents or more", name, share, floored=lines == 5)


def senate() -> Iterator[Row]:
    """Same-state pairs, and sources permuted within weeks."""
    documents = corpus("senate/press_releases.parquet")
    told = pyarrow.csv.read_csv(corpus("senate/senators.csv"))
    with TemporaryDirectory() as folder:
        study = flow.find([documents], Path(folder) / "study", ReadOptions(), find_options(), Silent())
        m, keep = _of(study)
    judge_pairs(m._replace(point=m.point[:100], document=m.document[:100]), keep, OPTIONS)
    started = time.monotonic()
    t = judge_pairs(m, keep, OPTIONS)
    yield Row("seconds for the ties", "senate", time.monotonic() - started, low=True, floored=False)
    declared = {row["source"]: row for row in told.to_pylist()}
    state = np.array([declared[n]["state"] for n in m.names])
    tied = t.q <= LEVEL
    yield Row("same-state pairs tied, of 74", "senate", int((tied & (state[t.a] == state[t.b])).sum()))
    yield Row("ties", "senate", int(tied.sum()), floored=False)
    for null in ("sharing",):
        other = judge_pairs(m, keep, TieOptions(null=null, threads=2))
        both = int((tied & (other.q <= LEVEL)).sum())
        yield Row("ties under the second null model", "senate", int((other.q <= LEVEL).sum()), floored=False)
        yield Row("ties under both null models", "senate", both, floored=False)
    n = len(m.names)
    all_pairs: F64 = np.zeros(n * (n - 1) // 2)
    all_pairs[t.a * n - t.a * (t.a + 1) // 2 + t.b - t.a - 1] = strength(t.p)
    for column in ("state", "party"):
        values = np.array([declared[name][column] for name in m.names], dtype=object)
        area = separation(all_pairs, n, values, 0).auc
        yield Row(f"AUC of tie strength by {column}", "senate", area, floored=column == "state")
    runs = [judge_pairs(_shuffled(m, seed), keep, OPTIONS) for seed in range(3 if QUICK else 20)]
    yield from _calibration(runs, "senate, sources permuted within weeks")
    false = total = 0
    for seed in range(1 if QUICK else 5):
        half = np.zeros(n, bool)
        half[np.random.default_rng(seed).permutation(n)[: n // 2]] = True
        theirs = np.flatnonzero(half[m.source])
        part = m._replace(source=m.source[theirs], time=m.time[theirs], known=m.known[theirs])
        source = m.source.copy()
        source[theirs] = _shuffled(part, seed).source
        found = judge_pairs(m._replace(source=source), keep, OPTIONS)
        tied = found.q <= LEVEL
        total += int(tied.sum())
        false += int((tied & (half[found.a] | half[found.b])).sum())
    yield Row("share of ties that are false", "senate, half of the sources permuted", false / max(1, total), low=True)


def ira() -> Iterator[Row]:
    """Accounts of one category in a documented operation, among ordinary posts."""
    operation = pq.read_table(corpus("ira_2016/operation_posts.parquet"))
    organic = pq.read_table(corpus("ira_2016/organic_posts.parquet"))
    times = [t.isoformat(sep=" ", timespec="seconds") for t in organic["time"].to_pylist()]
    table = pa.table(
        {
            "id": [f"o{i}" for i in operation["id"].to_pylist()] + [f"g{i}" for i in range(len(organic))],
            "source": operation["source"].to_pylist() + organic["source"].to_pylist(),
            "time": operation["time"].to_pylist() + times,
            "text": operation["text"].to_pylist() + organic["text"].to_pylist(),
        }
    )
    category = dict(zip(operation["source"].to_pylist(), operation["category"].to_pylist(), strict=True))
    with TemporaryDirectory() as folder:
        m, keep = _of(_study(table, Path(folder), "posts"), ("boilerplate",))
    t = judge_pairs(m, keep, OPTIONS)
    kind = np.array([category.get(n, "organic") for n in m.names])
    tied, plain = t.q <= LEVEL, (kind[t.a] == "organic") | (kind[t.b] == "organic")
    same = (kind[t.a] == kind[t.b]) & ~plain
    yield Row("same-category pairs tied", "ira_2016", int((tied & same).sum()))
    yield Row("share of ties of one category", "ira_2016", float((tied & same).sum() / max(1, tied.sum())))
    yield Row("ties with an organic account", "ira_2016", int((tied & plain).sum()), low=True)
    yield Row("same-category pairs that share any wording", "ira_2016", int(same.sum()), floored=False)
    by = np.argsort(t.p, kind="stable")
    precise = np.cumsum(same[by]) / np.arange(1, len(by) + 1) >= 0.98
    last = int(np.flatnonzero(precise)[-1]) + 1 if precise.any() else 0
    yield Row("same-category pairs at precision 0.98", "ira_2016", int(same[by[:last]].sum()))


def coortweet() -> Iterator[Row]:
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


def large() -> Iterator[Row]:
    """10 million shares, five objects of which 100,000 accounts share, one within an hour."""
    n = 1_000_000 if QUICK else 10_000_000
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


MEASURES: dict[str, Callable[[], Iterator[Row]]] = {
    "large": large,
    "coortweet": coortweet,
    "planted": planted,
    "senate": senate,
    "ira": ira,
    "calibration": calibration,
}


def measure() -> Iterator[Row]:
    """Every figure; those whose corpus is absent are left out."""
    for name, one in MEASURES.items():
        try:
            yield from one()
        except Absent as absent:
            print(f"ties, {name}: not measured, as {absent}", file=sys.stderr)


def main() -> int:
    """Print a table of the figures."""
    global QUICK  # noqa: PLW0603 - a switch of the command line
    parser = argparse.ArgumentParser(prog="bench.ties", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", action="append", choices=list(MEASURES))
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    QUICK = args.quick
    for name in args.only or MEASURES:
        try:
            rows = list(MEASURES[name]())
        except Absent as absent:
            print(f"{name}: not measured, as {absent}")
            continue
        print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:,.4g}") for r in rows])
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
