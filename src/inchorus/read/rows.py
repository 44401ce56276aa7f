"""What is kept in memory of every document: where it comes from, its id, source and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.times import NONE, Times

_Rows = npt.NDArray[np.int64]
_LAST = np.iinfo(np.int64).max
SLICE_BYTES = 32 << 20
SLICE_ROWS = 65_536


@dataclass(frozen=True)
class Rows:
    """One item a document in each array, in the order of the input.

    `source` is a dictionary array, `size` the bytes of its strings; `line` is 0 where the input has no lines; `hashed`:
    the id is a hash; `stated`: the input says how precise the time is.
    """

    id: pa.Array
    source: pa.Array
    times: Times
    file_index: npt.NDArray[np.int32]
    row: _Rows
    line: _Rows
    size: _Rows
    hashed: npt.NDArray[np.bool_]
    stated: npt.NDArray[np.bool_]


@dataclass
class Collected:
    """Rows while they come in."""

    parts: list[Rows] = field(default_factory=list)

    def all(self) -> Rows:
        """Every row that came in; there must be at least one."""
        p = self.parts
        source = pa.chunked_array([r.source for r in p]).unify_dictionaries().combine_chunks()
        return Rows(
            id=pa.concat_arrays([r.id for r in p]),
            source=source,
            times=Times(
                np.concatenate([r.times.micros for r in p]),
                np.concatenate([r.times.precision for r in p]),
                np.concatenate([r.times.bad for r in p]),
            ),
            file_index=np.concatenate([r.file_index for r in p]),
            row=np.concatenate([r.row for r in p]),
            line=np.concatenate([r.line for r in p]),
            size=np.concatenate([r.size for r in p]),
            hashed=np.concatenate([r.hashed for r in p]),
            stated=np.concatenate([r.stated for r in p]),
        )


def canonical_order(rows: Rows, kept: npt.NDArray[np.bool_]) -> _Rows:
    """The rows that are `kept` by source, time (none last) and id, strings by their bytes; no two have one id."""
    by_id = np.asarray(pc.sort_indices(rows.id)).astype(np.int64)
    id_rank = np.empty(len(by_id), np.int64)
    id_rank[by_id] = np.arange(len(by_id))
    by_name = np.asarray(pc.sort_indices(rows.source.dictionary)).astype(np.int64)
    name_rank = np.empty(len(by_name), np.int64)
    name_rank[by_name] = np.arange(len(by_name))
    source_rank = name_rank[rows.source.indices.to_numpy(zero_copy_only=False)]
    time = np.where(rows.times.precision == NONE, _LAST, rows.times.micros)
    order = np.lexsort((id_rank, time, source_rank)).astype(np.int64)
    return order[kept[order]]


def slices(order: _Rows, size: _Rows) -> Iterator[_Rows]:
    """The rows in the order given, cut so that the strings of a slice stay below 32 MB, or it is one row."""
    ends = np.cumsum(size[order])
    a = 0
    while a < len(order):
        before = int(ends[a - 1]) if a else 0
        b = int(np.searchsorted(ends, before + SLICE_BYTES, side="right"))
        b = min(max(b, a + 1), a + SLICE_ROWS)
        yield order[a:b]
        a = b
