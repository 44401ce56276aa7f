"""CSV: one record a row, a header with the names of the columns; every value is text, an empty one null."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch, rows_from, strings
from inchorus.read.inputs import Input, ending
from inchorus.read.opened import Opened, opened
from inchorus.read.options import ReadOptions

FIELD_LIMIT = 64 << 20
_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16


def read_csv(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a CSV file; `index` becomes their `file_index`.

    The delimiter is a tab where the name ends in .tsv, else whichever of , ; tab and | gives the header
    that is asked for. Raises InputError where the file is empty, a row has more or fewer fields than the
    header, a quotation mark is not closed, or a field is longer than 64 MB.
    """
    delimiter = "\t" if ending(file.path) == "tsv" else _delimiter(file, options)
    with opened(file, options.encoding) as stream:
        limit = csv.field_size_limit(FIELD_LIMIT)
        try:
            yield from _batches(file, index, stream, delimiter, options.encoding)
        finally:
            csv.field_size_limit(limit)


def _batches(file: Input, index: int, stream: Opened, delimiter: str, encoding: str) -> Iterator[Batch]:
    reader = csv.reader(stream.text(encoding, newline=""), delimiter=delimiter, strict=True)
    names: list[str] | None = None
    rows: list[list[str]] = []
    done = size = 0
    try:
        for row in reader:
            if names is None:
                names = _names(file, row) if row else None
                continue
            if not row:
                continue
            if len(row) != len(names):
                raise _ragged(file, done + len(rows) + 1, len(row), len(names))
            rows.append(row)
            size += sum(map(len, row))
            if size >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
                yield _batch(names, rows, index, done, stream.position())
                done += len(rows)
                rows, size = [], 0
    except csv.Error as e:
        raise _broken(file, done + len(rows) + 1, e) from e
    if names is None:
        raise InputError("the file is empty", where=Where(file.name), fix="export it again")
    yield _batch(names, rows, index, done, stream.position())


def _batch(names: list[str], rows: list[list[str]], index: int, done: int, position: int) -> Batch:
    columns: dict[str, pa.Array] = {}
    replaced = 0
    by_column = zip(*rows, strict=True) if rows else ([] for _ in names)
    for name, values in zip(names, by_column, strict=True):
        columns[name], n = strings([v or None for v in values])
        replaced += n
    return Batch(
        columns=columns,
        file_index=np.full(len(rows), index, np.int32),
        row=rows_from(done + 1, len(rows)),
        position=position,
        kinds={name: {pa.string()} for name in names},
        replaced=replaced,
    )


def _names(file: Input, header: list[str]) -> list[str]:
    names = [name.strip() or f"column_{i}" for i, name in enumerate(header, 1)]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise InputError(
            f"the header names {twice[0]!r} more than once", where=Where(file.name), fix="rename one of them"
        )
    return names


def _delimiter(file: Input, options: ReadOptions) -> str:
    with opened(file, options.encoding) as stream:
        sample = stream.text(options.encoding, newline="").read(_SAMPLE)
    wanted = {
        options.id or "id",
        options.source or "source",
        options.time or "time",
        options.text or "text",
    }

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return (0, 0)
        return (len(wanted & {name.strip() for name in header}), len(header))

    return max(_DELIMITERS, key=fit)


def _ragged(file: Input, row: int, found: int, expected: int) -> InputError:
    return InputError(
        f"{found} fields where the header has {expected}",
        where=Where(file.name, row),
        fix="put fields that hold the delimiter, a quotation mark or a line end in quotation marks",
    )


def _broken(file: Input, row: int, error: csv.Error) -> InputError:
    if "field larger" in str(error):
        return InputError(
            f"a field is longer than {FIELD_LIMIT >> 20} MB",
            where=Where(file.name, row),
            fix="look for a quotation mark that is not closed, or give the texts as Parquet or as a folder",
        )
    what = "a quotation mark is not closed" if "unexpected end" in str(error) else f"broken CSV ({error})"
    return InputError(what, where=Where(file.name, row), fix="a quotation mark inside a quoted field is written twice")
