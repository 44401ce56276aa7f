"""What the commands of this folder are asked for, and their tables."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from bench.rows import Row
from bench.table import print_table


def print_measured(
    prog: str,
    doc: str | None,
    mechanisms: Iterable[str],
    corpora: int,
    first: int,
    measure: Callable[[int, int, Sequence[str]], Iterable[Row]],
) -> int:
    """Print what `measure` gives for so many corpora from the first seed on, under the mechanisms that are asked for.

    `corpora` and `first` are the defaults; none asked for are all.
    """
    parser = argparse.ArgumentParser(prog=prog, description=(doc or "").split("\n", 1)[0])
    parser.add_argument("--only", action="append", choices=list(mechanisms), default=[])
    parser.add_argument("--corpora", type=int, default=corpora)
    parser.add_argument("--first", type=int, default=first, help="the first seed")
    args = parser.parse_args()
    rows = [(r.measure, r.corpus, f"{r.value:.3g}") for r in measure(args.corpora, args.first, args.only)]
    print_table(("measure", "mechanism", "figure"), rows)
    return 0
