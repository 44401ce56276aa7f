"""Batches to documents: each row checked, its parts found, the rest sent to disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, Where
from inchorus.read.account import WITHOUT_TEXT
from inchorus.read.bad_rows import Skipped
from inchorus.read.batches import Batch, Kind, json_text
from inchorus.read.columns import COPIED, Mapping, check_columns, common_type, map_columns
from inchorus.read.ids import exact, hashed_ids
from inchorus.read.options import ReadOptions
from inchorus.read.places import Places
from inchorus.read.programs import check_no_programs
from inchorus.read.rows import Collected, Rows
from inchorus.read.sources import Sources
from inchorus.read.spill import Spill
from inchorus.read.timed import TimeColumn, Waiting, plain_value
from inchorus.read.times import Times

_Mask = npt.NDArray[np.bool_]
_SPACE, _ASCII = 0x20, 0x80
AS_GIVEN = "source_as_given"  # the column of the names, where sources have others


class _Parts(NamedTuple):
    source: pa.Array
    id: pa.Array | None
    bad: _Mask


class Intake:
    """Everything taken in so far, file after file: `begin`, `take` each batch, `end`.

    `kinds`: what each further column of the documents holds; `file_rows`: rows read of each file; `left_out`: how
    many of them are no documents, as they have no text or are none by their nature, by the file's index and the
    reason; `times`: how their times were read.
    """

    def __init__(self, places: Places, spill: Spill, skipped: Skipped, sources: Sources | None = None) -> None:
        self.places = places
        self.collected = Collected()
        self.kinds: dict[str, set[Kind]] = {}
        self.file_rows = np.zeros(len(places.names), np.int64)
        self.left_out: Counter[tuple[int, str]] = Counter()
        self.times = TimeColumn()
        self._spill = spill
        self._skipped = skipped
        self._notes: list[str] = []
        self._sources = sources or Sources()
        self._replaced = 0
        self._renamed: set[tuple[str, str]] = set()
        self._timeless: list[str] = []
        self.begin("", ReadOptions())

    def begin(self, file: str, options: ReadOptions) -> None:
        """Start with a file, or with all text files together."""
        self._file = file
        self._options = options
        self._columns: list[str] = []
        self.times.begin(file, options)
        self._first_without_id: Where | None = None

    def take(self, batch: Batch) -> None:
        """Take in a batch of the file."""
        if batch.part and batch.n_rows:
            self.places.begins(int(batch.file_index[0]), int(batch.row[0]), batch.part)
        self._notes += batch.notes
        for bad in batch.bad:
            self.file_rows[bad.file] += 1
            where = self.places.where(bad.file, bad.row, bad.line)
            self._skipped.add(bad.file, where, bad.reason, bad.raw, damage=bad.damage, fix=bad.fix)
        for (file, reason), n in batch.passed.items():
            self.file_rows[file] += n
            self.left_out[file, reason] += n
        self._columns = list(batch.columns)
        mapping = map_columns(self._columns, self._options, batch.settled)
        if batch.settled:
            check_columns(self._file, self._columns, self._options)
        self.file_rows += np.bincount(batch.file_index, minlength=len(self.places.names))
        self._replaced += batch.replaced
        for name, target in mapping.kept.items():
            self.kinds.setdefault(target, set()).update(batch.kinds.get(name, ()))
            if target != name:
                self._renamed.add((name, target))
        if mapping.text not in batch.columns:
            self._leave_empty(batch, np.zeros(batch.n_rows, np.bool_))
            return
        text = self._strings(batch, mapping.text)
        filled = ~(pc.fill_null(_blank(text), True).to_numpy(zero_copy_only=False))
        if not filled.all():
            text = pc.fill_null(text, "")
            filled |= self._reposts(batch, mapping)
            self._leave_empty(batch, filled)
            text, batch = text.filter(pa.array(filled)), _filtered(batch, filled)
        if batch.n_rows:
            self._keep(batch, mapping, text)

    def skip_file(self, file: int, error: InputError) -> None:
        """Count a file of which nothing can be read as one row that is left out."""
        self.file_rows[file] += 1
        where = error.where or Where(self.places.names[file])
        self._skipped.add(file, where, error.what, "", damage=True, fix=error.fix)

    def end(self) -> None:
        """The file has no further rows: what it never had is missing."""
        check_columns(self._file, self._columns, self._options)
        mapping = map_columns(self._columns, self._options, settled=False)
        if mapping.time is None:
            self._timeless.append(self._file)
        if mapping.id is not None and self._first_without_id is not None:
            raise _empty(replace(self._first_without_id, column=mapping.id), "id")
        self.times.end(self.collected.parts)

    def taken(self) -> str:
        """What of the file became text, source and time, by the names of its columns."""
        mapping = map_columns(self._columns, self._options, settled=False)
        time = "no time" if mapping.time is None else f"time from column {mapping.time!r}"
        return f"text from column {mapping.text!r}, source from column {mapping.source!r}, {time}"

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
        notes += self.times.notes()
        names = pa.chunked_array([r.source.dictionary for r in self.collected.parts], pa.large_string())
        notes += self._sources.notes(names)
        notes += sorted(self._notes)
        if self._replaced:
            notes.append(f"{self._replaced} broken characters (lone surrogates) were replaced by U+FFFD")
        return notes

    def _leave_empty(self, batch: Batch, filled: _Mask) -> None:
        for file, n in enumerate(np.bincount(batch.file_index[~filled]).tolist()):
            if n:
                self.left_out[file, WITHOUT_TEXT] += n

    def _keep(self, batch: Batch, mapping: Mapping, text: pa.Array) -> None:
        found = self._parts(batch, mapping)
        if found.bad.any():
            good = pa.array(~found.bad)
            batch, text = _filtered(batch, ~found.bad), text.filter(good)
            found = _Parts(found.source.filter(good), None if found.id is None else found.id.filter(good), found.bad)
        if not batch.n_rows:
            return
        given, source = self._sources.of(found.source, self._spaces(batch))
        times, waiting = self._times(batch, mapping)
        ids = hashed_ids(given, times, text) if found.id is None else found.id
        if found.id is None and self._first_without_id is None:
            self._first_without_id = self._where(batch, 0, None)
        if waiting is not None:
            self.times.keep(len(self.collected.parts), waiting, given, text, found.id is None)
        kept = {"text": text, **{mapping.kept[n]: batch.columns[n] for n in sorted(mapping.kept)}}
        if self._sources.renames:
            self.kinds[AS_GIVEN] = {pa.string()}
            kept[AS_GIVEN] = given
        arrays = list(kept.values())
        self._spill.append(pa.RecordBatch.from_arrays(arrays, list(kept)))
        self.collected.parts.append(
            Rows(
                id=ids,
                source=source.dictionary_encode(),
                times=times,
                file_index=batch.file_index,
                row=batch.row,
                line=np.zeros(batch.n_rows, np.int64) if batch.line is None else batch.line,
                size=sum((_sizes(a) for a in arrays), np.zeros(batch.n_rows, np.int64)),
                hashed=np.full(batch.n_rows, found.id is None),
                stated=self._stated(batch, mapping),
            )
        )

    def _spaces(self, batch: Batch) -> pa.Array | None:
        """What may stand before the names of the sources."""
        name = self._sources.column
        return self._strings(batch, name) if name in batch.columns else None

    def _reposts(self, batch: Batch, mapping: Mapping) -> _Mask:
        """Which rows say what they repost: these are documents without wording of their own."""
        if "repost_of" not in mapping.kept or batch.n_rows == 0:
            return np.zeros(batch.n_rows, np.bool_)
        blank = pc.fill_null(_blank(self._needed(batch, "repost_of", "repost_of")), True)
        return ~np.asarray(blank.to_numpy(zero_copy_only=False))

    def _parts(self, batch: Batch, mapping: Mapping) -> _Parts:
        """The sources and the ids; where one is missing, the row is bad, or InputError is raised."""
        source, ids, bad = self._needed(batch, mapping.source, "source"), None, np.zeros(batch.n_rows, np.bool_)
        if self._options.source is None:
            check_no_programs(self._file, source, batch.columns)
        wanted = [(mapping.source, "source", source)]
        if mapping.id is not None:
            ids = self._needed(batch, mapping.id, "id")
            wanted.append((mapping.id, "id", ids))
        for name, target in mapping.kept.items():
            if target == "repost_of":
                self._needed(batch, name, "repost_of")
        for name, part, array in wanted:
            lacking = pc.fill_null(_blank(array), True).to_numpy(zero_copy_only=False) & ~bad
            for i in np.flatnonzero(lacking).tolist():
                if not self._options.skips:
                    raise _empty(self._where(batch, i, name), part)
                raw = json_text({n: plain_value(a[i]) for n, a in batch.columns.items()})
                where = self._where(batch, i, name)
                self._skipped.add(int(batch.file_index[i]), where, f"the {part} is empty", raw)
            bad |= lacking
        return _Parts(source, ids, bad)

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
        """A column of names or ids as text; InputError where digits of them are lost."""
        if name not in batch.columns:
            check_columns(self._file, self._columns, self._options)
        array = batch.columns[name]
        array, lost = exact(
            array if pa.types.is_floating(array.type) else self._strings(batch, name),
            pa.float64() in batch.kinds.get(name, ()),
        )
        if lost.any():
            i = int(np.flatnonzero(lost)[0])
            raise InputError(
                f"the {part} {array[i].as_py()} went through a number that cannot hold all its digits, as those of "
                "spreadsheets and floating-point numbers: the last are lost, and two that differed may be equal now",
                where=self._where(batch, i, name),
                fix="read the column as text where the table is made (in pandas, dtype=str), and write it as text",
            )
        return array

    def _times(self, batch: Batch, mapping: Mapping) -> tuple[Times, Waiting | None]:
        if mapping.time is None or mapping.time not in batch.columns:
            n = batch.n_rows
            return Times(np.zeros(n, np.int64), np.zeros(n, np.int8), np.zeros(n, np.bool_)), None
        stated = None if mapping.precision is None else self._strings(batch, mapping.precision)
        return self.times.read(batch.columns[mapping.time], stated, lambda i: self._where(batch, i, mapping.time))

    def _stated(self, batch: Batch, mapping: Mapping) -> _Mask:
        if mapping.precision is None:
            return np.zeros(batch.n_rows, np.bool_)
        return np.asarray(pc.fill_null(pc.not_equal(self._strings(batch, mapping.precision), ""), False))

    def _where(self, batch: Batch, i: int, column: str | None) -> Where:
        line = None if batch.line is None else int(batch.line[i])
        return self.places.where(int(batch.file_index[i]), int(batch.row[i]), line, column)


def _blank(array: pa.Array) -> pa.Array:
    """Which values of a large_string array are empty or white space alone; null of null."""
    bounds = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
    found = bounds[1:] == bounds[:-1]
    if array.buffers()[2] is not None:
        data = np.frombuffer(array.buffers()[2], np.uint8)
        full = np.flatnonzero(~found)
        # most begin with a letter of ASCII, and need not be looked at as a whole
        first = data[bounds[full]]
        rows = full[(first <= _SPACE) | (first >= _ASCII)]
        found[rows] = pc.fill_null(pc.utf8_is_space(array.take(pa.array(rows))), True)
    return pc.if_else(array.is_valid(), pa.array(found), None)


def _filtered(batch: Batch, mask: _Mask) -> Batch:
    chosen = pa.array(mask)
    columns = {n: a.filter(chosen) for n, a in batch.columns.items()}
    line = None if batch.line is None else batch.line[mask]
    return replace(batch, columns=columns, file_index=batch.file_index[mask], row=batch.row[mask], line=line)


def _sizes(array: pa.Array) -> npt.NDArray[np.int64]:
    if pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type):
        return np.asarray(pc.fill_null(pc.binary_length(array), 0)).astype(np.int64)
    return np.full(len(array), array.nbytes // max(len(array), 1), np.int64)


def _empty(where: Where, part: str) -> InputError:
    return InputError(f"the {part} is empty", where=where, fix="give every row one, or skip this one: --bad-rows skip")
