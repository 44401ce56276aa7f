"""Times that say less than they seem to: dates that became midnights, full hours or minutes, months and years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from inchorus.read.rows import Rows
from inchorus.read.times import DAY, DAY_US, HOUR, MINUTE, MONTH, NONE, YEAR, Times, begin_of, begins

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]

HOUR_US, MINUTE_US = 3_600_000_000, 60_000_000
MIDNIGHTS = 3  # from which on they are no chance: of exact times one in 86,400 is a midnight
SHARE = 0.2  # of a source's times, where these are full minutes: some publish at midnight
SHARE_OF_SECONDS = 0.02  # where its other times have seconds: who publishes at midnight does so a few seconds past it
FEWEST = 5  # times, that all are full hours or minutes, or one time of day
MONTHS, YEARS = 5, 2  # that differ: days by chance are the first of them in 1 of 25 million cases, in 1 of 130,000
ALL = 0.95
_QUARTER = 15 * MINUTE_US  # clocks of all zones differ by multiples of it
PLACEHOLDERS = (DAY_US // 2, DAY_US - MINUTE_US, DAY_US - 1_000_000)  # for a time of the day that is not known
_SHOWN = 3


@dataclass
class _Found:
    """What was found out so far, by row: a precision, 0 where nothing was; times that are to be moved; the reason."""

    precision: npt.NDArray[np.int8]
    micros: _Ints
    reason: npt.NDArray[np.int8]


# In the order of the numbers in `_Found.reason`, from 1 on: what the times are, and what they are taken for.
_REASONS = (
    ("midnight", "dates"),
    ("midnight of a clock that is not UTC", "dates"),
    ("always at noon or the end of a day", "dates"),
    ("always at one time of the day", "dates"),
    ("full hours", "hours"),
    ("full minutes", "minutes"),
    ("always the first or the last of a month", "months"),
    ("always the first or the last of a year", "years"),
)
_MIDNIGHT, _LOCAL, _PLACED, _ONE, _HOURS, _MINUTES, _MONTHS, _YEARS = range(1, 9)


def as_precise_as_they_are(rows: Rows) -> tuple[Rows, list[str]]:
    """The rows with times as precise as those of their source are, and notes of what was found out.

    A date that went through a data frame is a midnight, which would be earlier than whatever else happened on that
    day. So what is alike in the times of a source, or of all sources with few times together, is taken for what a date,
    or an hour, became: midnights, midnights of a local clock, one time of the day, full hours, full minutes. Some of
    a source's times are enough where the others have seconds, as after a change of the software; one is not. Dates that
    all are the first of a month, or of a year, stand for it, and so do those that all are the last; they become its
    start. Where the input states the precision, that counts.

    >>> from inchorus.read.times import parse_times
    >>> import pyarrow as pa
    >>> times = parse_times(pa.array([f"2024-05-0{d}T00:00:00" for d in range(1, 6)] + ["2024-05-01T00:00:00"] * 1
    ...     + [f"2024-05-0{d}T09:1{d}:07" for d in range(1, 6)]))
    >>> source = pa.array(["Courier"] * 5 + ["Post"] * 6).dictionary_encode()
    >>> no, zero = np.zeros(11, bool), np.zeros(11, np.int64)
    >>> rows = Rows(pa.array(["x"] * 11), source, times, zero.astype(np.int32), zero, zero, zero, no, no)
    >>> found, notes = as_precise_as_they_are(rows)
    >>> found.times.precision.tolist()
    [4, 4, 4, 4, 4, 1, 1, 1, 1, 1, 1]
    >>> notes
    ["5 times of 1 source ('Courier') are midnight: they are taken for dates; a column time_precision says otherwise"]
    """
    times = rows.times
    timed = (times.precision != NONE) & ~rows.stated
    if not timed.any():
        return rows, []
    eligible = timed & (times.precision < DAY)
    source = rows.source.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    n = len(source)

    def few(of: _Mask) -> _Mask:
        return np.asarray((np.bincount(source[of], minlength=len(rows.source.dictionary)) < FEWEST)[source])

    found = _Found(np.zeros(n, np.int8), times.micros.copy(), np.zeros(n, np.int8))
    # Not by file: how the input is divided into files must not matter.
    for key, chosen in ((source, ~few(eligible)), (np.zeros(n, np.int64), few(eligible))):
        at = np.flatnonzero(eligible & chosen & (found.precision == 0))
        if len(at):
            _look(times, at, np.unique(key[at], return_inverse=True)[1].reshape(-1), found)
    _lone_midnights(times, eligible & (found.precision == 0), source, found)
    precision = np.maximum(times.precision, found.precision)
    if (precision == DAY).any():
        # Sources with one date, however often, are looked at together, as are those with few.
        one = np.zeros(len(rows.source.dictionary), np.int64)
        one[source[timed]] = found.micros[timed]
        others = np.bincount(source[timed & (found.micros != one[source])], minlength=len(one))[source]
        key = np.where(few(timed), -1, np.where(others == 0, -2, source))
        _firsts(precision, np.flatnonzero(timed), key[timed], found)
    at = np.flatnonzero(found.precision > times.precision)
    micros, precision = times.micros.copy(), times.precision.copy()
    micros[at], precision[at] = found.micros[at], found.precision[at]
    names = rows.source.dictionary.to_pylist()
    return replace(rows, times=Times(micros, precision, times.bad)), _notes(found.reason[at], source[at], names)


def _look(times: Times, at: _Ints, group: _Ints, found: _Found) -> None:
    """Look for what is alike in the times of the rows `at`, by group."""
    micros = times.micros[at]
    clock = micros % DAY_US
    midnight = clock == 0
    size = np.bincount(group)
    here = np.bincount(group[midnight], minlength=len(size))
    days = _distinct(group[midnight], micros[midnight] // DAY_US, len(size))
    seconds = np.bincount(group[clock % MINUTE_US != 0], minlength=len(size))
    share = np.where(2 * seconds >= size - here, SHARE_OF_SECONDS, SHARE)
    dates = (here >= MIDNIGHTS) & ((days > 1) | (here == size)) & (here >= share * size)
    chosen = midnight & dates[group]
    _take(found, at[chosen], DAY, _MIDNIGHT)
    rest = ~dates[group]
    for rows, reason in _daily(micros, np.flatnonzero(rest), group):
        if reason == _PLACED:
            found.micros[at[rows]] -= clock[rows]
        _take(found, at[rows], DAY, reason)
    rest = found.precision[at] == 0
    minutes, hours = (rest & (clock % unit == 0) for unit in (MINUTE_US, HOUR_US))
    of, full, round_ = (np.bincount(group[mask], minlength=len(size)) for mask in (rest, minutes, hours))
    written = (full >= FEWEST) & (full >= np.where(of > full, SHARE, 0) * of)
    _take(found, at[minutes & written[group]], MINUTE, _MINUTES)
    _take(found, at[hours & (written & (round_ >= FEWEST) & (round_ >= ALL * full))[group]], HOUR, _HOURS)


def _firsts(precision: npt.NDArray[np.int8], at: _Ints, key: _Ints, found: _Found) -> None:
    """Take dates of the rows `at`, by group, for months or years where all of it are the first of one, or the last."""
    micros, date = found.micros[at], precision[at] == DAY
    group = np.unique(key, return_inverse=True)[1].reshape(-1)
    size = np.bincount(group)
    values, rank = np.unique(micros, return_inverse=True)
    kinds: tuple[tuple[Literal["M", "Y"], int, int, int], ...] = (
        ("M", MONTHS, MONTH, _MONTHS),
        ("Y", YEARS, YEAR, _YEARS),
    )
    for unit, least, taken, reason in kinds:
        for first_or_last in (begins(values, unit), begins(values + DAY_US, unit)):
            placed = date & first_or_last[rank]
            enough = np.bincount(group[placed], minlength=len(size)) >= np.maximum(ALL * size, FEWEST)
            placed &= enough[group]
            enough &= _distinct(group[placed], micros[placed], len(size)) >= least
            rows = at[placed & enough[group]]
            found.micros[rows] = begin_of(found.micros[rows], unit)
            _take(found, rows, taken, reason)


def _take(found: _Found, at: _Ints, precision: int, reason: int) -> None:
    found.precision[at], found.reason[at] = precision, reason


def _distinct(group: _Ints, value: _Ints, groups: int) -> _Ints:
    pairs = np.unique(np.stack([group, value]), axis=1)
    return np.bincount(pairs[0], minlength=groups).astype(np.int64)


def _daily(micros: _Ints, rest: _Ints, group: _Ints) -> Iterator[tuple[_Ints, int]]:
    """Rows of groups, among `rest`, that stand at one time of the day, or at two that are an hour apart by season."""
    clock = micros[rest] % DAY_US
    order = np.lexsort((clock, group[rest]))
    start = np.flatnonzero(np.diff(group[rest][order], prepend=-1)).tolist()
    for low, high in zip(start, [*start[1:], len(order)], strict=False):
        if high - low < FEWEST:
            continue
        rows = rest[order[low:high]]
        values, counts = np.unique(clock[order[low:high]], return_counts=True)
        most = int(counts.argmax())
        top = int(values[most])
        if top % MINUTE_US and top not in PLACEHOLDERS:
            continue  # of somebody who is punctual to the second
        if counts[most] >= ALL * len(rows):
            one = rows[micros[rows] % DAY_US == top]
            if len(np.unique(micros[one] // DAY_US)) >= FEWEST:
                yield one, _PLACED if top in PLACEHOLDERS else _LOCAL if top % _QUARTER == 0 else _ONE
        elif top % _QUARTER == 0 and counts[most] >= ALL / 2 * len(rows):
            for other in (top - HOUR_US, top + HOUR_US):
                both = rows[np.isin(micros[rows] % DAY_US, [top, other % DAY_US])]
                if len(both) >= ALL * len(rows) and _by_season(micros[both]):
                    yield both, _LOCAL


def _by_season(micros: _Ints) -> bool:
    """Whether the clock of sorted days changes at most twice a year, and twice more."""
    order = np.sort(micros)
    changes = int((np.diff(order % DAY_US) != 0).sum())
    return changes <= 2 + 2 * (int(order[-1] - order[0]) // (365 * DAY_US))


def _lone_midnights(times: Times, open_: _Mask, source: _Ints, found: _Found) -> None:
    """Sources with one or two times, all of them midnight, beside sources whose midnights are dates."""
    if not (found.reason == _MIDNIGHT).any():
        return
    midnight = open_ & (times.micros % DAY_US == 0)
    others = (times.precision != NONE) & ~midnight
    alone = ~np.isin(source, np.unique(source[others]))
    _take(found, np.flatnonzero(midnight & alone), DAY, _MIDNIGHT)


def _notes(reason: npt.NDArray[np.int8], source: _Ints, names: list[str]) -> list[str]:
    notes = []
    for number, (what, taken) in enumerate(_REASONS, 1):
        rows = reason == number
        if rows.any():
            who = sorted(names[i] for i in np.unique(source[rows]))
            shown = ", ".join(map(repr, who[:_SHOWN])) + (" …" if len(who) > _SHOWN else "")
            times, are = ("1 time", "is") if rows.sum() == 1 else (f"{int(rows.sum()):,} times", "are")
            sources = "1 source" if len(who) == 1 else f"{len(who):,} sources"
            notes.append(
                f"{times} of {sources} ({shown}) {are} {what}: they are taken for {taken}; "
                "a column time_precision says otherwise"
            )
    return notes
