"""Times with their precision, from whatever a column holds: UTC microseconds, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.clock import NO_TIME, read_shape
from inchorus.read.shapes import Shape, shape_of

NONE, SECOND, MINUTE, DAY = 0, 1, 2, 3
PRECISIONS = (None, "second", "minute", "day")
DAY_US = 86_400_000_000
_FIRST = -62_135_596_800_000_000  # 0001-01-01
_LAST = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999
_TWO_WAYS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
# digits of a count since 1970 -> microseconds in one of its units
_EPOCH_UNITS = ((10, 1_000_000), (13, 1_000), (16, 1))


@dataclass(frozen=True)
class Times:
    """Parsed times, an item a row.

    `micros`: UTC microseconds since 1970, 0 where there is no time; `precision`: an index into
    PRECISIONS, 0 where there is no time; `bad`: there is a value and it is no time.
    """

    micros: npt.NDArray[np.int64]
    precision: npt.NDArray[np.int8]
    bad: npt.NDArray[np.bool_]


def parse_times(array: pa.Array) -> Times:
    """Times of a column of strings, dates, timestamps or counts since 1970.

    Dates have the precision day, timestamps and counts second, strings what they are written to. A time
    without a zone is UTC. A null and an empty string have no time and are not bad.

    >>> times = parse_times(pa.array(["2024-05-01T12:30+02:00", "2024-05-01", "", "03/04/2024"]))
    >>> [PRECISIONS[p] for p in times.precision], times.bad.tolist()
    (['minute', 'day', None, None], [False, False, False, True])
    >>> times.micros[:2].astype("datetime64[us]").tolist()
    [datetime.datetime(2024, 5, 1, 10, 30), datetime.datetime(2024, 5, 1, 0, 0)]
    """
    type_ = array.type
    if pa.types.is_date(type_):
        days = pc.fill_null(pc.cast(pc.cast(array, pa.date32()), pa.int32()), 0)
        return _of_counts(array, np.asarray(days).astype(np.int64) * DAY_US, DAY)
    if pa.types.is_timestamp(type_):
        counts = pc.fill_null(pc.cast(array, pa.int64()), 0).to_numpy(zero_copy_only=False)
        return _of_counts(array, _in_micros(counts, type_.unit), SECOND)
    if pa.types.is_floating(type_):
        return _of_floats(array)
    if pa.types.is_integer(type_) or pa.types.is_decimal(type_):
        array = pc.cast(array, pa.large_string())
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return _of_strings(pc.cast(array, pa.large_string()))
    n = len(array)
    bad = np.asarray(pc.is_valid(array).to_numpy(zero_copy_only=False), dtype=np.bool_)
    return Times(np.zeros(n, np.int64), np.zeros(n, np.int8), bad)


def coarsened(times: Times, given: pa.Array, typed: bool) -> tuple[Times, int | None]:
    """The times with the precision that a column `time_precision` states, and the first row it is wrong in.

    A stated precision counts where the time agrees with it (a day is midnight, a minute has no seconds).
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
    unit = np.array([1, 1, 60_000_000, DAY_US], np.int64)[stated]
    usable = (stated != NONE) & (times.precision != NONE) & (times.micros % unit == 0)
    if not typed:
        usable &= stated >= times.precision
    return Times(times.micros, np.where(usable, stated, times.precision), times.bad), None


def why_bad(value: object) -> str:
    """What is wrong with a value that is no time.

    >>> why_bad("03/04/2024")
    "the time '03/04/2024' can be read in more than one way"
    """
    if isinstance(value, str) and _TWO_WAYS.match(value.strip()):
        return f"the time {value!r} can be read in more than one way"
    shown = value if isinstance(value, int | float | str) else str(value)
    return f"{shown!r} is no time that is known"


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


def _of_strings(array: pa.Array) -> Times:
    n = len(array)
    micros = np.zeros(n, np.int64)
    precision = np.zeros(n, np.int8)
    bad = np.zeros(n, np.bool_)
    array = pc.fill_null(pc.ascii_trim_whitespace(array), "")
    shapes = shape_of(array).dictionary_encode()
    codes = shapes.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(shapes.dictionary) + 1))
    for k, written in enumerate(shapes.dictionary.to_pylist()):
        if not written:
            continue
        rows = order[bounds[k] : bounds[k + 1]]
        shape = Shape.of(written)
        if shape is None:
            bad[rows] = True
            continue
        characters = _matrix(array.take(pa.array(rows)), len(written))
        micros[rows] = found = read_shape(shape, characters)
        wrong = (found == NO_TIME) | (found < _FIRST) | (found > _LAST)
        bad[rows] = wrong
        micros[rows[wrong]] = 0
        precision[rows] = np.where(wrong, NONE, shape.precision)
    return Times(micros, precision, bad)


def _matrix(array: pa.Array, width: int) -> npt.NDArray[np.uint8]:
    """The bytes of strings that all have `width` of them, a row a string."""
    _, offsets, data = array.buffers()
    start = np.frombuffer(offsets, np.int64)[array.offset]
    flat = np.frombuffer(data, np.uint8)[start : start + len(array) * width]
    return flat.reshape(len(array), width)
