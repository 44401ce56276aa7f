"""The whole of reading: every input file to one table of documents on disk, in canonical order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.errors import InputError, UsageError, Where
from inchorus.progress import Progress
from inchorus.read.bad_rows import Skipped
from inchorus.read.batches import Batch
from inchorus.read.columns import documents_schema
from inchorus.read.far import far_from_the_rest
from inchorus.read.formats import DocumentFormat, TableFormat, check_installed
from inchorus.read.formats.format import MAPPED
from inchorus.read.ids import tell_apart
from inchorus.read.inputs import Held, Input, find_inputs
from inchorus.read.intake import Intake
from inchorus.read.opened import sha256, table_batches
from inchorus.read.options import ReadOptions, check_options
from inchorus.read.places import Places
from inchorus.read.records import read_records
from inchorus.read.repeats import without_repeats
from inchorus.read.rounded import as_precise_as_they_are
from inchorus.read.rows import Rows, canonical_order, slices
from inchorus.read.spill import Spill, new_file
from inchorus.read.times import PRECISIONS
from inchorus.schema import TIME

_KEPT_IN_MEMORY = ("doc_id", "source", "time", "time_precision")


@dataclass(frozen=True)
class InputFile:
    """A file that was read: its name (the same on every machine), SHA-256 in hexadecimal, count of rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Documents:
    """What was read.

    `table` is memory-mapped, in canonical order: by source, time (none last) and doc_id; its columns are
    those of `schema.DOCUMENTS`, then every further input column in the order of their names. `n_rows`
    rows were read; `n_empty` of them left out, as their text is empty or only white space, and those of `passed`, by
    reason, as they are no documents by their nature; `n_bad_times` times could not be read and are null. `notes` are
    things that the user should know, `skipped` the rows that were left out as bad, in a file of `scratch`.
    """

    table: pa.Table
    files: list[InputFile]
    n_rows: int
    n_empty: int
    passed: dict[str, int]
    n_bad_times: int
    notes: list[str]
    skipped: Skipped


def read_documents(inputs: Sequence[Path | Held], options: ReadOptions, scratch: Path, progress: Progress) -> Documents:
    r"""Read files and folders, or what Python holds, into one table of documents in the folder `scratch`.

    The result does not depend on the order of the inputs or of their rows. Memory holds some 200 bytes a
    document (its id, source and time) and a batch of rows, whatever the length of the texts. Raises
    InputError, with file, row and column, for what cannot be read, UsageError for options that do not fit.

    >>> import tempfile
    >>> from inchorus.progress import Silent
    >>> folder = Path(tempfile.mkdtemp())
    >>> file = folder / "posts.csv"
    >>> _ = file.write_text("source,time,text\nB,2024-05-02,Rain again\nA,2024-05-01,Rain at last\n")
    >>> documents = read_documents([file], ReadOptions(), folder / "scratch", Silent())
    >>> documents.table.column("source").to_pylist()
    ['A', 'B']
    """
    check_options(options)
    files, notes = find_inputs(inputs, options)
    for file in files:
        check_installed(file.format, file.name)
    _check_named(files, options)
    scratch.mkdir(parents=True, exist_ok=True)
    with Spill(scratch) as spill, Skipped(scratch) as skipped:
        intake = Intake(Places([f.name for f in files]), spill, skipped)
        hashes = _read(files, options, intake, progress)
        if not intake.collected.parts:
            raise _nothing(files, intake, skipped)
        spill.seal()
        rows = intake.collected.all()
        schema = documents_schema(intake.kinds)
        rows = _with_ids_apart(rows, spill, schema)
        rows, coarse = as_precise_as_they_are(rows)
        kept = without_repeats(rows, spill, schema, intake.places, skipped if options.skips else None)
        order = canonical_order(rows, kept)
        table = _write(rows, order, spill, schema, new_file(scratch, "documents-"), progress)
    read = [InputFile(f.name, digest, int(n)) for f, digest, n in zip(files, hashes, intake.file_rows, strict=True)]
    return Documents(
        table=table,
        files=read,
        n_rows=sum(f.rows for f in read),
        n_empty=intake.n_empty,
        passed=dict(intake.passed),
        n_bad_times=intake.times.n_bad,
        notes=sorted(notes)
        + intake.notes(timeless=not rows.times.precision.any())
        + far_from_the_rest(rows.times)
        + coarse,
        skipped=skipped,
    )


def _read(files: list[Input], options: ReadOptions, intake: Intake, progress: Progress) -> list[str]:
    """Take in every file; the SHA-256 of each, found meanwhile."""
    total = sum(f.size for f in files)
    pool = ThreadPoolExecutor(1)
    try:
        hashes: list[Future[str] | None] = [None if f.held else pool.submit(sha256, f.path) for f in files]
        with progress.stage("read", total, "B") as advance:
            for name, its_options, batches in _readers(files, options):
                intake.begin(name, its_options)
                position = 0
                for batch in _ahead(batches):
                    intake.take(batch)
                    advance(batch.position - position)
                    position = batch.position
                intake.end()
        return [f.held.sha256() if f.held else h.result() if h else "" for f, h in zip(files, hashes, strict=True)]
    finally:
        pool.shutdown(cancel_futures=True)


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches, each read while the one before is taken in."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch


def _readers(files: list[Input], options: ReadOptions) -> Iterator[tuple[str, ReadOptions, Iterator[Batch]]]:
    """What is read together, its name, and what the options say of it: files of one format that names its columns."""
    together: dict[DocumentFormat, list[int]] = {}
    for i, file in enumerate(files):
        if isinstance(file.format, DocumentFormat):
            together.setdefault(file.format, []).append(i)
    for format, indices in together.items():
        own = _own(format, options)
        yield f"{format.name} files", own, read_records(format, [files[i] for i in indices], indices, own)
    for i, file in enumerate(files):
        if isinstance(file.format, TableFormat):
            yield file.name, options, table_batches(file, i, options)


def _own(format: DocumentFormat, options: ReadOptions) -> ReadOptions:
    """The options for a format that names its columns; the user may name another of them, and those of other files."""
    kept: dict[str, Any] = {"time_format": None}
    for part in MAPPED:
        name = getattr(options, part)
        kept[part] = name if name in format.columns and name != part else None
    return replace(options, **kept)


def _check_named(files: list[Input], options: ReadOptions) -> None:
    """UsageError where a column is named and no file can have it."""
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


def _nothing(files: list[Input], intake: Intake, skipped: Skipped) -> InputError:
    where = Where(files[0].name) if len(files) == 1 else None
    if skipped.n:
        return InputError(
            f"no row could be read, and {skipped.n} would be skipped: {skipped.examples[0]}", fix="mend what is wrong"
        )
    if intake.n_empty:
        return InputError(
            f"all {intake.n_empty} texts are empty", where=where, fix="name the column of the texts with --text"
        )
    return InputError("the input holds no rows", where=where, fix="export it again")


def _with_ids_apart(rows: Rows, spill: Spill, schema: pa.Schema) -> Rows:
    if not rows.hashed.any():
        return rows
    others = pa.schema([f for f in schema if f.name not in {*_KEPT_IN_MEMORY, "text"}])

    def digests(which: npt.NDArray[np.int64]) -> list[bytes]:
        found: list[bytes] = []
        for part in slices(which, rows.size):
            columns = [c.to_pylist() for c in spill.gather(part, others).columns]
            found += [blake2b(repr(v).encode(), digest_size=8).hexdigest().encode() for v in zip(*columns, strict=True)]
        return found

    ids = tell_apart(rows.id, rows.hashed, digests)
    return replace(rows, id=ids)


def _write(
    rows: Rows, order: npt.NDArray[np.int64], spill: Spill, schema: pa.Schema, path: Path, progress: Progress
) -> pa.Table:
    """The documents as an uncompressed Arrow file at `path`, mapped."""
    spilled = pa.schema([f for f in schema if f.name not in _KEPT_IN_MEMORY])
    precisions = pa.array(PRECISIONS, pa.string())
    with (
        progress.stage("order", len(order), "documents") as advance,
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, schema) as writer,
    ):
        for part in slices(order, rows.size):
            at = pa.array(part)
            precision = rows.times.precision[part]
            columns = {
                "doc_id": rows.id.take(at).cast(pa.string()),
                "source": rows.source.take(at).dictionary_decode().cast(pa.string()),
                "time": pa.array(rows.times.micros[part], mask=precision == 0).cast(TIME),
                "time_precision": precisions.take(pa.array(precision)),
            }
            gathered = spill.gather(part, spilled)
            columns |= dict(zip(spilled.names, gathered.columns, strict=True))
            writer.write_batch(pa.RecordBatch.from_arrays([columns[n] for n in schema.names], schema=schema))
            advance(len(part))
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
