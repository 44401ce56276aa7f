"""The rows of a study's table, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from inchorus.engine.columns import batches, schema_of
from inchorus.engine.values import values
from inchorus.evidence.alterations import ALTERED
from inchorus.evidence.quotes import quotes_of
from inchorus.study import Study

_ROWS = 2048
# Made of several tables when it is asked for by this name: the table that it rests on, and the question.
MADE = {"altered_quotations": ("quotations", ALTERED)}

# What is done with each value of a column of a type that is not null; None leaves all as they are.
Conversion = Callable[[pa.DataType], Callable[[Any], Any] | None]


def schema(study: Study, table: str) -> pa.Schema:
    """The columns that are exported of a table; StudyError if the study has none of that name.

    Those of talking points end with `quote`, the sentences that people are shown.
    """
    columns = schema_of(study.file(table))
    return columns.append(pa.field("quote", pa.string())) if _quoted(table, columns) else columns


def _quoted(table: str, columns: pa.Schema) -> bool:
    return table == "talking_points" and "quote_doc" in columns.names


def rows(study: Study, table: str, conversion: Conversion) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table as tuples of converted Python values, in its order, in lists of at most 2,048.

    Before conversion a time is a datetime in UTC.
    """
    columns = schema(study, table)
    quotes = quotes_of(study) if _quoted(table, columns) else None
    converters = [conversion(field.type) for field in columns]
    for batch in batches(study.file(table), _ROWS):
        found = list(batch.columns)
        if quotes is not None:
            found.append(pa.array([quotes.get(tp_id) for tp_id in batch["tp_id"].to_pylist()], pa.string()))
        yield list(zip(*(_converted(values(c), f) for c, f in zip(found, converters, strict=True)), strict=True))


def made(study: Study, name: str, conversion: Conversion) -> tuple[list[str], list[list[tuple[Any, ...]]]]:
    """The columns and the rows, as `rows` gives them, of one of `MADE`; StudyError if the study lacks its table."""
    needs, asked = MADE[name]
    study.file(needs)
    table = study.sql(asked)
    converters = [conversion(field.type) for field in table.schema]
    blocks = [table.slice(at, _ROWS) for at in range(0, len(table), _ROWS)]
    return table.column_names, [
        list(zip(*(_converted(values(c), f) for c, f in zip(block.columns, converters, strict=True)), strict=True))
        for block in blocks
    ]


def is_text(kind: pa.DataType) -> bool:
    """Whether the values of a column are strings."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_bytes(kind: pa.DataType) -> bool:
    """Whether the values of a column are bytes."""
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _converted(values: list[Any], convert: Callable[[Any], Any] | None) -> list[Any]:
    return values if convert is None else [None if v is None else convert(v) for v in values]
