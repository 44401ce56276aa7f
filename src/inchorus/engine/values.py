"""The values of columns as Python has them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def values(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    """The values of a column; all as text where one is a time that Python cannot hold.

    >>> values(pa.array([1 << 60, 0], pa.timestamp("us")))
    ['<value out of range: 1152921504606846976>', '1970-01-01 00:00:00.000000']
    """
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):
        return list(column.cast(pa.string()).to_pylist())
