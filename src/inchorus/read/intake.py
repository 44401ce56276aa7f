"""Batches to documents: each row checked, its parts found, the rest sent to disk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, Where
from inchorus.read.batches import Batch, Kind
from inchorus.read.columns import COPIED, Mapping, check_columns, common_type, map_columns
from inchorus.read.ids import hashed_ids
from inchorus.read.options import ReadOptions
from inchorus.read.rows import Collected, Rows
from inchorus.read.spill import Spill
from inchorus.read.times import Times, coarsened, parse_times, why_bad

_Mask = npt.NDArray[np.bool_]


class Intake:
    """Everything taken in so far, file after file: `begin`, `take` each batch, `end`.

    `kinds`: what each further column of the documents holds; `file_rows`: rows read of each file.
    """

    def __init__(self, names: list[str], spill: Spill) -> None:
        self.names = names
        self.collected = Collected()
        self.kinds: dict[str, set[Kind]] = {}
        self.file_rows = np.zeros(len(names), np.int64)
        self.n_empty = self.n_bad_times = 0
        self._spill = spill
        self._replaced = 0
        self._renamed: set[tuple[str, str]] = set()
        self._timeless: list[str] = []
        self.begin("", ReadOptions())

    def begin(self, file: str, options: ReadOptions) -> None:
        """Start with a file, or with all text files together."""
        self._file = file
        self._options = options
        self._columns: list[str] = []
        self._first_without_id: int | None = None

    def take(self, batch: Batch) -> None:
        """Take in a batch of the file."""
        self._columns = list(batch.columns)
        mapping = map_columns(self._columns, self._options, batch.settled)
        if batch.settled:
            check_columns(self._file, self._columns, self._options)
        self.file_rows += np.bincount(batch.file_index, minlength=len(self.names))
        self._replaced += batch.replaced
        for name, target in mapping.kept.items():
            self.kinds.setdefault(target, set()).update(batch.kinds.get(name, ()))
            if target != name:
                self._renamed.add((name, target))
        if mapping.text not in batch.columns:
            self.n_empty += batch.n_rows
            return
        text = self._strings(batch, mapping.text)
        filled = ~(pc.fill_null(_blank(text), True).to_numpy(zero_copy_only=False))
        self.n_empty += int((~filled).sum())
        if not filled.all():
            text, batch = text.filter(pa.array(filled)), _filtered(batch, filled)
        if batch.n_rows:
            self._keep(batch, mapping, text)

    def end(self) -> None:
        """The file has no further rows: what it never had is missing."""
        check_columns(self._file, self._columns, self._options)
        mapping = map_columns(self._columns, self._options, settled=False)
        if mapping.time is None:
            self._timeless.append(self._file)
        if mapping.id is not None and self._first_without_id is not None:
            raise _empty(Where(self._file, self._first_without_id, mapping.id), "id")

    def notes(self, timeless: bool) -> list[str]:
        """What the user should know, in an order that is not the input's; `timeless`: no document has a time."""
        notes = []
        if timeless and not self._timeless:
            notes.append("no document has a time: nobody is called first")
        if self._timeless:
            files = ", ".join(self._timeless[:5]) + (" …" if len(self._timeless) > 5 else "")
            notes.append(f"no column 'time' in {files}: nobody is called first there; --time names another column")
        notes += [f"the input's column {a!r} is kept as {b!r}" for a, b in sorted(self._renamed)]
        mixed = sorted(
            n for n, k in self.kinds.items() if n not in COPIED and len(k) > 1 and common_type(k) == pa.string()
        )
        notes += [f"column {n!r} holds values of different types: they are kept as text" for n in mixed]
        if self._replaced:
            notes.append(f"{self._replaced} broken characters (lone surrogates) were replaced by U+FFFD")
        return notes

    def _keep(self, batch: Batch, mapping: Mapping, text: pa.Array) -> None:
        source = self._needed(batch, mapping.source, "source")
        times = self._times(batch, mapping)
        hashed = mapping.id is None
        if mapping.id is None:
            ids = hashed_ids(source, times, text)
            if self._first_without_id is None:
                self._first_without_id = int(batch.row[0])
        else:
            ids = self._needed(batch, mapping.id, "id")
        names = sorted(mapping.kept)
        arrays = [text, *(batch.columns[n] for n in names)]
        self._spill.append(pa.RecordBatch.from_arrays(arrays, ["text", *(mapping.kept[n] for n in names)]))
        self.collected.parts.append(
            Rows(
                id=ids,
                source=source.dictionary_encode(),
                times=times,
                file_index=batch.file_index,
                row=batch.row,
                size=sum((_sizes(a) for a in arrays), np.zeros(batch.n_rows, np.int64)),
                hashed=np.full(batch.n_rows, hashed),
            )
        )

    def _strings(self, batch: Batch, name: str) -> pa.Array:
        array = batch.columns[name]
        if pa.types.is_large_string(array.type):
            return array
        try:
            return pc.cast(array, pa.large_string())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as e:
            raise InputError(
                f"the column holds {array.type}, not text",
                where=Where(self._file, column=name),
                fix="name another column, or write it as text",
            ) from e

    def _needed(self, batch: Batch, name: str, part: str) -> pa.Array:
        """A column in which no value may be missing."""
        if name not in batch.columns:
            check_columns(self._file, self._columns, self._options)
        array = self._strings(batch, name)
        lacking = pc.fill_null(_blank(array), True).to_numpy(zero_copy_only=False)
        if lacking.any():
            raise _empty(self._where(batch, int(np.flatnonzero(lacking)[0]), name), part)
        return array

    def _times(self, batch: Batch, mapping: Mapping) -> Times:
        if mapping.time is None or mapping.time not in batch.columns:
            n = batch.n_rows
            return Times(np.zeros(n, np.int64), np.zeros(n, np.int8), np.zeros(n, np.bool_))
        array = batch.columns[mapping.time]
        times = parse_times(array)
        if times.bad.any():
            if self._options.bad_times == "error":
                row = int(np.flatnonzero(times.bad)[0])
                raise InputError(
                    why_bad(_value(array[row])),
                    where=self._where(batch, row, mapping.time),
                    fix="write times as 2024-05-01 or 2024-05-01T12:30:05Z, "
                    "or go on without those that cannot be read: --bad-times null",
                )
            self.n_bad_times += int(times.bad.sum())
        if mapping.precision is None:
            return times
        typed = not pa.types.is_large_string(array.type)
        times, wrong = coarsened(times, self._strings(batch, mapping.precision), typed)
        if wrong is not None:
            raise InputError(
                f"{batch.columns[mapping.precision][wrong].as_py()!r} is no precision of a time",
                where=self._where(batch, wrong, mapping.precision),
                fix="it is second, minute, day or nothing; rename the column if it is something else",
            )
        return times

    def _where(self, batch: Batch, i: int, column: str) -> Where:
        return Where(self.names[int(batch.file_index[i])], int(batch.row[i]), column)


def _blank(array: pa.Array) -> pa.Array:
    return pc.or_(pc.equal(pc.binary_length(array), 0), pc.utf8_is_space(array))


def _filtered(batch: Batch, mask: _Mask) -> Batch:
    chosen = pa.array(mask)
    columns = {n: a.filter(chosen) for n, a in batch.columns.items()}
    return Batch(columns, batch.file_index[mask], batch.row[mask], batch.position, batch.settled, batch.kinds, 0)


def _sizes(array: pa.Array) -> npt.NDArray[np.int64]:
    if pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type):
        return np.asarray(pc.fill_null(pc.binary_length(array), 0)).astype(np.int64)
    return np.full(len(array), array.nbytes // max(len(array), 1), np.int64)


def _empty(where: Where, part: str) -> InputError:
    return InputError(f"the {part} is empty", where=where, fix=f"give every row a {part}, or leave the row out")


def _value(scalar: pa.Scalar) -> object:
    """The value; of a time beyond Python's years the number that it is stored as."""
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return scalar.cast(pa.int64()).as_py()
