"""Documents that a format's reader finds, one after another, as batches; what is none is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, TypeVar, cast

import numpy as np
import pyarrow as pa

from inchorus.errors import DamagedError, InputError, RowError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, BadRow, Batch, Kind, strings
from inchorus.read.compressed import on_disk
from inchorus.read.formats.format import MAPPED, Broken, Document, DocumentFormat, Found, Passed
from inchorus.read.inputs import Input
from inchorus.read.opened import AGAIN, Opened, opened, without_bom
from inchorus.read.options import ReadOptions
from inchorus.read.values import written_column

MOST_BYTES = 256 << 20  # of a file that is one document


class Tally(Protocol):
    """What a reader counts over all files of its format, which are said together."""

    def notes(self, where: str) -> Iterable[str]:
        """What the user should know; `where` names the file, or says how many there are."""
        ...


_T = TypeVar("_T", bound=Tally)


@dataclass
class File:
    """The file that a reader is given.

    `notes` are what the user should know of it, which the reader may add to; `tallies` are those of all files read
    together, and for each the files that it has counted in.
    """

    input: Input
    options: ReadOptions
    notes: list[str] = field(default_factory=list)
    tallies: dict[type[Any], tuple[Any, list[str]]] = field(default_factory=dict)
    consumed: int = 0
    _stream: Opened | None = None

    @property
    def name(self) -> str:
        """Its name, the same on every machine."""
        return self.input.name

    @property
    def cut(self) -> str | None:
        """What is wrong with a compressed file, where its bytes end for that, as far as it was read."""
        return None if self._stream is None else self._stream.cut

    @property
    def place(self) -> PurePosixPath:
        """Its path below the folder or in the archive that was given, or its base name."""
        return self.input.place

    def tally(self, kind: type[_T]) -> _T:
        """What is counted of this kind in all files that are read together."""
        made, names = self.tallies.setdefault(kind, (kind(), []))
        names.append(self.name)
        return cast("_T", made)

    def beside(self, name: str) -> File | None:
        """The file of that name in the same folder, on disk or in the same archive; None where there is none."""
        path = self.input.path
        # members of an archive are unpacked into a folder each
        found = path.parent.parent.glob(f"*/{name}") if self.input.archive is not None else [path.with_name(name)]
        other = next((one for one in found if one.is_file()), None)
        return None if other is None else File(replace(self.input, path=other), self.options)

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Its bytes, decompressed; whatever is wrong with them raises InputError.

        A compressed file that is cut short ends there, and `cut` says so.
        """
        with self._opened(None) as stream:
            yield stream.bytes

    @contextmanager
    def text(self, errors: str = "strict") -> Iterator[IO[str]]:
        """Its text, line ends as they are, without a byte order mark; what cannot be decoded raises InputError.

        A compressed file that is cut short ends there, and `cut` says so.
        """
        with self._opened(self.options.encoding) as stream:
            yield stream.text(self.options.encoding, newline="", errors=errors)

    def whole_text(self) -> str:
        """All of its text, as it is."""
        with self._opened(self.options.encoding, keep=False) as stream:
            # io.TextIOWrapper would need a second buffer; a document is read whole anyway
            data = stream.bytes.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise InputError(
                    f"a text of more than {MOST_BYTES >> 20} MB",
                    where=Where(self.name),
                    fix="a file is one document: cut it into those that it holds",
                )
            return data.decode(without_bom(self.options.encoding)).removeprefix("\ufeff")

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Its path; of a compressed file, that of what it holds."""
        with on_disk(self.input.path, self.name) as path:
            yield path
        self.consumed = self.input.size

    @contextmanager
    def _opened(self, encoding: str | None, keep: bool = True) -> Iterator[Opened]:
        with opened(self.input, encoding, keep) as self._stream:
            yield self._stream
            self.consumed = self._stream.position()


@dataclass
class _Pending:
    """What waits to become a batch."""

    values: list[dict[str, Any]] = field(default_factory=list)
    file: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    passed: Counter[tuple[int, str]] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    size: int = 0


def read_records(
    format: DocumentFormat, files: Sequence[Input], indices: Sequence[int], options: ReadOptions
) -> Iterator[Batch]:
    """Batches of the documents of several files of one format; `indices` become their `file_index`.

    Each thing that the reader yields is a row, counted from 1 in its file. A column that no document had so far is left
    out, save those that every document has.
    """
    seen = dict.fromkeys(MAPPED)
    waits = _Pending()
    done = 0
    tallies: dict[type[Any], tuple[Any, list[str]]] = {}
    for file, index in zip(files, indices, strict=True):
        given = File(file, options, tallies=tallies)
        broken = BadRows(file, index, options)
        for row, found in enumerate(_found(format, given), 1):
            if isinstance(found, Passed):
                waits.passed[index, found.reason] += 1
            elif isinstance(found, Broken):
                at = 0 if found.damage and row == 1 else row  # a file of which nothing is read has no rows
                broken.add(found.what, at, found.line, fix=found.fix, raw=found.raw, damage=found.damage)
                waits.bad += broken.taken()
            else:
                waits.size += _put(waits, found, index, row, seen, format.platform)
                if waits.size >= BATCH_BYTES or len(waits.row) >= BATCH_ROWS:
                    yield _batch(waits, seen, done + given.consumed)
                    waits = _Pending()
        done += file.size
        waits.notes += given.notes
    for tally, names in tallies.values():
        waits.notes += tally.notes(names[0] if len(names) == 1 else f"{len(names):,} files")
    yield _batch(waits, seen, done)


def _found(format: DocumentFormat, file: File) -> Iterator[Found]:
    """What the format finds. A file that cannot be read, or not further, is damaged; so is one of which all is broken.

    What holds for its rows alone, such as bytes that are no text, is raised where bad rows are no longer skipped.
    """
    only: Broken | None = None
    n = 0
    try:
        for n, found in enumerate(format.read(file), 1):
            if only is not None:
                yield only
                only = None
            if n == 1 and isinstance(found, Broken):
                only = found
            else:
                yield found
    except InputError as e:
        of_a_row = isinstance(e, RowError) or (n > 0 and not isinstance(e, DamagedError))
        if of_a_row and not file.options.skips:
            raise
        if only is not None:
            yield only
        yield Broken(e.what, e.fix, line=e.where.line if e.where is not None else None, damage=True)
    else:
        if only is not None:
            yield only._replace(damage=True)
        if file.cut is not None and not (only is not None and only.damage):
            yield Broken(file.cut, AGAIN, damage=True)


def _put(waits: _Pending, found: Document, index: int, row: int, seen: dict[str, None], platform: str) -> int:
    values = {name: value for name, value in found.values.items() if value is not None and value != []}
    if platform:
        values.setdefault("platform", platform)
    seen.update(dict.fromkeys(values))
    waits.values.append(values)
    waits.file.append(index)
    waits.row.append(row)
    waits.line.append(found.line or 0)
    return sum(len(value) for value in values.values() if isinstance(value, str))


def _batch(waits: _Pending, names: dict[str, None], position: int) -> Batch:
    columns: dict[str, pa.Array] = {}
    kinds: dict[str, set[Kind]] = {}
    replaced = 0
    for name in names:
        values, kinds[name] = written_column([v.get(name) for v in waits.values])
        columns[name], n = strings(values)
        replaced += n
    return Batch(
        columns=columns,
        file_index=np.array(waits.file, np.int32),
        row=np.array(waits.row, np.int64),
        line=np.array(waits.line, np.int64),
        position=position,
        settled=False,
        kinds=kinds,
        replaced=replaced,
        bad=tuple(waits.bad),
        passed=dict(waits.passed),
        notes=tuple(waits.notes),
    )
