"""What inputs cost that are made to cost the square of their size, at n, 2n and 4n.

    python -m bench.adversarial                    all at full size, which is 4n
    python -m bench.adversarial --scale 0.1        all at a tenth of it
    python -m bench.adversarial --quick "one word" one of them, small

Processor time of the user, the least of several runs, which other work on the machine changes least; and the peak of
memory. The growth is of what is added: from 2n to 4n against from n to 2n, so that what any run costs does not hide
it. 2 is linear, 2.2 is n log n, 4 is the square.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.hostile import INPUTS, Hostile, write
from bench.speed import Cost, command
from bench.table import print_table

QUICK = 0.02  # of the full sizes
AIM = 2.6  # n log n from a thousand words to a hundred million, and a tenth for the machine
SECONDS = 0.5  # that must be added from n to 2n for a growth to be told from noise
RUNS = 3
WARM = 2400  # of each, before anything is measured


def growth(costs: Sequence[float]) -> float | None:
    """What is added from 2n to 4n against from n to 2n; None where too little is added to tell.

    >>> growth([1.0, 2.0, 4.0]), growth([1.0, 4.0, 16.0]), growth([1.0, 1.1, 1.2])
    (2.0, 4.0, None)
    """
    first, second = costs[1] - costs[0], costs[2] - costs[1]
    return second / max(first, SECONDS) if max(first, second) >= SECONDS else None


def measure(one: Hostile, scale: float, runs: int, scratch: Path) -> tuple[int, list[Cost]]:
    """The smallest n of an input and what it costs there, at its double and at its fourfold."""
    n = max(8, int(one.full * scale) // 4)
    costs = []
    for times in (1, 2, 4):
        path = write(one.make(n * times), scratch)
        done = []
        for _ in range(runs):
            # Anew each time: a study keeps what was made of it.
            alone = [] if {"--objects", "--coortweet"} & set(one.options) else ["--no-ties"]
            found = command(("find", str(path), "--out", "STUDY", "--json", *alone, *one.options), scratch)
            done.append(command(one.then, scratch) if one.then else found)
        costs.append(min(done, key=lambda cost: cost.user))
    return n, costs


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if nothing grows faster than `AIM`, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="bench.adversarial", description="Measure how costs of hostile inputs grow.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(INPUTS)} (all)")
    parser.add_argument("--scale", type=float, default=1.0, help="of the full sizes, which are 4n")
    parser.add_argument("--quick", action="store_true", help=f"the same as --scale {QUICK:g}")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each, of which the least counts")
    args = parser.parse_args(argv)
    if unknown := [name for name in args.names if name not in INPUTS]:
        parser.error(f"no such input: {', '.join(unknown)}")
    rows = []
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="inchorus-bench-") as folder:
        scratch = Path(folder)
        for name in args.names or INPUTS:
            one = INPUTS[name]
            measure(one, WARM / one.full, 1, scratch)  # kernels are compiled
            n, costs = measure(one, QUICK if args.quick else args.scale, args.runs, scratch)
            seconds = [cost.user for cost in costs]
            grows = growth(seconds)
            worst = max(worst, grows or 0.0)
            told = "little" if grows is None else f"{grows:.2f}"
            rows.append((name, one.unit, f"{n:,}", *(f"{s:.1f}" for s in seconds), f"{costs[-1].peak / 1e9:.1f}", told))
            print(
                f"{name}: {told} ({', '.join(f'{s:.1f}' for s in seconds)} s at n = {n:,})", file=sys.stderr, flush=True
            )
    print_table(("input", "counted in", "n", "user s", "at 2n", "at 4n", "peak GB at 4n", "growth"), rows)
    return int(worst > AIM)


if __name__ == "__main__":
    sys.exit(main())
