"""What the evidence browser costs: its pages at the server, the first of them in Chromium, a large network, a report.

    python -m bench.pages                  on a study made of the senate corpus, with ties
    python -m bench.pages --study FOLDER   on a study that is there already

Pages are asked for over HTTP from `inchorus serve`, as a browser does, so a figure has everything but the drawing. The
network is one of 2,000 sources and 20,000 ties, made up for this; frames are counted while the pointer drags it. Where
there is no Chromium, what needs it is left out and said to be. Nothing is asserted: a busy machine is slow.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pyarrow as pa

import inchorus
from bench.chromium import chromium
from bench.corpora import Absent, corpus
from bench.table import print_table
from inchorus.schema import arrow_schema
from inchorus.study import write_study

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = 9
SOURCES, TIES, GROUPS = 2000, 20_000, 20
SECONDS = 3.0  # for which frames are counted
REPORTED = 500
AIMS = {"page": "<= 300", "search": "<= 200", "first": "<= 1,500", "report": "<= 10 MB"}
# Counts the frames of some seconds; and when a page was loaded and its charts were drawn, in ms from the navigation.
COUNTED = """ms => new Promise(done => {
  const times = [];
  const frame = now => { times.push(now); now - times[0] < ms ? requestAnimationFrame(frame) : done(times); };
  requestAnimationFrame(frame);
})"""
DRAWN = """() => {
  const charts = [...document.querySelectorAll("figure[data-chart]")].filter(f => !f.closest("details:not([open])"));
  const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
  return loaded > 0 && charts.every(f => f.querySelector(".chart-svg")) ? performance.now() : 0;
}"""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if there is a corpus or a study, 1 if not."""
    parser = argparse.ArgumentParser(prog="bench.pages", description="Measure what the evidence browser costs.")
    parser.add_argument("--study", type=Path, help="a study with ties; else one is made of the senate corpus")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="inchorus-bench-") as folder:
        scratch = Path(folder)
        try:
            study = args.study or _made(scratch / "study")
        except Absent as absent:
            print(f"not measured, as {absent}")
            return 1
        with served(study) as base:
            print_table(("page", "address", "median ms", "most ms", "kB", "aim"), list(at_the_server(study, base)))
            with chromium() as browser:
                rows = [] if browser is None else list(in_chromium(browser, base, scratch))
        rows.append(report(study, scratch))
        print()
        print_table(("what", "of", "figure", "aim"), rows)
        if browser is None:
            print("\nthere is no Chromium on this machine, so nothing was measured in it")
    return 0


def at_the_server(study: Path, base: str) -> Iterator[list[str]]:
    """A row for each page: milliseconds from the request to the last byte."""
    for path in addresses(study):
        spent = []
        for _ in range(RUNS):
            started = time.perf_counter()
            size = len(_got(base + path))
            spent.append(1000 * (time.perf_counter() - started))
        aim = AIMS["search" if path.startswith("/search") else "page"]
        shown = path if len(path) < 60 else path[:59] + "…"
        name = path.split("?")[0].strip("/") or "overview"
        yield [name, shown, f"{median(spent):.0f}", f"{max(spent):.0f}", f"{size / 1000:.0f}", aim]


def addresses(study: Path) -> list[str]:
    """Every page, of what the study holds: the usual and the largest, and filters that look at every row."""
    opened = inchorus.open(study)

    def one(sql: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = opened.sql(sql).to_pylist()
        return found[0]

    first = one("SELECT tp_id AS id FROM talking_points ORDER BY score DESC, tp_id LIMIT 1")
    largest = one("SELECT tp_id AS id FROM talking_points ORDER BY n_passages DESC, tp_id LIMIT 1")
    document = one("SELECT doc_id AS id FROM passages GROUP BY doc_id ORDER BY count(*) DESC, doc_id LIMIT 1")
    source = one("SELECT source AS name FROM documents GROUP BY source ORDER BY count(*) DESC, source LIMIT 1")
    tie = one("SELECT source_a AS a, source_b AS b FROM ties ORDER BY observed DESC, source_a, source_b LIMIT 1")
    rows = one("SELECT count(*) AS n FROM talking_points")["n"]
    word = one("SELECT text FROM talking_points ORDER BY score DESC, tp_id LIMIT 1")["text"].split()[0]
    line = one("SELECT text FROM talking_points ORDER BY score DESC, tp_id LIMIT 1")["text"][:2000]
    opened.quotes(limit=1)  # finds them where nobody has asked for them yet
    quotation = one("SELECT quote_id AS id FROM quotations GROUP BY quote_id ORDER BY count(*) DESC, quote_id LIMIT 1")
    speaker = one(
        "SELECT speaker_name AS name FROM quotations WHERE speaker_name IS NOT NULL"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/", {}),
        ("/talking-points", {}),
        ("/talking-points", {"page": -(-rows // 50)}),
        ("/talking-points", {"label": "line", "source": source["name"], "sort": "words"}),
        ("/talking-points", {"q": word, "sort": "last"}),
        ("/talking-point", first),
        ("/talking-point", largest),
        ("/document", document),
        ("/sources", {}),
        ("/source", source),
        ("/ties", {}),
        ("/ties", {"q": 1}),
        ("/tie", tie),
        ("/network", {}),
        ("/quotations", {}),
        ("/quotation", quotation),
        ("/speakers", {}),
        ("/speaker", speaker),
        ("/search", {"q": word}),
        ("/check", {"text": line}),
        ("/search", {"q": word[:1]}),
        ("/about", {}),
    ]
    return [path + ("?" + urlencode(query) if query else "") for path, query in asked]


def in_chromium(browser: Browser, base: str, scratch: Path) -> Iterator[list[str]]:
    """The first page of a reader who comes with an empty cache, and the picture of a large network."""
    spent = []
    for _ in range(RUNS):
        page = browser.new_page()
        page.goto(f"{base}/", wait_until="commit")
        spent.append(float(page.wait_for_function(DRAWN).json_value()))
        page.context.close()
    yield ["first page, charts drawn", "ms, median", f"{median(spent):,.0f}", AIMS["first"]]
    yield ["first page, charts drawn", "ms, most", f"{max(spent):,.0f}", AIMS["first"]]
    of = f"{SOURCES:,} sources, {TIES:,} ties"
    with served(large(scratch / "large")) as other:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{other}/network", wait_until="load")
        page.wait_for_function("document.getElementById('network-status').textContent !== ''")
        ready = float(page.evaluate("performance.now()"))
        still = _frames(page, None)
        box = page.locator(".network-picture").bounding_box()
        assert box
        moving = _frames(page, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
        page.context.close()
    yield ["network drawn", f"ms, {of}", f"{ready:,.0f}", ""]
    yield ["network being laid out", f"frames a second, {of}", f"{still:.0f}", ""]
    yield ["network being dragged", f"frames a second, {of}", f"{moving:.0f}", ""]


def _frames(page: Page, drag: tuple[float, float] | None) -> float:
    """Frames a second over some seconds, while the pointer drags the picture from that place if there is one."""
    page.evaluate(f"window.frames = ({COUNTED})({1000 * SECONDS})")
    if drag:
        x, y = drag
        page.mouse.move(x, y)
        page.mouse.down()
        until = time.monotonic() + SECONDS
        step = 0
        while time.monotonic() < until:
            step += 1
            page.mouse.move(x + 200 * ((step % 40) / 40), y + 100 * ((step % 30) / 30))
        page.mouse.up()
    times: list[float] = page.evaluate("window.frames")
    return 1000 * (len(times) - 1) / (times[-1] - times[0])


def large(out: Path) -> Path:
    """A study of 2,000 sources with a document each, and 20,000 ties, most of them within 20 groups."""
    chance = random.Random(0)
    names = [f"Source {i:04}" for i in range(SOURCES)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < TIES:
        a = chance.randrange(SOURCES)
        b = (
            (a + GROUPS * chance.randrange(SOURCES // GROUPS)) % SOURCES
            if chance.random() < 0.9
            else chance.randrange(SOURCES)
        )
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    start = datetime(2024, 1, 1, tzinfo=UTC)
    documents = [
        {"doc_id": name, "source": name, "time": start + timedelta(hours=i), "time_precision": "minute", "text": name}
        for i, name in enumerate(names)
    ]
    ties = []
    for a, b in sorted(pairs):
        q = 10 ** -chance.uniform(1.31, 9)
        ties.append(
            {"source_a": names[a], "source_b": names[b], "kind": "wording", "observed": chance.randint(3, 60),
             "expected": 1.0, "tested": SOURCES * (SOURCES - 1) // 2, "occasions": 3, "expected_occasions": 1.0,
             "p_value": q / 100, "q_value": q, "q_documents": q, "q_sharing": q,
             "first_a": 1, "first_b": 1, "q_leads": 1.0, "layers": []}
        )  # fmt: skip
    groups = [
        {"group_id": f"wording-{i % GROUPS + 1}", "source": name, "kind": "wording", "strength": 1.0, "stability": 1.0}
        for i, name in enumerate(names)
    ]
    rows = {
        "documents": documents,
        "talking_points": [],
        "passages": [],
        "variants": [],
        "ties": ties,
        "groups": groups,
    }
    tables = {name: pa.Table.from_pylist(some, arrow_schema(name)) for name, some in rows.items()}
    facts = {"options": {}, "seed": 0, "inputs": [], "started": start.isoformat(), "ties": {"tested": len(ties)}}
    return write_study(out, tables, facts).path


def report(study: Path, scratch: Path) -> list[str]:
    """Seconds and size of the report of the lines that rank highest."""
    out = scratch / "report.html"
    started = time.monotonic()
    subprocess.run([_program(), "report", str(study), str(out), "--top", str(REPORTED), "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    wall = time.monotonic() - started
    return [
        f"report of {REPORTED} lines",
        "MB and s",
        f"{out.stat().st_size / 1e6:.1f} MB, {wall:.1f} s",
        AIMS["report"],
    ]


@contextmanager
def served(study: Path) -> Iterator[str]:
    """The address of `inchorus serve` of a study, when it has its search index."""
    command = [_program(), "serve", str(study), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            base = process.stdout.readline().strip().rstrip("/")
            while b'data-ready="yes"' not in _got(f"{base}/search?q=a"):
                time.sleep(0.2)
            yield base
        finally:
            process.terminate()


def _made(out: Path) -> Path:
    from inchorus.progress import Silent
    from inchorus.relate.up_to_date import ready

    return ready(inchorus.find(corpus("senate/press_releases.parquet"), out=out), {}, Silent()).path


def _got(address: str) -> bytes:
    with urlopen(address) as answer:
        body: bytes = answer.read()
        return body


def _program() -> str:
    return str(Path(sys.executable).with_name("inchorus"))


if __name__ == "__main__":
    sys.exit(main())
