"""Texts of several arrays in one, in any order, whose bytes are copied once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_Rows = npt.NDArray[np.int64]
_INLINE = 12  # bytes of a text that stands in its view itself
_MOST = np.iinfo(np.int32).max  # where in its buffer a text may begin


def gathered_texts(
    columns: Sequence[pa.Array], pieces: Sequence[tuple[_Rows, _Rows]], type_: pa.DataType
) -> pa.Array | None:
    """Texts in an order, as `type_`, which is a type of strings; None where a column is no array of texts to copy so.

    `columns` are large_string, and of each the `pieces` say the places in the result and the rows that go there. All
    places together are those of the result, each once. What is made first are views, 16 bytes each, of Arrow's
    string_view; the texts are copied when these are cast. Taking rows of each column, joining these, and taking them in
    their order copies each text three times: the processor time for 100 MB falls from 0.24 to 0.05 s.

    >>> columns = [pa.array(["rain", "a long time of rain"], pa.large_string()), pa.array(["snow"], pa.large_string())]
    >>> pieces = [(np.array([2, 0]), np.array([0, 1])), (np.array([1]), np.array([0]))]
    >>> gathered_texts(columns, pieces, pa.string()).to_pylist()
    ['a long time of rain', 'snow', 'rain']
    """
    if not all(pa.types.is_large_string(column.type) for column in columns):
        return None
    n = sum(len(places) for places, _ in pieces)
    raw = np.zeros((n, 16), np.uint8)
    parts = raw.view("<i4")  # length, four bytes of the text, number of its buffer, place in this
    valid = np.ones(n, np.bool_)
    buffers: list[pa.Buffer] = []
    for column, (places, rows) in zip(columns, pieces, strict=True):
        validity, offsets, data = column.buffers()
        if validity is not None and column.null_count:
            valid[places] = np.asarray(column.is_valid())[rows]
        if data is None or not data.size:
            continue
        if data.size > _MOST:
            return None
        bounds = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
        text = np.frombuffer(data, np.uint8)
        start = bounds[rows]
        length = bounds[rows + 1] - start
        within = np.arange(_INLINE) < length[:, None]
        at = np.where(within, start[:, None] + np.arange(_INLINE), 0)
        raw[places, 4:] = np.where(within, text[at], 0)
        parts[places, 0] = length
        long = length > _INLINE
        parts[places[long], 2] = len(buffers)
        parts[places[long], 3] = start[long]
        buffers.append(data)
    mask = None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
    views = pa.Array.from_buffers(pa.string_view(), n, [mask, pa.py_buffer(raw), *buffers])
    return views.cast(type_)
