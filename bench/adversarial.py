"""What inputs cost that are made to cost the square of their size, at n, 2n and 4n.

    python -m bench.adversarial                    all at full size, which is 4n
    python -m bench.adversarial --scale 0.1        all at a tenth of it
    python -m bench.adversarial --quick "one word" one of them, small

Processor time of the whole process, which other work on the machine changes least. The growth is of what is added:
from 2n to 4n against from n to 2n, so that what any run costs does not hide it. 2 is linear, 2.2 is n log n, 4 is
the square.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.speed import Cost, find
from bench.table import print_table

QUICK = 0.02  # of the full sizes
AIM = 2.6  # n log n from a thousand words to a hundred million, and a tenth for the machine
SECONDS = 0.3  # that must be added from n to 2n for a growth to be told from noise

Texts = tuple[list[str], int]  # of the documents, and how many sources take turns


def _words(n: int, kinds: int, seed: int = 1) -> list[str]:
    """Words of a made vocabulary, each as likely as any other."""
    return [f"w{k:x}" for k in np.random.default_rng(seed).integers(0, kinds, n).tolist()]


def _edited(words: list[str], every: int) -> list[str]:
    return [f"edit{i}" if i % every == every - 1 else word for i, word in enumerate(words)]


def one_word(n: int) -> Texts:
    """Two documents of one word, again and again; `n` words together."""
    return ["again " * (n // 2)] * 2, 2


def period_of_two(n: int) -> Texts:
    """Two documents of two words in turn, one with an edit in its middle; `n` words together."""
    half = "to and " * (n // 8)
    return [half * 2, f"{half} fro {half}"], 2


def long_document(n: int) -> Texts:
    """One document of `n` words, of which another source has a tenth."""
    words = _words(n, 50_000)
    return [" ".join(words), " ".join(words[: n // 10])], 2


def next_version(n: int) -> Texts:
    """A text of `n` words, and the same with each thousandth word edited."""
    words = _words(n, 50_000)
    return [" ".join(words), " ".join(_edited(words, 1000))], 2


def repeated_passage(n: int) -> Texts:
    """One passage, `n` times in one document and once in another."""
    passage = " ".join(_words(20, 5000))
    return [". ".join(f"{passage} own{i}" for i in range(n)), passage], 2


def equal_posts(n: int) -> Texts:
    """Posts that are all the same."""
    return [" ".join(_words(12, 5000))] * n, 1000


def equal_beginnings(n: int) -> Texts:
    """Posts that begin alike and end in words of their own."""
    beginning, own = " ".join(_words(8, 5000)), _words(8 * n, 100_000, 2)
    return [f"{beginning} {' '.join(own[8 * i : 8 * i + 8])}" for i in range(n)], 1000


def one_gram(n: int) -> Texts:
    """Documents with nothing in common but six words in their middle."""
    common, own = " ".join(_words(6, 5000)), _words(30 * n, 200_000, 2)
    starts = range(0, 30 * n, 30)
    return [f"{' '.join(own[k : k + 15])} {common} {' '.join(own[k + 15 : k + 30])}" for k in starts], 1000


def many_sources(n: int) -> Texts:
    """A source a document, each with one of a hundred sentences."""
    said = _words(1200, 5000)
    return [" ".join(said[12 * (i % 100) : 12 * (i % 100) + 12]) for i in range(n)], n


def own_links(n: int) -> Texts:
    """Posts of eight words, each followed by a link of its own."""
    own = _words(8 * n, 30_000)
    return [f"{' '.join(own[8 * i : 8 * i + 8])} https://example.org/{i * 7919:010x}" for i in range(n)], 997


def other_order(n: int) -> Texts:
    """Two documents of `n` sentences together: three of ten are those of the other, in another order."""
    own = _words(12 * n, 30_000)
    a = [f"The {' '.join(own[12 * i : 12 * i + 12])}." for i in range(n // 2)]
    b = [f"The {' '.join(own[12 * i : 12 * i + 12])}." for i in range(n // 2, n)]
    chance = np.random.default_rng(2)
    for i in np.flatnonzero(chance.random(n // 2) < 0.3):
        b[i] = a[i]
    return [" ".join(a), " ".join(b[i] for i in chance.permutation(n // 2))], 2


def on_a_chain(n: int) -> Texts:
    """Copies of a text of `n` words that differ in each fiftieth, and `n / 50` documents that have its last words."""
    own = _words(n, 30_000)
    copies = [" ".join(_edited(own, every)) for every in (50, 70)]
    return [" ".join(own), *copies, *(" ".join(own[-20:]) for _ in range(n // 50))], 997


MADE: dict[str, tuple[Callable[[int], Texts], int, str, str]] = {
    "one word": (one_word, 10_000_000, "words", "articles"),
    "period of two": (period_of_two, 10_000_000, "words", "articles"),
    "one document of 50 MB": (long_document, 10_000_000, "words", "articles"),
    "a bill and its next version": (next_version, 1_200_000, "words", "articles"),
    "one passage again and again": (repeated_passage, 100_000, "times", "articles"),
    "equal posts": (equal_posts, 1_000_000, "posts", "posts"),
    "posts of equal beginning": (equal_beginnings, 1_000_000, "posts", "posts"),
    "one n-gram in all documents": (one_gram, 200_000, "documents", "articles"),
    "sources": (many_sources, 100_000, "sources", "posts"),
    "links of their own": (own_links, 1_000_000, "posts", "posts"),
    "sentences in another order": (other_order, 200_000, "sentences", "edited"),
    "the end of a long text": (on_a_chain, 1_000_000, "words", "articles"),
}


def write(texts: Texts, path: Path) -> None:
    """Write documents whose sources take turns and whose times rise by a second."""
    said, sources = texts
    n = len(said)
    table = pa.table(
        {
            "id": [f"d{i}" for i in range(n)],
            "source": [f"s{i % sources}" for i in range(n)],
            "time": pa.array(np.arange(n) * 1_000_000 + 1_700_000_000_000_000, pa.timestamp("us", tz="UTC")),
            "text": pa.array(said, pa.large_string()),
        }
    )
    pq.write_table(table, path)


def growth(costs: Sequence[float]) -> float | None:
    """What is added from 2n to 4n against from n to 2n; None where too little is added to tell.

    >>> growth([1.0, 2.0, 4.0]), growth([1.0, 4.0, 16.0]), growth([1.0, 1.1, 1.2])
    (2.0, 4.0, None)
    """
    first, second = costs[1] - costs[0], costs[2] - costs[1]
    return second / max(first, SECONDS) if max(first, second) >= SECONDS else None


def measure(name: str, scale: float, scratch: Path) -> tuple[int, list[Cost]]:
    """The smallest n of an input and what it costs there, at its double and at its fourfold."""
    make, full, _, preset = MADE[name]
    n = max(8, int(full * scale) // 4)
    costs = []
    for times in (1, 2, 4):
        path = scratch / "made.parquet"
        write(make(n * times), path)
        costs.append(find(path, scratch, options=("--preset", preset)))
    return n, costs


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if nothing grows faster than `AIM`, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="bench.adversarial", description="Measure how costs of hostile inputs grow.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(MADE)} (all)")
    parser.add_argument("--scale", type=float, default=1.0, help="of the full sizes, which are 4n")
    parser.add_argument("--quick", action="store_true", help=f"the same as --scale {QUICK:g}")
    args = parser.parse_args(argv)
    if unknown := [name for name in args.names if name not in MADE]:
        parser.error(f"no such input: {', '.join(unknown)}")
    rows = []
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="inchorus-bench-") as folder:
        scratch = Path(folder)
        write(equal_posts(50), scratch / "made.parquet")
        find(scratch / "made.parquet", scratch)  # kernels are compiled
        for name in args.names or MADE:
            n, costs = measure(name, QUICK if args.quick else args.scale, scratch)
            seconds = [cost.cpu for cost in costs]
            grows = growth(seconds)
            worst = max(worst, grows or 0.0)
            told = "little" if grows is None else f"{grows:.2f}"
            cells = (*(f"{s:.1f}" for s in seconds), told)
            rows.append((name, MADE[name][2], f"{n:,}", *cells))
            print(f"{name}: {told}", file=sys.stderr)
    print_table(("input", "counted in", "n", "cpu s", "at 2n", "at 4n", "growth"), rows)
    return int(worst > AIM)


if __name__ == "__main__":
    sys.exit(main())
