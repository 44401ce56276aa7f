"""The whole of reading: every input file to one table of documents on disk, in canonical order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.engine.executor import Executor
from inchorus.errors import InchorusError, InputError, UsageError, Where
from inchorus.progress import Progress
from inchorus.read.account import WITHOUT_TEXT, Accounted, account
from inchorus.read.bad_rows import Skipped
from inchorus.read.columns import documents_schema
from inchorus.read.finding import find_inputs
from inchorus.read.formats import check_installed
from inchorus.read.ids import tell_apart
from inchorus.read.inputs import Held, Input
from inchorus.read.intake import Intake
from inchorus.read.named import named
from inchorus.read.options import ReadOptions, check_options
from inchorus.read.outlying_times import far_from_the_rest
from inchorus.read.places import Places
from inchorus.read.reading import InputFile, check_named, take_in
from inchorus.read.repeats import without_repeats
from inchorus.read.rounded import as_precise_as_they_are
from inchorus.read.rows import Rows, canonical_order, slices
from inchorus.read.same_source import read_same_sources
from inchorus.read.sources import Sources
from inchorus.read.spill import Spill, new_file
from inchorus.read.times import PRECISIONS
from inchorus.schema import NAMED, TIME

_WORKERS = 4  # that put documents in order, each with a slice of 32 MB of them
_KEPT_IN_MEMORY = ("doc_id", "source", "time", "time_precision")


@dataclass(frozen=True)
class Documents:
    """What was read.

    `table` is memory-mapped, in canonical order: by source, time (none last) and doc_id; its columns are those of
    `schema.DOCUMENTS` and `schema.NAMED`, then every further input column in the order of their names. `n_rows` rows
    were read; `n_empty` of them left out, as their text is empty or only white space, and those of `passed`, by reason,
    as they are no documents by their nature; `n_bad_times` times could not be read and are null. `account` has all of
    it for each format. `notes` are things that the user should know, `skipped` the rows that were left out as bad, in a
    file of `scratch`, and the files that could not be read; `read_as` says of every other file what it was taken for,
    and what of it became text, source and time.
    """

    table: pa.Table
    files: list[InputFile]
    n_rows: int
    n_empty: int
    passed: dict[str, int]
    account: list[Accounted]
    n_bad_times: int
    notes: list[str]
    skipped: Skipped
    read_as: list[str]


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
    scratch.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="members-", dir=scratch) as members,
        Spill(scratch) as spill,
        Skipped(scratch) as skipped,
    ):
        files, notes = find_inputs(inputs, options, Path(members))
        for file in files:
            check_installed(file.format, file.name)
        check_named(files, options)
        same = None if options.same_source is None else read_same_sources(options.same_source)
        sources = Sources(same, options.namespace)
        intake = Intake(Places([f.name for f in files]), spill, skipped, sources)
        taken = take_in(files, options, intake, progress)
        if not intake.collected.parts:
            raise _nothing(files, intake, skipped, taken.unfit)
        if sources.lacks_column:
            raise UsageError(f"no file has a column {options.namespace!r}", fix="name one that is there as --namespace")
        spill.seal()
        rows = intake.collected.all()
        schema = documents_schema(intake.kinds)
        of_texts = [column.name for column in NAMED if column.name not in intake.kinds]
        given = pa.schema([field for field in schema if field.name not in of_texts])
        rows = _with_ids_apart(rows, spill, given)
        rows, coarse = as_precise_as_they_are(rows)
        kept = without_repeats(rows, spill, given, intake.places, skipped if options.skips else None)
        order = canonical_order(rows, kept)
        table = _write(rows, order, spill, schema, of_texts, new_file(scratch, "documents-"), progress)
    read = taken.inputs(files, intake.file_rows)
    return Documents(
        table=table,
        files=read,
        n_rows=sum(f.rows for f in read),
        n_empty=_without_text(intake),
        passed=_passed(intake),
        account=account(
            files,
            intake.file_rows,
            np.bincount(rows.file_index[kept], minlength=len(files)),
            intake.left_out + skipped.by_file,
        ),
        n_bad_times=intake.times.n_bad,
        notes=sorted([*notes, *taken.left_out.values(), *taken.changed])
        + intake.notes(timeless=not rows.times.precision.any())
        + far_from_the_rest(rows.times)
        + coarse
        + skipped.lines(),
        skipped=skipped,
        read_as=taken.lines(),
    )


def _without_text(intake: Intake) -> int:
    return sum(n for (_, reason), n in intake.left_out.items() if reason == WITHOUT_TEXT)


def _passed(intake: Intake) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (_, reason), n in intake.left_out.items():
        if reason != WITHOUT_TEXT:
            found[reason] += n
    return dict(found)


def _nothing(files: list[Input], intake: Intake, skipped: Skipped, unfit: InchorusError | None) -> InchorusError:
    where = Where(files[0].name) if len(files) == 1 else None
    if (first := skipped.first) is not None:
        if skipped.n == skipped.n_damaged == 1:
            return first
        if skipped.n == skipped.n_damaged:
            return InputError(f"none of {skipped.n:,} files could be read: {first}")
        at = skipped.examples[0]
        return InputError(f"no row could be read, and {skipped.n:,} would be skipped: {at}", fix="mend what is wrong")
    if unfit is not None:
        return unfit
    if n := _without_text(intake):
        return InputError(f"all {n} texts are empty", where=where, fix="name the column of the texts with --text")
    if passed := _passed(intake):
        reasons = "; ".join(f"{n:,} {reason}" for reason, n in sorted(passed.items(), key=lambda of: (-of[1], of[0])))
        return InputError(f"there is no document in it: {reasons}", where=where, fix="give what has the texts")
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
    rows: Rows,
    order: npt.NDArray[np.int64],
    spill: Spill,
    schema: pa.Schema,
    of_texts: Sequence[str],
    path: Path,
    progress: Progress,
) -> pa.Table:
    """The documents as an uncompressed Arrow file at `path`, mapped; columns `of_texts` are found in the texts."""
    spilled = pa.schema([f for f in schema if f.name not in {*_KEPT_IN_MEMORY, *of_texts}])
    precisions = pa.array(PRECISIONS, pa.string())

    def made(part: npt.NDArray[np.int64]) -> pa.RecordBatch:
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
        columns |= named(columns["text"], of_texts)
        return pa.RecordBatch.from_arrays([columns[n] for n in schema.names], schema=schema)

    workers = min(os.cpu_count() or 1, _WORKERS)
    with (
        progress.stage("order", len(order), "documents") as advance,
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, schema) as writer,
    ):
        for batch in Executor(workers).map(made, slices(order, rows.size), each=1):
            writer.write_batch(batch)
            advance(batch.num_rows)
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
