"""Reading from Python, without finding anything: documents of exports, and a first look at them."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.engine.parquet import read_table
from inchorus.errors import UsageError
from inchorus.options import checked, path_of
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.read.inputs import Held
from inchorus.read.look import Looked, look
from inchorus.read.written import write_documents

OF_FILES = ("format", "encoding")


@dataclass(frozen=True, eq=False)
class Reading:
    """Documents that were read.

    `path` is the Parquet file, `account` says of every format how many rows there were, how many became documents and
    why the others did not, `notes` what one should know. Without `out` the file goes when this does.
    """

    path: Path
    account: list[dict[str, Any]]
    notes: list[str]

    def arrow(self) -> pa.Table:
        """The documents as a `pyarrow.Table`."""
        return read_table(self.path)

    def df(self) -> Any:
        """The documents as a pandas data frame, which needs pandas."""
        return self.arrow().to_pandas()

    def pl(self) -> Any:
        """The documents as a polars data frame, which needs polars."""
        import polars

        return polars.from_arrow(self.arrow())


def options_of(given: Mapping[str, Any], files: bool) -> ReadOptions:
    """The options of reading; UsageError for a value that is not known, and for one of `files` where there are none."""
    if not files:
        for name in OF_FILES:
            if name in given:
                raise UsageError(f"{name} is for files, and the documents are in memory", fix="leave it out")
    options = dict(given)
    if options.get("same_source") is not None:
        options["same_source"] = path_of(options["same_source"], "same_source")
    return ReadOptions(**checked(ReadOptions, options))


def read(inputs: list[Path | Held], out: Path | None, options: ReadOptions) -> Reading:
    """Read and write as `inchorus read` does; without `out` into a temporary folder that goes with what is returned."""
    place = None
    path = out
    if path is None:
        place = tempfile.TemporaryDirectory(prefix="inchorus-documents-")
        path = Path(place.name) / "documents.parquet"
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as scratch:
        documents = write_documents(inputs, path, options, Silent(), Path(scratch))
        made = Reading(path, [asdict(of) for of in documents.account], documents.notes)
    if place is not None:
        weakref.finalize(made, place.cleanup)
    return made


def first_look(inputs: list[Path | Held], options: ReadOptions) -> Looked:
    """Look as `inchorus find --columns` does."""
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as scratch:
        return look(inputs, options, Path(scratch))
