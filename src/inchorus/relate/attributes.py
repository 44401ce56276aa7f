"""What is declared of sources: party, owner, country, from a file or from the documents."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.errors import InputError, UsageError, nearest
from inchorus.evidence.asking import asking
from inchorus.evidence.declared import commonest, further
from inchorus.evidence.sources import names
from inchorus.read.attributes import KEY
from inchorus.study import Study


def columns(study: Study, table: pa.Table | None) -> list[str]:
    """The attributes there are: of the file, or the documents' further columns."""
    if table is not None:
        return [c for c in table.column_names if c != KEY]
    return further(asking(study))


def attribute(study: Study, column: str, table: pa.Table | None) -> NDArray[np.object_]:
    """The value of each source, sources in order of their names; None where nothing is declared.

    A column of the documents gives a source's commonest value.
    """
    known = columns(study, table)
    if column not in known:
        there = f"there are {', '.join(known)}" if known else "give a table of sources with --attributes"
        raise UsageError(f"no attribute {column!r}", fix=nearest(column, known) or there)
    rows = asking(study)
    if table is None:
        found: dict[str, Any] = {**commonest(rows, column)}
    else:
        found = dict(zip(map(str, table[KEY].to_pylist()), table[column].to_pylist(), strict=True))
    values = [found.get(name) for name in sorted(names(rows))]
    if all(v is None for v in values):
        raise InputError(f"no source of the study has a value of {column!r}", fix="check that the names agree")
    out = np.empty(len(values), dtype=object)
    out[:] = [None if v is None or v == "" else str(v) for v in values]
    return out
