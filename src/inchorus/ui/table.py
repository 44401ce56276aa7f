"""A table of a page as CSV that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

from inchorus.export.cells import defused, plain

TableRows: TypeAlias = Sequence[Mapping[str, Any]] | pa.Table

_AT_ONCE = 2048


def csv_of(rows: TableRows) -> Iterator[str]:
    r"""TableRows as CSV, a piece of the file at a time, with a head line; lists and structs as JSON, times in ISO 8601.

    An Arrow table is turned into text by and by, and has its head line even without a row. Text that a spreadsheet
    would take for a formula gets an apostrophe before it (`inchorus.export.cells`).

    >>> "".join(csv_of([{"source": "=1+1", "n": -2}]))
    "source,n\r\n'=1+1,-2\r\n"
    """
    names = rows.column_names if isinstance(rows, pa.Table) else list(rows[0]) if rows else []
    if names:
        yield _text([[defused(name) for name in names]])
    for block in _blocks(rows):
        yield _text([_cell(value) for value in row.values()] for row in block)


def headed(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> TableRows:
    r"""The rows; where there is none, a table of no rows with these columns, so that its file has a head line.

    >>> "".join(csv_of(headed([], ["source", "n"])))
    'source,n\r\n'
    """
    return rows or pa.table({name: pa.nulls(0) for name in columns})


def first(rows: TableRows, most: int) -> Sequence[Mapping[str, Any]]:
    """The first `most` rows, as dictionaries."""
    return rows.slice(0, most).to_pylist() if isinstance(rows, pa.Table) else rows[:most]


def _blocks(rows: TableRows) -> Iterator[Sequence[Mapping[str, Any]]]:
    if isinstance(rows, pa.Table):
        for batch in rows.to_batches(_AT_ONCE):
            yield batch.to_pylist()
    else:
        for start in range(0, len(rows), _AT_ONCE):
            yield rows[start : start + _AT_ONCE]


def _text(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return defused(value) if isinstance(value, str) else value
