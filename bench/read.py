"""What reading costs: megabytes in a second, and memory for files of two sizes, format by format.

    python -m bench.read              the figures of docs/formats.md's formats of tables, and of web archives
    python -m bench.read --mb 1000    larger files
    python -m bench.read --formats --files 100000    a folder of text files alone

Each file is read by a process of its own, as `inchorus find` reads it, into documents on disk. Seconds are those of all
processors, the system's among them, behind those of the smaller file: what starting costs is in both. Memory must not
grow with the file, but for ids, sources and times, some 200 bytes a document. It is that which the process has for
itself: pages of the documents on disk, which the system keeps in memory as long as nobody needs it, are not counted
(Linux alone tells them apart). What is read is made up: paragraphs of the simulated corpus, with the punctuation and
the names of people and places that articles have; of a hundred documents nine name an address and an account, and three
a hashtag, about as many as of press releases (docs/decisions/059).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.speed import MB, Cost, run
from bench.table import print_table
from inchorus.simulate import Simulation, simulate

GROWN = 4  # times the size of the first file
PROMISED = {"csv": 100.0, "jsonl": 100.0, "parquet": 300.0}  # MB/s on two processors
_ARTICLES = 1_000  # of the simulated corpus, whose paragraphs the texts have
_LEAST, _MOST = 3, 24  # paragraphs of a text
_NAMING, _TAGGED = 0.09, 0.03  # of documents
_READ = """
import sys
from pathlib import Path
from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents
if len(sys.argv) > 1:
    read_documents([Path(sys.argv[1])], ReadOptions(), Path(sys.argv[2]), Silent())
"""
_ALONE = """
import sys
import trafilatura
from warcio.archiveiterator import ArchiveIterator
with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file):
        if record.rec_type == "response":
            trafilatura.bare_extraction(record.content_stream().read().decode(), with_metadata=True)
"""
Row = dict[str, str]


def rows(size: int, seed: int = 0) -> Iterator[Row]:
    r"""Documents of about `size` bytes together.

    >>> row = next(rows(1))
    >>> sorted(row), "\n\n" in row["text"], row["text"].isascii()
    (['id', 'source', 'text', 'time'], True, False)
    """
    draw = random.Random(seed)
    pool = _paragraphs()
    written = n = 0
    while written < size:
        text = "\n\n".join(draw.choices(pool, k=draw.randint(_LEAST, _MOST)))
        n += 1
        if draw.random() < _NAMING:
            text += f"\n\nRead more at https://www.example{n % 97}.org/news/{n}?utm_source=feed, or ask @desk{n % 97}."
        if draw.random() < _TAGGED:
            text += f" #town{n % 31}"
        written += len(text) + 40
        yield {"id": str(n), "source": f"source {n % 97}", "time": f"2024-05-{n % 28 + 1:02}T08:30:00Z", "text": text}


@cache
def _paragraphs() -> list[str]:
    """Paragraphs of simulated articles."""
    articles = pa.Table.from_batches(simulate(Simulation(documents=_ARTICLES, seed=1)))["text"].to_pylist()
    return [paragraph for text in articles for paragraph in text.split("\n\n")]


def write_csv(path: Path, size: int) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "source", "time", "text"])
        writer.writeheader()
        writer.writerows(rows(size))


def write_jsonl(path: Path, size: int) -> None:
    """A JSON Lines file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(size))


def write_parquet(path: Path, size: int) -> None:
    """A Parquet file, with groups of 10,000 rows."""
    schema = pa.schema([(name, pa.string()) for name in ("id", "source", "time", "text")])
    with pq.ParquetWriter(path, schema) as writer:
        held: list[Row] = []
        for row in rows(size):
            held.append(row)
            if len(held) == 10_000:
                writer.write_table(pa.Table.from_pylist(held, schema))
                held = []
        writer.write_table(pa.Table.from_pylist(held, schema))


def write_warc(path: Path, size: int) -> None:
    """A WARC of articles in a frame of links."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    links = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(40))
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for row in rows(size):
            paragraphs = "".join(f"<p>{escape(one)}</p>" for one in row["text"].split("\n\n"))
            body = f"<html><body><nav><ul>{links}</ul></nav><article>{paragraphs}</article></body></html>"
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://{row['source'].replace(' ', '')}.example/{row['id']}"
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(body.encode()), http_headers=head)
            )


FORMATS: dict[str, tuple[Callable[[Path, int], None], float]] = {
    "csv": (write_csv, 1),
    "jsonl": (write_jsonl, 1),
    "parquet": (write_parquet, 1),
    "warc": (write_warc, 0.02),  # of the size of the others: to find an article takes milliseconds
}


def read(path: Path, scratch: Path) -> Cost:
    """What it costs to read a file; the peak is of memory that is the process's own, where the system says so."""
    command = [sys.executable, "-c", _READ, str(path), str(scratch)]
    cost = run(command, dict(os.environ))
    own = peak_of_its_own(command)
    return cost if own is None else replace(cost, peak=own)


def peak_of_its_own(command: Sequence[str]) -> int | None:
    """The most bytes of memory, without files in it, that a command had, by twenty looks a second; None if unknown."""
    most = None
    with subprocess.Popen(command) as child:
        status = Path(f"/proc/{child.pid}/status")
        while child.poll() is None:
            with suppress(OSError):
                for line in status.read_text().splitlines():
                    if line.startswith("RssAnon:"):
                        most = max(most or 0, int(line.split()[1]) * 1024)
            time.sleep(0.05)
    return most


def alone(path: Path) -> float:
    """Seconds that trafilatura alone takes for the pages of a WARC, on all processors."""
    return run([sys.executable, "-c", _ALONE, str(path)], dict(os.environ)).cpu


def held(path: Path) -> float:
    """Megabytes that a file holds: of Parquet, which is compressed, those of its texts."""
    if path.suffix != ".parquet":
        return path.stat().st_size / MB
    groups = pq.read_metadata(path)
    columns = (groups.row_group(g).column(c) for g in range(groups.num_row_groups) for c in range(groups.num_columns))
    return float(sum(column.total_uncompressed_size for column in columns)) / MB


def measured(name: str, mb: float, folder: Path) -> tuple[str, ...]:
    """A row of the table: the larger file against the smaller, so that what starting costs is in neither."""
    write, share = FORMATS[name]
    scratch = folder / "scratch"
    costs: list[tuple[float, Cost, float]] = []
    for times in (1, GROWN):
        path = folder / f"a.{name}"
        write(path, int(mb * share * times * MB))
        extraction = alone(path) if name == "warc" else 0.0
        costs.append((held(path), read(path, scratch), extraction))
        path.unlink()
        for left in scratch.iterdir():
            left.unlink()
    (small_size, small, small_alone), (size, large, large_alone) = costs
    seconds = large.cpu - small.cpu
    promised = f"{PROMISED[name]:.0f} MB/s" if name in PROMISED else "half of trafilatura"
    reached = f"{2 * (size - small_size) / seconds:.0f} MB/s"
    if name == "warc":
        reached = f"{(large_alone - small_alone) / seconds:.2f} of trafilatura"
    return (
        name,
        f"{size:.0f}",
        f"{seconds / (size - small_size) * 100:.2f}",
        f"{(size - small_size) / max(large.wall - small.wall, 1e-9):.0f}",
        reached,
        promised,
        f"{small.peak / MB:.0f}",
        f"{large.peak / MB:.0f}",
    )


def write_files(folder: Path, n: int) -> None:
    """Text files of 1 to 4 KB in folders of a hundred sources."""
    for i, row in enumerate(rows(1 << 62)):
        if i == n:
            return
        source = folder / f"source {i % 100}"
        source.mkdir(parents=True, exist_ok=True)
        (source / f"2024-05-{i % 28 + 1:02}_{i}.txt").write_text(row["text"])


def many(n: int, folder: Path) -> tuple[str, ...]:
    """A row of the table of folders: n files against a quarter of them."""
    scratch = folder / "scratch"
    costs = []
    for files in (n // GROWN, n):
        path = folder / f"{files} files"
        write_files(path, files)
        costs.append(read(path, scratch))
        shutil.rmtree(path)
        shutil.rmtree(scratch)
    few, all_ = costs
    added = n - n // GROWN
    return (
        f"{n:,}",
        f"{all_.wall:.1f}",
        f"{(all_.cpu - few.cpu) / added * 1000:.2f}",
        f"{few.peak / MB:.0f}",
        f"{all_.peak / MB:.0f}",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=100, help="the size of the smaller file (default: 100)")
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--files", type=int, default=100_000, help="in a folder (default: 100,000; 0: none)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = [measured(name, options.mb, Path(folder)) for name in options.formats]
        folders = [many(options.files, Path(folder))] if options.files else []
    titles = (
        "format",
        "MB",
        "seconds of a processor for 100 MB",
        "MB/s by the clock",
        "if two share it evenly",
        "promised of two",
        f"peak MB at a {GROWN}th",
        "peak MB",
    )
    if table:
        print_table(titles, table)
    if folders:
        named = ("files", "seconds by the clock", "ms of a processor for a file", f"peak MB at a {GROWN}th", "peak MB")
        print_table(named, folders)


if __name__ == "__main__":
    main()
