"""Times with their precision, from whatever a column holds: UTC microseconds, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.clock import NO_TIME, read_shape
from inchorus.read.orders import NAMES, ORDERS, Open, Orders, split
from inchorus.read.shapes import Shape, shape_of
from inchorus.read.strptime import by_format
from inchorus.read.tidied import tidied
from inchorus.read.zones import to_utc

NONE, SECOND, MINUTE, HOUR, DAY, MONTH, YEAR = range(7)
PRECISIONS = (None, "second", "minute", "hour", "day", "month", "year")
DAY_US = 86_400_000_000
_FIRST = -62_135_596_800_000_000  # 0001-01-01
_LAST = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999
# digits of a count since 1970 -> microseconds in one of its units
_EPOCH_UNITS = ((10, 1e6), (13, 1e3), (16, 1.0), (19, 1e-3))


@dataclass(frozen=True)
class Times:
    """Parsed times, an item a row.

    `micros`: UTC microseconds since 1970, 0 where there is no time; `precision`: an index into
    PRECISIONS, 0 where there is no time; `bad`: there is a value and it is no time.
    """

    micros: npt.NDArray[np.int64]
    precision: npt.NDArray[np.int8]
    bad: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Manner:
    """How the user says that times are written: an order of numbers or a strptime format; the zone of local times."""

    format: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Parsed:
    """Times of a batch; those that are `open` wait for the rest of the column, and have no time yet.

    `never` and `twice` say of times without a zone that the clocks skipped them (they are bad), or had them twice (the
    first is taken).
    """

    times: Times
    open: Open | None
    never: npt.NDArray[np.bool_]
    twice: npt.NDArray[np.bool_]


def parse_times(array: pa.Array, manner: Manner = Manner()) -> Times:
    """Times of a column of strings, dates, timestamps or counts since 1970.

    Dates have the precision day, timestamps and counts second, strings what they are written to. A time
    without a zone is UTC, unless `manner` names another. A null and an empty string have no time and are
    not bad. Whether day or month comes first is told from all strings together.

    >>> times = parse_times(pa.array(["2024-05-01T12:30+02:00", "2024-05-01", "", "03/04/2024"]))
    >>> [PRECISIONS[p] for p in times.precision], times.bad.tolist()
    (['minute', 'day', None, None], [False, False, False, True])
    >>> parse_times(pa.array(["03/04/2024", "10/13/2024"])).micros.astype("datetime64[us]").tolist()
    [datetime.datetime(2024, 3, 4, 0, 0), datetime.datetime(2024, 10, 13, 0, 0)]
    """
    orders = Orders()
    parsed = read_times(array, manner, orders)
    times, waiting = parsed.times, parsed.open
    if waiting is not None:
        micros, precision, bad = settled(waiting, orders)
        times.micros[waiting.rows] = micros
        times.precision[waiting.rows] = precision
        times.bad[waiting.rows] = bad
    return times


def settled(waiting: Open, orders: Orders) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
    """Micros, precision and bad of open times, now that all of the column was seen."""
    order = orders.settle(waiting)
    at = np.arange(len(order))
    bad = (order < 0) | waiting.never[order, at]
    return np.where(bad, 0, waiting.micros[order, at]), np.where(bad, NONE, waiting.precision).astype(np.int8), bad


def read_times(array: pa.Array, manner: Manner, orders: Orders) -> Parsed:
    """The same of one batch of a column; `orders` takes note of what its times say about day and month."""
    type_ = array.type
    if pa.types.is_date(type_):
        days = pc.fill_null(pc.cast(pc.cast(array, pa.date32()), pa.int32()), 0)
        return _closed(_of_counts(array, np.asarray(days).astype(np.int64) * DAY_US, DAY))
    if pa.types.is_timestamp(type_):
        counts = pc.fill_null(pc.cast(array, pa.int64()), 0).to_numpy(zero_copy_only=False)
        times = _of_counts(array, _in_micros(counts, type_.unit), SECOND)
        return _closed(times) if type_.tz is not None else _local(times, manner, times.precision != NONE)
    if pa.types.is_floating(type_):
        return _closed(_of_floats(array))
    if pa.types.is_integer(type_) or pa.types.is_decimal(type_):
        array = pc.cast(array, pa.large_string())
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return _of_strings(pc.cast(array, pa.large_string()), manner, orders)
    n = len(array)
    bad = np.asarray(pc.is_valid(array).to_numpy(zero_copy_only=False), dtype=np.bool_)
    return _closed(Times(np.zeros(n, np.int64), np.zeros(n, np.int8), bad))


def begins(micros: npt.NDArray[np.int64], unit: Literal["M", "Y"]) -> npt.NDArray[np.bool_]:
    """Whether a month or a year begins with a time (microseconds since 1970).

    >>> begins(np.array(["2024-05-01", "2024-05-02"], "datetime64[us]").astype(np.int64), "M").tolist()
    [True, False]
    """
    return np.asarray(begin_of(micros, unit) == micros)


def begin_of(micros: npt.NDArray[np.int64], unit: Literal["M", "Y"]) -> npt.NDArray[np.int64]:
    """When the month or the year of a time began (microseconds since 1970).

    >>> begin_of(np.array(["2024-05-31"], "datetime64[us]").astype(np.int64), "M").astype("datetime64[us]").tolist()
    [datetime.datetime(2024, 5, 1, 0, 0)]
    """
    return micros.astype("datetime64[us]").astype(f"datetime64[{unit}]").astype("datetime64[us]").astype(np.int64)


def coarsened(times: Times, given: pa.Array, typed: bool) -> tuple[Times, int | None]:
    """The times with the precision that a column `time_precision` states, and the first row it is wrong in.

    A stated precision counts where the time agrees with it (a minute has no seconds, a month begins with its time).
    It can make a time that is written out coarser, never finer; where the times are `typed`, either.

    >>> at = parse_times(pa.array(["2024-05-01T00:00:00"]))
    >>> times, wrong = coarsened(at, pa.array(["day"]), typed=False)
    >>> PRECISIONS[times.precision[0]], wrong
    ('day', None)
    """
    names = pa.array(["", *PRECISIONS[1:]], given.type)
    found = pc.index_in(pc.fill_null(given, ""), value_set=names)
    if found.null_count:
        return times, int(np.flatnonzero(found.is_null().to_numpy(zero_copy_only=False))[0])
    stated = found.to_numpy(zero_copy_only=False).astype(np.int8)
    unit = np.array([1, 1, 60_000_000, 3_600_000_000, DAY_US, DAY_US, DAY_US], np.int64)[stated]
    usable = (stated != NONE) & (times.precision != NONE) & (times.micros % unit == 0)
    usable &= (stated < MONTH) | begins(times.micros, "M")
    usable &= (stated < YEAR) | begins(times.micros, "Y")
    if not typed:
        usable &= stated >= times.precision
    return Times(times.micros, np.where(usable, stated, times.precision), times.bad), None


def _of_counts(array: pa.Array, micros: npt.NDArray[np.int64], precision: int) -> Times:
    valid = pc.is_valid(array).to_numpy(zero_copy_only=False)
    inside = valid & (micros >= _FIRST) & (micros <= _LAST)
    return Times(np.where(inside, micros, 0), np.where(inside, precision, NONE).astype(np.int8), valid & ~inside)


def _in_micros(counts: npt.NDArray[np.int64], unit: str) -> npt.NDArray[np.int64]:
    if unit == "ns":
        return counts // 1000
    scale = {"us": 1, "ms": 1_000, "s": 1_000_000}[unit]
    limit = np.iinfo(np.int64).max // scale
    # what does not fit is out of range in any case
    return np.clip(counts, -limit, limit) * scale


def _of_floats(array: pa.Array) -> Times:
    valid = pc.is_valid(array).to_numpy(zero_copy_only=False)
    values = pc.cast(pc.fill_null(array, float("nan")), pa.float64()).to_numpy(zero_copy_only=False)
    # a float column writes a null as NaN
    valid = valid & ~np.isnan(values)
    micros = np.zeros(len(values), np.int64)
    good = np.zeros(len(values), np.bool_)
    for digits, unit in _EPOCH_UNITS:
        rows = valid & (values >= 10.0 ** (digits - 1)) & (values < 10.0**digits)
        micros[rows] = np.rint(values[rows] * unit).astype(np.int64)
        good |= rows
    return Times(micros, np.where(good, SECOND, NONE).astype(np.int8), valid & ~good)


def _closed(times: Times) -> Parsed:
    no = np.zeros(len(times.micros), np.bool_)
    return Parsed(times, None, no, no)


def _local(times: Times, manner: Manner, which: npt.NDArray[np.bool_]) -> Parsed:
    """The times with those of `which` taken for local ones; a day stays the day that is written."""
    never, twice = np.zeros(len(which), np.bool_), np.zeros(len(which), np.bool_)
    rows = np.flatnonzero(which & (times.precision != DAY))
    if manner.zone is not None and len(rows):
        local = to_utc(times.micros[rows], manner.zone)
        never[rows], twice[rows] = local.never, local.twice
        outside = local.never | (local.micros < _FIRST) | (local.micros > _LAST)
        times.micros[rows] = np.where(outside, 0, local.micros)
        times.precision[rows[outside]] = NONE
        times.bad[rows[outside]] = True
    return Parsed(times, None, never, twice)


def _of_strings(array: pa.Array, manner: Manner, orders: Orders) -> Parsed:
    n = len(array)
    array = tidied(array)
    micros = np.full(n, NO_TIME, np.int64)
    utc = np.zeros(n, np.bool_)
    precision = np.zeros(n, np.int8)
    empty = np.asarray(pc.equal(array, ""))
    waiting: list[Open] = []
    if manner.format is not None and manner.format not in NAMES:
        micros, utc, one = by_format(array, manner.format)
        precision[:] = one
    else:
        for shape, rows, characters in _shaped(array):
            precision[rows] = shape.precision
            if "sep" in shape.parts:
                micros[rows] = _of_numbers(shape, rows, characters, array, manner, orders, waiting)
            else:
                micros[rows], utc[rows] = read_shape(shape, characters)
    open_ = _joined(waiting) if waiting else None
    wrong = ((micros == NO_TIME) | (micros < _FIRST) | (micros > _LAST)) & ~empty
    if open_ is not None:
        wrong[open_.rows] = False
    none = wrong | (micros == NO_TIME)
    times = Times(np.where(none, 0, micros), np.where(none, NONE, precision).astype(np.int8), wrong)
    parsed = _local(times, manner, ~utc & ~none)
    return Parsed(parsed.times, open_, parsed.never, parsed.twice)


def _shaped(array: pa.Array) -> Iterator[tuple[Shape, npt.NDArray[np.int64], npt.NDArray[np.uint8]]]:
    """The strings that are written as times are: their shape, their rows, their bytes."""
    shapes = shape_of(array).dictionary_encode()
    codes = shapes.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(shapes.dictionary) + 1))
    for k, written in enumerate(shapes.dictionary.to_pylist()):
        shape = Shape.of(written) if written else None
        if shape is not None:
            rows = order[bounds[k] : bounds[k + 1]]
            yield shape, rows, bytes_of(array.take(pa.array(rows)), len(written))


def _of_numbers(
    shape: Shape,
    rows: npt.NDArray[np.int64],
    characters: npt.NDArray[np.uint8],
    array: pa.Array,
    manner: Manner,
    orders: Orders,
    waiting: list[Open],
) -> npt.NDArray[np.int64]:
    """The micros of times whose day and month are numbers; those of several meanings are added to `waiting`."""
    micros = np.full((len(ORDERS), len(rows)), NO_TIME, np.int64)
    never = np.zeros(micros.shape, np.bool_)
    fits = np.zeros(len(rows), np.int8)
    for k, names in enumerate(ORDERS):
        if manner.format not in {None, NAMES[k]} or (names[0] == "year" and shape.layout[-1] == "4"):
            continue
        found, utc = read_shape(shape.ordered(names), characters)
        good = (found >= _FIRST) & (found <= _LAST)
        micros[k] = np.where(good, found, NO_TIME)
        fits |= (good << k).astype(np.int8)
    orders.see(shape.layout, fits, _Values(array, rows))
    apart = split(fits, micros)
    if apart.any():
        for k in range(len(ORDERS)):
            if shape.precision != DAY and manner.zone is not None:
                at = np.flatnonzero(apart & ~utc & (micros[k] != NO_TIME))
                local = to_utc(micros[k][at], manner.zone)
                micros[k][at], never[k][at] = local.micros, local.never
        layout = np.full(int(apart.sum()), shape.layout, object)
        precision = np.full(len(layout), shape.precision, np.int8)
        waiting.append(Open(rows[apart], layout, fits[apart], micros[:, apart], never[:, apart], precision))
    # of one meaning, in whichever order
    result: npt.NDArray[np.int64] = np.where(apart, NO_TIME, micros.max(0))
    return result


class _Values(Sequence[str]):
    """Some of the strings of an array, looked at one by one."""

    def __init__(self, array: pa.Array, rows: npt.NDArray[np.int64]) -> None:
        self._array, self._rows = array, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, i: Any) -> Any:
        return self._array[int(self._rows[i])].as_py()


def _joined(parts: list[Open]) -> Open:
    order = np.argsort(np.concatenate([p.rows for p in parts]))
    return Open(
        *(np.concatenate([getattr(p, f) for p in parts], axis=-1)[..., order] for f in Open.__dataclass_fields__)
    )


def bytes_of(array: pa.Array, width: int) -> npt.NDArray[np.uint8]:
    """The bytes of strings that all have `width` of them, a row a string."""
    _, offsets, data = array.buffers()
    start = np.frombuffer(offsets, np.int64)[array.offset]
    flat = np.frombuffer(data, np.uint8)[start : start + len(array) * width]
    return flat.reshape(len(array), width)
