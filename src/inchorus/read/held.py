"""Documents that Python holds, a table or rows, read as files are and without one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator

import pyarrow as pa

from inchorus.errors import InputError
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_ROWS, Batch
from inchorus.read.inputs import Input
from inchorus.read.json_records import Record
from inchorus.read.jsonl import record_batches
from inchorus.read.options import ReadOptions
from inchorus.read.parquet import table_batches


class HeldTable:
    """A table of plain columns (see `parquet.plain_type`); `sha256` hashes what was read of it so far."""

    name = "documents"

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._hash = hashlib.sha256()

    def batches(self, file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
        """Its rows."""
        # in pieces of one size, so that the hash does not depend on how the table is cut
        table = self._table.combine_chunks()
        self._hash.update(table.schema.serialize())
        for batch in table.to_batches(BATCH_ROWS):
            self._hash.update(batch.serialize())
        try:
            yield from table_batches(file, index, options, table)
        except pa.ArrowException as error:
            what = str(error).splitlines()[0]
            raise InputError(f"the table cannot be read ({what})", fix="give its columns as text") from error

    def sha256(self) -> str:
        """SHA-256 of the rows, in Arrow's format, in hexadecimal."""
        return self._hash.hexdigest()


class HeldRows:
    """Rows as lines of JSON, made one by one while they are read; `sha256` hashes them.

    `lines` is told which columns are read as text.
    """

    name = "documents"

    def __init__(self, lines: Callable[[Collection[str]], Iterator[str]]) -> None:
        self._lines = lines
        self._hash = hashlib.sha256()

    def batches(self, file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
        """Its rows."""
        return record_batches(
            file, index, options, self._records(_of_text(options)), BadRows(file, index, options), lambda: 0
        )

    def sha256(self) -> str:
        """SHA-256 of the lines, in hexadecimal."""
        return self._hash.hexdigest()

    def _records(self, texts: Collection[str]) -> Iterator[Record]:
        size = 0
        for row, line in enumerate(self._lines(texts), 1):
            self._hash.update(f"{line}\n".encode())
            size += len(line)
            yield Record(json.loads(line), row, 0, size)


def _of_text(options: ReadOptions) -> Collection[str]:
    named = (options.id or "id", "doc_id", options.source or "source", options.text or "text", options.namespace)
    return {name for name in named if name}


def read_held(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of what Python holds; `index` becomes their `file_index`."""
    assert isinstance(file.held, HeldTable | HeldRows)
    return file.held.batches(file, index, options)
