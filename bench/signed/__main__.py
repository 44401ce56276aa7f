"""What a fact-checker would sign: near misses, frames and formulas, planted, and passages that readers judged.

python -m bench.signed                          the templates to report by: every language, posts and articles
python -m bench.signed --set choose             those to choose a rule by
python -m bench.signed --language ar --kind posts --seed 1 2
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import inchorus
from bench.signed.figures import Judge, Share, added, tables
from bench.signed.planted import LANGUAGES, SETS, corpus
from bench.table import print_table

KINDS = ("posts", "articles")


def planted(language: str, which: str, kind: str, seed: int) -> Iterator[Share]:
    """The shares of one corpus."""
    made = corpus(language, which, kind, seed)
    study = inchorus.find(made.documents, preset=kind)
    yield from Judge(made, tables(study)).shares()


def main() -> int:
    """Measure and print."""
    asked = _parser().parse_args()
    for which in asked.set:
        by_language = {
            language: added(
                s for kind in asked.kind for seed in asked.seed for s in planted(language, which, kind, seed)
            )
            for language in asked.language
        }
        print_shares(which, by_language)
    return 0


def print_shares(name: str, columns: dict[str, list[Share]]) -> None:
    """One row a measure and place: the share over all columns with its n, then the share of each column."""
    of = {c: {(s.measure, s.where): s for s in own} for c, own in columns.items()}
    print(f"\n{name}")
    print_table(
        ("measure", "where", "share", "n", *columns),
        [
            (s.measure, s.where, f"{s.value:.3f}", f"{s.n}", *(_cell(of[c].get((s.measure, s.where))) for c in columns))
            for s in added(s for own in columns.values() for s in own)
        ],
    )


def _cell(share: Share | None) -> str:
    return f"{share.value:.3f}" if share else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.signed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", nargs="+", choices=SETS, default=["report"], help="which templates")
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--seed", nargs="+", type=int, default=[1])
    return parser


if __name__ == "__main__":
    sys.exit(main())
