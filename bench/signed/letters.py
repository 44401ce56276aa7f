"""The shares that two readers give, and how far they agree.

python -m bench.signed.letters ids.csv first.csv second.csv

The readers' files have the columns n and letter, and same (1 or 0) for lines. A share counts what both have read, with
half of it where they disagree.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyarrow import csv

from bench.signed.share import Share, print_shares

Row = dict[str, Any]
Letters = dict[int, Row]


def main() -> int:
    """Print the shares by corpus."""
    parser = argparse.ArgumentParser(prog="bench.signed.letters", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ids", type=Path)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    asked = parser.parse_args()
    ids = csv.read_csv(asked.ids).to_pylist()
    first, second = ({r["n"]: r for r in csv.read_csv(path).to_pylist()} for path in (asked.first, asked.second))
    corpora = dict.fromkeys(row["corpus"] for row in ids)
    print_shares("judged", {c: shares([r for r in ids if r["corpus"] == c], first, second) for c in corpora})
    return 0


def shares(ids: Sequence[Row], first: Letters, second: Letters) -> list[Share]:
    """What is signed, says the same, and is a formula; and the agreement of the two, as a share and as kappa.

    >>> ids = [{"n": 0, "kind": "edited"}, {"n": 1, "kind": "edited"}]
    >>> one, other = {0: {"letter": "S"}, 1: {"letter": "D"}}, {0: {"letter": "S"}, 1: {"letter": "S"}}
    >>> [(s.where, s.value) for s in shares(ids, one, other)]
    [('edited passages', 0.75), ('edited, letters', 0.5), ('edited, kappa', 0.0)]
    """
    out: list[Share] = []
    for kind in ("edited", "line"):
        pairs = [
            (first[r["n"]], second[r["n"]])
            for r in ids
            if r["kind"] == kind and {r["n"]} <= first.keys() & second.keys()
        ]
        if not pairs:
            continue
        if kind == "edited":
            out.append(_share("signed", "edited passages", [[r["letter"] == "S" for r in pair] for pair in pairs]))
        else:
            out.append(
                _share("all documents say the same", "lines", [[r["same"] == 1 for r in pair] for pair in pairs])
            )
            out.append(_share("formulas", "lines", [[r["letter"] == "C" for r in pair] for pair in pairs], low=True))
        letters = [(a["letter"], b["letter"]) for a, b in pairs]
        out.append(Share("agreement", f"{kind}, letters", sum(a == b for a, b in letters), len(letters)))
        out.append(Share("agreement", f"{kind}, kappa", kappa(letters) * len(letters), len(letters)))
    return out


def kappa(letters: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers; 1 where both always give the same one letter.

    >>> kappa([("S", "S"), ("D", "D")]), kappa([("S", "S")])
    (1.0, 1.0)
    """
    n = len(letters)
    agreed = sum(a == b for a, b in letters) / n
    one, other = (Counter(pair[i] for pair in letters) for i in (0, 1))
    chance = sum(one[x] * other[x] for x in one) / n**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def _share(measure: str, where: str, pairs: Sequence[Sequence[bool]], *, low: bool = False) -> Share:
    return Share(measure, where, sum(sum(pair) for pair in pairs) / 2, len(pairs), low)


if __name__ == "__main__":
    sys.exit(main())
