"""Texts cut short, written out: papers print an agency's text up to a sentence, and all goes the way from reading on.

python -m bench.innocent.written --first 941000
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from bench.innocent.invented import any_tie, cut_short
from bench.innocent.worlds import START, World
from bench.rows import Row
from bench.table import print_table
from bench.ties.made import numbers, study_of
from inchorus.simulate.article import article, beat, event, headline, report
from inchorus.simulate.compose import Source, article_text, make_source
from inchorus.simulate.grammar import draws

FIRST_SEED = 940000
FORMS = {
    "page": "a paragraph among a paper's own news",
    "brief": "behind a sentence of the paper's own",
    "alone": "the agency's text alone",
}


def texts(seed: int, form: str) -> pa.Table:
    """The documents of `cut_short` (columns id, source, time, title, text), in one of `FORMS`."""
    w = World(np.random.default_rng(seed))
    cut_short(w)
    draw = draws(seed, "written")
    names: set[str] = set()
    sources = [make_source(draw, names, beat(k % 12, 12, draw)) for k in range(60)]
    wires = beat(0, 1, draw)
    items: dict[int, list[str]] = {}
    for run in w.runs:
        story = article(report(event(draw), draw, wires), wires.dialect)
        for line, sentence in zip(run, [s for paragraph in story for s in paragraph], strict=False):
            for d in w.lines[line]:
                items.setdefault(d, []).append(sentence)
    acts = [f"the {name} Act" for name in sorted(names)[:12]]
    rows = []
    for d, (s, t) in enumerate(zip(w.source, w.time, strict=True)):
        title, text = _document(sources[s], " ".join(items.get(d, [])), form, acts, draw)
        rows.append((f"d{d:05}", sources[s].name, datetime.fromtimestamp(START + t, UTC), title, text))
    return pa.table(dict(zip(("id", "source", "time", "title", "text"), zip(*rows, strict=True), strict=True)))


def _document(source: Source, item: str, form: str, acts: list[str], draw: Callable[[], float]) -> tuple[str, str]:
    """Title and text of a document of the source, with the agency's `item` in it or without one."""
    c = report(event(draw, source.beat.names), draw, source.beat)
    title, parts = headline(c), article_text(c, [], source, acts)[0].split("\n\n")
    head, foot = (1 if source.head else 0), (1 if source.foot else 0)
    if item and form == "page":
        parts.insert(head + 1 + int(draw() * max(1, len(parts) - head - 2)), item)
    elif item:
        own = [article(c, source.beat.dialect)[0][0]] if form == "brief" else []
        parts = [*parts[:head], *own, item, *parts[len(parts) - foot :]]
    return title, "\n\n".join(parts)


def measure(first: int, corpora: int, forms: tuple[str, ...]) -> Iterator[Row]:
    """Two rows a form: corpora with any tie by the test alone, and after what controls have as easily is out."""
    for form in forms:
        alone = left = 0
        for seed in range(first, first + corpora):
            with TemporaryDirectory() as folder:
                by_test, with_controls = any_tie(*numbers(study_of(texts(seed, form), Path(folder))))
            alone, left = alone + by_test, left + with_controls
        name = f"texts cut short, {FORMS[form]}"
        yield Row(f"corpora with any tie, of {corpora}, without controls", name, alone, low=True)
        yield Row(f"corpora with any tie, of {corpora}", name, left, low=True)


def main() -> None:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(prog="bench.innocent.written", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument("--corpora", type=int, default=20)
    parser.add_argument("--form", action="append", choices=list(FORMS))
    args = parser.parse_args()
    rows = measure(args.first, args.corpora, tuple(args.form or FORMS))
    print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:.3g}") for r in rows])


if __name__ == "__main__":
    main()
