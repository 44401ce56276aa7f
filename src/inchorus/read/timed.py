"""The times of a file while its batches come in: read at once where they can be, kept open where the rest tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.bad_times import why_bad
from inchorus.read.ids import hashed_ids
from inchorus.read.options import ReadOptions
from inchorus.read.orders import ORDERS, Open, Orders
from inchorus.read.rows import Rows
from inchorus.read.times import NONE, Manner, Times, coarsened, read_times

_SHOWN = 3
At = Callable[[int], Where]


@dataclass(frozen=True)
class Waiting:
    """Times of a batch that wait for the rest of the column: what each order would make of them, and where they are."""

    open: Open
    times: list[Times]
    values: pa.Array
    at: At


class _Kept(NamedTuple):
    part: int
    waiting: Waiting
    ids: list[pa.Array] | None


class TimeColumn:
    """The column of times of one file after another: `begin`, `read` each batch, `keep` what waits, `end`.

    `n_bad`: times that could not be read and are null.
    """

    def __init__(self) -> None:
        self.n_bad = 0
        self._examples: dict[str, Where] = {}
        self._twice = 0
        self._zone: str | None = None
        self._notes: list[str] = []
        self.begin("", ReadOptions())

    def begin(self, file: str, options: ReadOptions) -> None:
        """Start with a file."""
        self._file = file
        self._stops = options.bad_times == "error"
        self._manner = Manner(options.time_format, options.timezone)
        self._zone = options.timezone
        self._orders = Orders()
        self._kept: list[_Kept] = []

    def read(self, array: pa.Array, stated: pa.Array | None, at: At) -> tuple[Times, Waiting | None]:
        """The times of a batch, and those of them that wait for the rest; `stated`: their precision, where it is said.

        `at(i)` is the place of a row. Raises InputError for a time that cannot be read, unless such are null, and for
        a precision that is none.
        """
        parsed = read_times(array, self._manner, self._orders)
        times = self._checked(parsed.times, lambda i: array[i], at)
        self._twice += int(parsed.twice.sum())
        typed = not pa.types.is_large_string(array.type)
        waiting = None
        if parsed.open is not None:
            rows = pa.array(parsed.open.rows)
            each = [_under(parsed.open, k) for k in range(len(ORDERS))]
            if stated is not None:
                each = [coarsened(t, stated.take(rows), typed)[0] for t in each]
            places = parsed.open.rows
            waiting = Waiting(parsed.open, each, array.take(rows), lambda i: at(int(places[i])))
        if stated is not None:
            times, wrong = coarsened(times, stated, typed)
            if wrong is not None:
                raise InputError(
                    f"{stated[wrong].as_py()!r} is no precision of a time",
                    where=replace(at(wrong), column="time_precision"),
                    fix="it is second, minute, day or nothing; rename the column if it is something else",
                )
        return times, waiting

    def keep(self, part: int, waiting: Waiting, source: pa.Array, text: pa.Array, hashed: bool) -> None:
        """Keep what waits: it belongs to the rows of `part`, which have this source and text (and ids made of them)."""
        rows = pa.array(waiting.open.rows)
        ids = None
        if hashed:
            mine, words = source.take(rows), text.take(rows)
            ids = [hashed_ids(mine, times, words) for times in waiting.times]
        self._kept.append(_Kept(part, waiting, ids))

    def end(self, parts: list[Rows]) -> None:
        """The file has no further times: those that waited are put into `parts`. Raises InputError as `read` does."""
        if not self._kept:
            return
        settled = False
        for part, waiting, ids in self._kept:
            order = self._orders.settle(waiting.open)
            settled |= bool((order >= 0).any())
            at = np.arange(len(order))
            picked = [
                np.stack([getattr(t, f) for t in waiting.times])[order, at] for f in ("micros", "precision", "bad")
            ]
            lost = order < 0
            times = Times(
                np.where(lost, 0, picked[0]), np.where(lost, NONE, picked[1]).astype(np.int8), picked[2] | lost
            )
            times = self._checked(times, waiting.values.__getitem__, waiting.at)
            parts[part] = _put(parts[part], waiting.open.rows, times, ids, order)
        if settled and self._manner.format is None:
            self._notes += [f"{self._file}: dates in numbers are {note}" for note in self._orders.notes()]

    def notes(self) -> list[str]:
        """What the user should know of the times."""
        notes = list(self._notes)
        if self.n_bad:
            shown = "; ".join(f"{value} ({where})" for value, where in self._examples.items())
            more = " and others" if self.n_bad > len(self._examples) else ""
            counted = "1 time was" if self.n_bad == 1 else f"{self.n_bad:,} times were"
            notes.append(f"{counted} not read, and counted as not known: {shown}{more}")
        if self._twice:
            notes.append(
                f"{self._twice:,} times stand in an hour that the clocks of {self._zone} had twice: the first is taken"
            )
        return notes

    def _checked(self, times: Times, value: Callable[[int], pa.Scalar], at: At) -> Times:
        if times.bad.any():
            rows = np.flatnonzero(times.bad)
            if self._stops:
                i = int(rows[0])
                what, fix = why_bad(plain_value(value(i)), self._manner, self._orders)
                raise InputError(what, where=at(i), fix=fix)
            self.n_bad += len(rows)
            for i in rows[:100].tolist():
                shown = repr(plain_value(value(i)))
                if len(self._examples) < _SHOWN and shown not in self._examples:
                    self._examples[shown] = at(i)
        return times


def plain_value(scalar: pa.Scalar) -> object:
    """The value; of a time beyond Python's years the number that it is stored as."""
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return scalar.cast(pa.int64()).as_py()


def _under(waiting: Open, order: int) -> Times:
    """The times if this order held; nothing where it does not fit."""
    fits = (waiting.fits >> order & 1).astype(np.bool_) & ~waiting.never[order]
    return Times(
        np.where(fits, waiting.micros[order], 0),
        np.where(fits, waiting.precision, NONE).astype(np.int8),
        np.asarray(waiting.never[order]),
    )


def _put(
    part: Rows, rows: npt.NDArray[np.int64], times: Times, ids: list[pa.Array] | None, order: npt.NDArray[np.int8]
) -> Rows:
    for name in ("micros", "precision", "bad"):
        getattr(part.times, name)[rows] = getattr(times, name)
    if ids is None:
        return part
    # without a time, the id is one of no time: the order that fits nowhere has it
    made = np.array([i.to_pylist() for i in ids], object)[order, np.arange(len(rows))]
    known = np.array(part.id.to_pylist(), object)
    keep = order >= 0
    known[rows[keep]] = made[keep]
    return replace(part, id=pa.array(known.tolist(), pa.large_string()))
