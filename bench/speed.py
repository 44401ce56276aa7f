"""What `inchorus find` costs: time and memory of the whole process, as a user runs it.

    python -m bench.speed            the figures of the README
    python -m bench.speed --runs 5   the best of more runs

Measured from outside, with the operating system's own account of the child process. The first run
compiles the kernels into an empty cache; all others find them there. Nothing is asserted: a busy
machine is slow. The last column says what the project promises for two idle cores.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.corpora import Absent, corpus
from bench.table import print_table

MB = 1_000_000
SLICE_OF = 10  # every tenth document: the mixture of sources and times is that of the whole
SECONDS, GIGABYTES, SMALL_SECONDS, GROWTH = 30.0, 3.0, 2.0, 1.3


@dataclass(frozen=True)
class Cost:
    """One run: seconds by the clock, of the processors, and of these without the system's, and the peak in bytes."""

    wall: float
    cpu: float
    user: float
    peak: int


def run(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; raises OSError if it ends with another code than 0.

    >>> run([sys.executable, "-c", "pass"], dict(os.environ)).peak > 1_000_000
    True
    """
    started = time.monotonic()
    child = os.posix_spawn(command[0], list(command), environment)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    if os.waitstatus_to_exitcode(status):
        raise OSError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_utime, usage.ru_maxrss * unit)


def find(documents: Path, scratch: Path, runs: int = 1) -> Cost:
    """The quickest of some runs of `inchorus find`."""
    arguments = ("find", str(documents), "--out", "STUDY", "--json", "--no-ties")
    return min((command(arguments, scratch) for _ in range(runs)), key=lambda cost: cost.wall)


def command(arguments: Sequence[str], scratch: Path) -> Cost:
    """A command, with kernels cached in `scratch`.

    In its arguments `STUDY` stands for a study in `scratch`, and `FILE` for another file there.
    """
    program = Path(sys.executable).with_name("inchorus")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(scratch / "kernels")}
    named = [a.replace("STUDY", str(scratch / "study")).replace("FILE", str(scratch / "file")) for a in arguments]
    with (scratch / "said").open("w") as said:
        saved = os.dup(1)
        os.dup2(said.fileno(), 1)
        try:
            return run([str(program), *named, "--quiet"], environment)
        finally:
            os.dup2(saved, 1)
            os.close(saved)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if the corpus is there, 1 if not."""
    parser = argparse.ArgumentParser(prog="bench.speed", description="Measure what inchorus find costs.")
    parser.add_argument("--runs", type=int, default=2, help="runs of each, of which the quickest counts")
    args = parser.parse_args(argv)
    try:
        whole, small = corpus("senate/press_releases.parquet"), corpus("senate/press_releases_2000.parquet")
    except Absent as absent:
        print(f"not measured, as {absent}")
        return 1
    with tempfile.TemporaryDirectory(prefix="inchorus-bench-") as folder:
        scratch = Path(folder)
        tenth = scratch / "tenth.parquet"
        table = pq.read_table(whole)
        pq.write_table(table.take(pa.array(range(0, len(table), SLICE_OF))), tenth)
        cold = find(whole, scratch)
        found = {path: find(path, scratch, args.runs) for path in (whole, tenth, small)}
        growth = _per_mb(found[whole], whole) / _per_mb(found[tenth], tenth)
        rows = [
            _row("all, first run: kernels are compiled", whole, cold, "", ""),
            _row("all", whole, found[whole], f"<= {SECONDS:g} s", f"<= {GIGABYTES:g} GB"),
            _row(f"every {SLICE_OF}th document", tenth, found[tenth], "", ""),
            _row("2,000 documents", small, found[small], f"<= {SMALL_SECONDS:g} s", ""),
        ]
    titles = ("documents", "corpus", "number", "MB", "wall s", "cpu s", "peak GB", "wall s per 100 MB", "aim", "")
    print_table(titles, rows)
    print(f"\ncost per MB, all to every {SLICE_OF}th: {growth:.2f} (aim: <= {GROWTH:g})")
    return 0


def _row(name: str, path: Path, cost: Cost, seconds: str, memory: str) -> tuple[str, ...]:
    return (
        name,
        "senate",
        f"{pq.read_metadata(path).num_rows:,}",
        f"{_size(path) / MB:.1f}",
        f"{cost.wall:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.peak / 1e9:.2f}",
        f"{100 * _per_mb(cost, path):.1f}",
        seconds,
        memory,
    )


def _size(path: Path) -> int:
    return int(pc.sum(pc.binary_length(pq.read_table(path, columns=["text"])["text"])).as_py())


def _per_mb(cost: Cost, path: Path) -> float:
    return cost.wall / (_size(path) / MB)


if __name__ == "__main__":
    sys.exit(main())
