"""What search costs: how soon it is ready, what it holds in memory, how long an answer takes.

    python -m bench.search                  the index of the evidence browser, on the senate corpus
    python -m bench.search --others         beside SQLite's FTS5 and a scan by DuckDB
    python -m bench.search --study FOLDER   on a study that is there already

Asked are 200 queries made of words of the study, as somebody types them (one to three words of one
wording, the last one unfinished; every fourth a phrase), and the worst that there are: the commonest word, single
letters, phrases of the commonest words. Nothing is asserted: a busy machine is slow.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

import pyarrow.parquet as pq

import inchorus
from bench.corpora import Absent, corpus
from bench.table import print_table

QUERIES = 200
MB = 1e6


@dataclass(frozen=True)
class Asked:
    """Words that are asked for: in this order if it is a phrase, else the last one by its beginning."""

    words: tuple[str, ...]
    phrase: bool = False

    def __str__(self) -> str:
        words = " ".join(self.words)
        return f'"{words}"' if self.phrase else words


WORST = (Asked(("the",)), Asked(("a",)), Asked(("s",)), Asked(("senator", "s")), Asked(("of", "the"), phrase=True))


@dataclass(frozen=True)
class Figures:
    """Seconds until it is ready; bytes of the whole process when ready, at its peak; seconds of each answer."""

    ready: float
    resident: int
    peak: int
    answers: list[float]


def queries(study: Path, seed: int = 0) -> list[Asked]:
    """Queries of words that stand in the wordings of the study."""
    chance = random.Random(seed)
    texts = pq.read_table(study / "talking_points.parquet", columns=["text"])["text"].to_pylist()
    out: list[Asked] = []
    while len(out) < QUERIES:
        words = re.findall(r"\w{2,}", chance.choice(texts).lower())
        size = chance.randint(1, 3)
        at = chance.randrange(max(1, len(words) - size))
        picked = words[at : at + size]
        if not picked:
            continue
        if len(out) % 4 == 3:
            out.append(Asked(tuple(picked), phrase=True))
        else:
            out.append(Asked((*picked[:-1], picked[-1][: chance.randint(2, 12)])))
    return out


def index(study: Path, asked: Sequence[Asked]) -> Figures:
    """The index of the evidence browser, with everything that its page shows of an answer."""
    from inchorus.search.search import Search

    started = time.monotonic()
    search = Search(inchorus.open(study))
    search.wait()
    return _figures(started, [str(a) for a in asked], search.answer)


def fts5(study: Path, asked: Sequence[Asked], options: str) -> Figures:
    """SQLite's full-text search over the documents, in memory: the number of matches and the best 20, no excerpts."""
    started = time.monotonic()
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE d USING fts5(text, content='', {options})")
    rows = 0
    for batch in pq.ParquetFile(study / "documents.parquet").iter_batches(1024, columns=["text"]):
        base.executemany("INSERT INTO d(rowid, text) VALUES (?, ?)", enumerate(batch["text"].to_pylist(), rows))
        rows += len(batch)

    def answer(query: str) -> None:
        base.execute("SELECT count(*) FROM d WHERE d MATCH ?", [query]).fetchall()
        base.execute("SELECT rowid FROM d WHERE d MATCH ? ORDER BY rank LIMIT 20", [query]).fetchall()

    return _figures(started, [_in_sqlite(a) for a in asked], answer)


def scan(study: Path, asked: Sequence[Asked]) -> Figures:
    """A scan by DuckDB over lower-case text without accents: the number of matches, neither ranked nor by words."""
    import duckdb

    started = time.monotonic()
    base = duckdb.connect()
    base.execute("CREATE TABLE d AS SELECT lower(strip_accents(text)) AS text FROM read_parquet(?)",
                 [str(study / "documents.parquet")])  # fmt: skip

    def answer(needles: Sequence[str]) -> None:
        tests = " AND ".join("contains(text, ?)" for _ in needles)
        base.execute(f"SELECT count(*) FROM d WHERE {tests}", list(needles)).fetchall()

    return _figures(started, [(" ".join(a.words),) if a.phrase else a.words for a in asked], answer)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if there is a corpus, 1 if not."""
    parser = argparse.ArgumentParser(prog="bench.search", description="Measure what search costs.")
    parser.add_argument("--study", type=Path, help="a study; else one is made of the senate corpus")
    parser.add_argument("--others", action="store_true", help="also measure other ways to search")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="inchorus-bench-") as folder:
        study = args.study
        if study is None:
            try:
                study = Path(folder) / "study"
                inchorus.find(corpus("senate/press_releases.parquet"), out=study, no_ties=True)
            except Absent as absent:
                print(f"not measured, as {absent}")
                return 1
        asked = [*queries(study), *WORST]
        ways: dict[str, tuple[Callable[..., Figures], tuple[str, ...]]] = {"index in memory": (index, ())}
        if args.others:
            ways["SQLite FTS5, unicode61"] = (fts5, ("tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'",))
            ways["SQLite FTS5, trigram"] = (fts5, ("tokenize='trigram'",))
            ways["DuckDB, scan"] = (scan, ())
        rows = []
        for name, (way, more) in ways.items():
            # A process each: what one has taken in memory is not counted for another.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                figures = alone.submit(way, study, asked, *more).result()
            rows.append(_row(name, study.name, figures))
    worst = [f"{a} ms" for a in WORST]
    print_table(("way", "study", "ready s", "resident MB", "peak MB", "median ms", "95 % ms", *worst), rows)
    return 0


def _figures(started: float, asked: Sequence[object], answer: Callable[..., object]) -> Figures:
    ready = time.monotonic() - started
    answers = []
    for query in asked:
        before = time.perf_counter()
        answer(query)
        answers.append(time.perf_counter() - before)
    unit = 1 if sys.platform == "darwin" else 1024
    return Figures(ready, _resident(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit, answers)


def _resident() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # not Linux: the peak says enough
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _in_sqlite(asked: Asked) -> str:
    if asked.phrase:
        return f'"{" ".join(asked.words)}"'
    words = [f'"{word}"' for word in asked.words]
    return " ".join(words) + "*"


def _row(name: str, study: str, figures: Figures) -> list[str]:
    usual = [1000 * seconds for seconds in figures.answers[: -len(WORST)]]
    worst = [1000 * seconds for seconds in figures.answers[-len(WORST) :]]
    return [
        name,
        study,
        f"{figures.ready:.1f}",
        f"{figures.resident / MB:,.0f}",
        f"{figures.peak / MB:,.0f}",
        f"{median(usual):.1f}",
        f"{quantiles(usual, n=20)[-1]:.1f}",
        *(f"{ms:.0f}" for ms in worst),
    ]


if __name__ == "__main__":
    sys.exit(main())
