"""The same from Python as from the command line: `find` documents from anywhere, `open` a study."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from inchorus import flow
from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.options import FindOptions, ShareOptions, find_options, share_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.study import Study, open_study

_READ = {f.name for f in fields(ReadOptions)}
_FIND = {"preset", *(f.name for f in fields(FindOptions))}
_SHARE = {f.name for f in fields(ShareOptions)}
_OF_FILES = ("format", "encoding")


class ArrowStream(Protocol):
    """A table of pandas, Polars, PyArrow, DuckDB or whatever else speaks Arrow's C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


AnyPath = str | os.PathLike[str]
Documents = AnyPath | Iterable[AnyPath] | Iterable[Mapping[str, Any]] | ArrowStream


def find(documents: Documents, out: AnyPath | None = None, **options: Any) -> Study:
    """Find the wording that several sources share, as `inchorus find` does.

    `documents` is a path or several (files or folders), a table (pandas, Polars, PyArrow), or an
    iterable of dictionaries, a document each; it needs the columns `source` and `text`, and `time` to
    say who was first. `out` is the folder of the study; without it the study is in a temporary folder
    that goes when the Study does.

    `options` are the command's, with underscores: `id`, `source`, `time` and `text` name columns;
    `format`, `encoding`, `bad_times`, `time_format`, `timezone`, `bad_rows`, `list_separator`; `preset`,
    `min_sources`, `min_words`, `gram`, `min_similarity`, `within`, `pairs`, `threads`, `seed`; `attributes`, `objects`,
    `window`, `min_participation`, `coortweet`. Raises
    InputError where the documents cannot be worked on and UsageError where an option or `out` is wrong.

    >>> line = "nobody in this valley will pay for water twice"
    >>> texts = {"Herald": f"She said that {line}.", "Courier": f"Again: {line}!"}
    >>> study = find([{"outlet": name, "text": text} for name, text in texts.items()], source="outlet")
    >>> study.talking_points.arrow()["text"].to_pylist()
    ['nobody in this valley will pay for water twice']
    """
    read, settings, sharing = _split(options)
    target = None if out is None else Path(out)
    paths = _paths(documents)
    if paths is not None:
        return flow.find(paths, target, read, settings, Silent(), sharing)
    for name in _OF_FILES:
        if name in options:
            raise UsageError(f"{name} is for files, and the documents are in memory", fix="leave it out")
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as folder:
        return flow.find([_written(documents, Path(folder))], target, read, settings, Silent(), sharing)


def open(path: AnyPath) -> Study:
    """The study in the folder `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return open_study(Path(path))


def version() -> str:
    """The version of the package that is installed."""
    return metadata.version("inchorus")


def _split(options: Mapping[str, Any]) -> tuple[ReadOptions, FindOptions, ShareOptions]:
    for name in options:
        if name not in _READ | _FIND | _SHARE:
            known = sorted(_READ | _FIND | _SHARE)
            raise UsageError(f"no option {name!r}", fix=nearest(name, known) or f"there are {', '.join(known)}")
    read = {name: value for name, value in options.items() if name in _READ}
    settings = {name: value for name, value in options.items() if name in _FIND}
    sharing = {name: value for name, value in options.items() if name in _SHARE}
    for files, name in ((settings, "pairs"), (sharing, "attributes")):
        if files.get(name) is not None:
            files[name] = Path(files[name])
    return ReadOptions(**read), find_options(**settings), share_options(**sharing)


def _paths(documents: Any) -> list[Path] | None:
    """The paths that are meant; None where the documents themselves are given."""
    if isinstance(documents, str | os.PathLike):
        return [Path(documents)]
    if isinstance(documents, list | tuple | set | frozenset) and all(
        isinstance(d, str | os.PathLike) for d in documents
    ):
        return [Path(d) for d in documents]
    return None


def _written(documents: Any, folder: Path) -> Path:
    """The documents as a file in `folder`."""
    if hasattr(documents, "__arrow_c_stream__"):
        return _parquet(documents, folder / "documents.parquet")
    if isinstance(documents, Mapping | bytes) or not isinstance(documents, Iterable):
        raise UsageError(
            f"documents is a {type(documents).__name__}",
            fix="give a path, a table (pandas, Polars, PyArrow) or a list of dictionaries",
        )
    return _json_lines(documents, folder / "documents.jsonl")


def _parquet(documents: Any, path: Path) -> Path:
    reader = pa.RecordBatchReader.from_stream(documents)
    # pandas hands over the index of a table; one without a name says nothing of the documents.
    kept = [i for i, name in enumerate(reader.schema.names) if not name.startswith("__index_level_")]
    schema = pa.schema([_storable(reader.schema.field(i)) for i in kept])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            columns = [batch.column(i).cast(f.type) for i, f in zip(kept, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    return path


def _storable(field: pa.Field) -> pa.Field:
    if pa.types.is_string_view(field.type):
        return field.with_type(pa.large_string())
    return field


def _json_lines(rows: Iterable[Any], path: Path) -> Path:
    with path.open("w", encoding="ascii") as file:
        for i, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):
                raise UsageError(
                    f"document {i} is a {type(row).__name__}",
                    fix="give dictionaries, as in {'source': …, 'text': …}, or paths and nothing else",
                )
            try:
                file.write(json.dumps({str(k): _plain(v) for k, v in row.items()}, default=_as_json) + "\n")
            except (TypeError, ValueError) as error:
                raise InputError(
                    f"a value cannot be kept: {error}", where=Where(row=i), fix="give text or numbers"
                ) from error
    return path


def _plain(value: Any) -> Any:
    # Tables write what is missing as NaN or NaT, neither of which equals itself.
    return None if isinstance(value, float | datetime) and value != value else value  # noqa: PLR0124


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not text, a number or a time")
