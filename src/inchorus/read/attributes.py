"""What is declared of sources (party, owner, country), from a table of them into columns of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read.options import ReadOptions
from inchorus.read.table import read_table

KEY = "source"


def read_attributes(path: Path) -> pa.Table:
    """A table in any format that has a row for each source; InputError where it has no column source or repeats one.

    All columns of CSV are text, as those of documents are: `007` is not 7. What is empty is null.
    """
    where = Where(str(path))
    if not path.is_file():
        raise InputError(
            "there is no such file", where=where, fix="give a table keyed by source, such as CSV or Parquet"
        )
    table = read_table(path, ReadOptions())
    if KEY not in table.column_names:
        raise InputError("there is no column source", where=where, fix=nearest(KEY, table.column_names))
    key = pc.utf8_trim_whitespace(table[KEY].cast(pa.string()))  # as the sources of documents are
    table = table.set_column(table.column_names.index(KEY), KEY, key)
    for name, n in Counter(key.to_pylist()).items():
        if n > 1:
            raise InputError(f"the source {name!r} has two rows", where=where, fix="leave one row for each")
    return table


def with_attributes(documents: pa.Table, declared: pa.Table, note: Callable[[str], None]) -> pa.Table:
    """The documents with the columns of `declared`, each document with the values of its source.

    A source that has no row gets null, and `note` is told how many these are. UsageError where the documents have a
    column of that name, InputError where no source agrees.

    >>> documents = pa.table({"source": ["Courier", "Herald"], "text": ["a", "b"]})
    >>> declared = pa.table({"source": ["Courier"], "owner": ["North"]})
    >>> with_attributes(documents, declared, print)["owner"].to_pylist()
    1 of 2 sources are not among those declared
    ['North', None]
    """
    taken = set(documents.column_names)
    for name in declared.column_names:
        if name != KEY and name in taken:
            raise UsageError(f"the documents have a column {name!r} already", fix="rename it in --attributes")
    sources = pc.unique(documents[KEY])
    known = declared[KEY].cast(pa.string()).combine_chunks()
    missing = pc.sum(pc.invert(pc.is_in(sources, value_set=known))).as_py()
    if missing == len(sources):
        raise InputError("no source of the documents is declared", fix="check that the names agree with --attributes")
    if missing:
        note(f"{missing:,} of {len(sources):,} sources are not among those declared")
    rows = pc.index_in(documents[KEY], value_set=known)
    for name in sorted(set(declared.column_names) - {KEY}):
        documents = documents.append_column(name, declared[name].combine_chunks().take(rows.combine_chunks()))
    return documents
