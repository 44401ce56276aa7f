"""What inchorus finds of what is there: one command, one table, floors that hold.

    python -m bench.accuracy                                every measure; exit code 1 under a floor
    python -m bench.accuracy --only simulated               one of them
    python -m bench.accuracy --write-floors --reason TEXT   raise the floors to these figures
    python -m bench.accuracy --write-floors --lower --reason TEXT   lower them, too

A measure is a function that returns rows, registered in MEASURES. One whose corpus is not on this
machine is left out and said to be, unless INCHORUS_SHARED names the folder of the corpora.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from bench import check, floors, found, labels, meaning, pan, quotes, saudi, senate, simulated, standing, ties
from bench.corpora import Absent, Required
from bench.innocent import tied, told
from bench.ranking import measured as ranking
from bench.rows import Row
from bench.signed import measured as signed
from bench.table import print_table

MEASURES: dict[str, Callable[[], Iterable[Row]]] = {
    "simulated": simulated.measure,
    "standing": standing.measure,
    "standing-judged": standing.measure_judged,
    "ranking": ranking.measure,
    "senate": senate.measure,
    "labels": labels.measure,
    "pan": pan.measure,
    "saudi": saudi.measure,
    "quotes": quotes.measure,
    "check": check.measure,
    "meaning": meaning.measure,
    **{f"ties-{name}": partial(measure, True) for name, measure in ties.MEASURES.items()},
    "innocent": tied.small,
    "innocent-texts": told.small,
    "signed": signed.small,
}
# Are begun first, so that no core waits for the last of them: the two that take longest without a study that others
# need, too, and one that makes such a study while nobody waits for it.
_FIRST = ("ties-senate", "ties-calibration", "pan")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, compare with the floors: 0 if all hold, 1 if not, 2 if the floors are not to be written."""
    args = _parser().parse_args(argv)
    rows: list[Row] = []
    with found.kept(), _asked(args.only or list(MEASURES)) as asked:
        for name, answer in asked.items():
            try:
                rows += answer()
            except Absent as absent:
                print(f"{name}: not measured, as {absent}")
            except Required as required:
                print(f"{name}: {required}", file=sys.stderr)
                return 1
    held = floors.read()
    if args.write_floors:
        try:
            held = floors.changed(rows, held, args.reason, lower=args.lower)
        except floors.Refused as refused:
            print(f"not written: {refused}", file=sys.stderr)
            return 2
        floors.write(held)
    verdicts = floors.judge(rows, held)
    print_table(
        ("measure", "corpus", "figure", "floor", ""),
        [(v.row.measure, v.row.corpus, _figure(v.row.value), _floor(v), "" if v.holds else "UNDER") for v in verdicts],
    )
    under = [verdict for verdict in verdicts if not verdict.holds]
    for verdict in under:  # again, and last: of a long log often only the end is shown
        print(f"UNDER: {verdict.row.key}: {_figure(verdict.row.value)}, floor {_floor(verdict)}", file=sys.stderr)
    return 1 if under else 0


def measured(name: str) -> list[Row]:
    """The rows of one measure; what it raises where a corpus is missing goes on."""
    started = time.monotonic()
    rows = list(MEASURES[name]())
    print(f"{name}: measured in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return rows


@contextmanager
def _asked(names: Sequence[str]) -> Iterator[dict[str, Callable[[], list[Row]]]]:
    """For each name what waits for its rows: several measures run in processes, as many as there are cores."""
    processes = min(len(names), os.cpu_count() or 1)
    if processes < 2:
        yield {name: partial(measured, name) for name in names}
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        begun = {name: pool.submit(measured, name) for name in sorted(names, key=lambda name: name not in _FIRST)}
        try:
            yield {name: begun[name].result for name in names}
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.accuracy", description="Measure what inchorus finds.")
    parser.add_argument("--only", action="append", choices=list(MEASURES), help="this measure; may be repeated")
    parser.add_argument("--write-floors", action="store_true", help="set the floors to these figures")
    parser.add_argument("--lower", action="store_true", help="with --write-floors: also where a floor falls")
    parser.add_argument("--reason", default="", help="why the floors change; kept in floors.json")
    return parser


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and value > 1 else f"{value:.4f}"


def _floor(verdict: floors.Verdict) -> str:
    if verdict.floor is None:
        return "new" if verdict.row.floored else ""
    return f"{'<=' if verdict.row.low else '>='} {verdict.floor:g}"


if __name__ == "__main__":
    sys.exit(main())
