"""Ids of documents: hashes where the input gives none, and no two alike."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.times import DAY, HOUR, MINUTE, NONE, SECOND, Times

# whole numbers up to here are all different as floating-point numbers
EXACT = float(1 << 53)
_POWER = r"^-?\d+([.,]\d+)?[eE]\+\d+$"
# Spreadsheets keep fifteen digits of a number and write zeros for the rest: by chance so many zeros stand in no column.
_LONG, _CUT = r"^\d{16,30}$", r"^\d{15}0+$"
_KEPT = 15
_ZEROS = 6
_FLOAT = r"^-?\d+\.0$"
_UNITS = {DAY: ("D", b""), HOUR: ("h", b"Z"), MINUTE: ("m", b"Z"), SECOND: ("us", b"Z")}


def hashed_ids(source: pa.Array, times: Times, text: pa.Array) -> pa.Array:
    """BLAKE2b-64 of source, time and text of each row, as 16 hexadecimal digits (large_string).

    The time is hashed as ISO 8601 to its precision, and as nothing where there is none.

    >>> from inchorus.read.times import parse_times
    >>> hashed_ids(pa.array(["Herald"]), parse_times(pa.array(["2024-05-01"])), pa.array(["Rain."])).to_pylist()
    ['d3c8cff0f7f6a750']
    """
    text = text.cast(pa.large_string())
    _, offsets, data = text.buffers()
    ends = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1].tolist()
    view = memoryview(data) if data is not None else memoryview(b"")
    made = []
    rows = zip(source.cast(pa.large_binary()).to_pylist(), written_times(times), strict=True)
    for i, (name, time) in enumerate(rows):
        # the lengths in front keep ("ab", "c") apart from ("a", "bc")
        h = blake2b(b"%d:%d:%s%s" % (len(name), len(time), name, time), digest_size=8)
        h.update(view[ends[i] : ends[i + 1]])
        made.append(h.hexdigest())
    return pa.array(made, pa.large_string())


def written_times(times: Times) -> list[bytes]:
    """Every time in ISO 8601, written to its precision; empty where there is none.

    >>> from inchorus.read.times import parse_times
    >>> written_times(parse_times(pa.array(["2024-05-01 12:30:05", "2024-05-01", None])))
    [b'2024-05-01T12:30:05.000000Z', b'2024-05-01', b'']
    """
    result = np.full(len(times.micros), b"", dtype="S32")
    stamps = times.micros.astype("datetime64[us]")
    for precision in np.unique(times.precision[times.precision != NONE]).tolist():
        rows = times.precision == precision
        unit, zone = _UNITS[precision]
        written = stamps[rows].astype(f"datetime64[{unit}]").astype("S32")
        result[rows] = np.char.add(written, zone)
    return result.tolist()


def exact(array: pa.Array, floats: bool) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """Ids as text, and which of them have lost digits: they were floating-point numbers beyond 2^53, or are written so.

    `floats`: numbers of the text were floating-point numbers; 12.0 is the id 12.

    >>> ids, lost = exact(pa.array([12.0, 1.38e18]), True)
    >>> ids.to_pylist(), lost.tolist()
    (['12', '1.38e+18'], [False, True])
    >>> exact(pa.array(["1.38024E+18", "1380242280532049920"]), False)[1].tolist()
    [True, False]
    """
    if pa.types.is_floating(array.type):
        array = pc.cast(array, pa.float64())
        lost = pc.greater(pc.abs(array), EXACT)
    else:
        array = pc.cast(array, pa.large_string())
        lost = pa.array(lost_digits(array))
        if floats:
            numbers = pc.match_substring_regex(array, _FLOAT)
            counts = pc.cast(pc.if_else(numbers, array, None), pa.float64())
            lost = pc.or_(lost, pc.fill_null(pc.greater(pc.abs(counts), EXACT), False))
            array = pc.replace_substring_regex(array, r"\.0$", "")
    lost = pc.fill_null(lost, False).to_numpy(zero_copy_only=False)
    return pc.cast(array, pa.large_string()), np.asarray(lost, np.bool_)


def lost_digits(array: pa.Array) -> npt.NDArray[np.bool_]:
    """Which strings of a column are numbers that a spreadsheet took digits from: a power of ten, or zeros for the rest.

    >>> lost_digits(pa.array(["1,38E+18", "1380242280532000000"])).tolist()
    [True, False]
    >>> lost_digits(pa.array(["1380242280532040000", "1380242280532050000", "abc"])).tolist()
    [True, True, False]
    """
    array = pc.fill_null(pc.cast(array, pa.large_string()), "")
    lost = pc.match_substring_regex(array, _POWER)
    cut = pc.match_substring_regex(array, _CUT)
    if pc.any(cut).as_py() and pc.all(pc.equal(cut, pc.match_substring_regex(array, _LONG))).as_py():
        several = pc.unique(array.filter(cut))
        if pc.sum(pc.utf8_length(several)).as_py() - _KEPT * len(several) >= _ZEROS:
            lost = pc.or_(lost, cut)
    return np.asarray(lost.to_numpy(zero_copy_only=False), np.bool_)


def repeats(ids: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The order of the ids by their bytes, and for each in that order whether it equals the one before.

    >>> order, same = repeats(pa.array(["b", "a", "b"]))
    >>> order.tolist(), same.tolist()
    ([1, 0, 2], [False, False, True])
    """
    order = np.asarray(pc.sort_indices(ids)).astype(np.int64)
    same = np.zeros(len(order), np.bool_)
    if len(order) > 1:
        in_order = ids.take(pa.array(order))
        same[1:] = pc.equal(in_order.slice(1), in_order.slice(0, len(order) - 1)).to_numpy(zero_copy_only=False)
    return order, same


def tell_apart(
    ids: pa.Array,
    hashed: npt.NDArray[np.bool_],
    digests: Callable[[npt.NDArray[np.int64]], list[bytes]],
) -> pa.Array:
    """The ids with -2, -3 … behind those hashed ids that repeat.

    Rows of one id are numbered in the order of `digests(rows)`, a hash of all their other columns, so
    that the numbers do not depend on the order of the input; rows with equal digests are equal.
    """
    order, same = repeats(ids)
    if not same.any():
        return ids
    run = np.cumsum(~same)
    member = same.copy()
    member[:-1] |= same[1:]
    member &= hashed[order]
    rows, runs = order[member], run[member]
    if len(rows) == 0:
        return ids
    by_digest = np.lexsort((np.array(digests(rows), dtype="S16"), runs))
    rows, runs = rows[by_digest], runs[by_digest]
    first = np.searchsorted(runs, runs)
    number = np.arange(len(rows)) - first + 1
    rows, number = rows[number > 1], number[number > 1]
    suffixes = pa.array([f"-{n}" for n in number.tolist()], pa.large_string())
    longer = pc.binary_join_element_wise(ids.take(pa.array(rows)), suffixes, pa.scalar("", pa.large_string()))
    place = np.full(len(ids), -1, np.int64)
    place[rows] = np.arange(len(rows))
    renamed = place >= 0
    return pc.if_else(pa.array(renamed), longer.take(pa.array(np.maximum(place, 0))), ids)
