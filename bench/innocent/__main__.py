"""Innocent mechanisms: who is tied by them, and who leads.

python -m bench.innocent                    20 corpora a mechanism
python -m bench.innocent --corpora 4        so many
python -m bench.innocent --first 100        other seeds
"""

from __future__ import annotations

import argparse
import sys

from bench.innocent import tied
from bench.table import print_table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench.innocent", description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=20)
    parser.add_argument("--first", type=int, default=tied.FIRST_SEED)
    asked = parser.parse_args()
    rows = list(tied.measure(asked.corpora, asked.first))
    names = list(dict.fromkeys(row.corpus for row in rows))
    of = {(row.measure, row.corpus): row.value for row in rows}
    measures = list(dict.fromkeys(row.measure for row in rows))
    cells = [[f"{of[measure, name]:.3g}" if (measure, name) in of else "" for measure in measures] for name in names]
    print_table(["mechanism", *measures], [[name, *cell] for name, cell in zip(names, cells, strict=True)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
