"""What is declared of sources: party, owner, country, from a file or from the documents."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.engine.identifiers import identifier
from inchorus.errors import InputError, UsageError, nearest
from inchorus.read.attributes import KEY
from inchorus.schema import DOCUMENTS, NAMED
from inchorus.study import Study


def columns(study: Study, table: pa.Table | None) -> list[str]:
    """The attributes there are: of the file, of the study's table attributes, or the documents' further columns."""
    if table is not None:
        return [c for c in table.column_names if c != KEY]
    if "attributes" in study.manifest["tables"]:
        return [c for c in study.table("attributes").columns if c != KEY]
    return [c for c in study.documents.columns if c not in {column.name for column in (*DOCUMENTS, *NAMED)}]


def attribute(study: Study, column: str, table: pa.Table | None) -> NDArray[np.object_]:
    """The value of each source, sources in order of their names; None where nothing is declared.

    A column of the documents gives a source's commonest value.
    """
    known = columns(study, table)
    if column not in known:
        there = f"there are {', '.join(known)}" if known else "give a table of sources with --attributes"
        raise UsageError(f"no attribute {column!r}", fix=nearest(column, known) or there)
    sources = study.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    if table is None and "attributes" in study.manifest["tables"]:
        table = study.table("attributes").arrow()
    if table is None:
        value = f"mode({identifier(column)}::VARCHAR) AS value"
        table = study.sql(f"SELECT source, {value} FROM documents GROUP BY source")  # noqa: S608 - a quoted name
        column = "value"
    found = dict(zip(map(str, table[KEY].to_pylist()), table[column].to_pylist(), strict=True))
    values = [found.get(name) for name in sorted(sources)]
    if all(v is None for v in values):
        raise InputError(f"no source of the study has a value of {column!r}", fix="check that the names agree")
    out = np.empty(len(values), dtype=object)
    out[:] = [None if v is None or v == "" else str(v) for v in values]
    return out
