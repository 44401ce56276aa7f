"""The further mechanisms and the invented ones with things: accounts that share links, tags, names, reposts and posts.

    python -m bench.innocent.shared                    8 corpora a mechanism and kind
    python -m bench.innocent.shared --corpora 20       so many
    python -m bench.innocent.shared --only moods       one of them; may be repeated

A line of a mechanism is an object, a document that has it a post of that. What kinds have besides: links a page of the
account's own every day, tags one or two that all use in each post, names some that many use, reposts nothing at all,
posts a text of its own in every document.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from bench.innocent.asked import print_measured
from bench.innocent.further import FURTHER
from bench.innocent.invented import INVENTED
from bench.innocent.more import MORE
from bench.innocent.worlds import DAY, World
from bench.rows import Row
from bench.ties.habits import KINDS
from inchorus.compiled.kernel import I64
from inchorus.relate.objects import Objects, judge_objects
from inchorus.relate.wording import Material, TieOptions
from inchorus.thresholds import LEVEL

FIRST_SEED = 9200
MAKERS: Mapping[str, Callable[[World], None]] = FURTHER | MORE | INVENTED
WINDOWS = (60.0, 3600.0, DAY)
CLOSER = 12  # times as near as a mechanism has it: what articles do in days, posts do in hours


def shares(w: World, kind: str) -> tuple[Material, Objects, I64 | None]:
    """What the test takes: documents, objects, and a number of each text where posts themselves are tested."""
    m = w.material(False)
    held = [(k, d) for k, users in enumerate(w.lines) for d in set(users)]
    n = len(w.lines)
    if kind == "links":
        n_sources = len(m.names)
        days = ((m.time // 1_000_000) // int(DAY)).astype(np.int64)
        _, first = np.unique(m.source.astype(np.int64) * 1_000_000 + days, return_index=True)
        held += [(n + int(m.source[d]), int(d)) for d in first.tolist()]
        n += n_sources
    elif kind in ("hashtags", "mentions"):
        words, often = (100, 0.7) if kind == "hashtags" else (60, 0.3)
        weight = 1 / (np.arange(words) + 3.0)
        some = np.flatnonzero(w.chance.random(len(m.source)) < often)
        for d in some.tolist():
            used = w.chance.choice(words, int(w.chance.integers(1, 3)), p=weight / weight.sum()).tolist()
            held += [(n + k, d) for k in set(used)]
        n += words
    shared, document = np.array(sorted(set(held)), np.int64).T.copy()
    others = np.arange(len(m.source), dtype=np.int64) if kind == "posts" else None
    return m, Objects(shared, document, [str(k) for k in range(n)]), others


def nearer(w: World) -> None:
    """Let users of a line follow one another sooner, as posts do."""
    for users in filter(None, w.lines):
        first = min(w.time[d] for d in users)
        for d in users:
            w.time[d] = first + (w.time[d] - first) / CLOSER


def measure(corpora: int = 8, first: int = FIRST_SEED, only: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of every mechanism and kind: corpora with any tie, of any of the windows."""
    for name, make in MAKERS.items():
        if only and name not in only:
            continue
        for kind in KINDS:
            false = 0
            for seed in range(first, first + corpora):
                world = World(np.random.default_rng(seed))
                make(world)
                nearer(world)
                m, o, others = shares(world, kind)
                tested = [judge_objects(o, m, window, TieOptions(), 1, others).tested for window in WINDOWS]
                false += any(bool((t.q <= LEVEL).any()) for t in tested)
            yield Row(f"{kind}: corpora with any tie, of {corpora}", name, false, low=True)


def main() -> int:
    """Print a table of the figures."""
    return print_measured("bench.innocent.shared", __doc__, MAKERS, 8, FIRST_SEED, measure)


if __name__ == "__main__":
    sys.exit(main())
