"""Documents read, or looked at, from Python."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Never

from inchorus.api.given import AnyPath, Documents, inputs_of, none_wrong, own_errors, said
from inchorus.options import path_of
from inchorus.read import ReadOptions

if TYPE_CHECKING:
    from inchorus.read.from_python import Reading
    from inchorus.read.look import Looked

READ = {f.name for f in fields(ReadOptions)}


def read_documents(
    documents: Documents,
    out: AnyPath | None = None,
    *,
    id: str | None = None,
    source: str | None = None,
    time: str | None = None,
    text: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    bad_times: str | None = None,
    bad_rows: str | None = None,
    list_separator: str | None = None,
    time_format: str | None = None,
    timezone: str | None = None,
    same_source: AnyPath | None = None,
    namespace: str | None = None,
    **wrong: Never,
) -> Reading:
    """Read documents as `inchorus read` does, and write them to the Parquet file `out`.

    `documents` and the options that say what the input looks like are those of `find`. Without `out` the file is in a
    temporary folder that goes when the Reading does. Raises as `find` does.

    >>> read = read_documents([{"source": "Herald", "text": "Rain."}, {"source": "Courier", "text": ""}])
    >>> read.arrow()["source"].to_pylist(), read.account[0]["left_out"]
    (['Herald'], {'without text': 1})
    """
    options = said(locals(), "documents", "out")
    from inchorus.read.from_python import options_of, read

    with own_errors():
        none_wrong(options, READ)
        inputs, files = inputs_of(documents)
        return read(inputs, None if out is None else path_of(out, "out"), options_of(options, files))


def look(
    documents: Documents,
    *,
    id: str | None = None,
    source: str | None = None,
    time: str | None = None,
    text: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    bad_times: str | None = None,
    bad_rows: str | None = None,
    list_separator: str | None = None,
    time_format: str | None = None,
    timezone: str | None = None,
    same_source: AnyPath | None = None,
    namespace: str | None = None,
    **wrong: Never,
) -> Looked:
    """Look at the beginning of documents as `inchorus find --columns` does; nothing else is read.

    >>> (seen,) = look([{"outlet": "Herald", "text": "Rain."}], source="outlet").looks
    >>> [(column.name, column.becomes) for column in seen.columns]
    [('outlet', 'source'), ('text', 'text')]
    """
    options = said(locals(), "documents")
    from inchorus.read.from_python import first_look, options_of

    with own_errors():
        none_wrong(options, READ)
        inputs, files = inputs_of(documents)
        return first_look(inputs, options_of(options, files))
