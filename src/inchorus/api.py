"""The same from Python as from the command line: `find` documents from anywhere, `open` a study."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from inchorus import flow
from inchorus.errors import Defect, InchorusError, UsageError, nearest
from inchorus.given import written
from inchorus.options import FindOptions, ShareOptions, checked, find_options, path_of, share_options
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
    with _own_errors():
        return _find(documents, out, options)


def open(path: AnyPath) -> Study:
    """The study in the folder `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return open_study(Path(path))


def version() -> str:
    """The version of the package that is installed."""
    return metadata.version("inchorus")


def _find(documents: Any, out: Any, options: dict[str, Any]) -> Study:
    read, settings, sharing = _split(options)
    target = None if out is None else path_of(out, "out")
    paths = _paths(documents)
    if paths is not None:
        return flow.find(paths, target, read, settings, Silent(), sharing)
    for name in _OF_FILES:
        if name in options:
            raise UsageError(f"{name} is for files, and the documents are in memory", fix="leave it out")
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as folder:
        return flow.find([written(documents, Path(folder))], target, read, settings, Silent(), sharing)


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
            files[name] = path_of(files[name], name)
    return ReadOptions(**checked(ReadOptions, read)), find_options(**settings), share_options(**sharing)


def _paths(documents: Any) -> list[Path] | None:
    """The paths that are meant; None where the documents themselves are given."""
    if isinstance(documents, str | os.PathLike):
        return [path_of(documents, "documents")]
    if isinstance(documents, list | tuple | set | frozenset) and all(
        isinstance(d, str | os.PathLike) for d in documents
    ):
        return [path_of(d, "documents") for d in documents]
    return None


@contextmanager
def _own_errors() -> Iterator[None]:
    """Nothing but errors of inchorus leaves, save what the machine lacks: memory, disk, a file that can be read."""
    try:
        yield
    except (InchorusError, MemoryError, OSError):
        raise
    except Exception as error:
        raise Defect(
            f"{type(error).__name__}: {error}", fix="this is a defect of inchorus: report it with what stands above"
        ) from error
