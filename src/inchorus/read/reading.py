"""Every file read into the intake, by the format that each has; which were read as what, and which were left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inchorus.engine.executor import ahead, aside
from inchorus.errors import DamagedError, InchorusError, InputError, NoColumnError, RowError, UsageError
from inchorus.progress import Progress
from inchorus.read.batches import BadRow, Batch
from inchorus.read.columns import check_columns
from inchorus.read.formats import DocumentFormat, TableFormat
from inchorus.read.formats.format import MAPPED
from inchorus.read.inputs import Input
from inchorus.read.intake import Intake
from inchorus.read.opened import sha256, table_batches
from inchorus.read.options import ReadOptions
from inchorus.read.orders import NAMES
from inchorus.read.records import read_records


@dataclass(frozen=True)
class InputFile:
    """A file that was given: its name (the same on every machine), SHA-256 in hexadecimal, count of rows read.

    The rows of an archive are those of all its members.
    """

    name: str
    sha256: str
    rows: int


@dataclass
class Taken:
    """What was made of the files: how each was read, which were left out, and which changed meanwhile.

    `unfit` is the error of the first that was left out as it is no table of documents.
    """

    hashes: dict[Path, str] = field(default_factory=dict)
    read_as: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    unfit: InchorusError | None = None

    def inputs(self, files: list[Input], rows: npt.NDArray[np.int64]) -> list[InputFile]:
        """The files that were given and read."""
        names: dict[Path, str] = {}
        counts: dict[Path, int] = {}
        for i, file in enumerate(files):
            if i not in self.left_out:
                names[file.given] = file.given_name
                counts[file.given] = counts.get(file.given, 0) + int(rows[i])
        return [InputFile(name, self.hashes[path], counts[path]) for path, name in names.items()]

    def leave(self, part: Part, error: InchorusError) -> None:
        """Leave out a table that is none of documents."""
        self.unfit = self.unfit or error
        self.left_out |= dict.fromkeys(part.indices, f"left out: {error}")

    def lines(self) -> list[str]:
        """How the files were read, a line for those that were read in the same way."""
        return [
            f"{names[0]}{f' and {len(names) - 1:,} more files' if len(names) > 1 else ''}: read as {how}"
            for how, names in sorted(self.read_as.items())
        ]


class Part(NamedTuple):
    """Files that are read together: their indices and format, what they are called, what the options say of them."""

    indices: list[int]
    format: DocumentFormat | TableFormat
    name: str
    options: ReadOptions
    batches: Iterator[Batch]


def take_in(files: list[Input], options: ReadOptions, intake: Intake, progress: Progress) -> Taken:
    """Take in every file, and hash it meanwhile.

    A table that was found in a folder or an archive, beside other files, and has no column of texts or of sources is
    left out. So is a file of which nothing can be read, and the rest of one that cannot be read further, as one row
    that is left out: only where nothing else is given that is an error.
    """
    taken = Taken()
    before = {file.given: _state(file.given) for file in files if file.held is None}
    with aside() as begin:
        on_disk = dict.fromkeys(file.given for file in files if file.held is None)
        hashes = {path: begin(_hash, path) for path in on_disk}
        with progress.stage("read", sum(f.size for f in files), "B") as advance:
            for i, file in enumerate(files):
                if file.error is not None:
                    intake.skip_file(i, file.error)
            for part in parts_of(files, options):
                beside = len(files) > 1 and all(files[i].found for i in part.indices)
                try:
                    first = next(part.batches, None)
                    if beside and first is not None:
                        _check_fit(part, first)
                except (NoColumnError, UsageError) as error:
                    if not beside:
                        raise
                    taken.leave(part, error)
                    continue
                except InputError as unread:
                    of_a_row = isinstance(unread, RowError) and not options.skips
                    if of_a_row or len(files) == 1 or files[part.indices[0]].held is not None:
                        raise
                    intake.skip_file(part.indices[0], unread)
                    continue
                intake.begin(part.name, part.options)
                position = 0
                for batch in ahead(chain([] if first is None else [first], part.batches)):
                    intake.take(batch)
                    advance(batch.position - position)
                    position = batch.position
                intake.end()
                takes = part.format.takes if isinstance(part.format, DocumentFormat) else intake.taken()
                names = [files[i].name for i in part.indices if files[i].held is None]
                if names:
                    how = f"{part.format.name}, {takes}" if takes else part.format.name
                    taken.read_as.setdefault(how, []).extend(names)
        taken.hashes = {path: digest() for path, digest in hashes.items()}
        taken.hashes |= {file.given: file.held.sha256() for file in files if file.held is not None}
    taken.changed = [
        f"{file.given_name} changed while it was read: what was read may be neither what was there nor what is there; "
        "copy it, and read the copy"
        for file in {file.given: file for file in files}.values()
        if file.held is None and _state(file.given) != before[file.given]
    ]
    return taken


def check_named(files: list[Input], options: ReadOptions) -> None:
    """UsageError where a column is named and no file can have it."""
    files = [file for file in files if file.error is None]
    if not all(isinstance(file.format, DocumentFormat) for file in files):
        return
    for part in MAPPED:
        name = getattr(options, part)
        columns = {c: None for file in files if isinstance(file.format, DocumentFormat) for c in file.format.columns}
        if not name or name in columns:
            continue
        kinds = " and ".join(sorted({file.format.name for file in files}))
        further = [c for c in columns if c not in MAPPED]
        raise UsageError(
            f"--{part} names a column, and {kinds} files have none"
            + (f" {name!r}; the columns are: {', '.join(columns)}" if further else ""),
            fix="leave it out" if further else "leave it out: folders name the sources, file names hold the times",
        )


def parts_of(files: list[Input], options: ReadOptions) -> Iterator[Part]:
    """The files of a format that names its columns together; every table by itself, behind them."""
    together: dict[DocumentFormat, list[int]] = {}
    for i, file in enumerate(files):
        if isinstance(file.format, DocumentFormat):
            together.setdefault(file.format, []).append(i)
    for format, indices in together.items():
        own = _own(format, options)
        batches = read_records(format, [files[i] for i in indices], indices, own)
        yield Part(indices, format, f"{format.name} files", own, batches)
    for i, file in enumerate(files):
        if isinstance(file.format, TableFormat):
            batches = table_batches(file, i, options)
            yield Part([i], file.format, file.name, options, _kept(batches, i, options.skips))


def _kept(batches: Iterator[Batch], index: int, skips: bool) -> Iterator[Batch]:
    """The batches of a file; where it cannot be read further, the rest is one row that is left out."""
    last = None
    try:
        for batch in batches:
            last = batch if batch.columns or last is None else last
            yield batch
    except InputError as error:
        if last is None or not (skips or isinstance(error, DamagedError)):
            raise
        row, line = (error.where.row, error.where.line) if error.where is not None else (None, None)
        what = f"{error.what}; nothing behind it was read"
        done = int(last.row[-1]) if row is None and last.n_rows else 0
        bad = BadRow(index, row or done + 1, line, what, "", True, error.fix)
        none = np.zeros(0, np.int64)
        yield replace(
            last,
            columns={name: array.slice(0, 0) for name, array in last.columns.items()},
            file_index=none.astype(np.int32),
            row=none,
            line=None,
            replaced=0,
            bad=(bad,),
            passed={},
            notes=(),
        )


def _hash(path: Path) -> str:
    """The SHA-256 of a file; nothing of one that is gone."""
    try:
        return sha256(path)
    except FileNotFoundError:
        return ""


def _state(path: Path) -> tuple[int, int] | None:
    """What shows that a file changed: its size and the time of its last change; None where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _check_fit(part: Part, first: Batch) -> None:
    """Raise where a table is none of documents, as its first rows show it."""
    if isinstance(part.format, TableFormat):
        check_columns(part.name, first.columns, part.options)


def _own(format: DocumentFormat, options: ReadOptions) -> ReadOptions:
    """The options for a format that names its columns; the user may name another of them, and those of other files."""
    # an order of day and month may be asked for; how all times are written is said of tables
    kept: dict[str, Any] = {"time_format": options.time_format if options.time_format in NAMES else None}
    for part in MAPPED:
        name = getattr(options, part)
        kept[part] = name if name in format.columns and name != part else None
    return replace(options, **kept)
