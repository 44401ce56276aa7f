"""A table in any format, as a whole: for what is small, such as what is declared of sources."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.batches import Kind
from inchorus.read.columns import common_type, converted
from inchorus.read.finding import find_inputs
from inchorus.read.formats import TableFormat
from inchorus.read.opened import table_batches
from inchorus.read.options import ReadOptions


def read_table(path: Path, options: ReadOptions) -> pa.Table:
    """The rows of one file; a column has the type that all of its values have, else it is text.

    Raises InputError where the file cannot be read, or holds documents and no table.
    """
    (file, *others), _ = find_inputs([path], options)
    if others or not isinstance(file.format, TableFormat):
        raise InputError("this is no table", where=Where(str(path)), fix="give CSV, JSON Lines, Parquet or a workbook")
    batches = list(table_batches(file, 0, options))
    kinds: dict[str, set[Kind]] = {}
    for batch in batches:
        for name in batch.columns:
            kinds.setdefault(name, set()).update(batch.kinds.get(name, ()))
    schema = pa.schema([pa.field(name, common_type(kind)) for name, kind in kinds.items()])
    made = []
    for batch in batches:
        arrays = [
            converted(batch.columns[f.name], f.type) if f.name in batch.columns else pa.nulls(batch.n_rows, f.type)
            for f in schema
        ]
        made.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(made, schema)
