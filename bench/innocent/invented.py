"""Five mechanisms invented to attack the test once it stood: without the controls that every run makes, and with them.

python -m bench.innocent.invented
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np

from bench.innocent.worlds import WEEK, World
from bench.rows import Row
from bench.table import print_table
from inchorus.relate.controls import controls
from inchorus.relate.strata import choose
from inchorus.relate.wording import TieOptions, judge_pairs
from inchorus.thresholds import LEVEL

FIRST_SEED = 773000


def quota(w: World) -> None:
    """Every paper prints three items a week that follow one another in a feed of forty, from where it looks in."""
    for week in range(26):
        of: list[list[int]] = [[] for _ in range(40)]
        for s in range(60):
            start = int(w.chance.integers(0, 36))
            for k in range(3):
                of[start + k].append(w.add(s, (week + float(w.chance.random())) * WEEK))
        w.lines += [users for users in of if len({w.source[d] for d in users}) > 1]


def growth(w: World) -> None:
    """A platform that grows, in accounts and in posts."""
    times = np.sqrt(w.chance.random(3000)).tolist()
    w.events([w.add(int(w.chance.integers(0, 1 + int(79 * x**2))), x * 52 * WEEK) for x in times], 400)


def places(w: World) -> None:
    """Papers along a coast: what happens somewhere is of interest for a third of the coast to both sides."""
    place, order = w.chance.random(60), sorted(w.base(range(60), 40, 0, 26), key=w.time.__getitem__)
    for _ in range(300):
        i, here = int(w.chance.integers(len(order) - 90)), float(w.chance.random())
        near = [d for d in order[i : i + 90] if abs(place[w.source[d]] - here) < 0.33]
        if len(near) > 3:
            n = min(len(near), int(w.chance.integers(2, 7)))
            w.lines.append([int(d) for d in w.chance.choice(near, n, replace=False)])


def backlog(w: World) -> None:
    """Half of the papers print what others had, one to four weeks later."""
    w.events(w.base(range(60), 40, 0, 30), 250)
    for users in list(w.lines):
        for s in w.chance.choice(np.arange(30, 60), int(w.chance.integers(0, 4)), replace=False).tolist():
            users.append(w.add(s, w.time[users[0]] + float(w.chance.uniform(1, 4)) * WEEK))


def guests(w: World) -> None:
    """Twenty columnists who sell a column now and then to two to five papers, the great ones rather."""
    w.events(w.base(range(60), 30, 0, 52), 120)
    size = w.chance.pareto(1.5, 60) + 0.5
    for _ in range(20):
        for fortnight in range(26):
            if w.chance.random() < 0.4:
                n = int(w.chance.integers(2, 6))
                who = w.chance.choice(60, n, replace=False, p=size / size.sum()).tolist()
                w.lines.append([w.add(s, (2 * fortnight + float(w.chance.random())) * WEEK) for s in who])


INVENTED: dict[str, Callable[[World], None]] = {
    "three in a row of a feed": quota,
    "a platform that grows": growth,
    "places along a coast": places,
    "a backlog": backlog,
    "columnists": guests,
}


def measure(corpora: int = 20, first: int = FIRST_SEED) -> Iterator[Row]:
    """Two rows a mechanism: corpora with any tie by the test alone, and after what controls have as easily is out."""
    for name, make in INVENTED.items():
        alone = left = 0
        for seed in range(first, first + corpora):
            world = World(np.random.default_rng(seed))
            make(world)
            m = world.material(False)
            keep = np.ones(len(m.labels), bool)
            q = judge_pairs(m, keep, TieOptions()).q
            if (q <= LEVEL).any():
                alone += 1
                made = controls(m, keep, choose(m.time, m.known, m.source, None, m.part))
                left += bool((np.maximum(q, made.corrected(q)) <= LEVEL).any()) if made.made else 1
        yield Row(f"corpora with any tie, of {corpora}, without controls", name, alone, low=True)
        yield Row(f"corpora with any tie, of {corpora}", name, left, low=True)


if __name__ == "__main__":
    print_table(("measure", "mechanism", "figure"), [(r.measure, r.corpus, f"{r.value:.3g}") for r in measure()])
    sys.exit(0)
