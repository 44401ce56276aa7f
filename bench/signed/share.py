"""A share of so many, and the table of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bench.rows import Row
from bench.table import print_table


@dataclass(frozen=True)
class Share:
    """A share of n, of what, and where; `low` says that less is better."""

    measure: str
    where: str
    hits: float
    n: int
    low: bool = False

    @property
    def value(self) -> float:
        """The share itself, 0 where there is nothing."""
        return self.hits / self.n if self.n else 0.0

    def row(self) -> Row:
        """The same as a figure that can have a floor."""
        return Row(self.measure, self.where, self.value, low=self.low)


def added(shares: Iterable[Share]) -> list[Share]:
    """Shares of the same measure and place as one, over all of them.

    >>> [(s.hits, s.n) for s in added([Share("m", "all", 1, 2), Share("m", "all", 2, 3)])]
    [(3.0, 5)]
    """
    sums: dict[tuple[str, str, bool], list[float]] = defaultdict(lambda: [0.0, 0])
    for s in shares:
        own = sums[s.measure, s.where, s.low]
        own[0] += s.hits
        own[1] += s.n
    return [Share(measure, where, hits, int(n), low) for (measure, where, low), (hits, n) in sums.items()]


def print_shares(name: str, columns: dict[str, list[Share]]) -> None:
    """One row a measure and place: the share over all columns with its n, then the share of each column."""
    of = {c: {(s.measure, s.where): s for s in own} for c, own in columns.items()}
    measures = {s.measure: None for own in columns.values() for s in own}
    every = sorted(added(s for own in columns.values() for s in own), key=lambda s: list(measures).index(s.measure))
    print(f"\n{name}")
    print_table(
        ("measure", "where", "share", "n", *columns),
        [
            (s.measure, s.where, f"{s.value:.3f}", f"{s.n}", *(_cell(of[c].get((s.measure, s.where))) for c in columns))
            for s in every
        ],
    )


def _cell(share: Share | None) -> str:
    return f"{share.value:.3f}" if share else ""
