"""What a fact-checker would sign: near misses, frames and formulas, planted, and passages that readers judged.

python -m bench.signed                          the templates to report by: every language, posts and articles
python -m bench.signed --set choose             those to choose a rule by
python -m bench.signed --language ar --kind posts --seed 1 2
"""

from __future__ import annotations

import argparse
import sys

from bench.signed.measured import shares
from bench.signed.planted import LANGUAGES, SETS
from bench.signed.share import added, print_shares

KINDS = ("posts", "articles")


def main() -> int:
    """Measure and print."""
    asked = _parser().parse_args()
    for which in asked.set:
        by_language = {
            language: added(
                s for kind in asked.kind for seed in asked.seed for s in shares(language, which, kind, seed)
            )
            for language in asked.language
        }
        print_shares(which, by_language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.signed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", nargs="+", choices=SETS, default=["report"], help="which templates")
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--seed", nargs="+", type=int, default=[1])
    return parser


if __name__ == "__main__":
    sys.exit(main())
