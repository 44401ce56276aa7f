"""Day and month as numbers: which comes first, told from all times of a file's column together, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from inchorus.read.clock import NO_TIME

NAMES = ("month-first", "day-first", "year-first")
ORDERS = (("month", "day", "year"), ("day", "month", "year"), ("year", "month", "day"))
ALL = 0b111


@dataclass(frozen=True)
class Open:
    """Times that more than one order fits, an item a row.

    `rows`: where they stand in their batch; `layout`: see `Shape.layout`; `fits`: a bit for each order that fits;
    `micros` and `never`: for each order (three rows) UTC microseconds, and whether the clocks skipped that time;
    `precision`: an index into PRECISIONS.
    """

    rows: npt.NDArray[np.int64]
    layout: npt.NDArray[np.object_]
    fits: npt.NDArray[np.int8]
    micros: npt.NDArray[np.int64]
    never: npt.NDArray[np.bool_]
    precision: npt.NDArray[np.int8]


@dataclass
class Orders:
    """What the times of a column that were seen so far leave possible.

    `left`: by layout, a bit for each order that all of its times fit; `seen`: by layout and order an example of a
    time that only this order fits.
    """

    left: dict[str, int] = field(default_factory=dict)
    seen: dict[str, dict[int, str]] = field(default_factory=dict)

    def see(self, layout: str, fits: npt.NDArray[np.int8], values: Sequence[str]) -> None:
        """Take note of times of a layout, with the orders that fit each."""
        known = fits[fits > 0]
        if not len(known):
            return
        self.left[layout] = self.left.get(layout, ALL) & int(np.bitwise_and.reduce(known))
        examples = self.seen.setdefault(layout, {})
        for order in range(len(ORDERS)):
            if order not in examples:
                only = np.flatnonzero(fits == 1 << order)
                if len(only):
                    examples[order] = values[int(only[0])]

    def settle(self, open_: Open) -> npt.NDArray[np.int8]:
        """For each open time the order that is left, or -1.

        Where the times of a layout contradict each other, none is: each of them could be of either hand.

        >>> orders = Orders()
        >>> orders.see("/4", np.array([0b011, 0b001], np.int8), ["03/04/2016", "10/13/2016"])
        >>> orders.left
        {'/4': 1}
        """
        left = np.array([self.left.get(name, ALL) for name in open_.layout.tolist()], np.int8)
        rest = open_.fits & left
        return np.select([rest == 1, rest == 2, rest == 4], [0, 1, 2], -1).astype(np.int8)

    def contradiction(self, layout: str) -> str:
        """What contradicts itself in a layout, in words; empty where nothing does."""
        if self.left.get(layout, ALL):
            return ""
        seen = self.seen[layout]
        return " and ".join(f"{value!r} is {NAMES[order]}" for order, value in sorted(seen.items()))

    def notes(self) -> list[str]:
        """What was settled by other times of the column, with the time that did it."""
        names = [(NAMES[k], v) for layout in sorted(self.left) for k, v in self.seen[layout].items()]
        return [f"{name}, as {value!r} is" for name, value in names]


def split(fits: npt.NDArray[np.int8], micros: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which times the orders that fit give different meanings.

    >>> both = np.array([[1, 1], [2, 1], [NO_TIME, NO_TIME]])
    >>> split(np.array([3, 3], np.int8), both).tolist()
    [True, False]
    """
    highest = np.where(micros == NO_TIME, NO_TIME, micros).max(0)
    lowest = np.where(micros == NO_TIME, np.iinfo(np.int64).max, micros).min(0)
    return np.asarray((fits > 0) & (highest != lowest))
