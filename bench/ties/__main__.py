"""Every figure of ties, at full size.

    python -m bench.ties                     every figure (about half an hour on two cores)
    python -m bench.ties --only planted      one measure; may be repeated
    python -m bench.ties --quick             fewer repetitions, as CI does
    python -m bench.ties --keep FILE         keep them; docs/calibration.py draws from bench/ties/measured.json

Rows are (measure, corpus, figure); `bench.accuracy` holds the floors of the quick ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.corpora import Absent
from bench.table import print_table
from bench.ties import MEASURES


def main() -> int:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(prog="bench.ties", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", action="append", choices=list(MEASURES))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path, help="a JSON file in which these figures replace those of the same name")
    args = parser.parse_args()
    kept = json.loads(args.keep.read_text(encoding="utf-8")) if args.keep and args.keep.exists() else {}
    for name in args.only or MEASURES:
        try:
            rows = list(MEASURES[name](args.quick))
        except Absent as absent:
            print(f"{name}: not measured, as {absent}")
            continue
        print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:,.4g}") for r in rows])
        print(flush=True)
        if args.keep:
            kept |= {row.key: row.value for row in rows}
            args.keep.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
