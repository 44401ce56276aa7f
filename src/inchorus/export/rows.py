"""The rows of a study's table, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from inchorus.study import Study

_ROWS = 2048

# What is done with each value of a column of a type that is not null; None leaves all as they are.
Conversion = Callable[[pa.DataType], Callable[[Any], Any] | None]


def schema(study: Study, table: str) -> pa.Schema:
    """The columns that are exported of a table; StudyError if the study has none of that name.

    Those of talking points end with `quote`, the sentences that people are shown.
    """
    columns = pq.read_schema(study.file(table))
    return columns.append(pa.field("quote", pa.string())) if _quoted(table, columns) else columns


def _quoted(table: str, columns: pa.Schema) -> bool:
    return table == "talking_points" and "quote_doc" in columns.names


def _quotes(study: Study) -> dict[str, str]:
    found = study.sql(
        "SELECT tp_id, substring(text, quote_start + 1, quote_end - quote_start) AS quote FROM"
        " (SELECT tp_id, quote_doc AS doc_id, quote_start, quote_end FROM talking_points) JOIN"
        " (SELECT doc_id, text FROM documents) USING (doc_id)"
    )
    return dict(zip(found["tp_id"].to_pylist(), found["quote"].to_pylist(), strict=True))


def rows(study: Study, table: str, conversion: Conversion) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table as tuples of converted Python values, in its order, in lists of at most 2,048.

    Before conversion a time is a datetime in UTC.
    """
    with pq.ParquetFile(study.file(table)) as file:
        quotes = _quotes(study) if _quoted(table, file.schema_arrow) else None
        converters = [conversion(field.type) for field in schema(study, table)]
        for batch in file.iter_batches(_ROWS):
            found = list(batch.columns)
            if quotes is not None:
                found.append(pa.array([quotes.get(tp_id) for tp_id in batch["tp_id"].to_pylist()], pa.string()))
            columns = [_converted(values(c), f) for c, f in zip(found, converters, strict=True)]
            yield list(zip(*columns, strict=True))


def values(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    """The values of a column as Python has them; all as text where one is a time that Python cannot hold.

    >>> values(pa.array([1 << 60, 0], pa.timestamp("us")))
    ['<value out of range: 1152921504606846976>', '1970-01-01 00:00:00.000000']
    """
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):
        return list(column.cast(pa.string()).to_pylist())


def is_text(kind: pa.DataType) -> bool:
    """Whether the values of a column are strings."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_bytes(kind: pa.DataType) -> bool:
    """Whether the values of a column are bytes."""
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _converted(values: list[Any], convert: Callable[[Any], Any] | None) -> list[Any]:
    return values if convert is None else [None if v is None else convert(v) for v in values]
