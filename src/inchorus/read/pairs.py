"""Pairs of documents that a user wants compared, and no others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read.batches import Batch
from inchorus.read.finding import find_inputs
from inchorus.read.formats import TableFormat
from inchorus.read.options import ReadOptions


def read_pairs(path: Path, doc_ids: pa.ChunkedArray, options: ReadOptions) -> npt.NDArray[np.int64]:
    """Read a file whose first two columns are document ids, as places in `doc_ids`.

    Returns int64 of shape (pairs, 2), each pair once, the smaller place first, sorted. Raises InputError
    where the file has fewer than two columns or no row, or names a document that is not there or itself;
    UsageError for a folder.
    """
    if path.is_dir():
        raise UsageError("the list of pairs is a folder", fix="name one CSV, JSON Lines or Parquet file")
    (file,), _ = find_inputs([path], ReadOptions(encoding=options.encoding))
    if not isinstance(file.format, TableFormat):
        raise InputError(
            "a list of pairs is a table of two columns", where=Where(file.name), fix="give CSV, JSON Lines or Parquet"
        )
    known = doc_ids.combine_chunks().cast(pa.string())
    sides: list[list[npt.NDArray[np.int64]]] = [[], []]
    for batch in file.format.read(file, 0, ReadOptions(encoding=options.encoding)):
        if not len(batch.row):
            continue
        names = list(batch.columns)[:2]
        if len(names) < 2:
            raise InputError("a list of pairs needs two columns", where=Where(file.name), fix="see --help for --pairs")
        for side, name in zip(sides, names, strict=True):
            side.append(_places(batch, name, known, file.name))
        same = sides[0][-1] == sides[1][-1]
        if same.any():
            where = _where(batch, file.name, int(np.flatnonzero(same)[0]), None)
            raise InputError("a document is paired with itself", where=where, fix="leave this row out")
    if not sides[0]:
        raise InputError(
            "this list of pairs is empty", where=Where(file.name), fix="give at least one pair, below a header"
        )
    a, b = np.concatenate(sides[0]), np.concatenate(sides[1])
    return np.unique(np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1), axis=0)


def _where(batch: Batch, file: str, i: int, column: str | None) -> Where:
    return Where(file, int(batch.row[i]), column, None if batch.line is None else int(batch.line[i]))


def _places(batch: Batch, column: str, known: pa.Array, file: str) -> npt.NDArray[np.int64]:
    ids = batch.columns[column]
    places = pc.index_in(ids.cast(pa.string()), known)
    unknown = np.asarray(pc.is_null(places))
    if unknown.any():
        at = int(np.flatnonzero(unknown)[0])
        name = ids[at].as_py()
        where = _where(batch, file, at, column)
        if name is None:
            raise InputError("an id is missing", where=where, fix="leave this row out")
        some = known.slice(0, 10_000).to_pylist()
        raise InputError(
            f"no document has the id {str(name)!r}",
            where=where,
            fix=nearest(str(name), some) or "the first two columns are ids of documents that were read",
        )
    return np.asarray(places.cast(pa.int64()))
