"""CSV: one record a row, a header with the names of the columns; every value is text, an empty one null."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, BadRow, Batch, strings
from inchorus.read.csv_ahead import Ahead
from inchorus.read.csv_form import Form, form_of
from inchorus.read.inputs import Input
from inchorus.read.lines import Lines, TooLongError
from inchorus.read.opened import AGAIN, Opened, opened
from inchorus.read.options import ReadOptions

FIELD_LIMIT = 64 << 20
_LONGEST_TIME = 40
_LONGEST_SOURCE = 200
_IN_MARKS = "put fields that hold the delimiter, a quotation mark or a line end in quotation marks"
_OPEN = "a quotation mark is not closed"
_DOUBLED = "a quotation mark inside a quoted field is written twice"


class _Row(NamedTuple):
    fields: list[str]
    row: int
    line: int


def read_csv(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a CSV file; `index` becomes their `file_index`.

    A header that is repeated, where exports were joined, and lines above the header are left out and noted.
    Where the file is empty InputError is raised; where a row has more or fewer fields than the header, a quotation mark
    is not closed, or a field is longer than 64 MB, it is raised or the row is skipped, as `options.bad_rows` says.
    """
    form = form_of(file, options)
    bad = BadRows(file, index, options)
    with opened(file, options.encoding) as stream:
        limit = csv.field_size_limit(FIELD_LIMIT)
        try:
            yield from _batches(file, index, stream, form, options, bad)
        finally:
            csv.field_size_limit(limit)


def _batches(
    file: Input, index: int, stream: Opened, form: Form, options: ReadOptions, bad: BadRows
) -> Iterator[Batch]:
    ahead = Ahead(stream, options.encoding, bad.errors, FIELD_LIMIT)
    lines = Lines(ahead.text)
    names = header_of(file, lines, form, bad)
    done = 0
    for block in ahead.blocks(lines, names, form.delimiter) if not form.spaced else ():
        row = np.arange(done + 1, done + 1 + len(block.line), dtype=np.int64)
        yield _of(names, block.columns, index, row, lines.number + 1 + block.line, stream.position())
        done += len(block.line)
        lines.number += block.lines
    headers = 0
    rows: list[_Row] = []
    size = 0
    lines = Lines(ahead.text, lines.number) if done else lines
    for record in records_of(file, stream, lines, names, form, options, bad, done):
        if record is None:
            headers += 1
            continue
        rows.append(record)
        size += sum(map(len, record.fields))
        if size >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
            yield _batch(names, rows, index, stream.position(), bad.taken())
            rows, size = [], 0
    yield _batch(names, rows, index, stream.position(), bad.taken(), form.notes(file.name, headers))


def header_of(file: Input, lines: Lines, form: Form, bad: BadRows) -> list[str]:
    """The names of the columns, behind the lines above them; InputError where there are none."""
    for _ in range(form.above):
        next(lines, None)
    reader = csv.reader(lines, delimiter=form.delimiter, skipinitialspace=form.spaced, strict=True)
    try:
        header = next((row for row in reader if row), None)
    except (csv.Error, TooLongError) as e:
        raise InputError(f"the header is broken ({e})", where=Where(file.name), fix=_DOUBLED) from e
    if header is None:
        raise InputError("the file is empty", where=Where(file.name), fix="export it again")
    if bad.undecoded(lines.raw):
        # decoded strictly, it raises what says which encoding the file may have
        lines.raw.encode("utf-8", "surrogateescape").decode("utf-8")
    return _names(file, header)


def records_of(
    file: Input,
    stream: Opened,
    lines: Lines,
    names: list[str],
    form: Form,
    options: ReadOptions,
    bad: BadRows,
    done: int = 0,
) -> Iterator[_Row | None]:
    """Every record behind the `done` first; None for a header again.

    The one in which a compressed file is cut short is bad.
    """
    fits = _fitting(names, options)
    reader = csv.reader(lines, delimiter=form.delimiter, skipinitialspace=form.spaced, strict=True)
    while True:
        lines.begin()
        try:
            fields = next(reader)
        except StopIteration:
            if stream.cut is not None:
                bad.add(stream.cut, done + 1, lines.start, fix=AGAIN, raw="", damage=True)
            return
        except (csv.Error, TooLongError) as e:
            what, fix = _broken(e)
            torn = what == _OPEN
        else:
            torn = not lines.raw.endswith(("\n", "\r"))
            if not fields or _header_again(file, lines.start, fields, names):
                if fields:
                    yield None
                continue
            if len(fields) != len(names):
                what, fix = _ragged(done == 0, len(fields), len(names))
            elif why := bad.undecoded(lines.raw):
                what, fix = why, "mend the row"
            elif torn and stream.cut is not None:
                what, fix = stream.cut, AGAIN
            else:
                done += 1
                yield _Row(fields, done, lines.start)
                continue
        done += 1
        if lines.swallowed(form.delimiter, fits):
            lines.give_back()
        elif torn and stream.cut is not None:
            bad.add(stream.cut, done, lines.start, fix=AGAIN, raw=lines.raw, damage=True)
            return
        bad.add(what, done, lines.start, fix=fix, raw=lines.raw)


def _fitting(names: list[str], options: ReadOptions) -> Callable[[list[str]], bool]:
    """Whether fields, as far as one sees without reading them, are a record and no lines out of a text."""
    source, time = options.source or "source", options.time or "time"
    s = names.index(source) if source in names else None
    t = names.index(time) if time in names else None

    def fits(fields: list[str]) -> bool:
        if len(fields) != len(names):
            return False
        if s is not None and not 0 < len(fields[s].strip()) <= _LONGEST_SOURCE:
            return False
        return t is None or not fields[t] or (len(fields[t]) <= _LONGEST_TIME and any(c.isdigit() for c in fields[t]))

    return fits


def _header_again(file: Input, line: int, fields: list[str], names: list[str]) -> bool:
    if fields[-1].strip() not in names or sorted(stripped := [f.strip() for f in fields]) != sorted(names):
        return False
    if stripped != names:
        raise InputError(
            f"another header, with the columns in another order, in line {line}",
            where=Where(file.name),
            fix="these are two exports in one file: give each a file of its own",
        )
    return True


def _batch(
    names: list[str], rows: list[_Row], index: int, position: int, bad: tuple[BadRow, ...], notes: tuple[str, ...] = ()
) -> Batch:
    columns: list[pa.Array] = []
    replaced = 0
    by_column = zip(*(r.fields for r in rows), strict=True) if rows else ([] for _ in names)
    for values in by_column:
        array, n = strings([v or None for v in values])
        columns.append(array)
        replaced += n
    row, line = (np.array([getattr(r, name) for r in rows], np.int64) for name in ("row", "line"))
    made = _of(names, columns, index, row, line, position)
    return replace(made, replaced=replaced, bad=bad, notes=notes)


def _of(
    names: list[str],
    columns: list[pa.Array],
    index: int,
    row: npt.NDArray[np.int64],
    line: npt.NDArray[np.int64],
    position: int,
) -> Batch:
    return Batch(
        columns=dict(zip(names, columns, strict=True)),
        file_index=np.full(len(row), index, np.int32),
        row=row,
        line=line,
        position=position,
        kinds={name: {pa.string()} for name in names},
    )


def _names(file: Input, header: list[str]) -> list[str]:
    names = [name.strip() or f"column_{i}" for i, name in enumerate(header, 1)]
    twice = sorted(name for name, n in Counter(names).items() if n > 1)
    if twice:
        raise InputError(
            f"the header names {twice[0]!r} more than once", where=Where(file.name), fix="rename one of them"
        )
    return names


def _ragged(first: bool, found: int, expected: int) -> tuple[str, str]:
    what = f"{found} field{'s' * (found != 1)} where the header has {expected}"
    if first and found == expected + 1:
        return (
            what,
            f"if these are row names, as R writes them, write the table with row.names = FALSE, else {_IN_MARKS}",
        )
    return what, _IN_MARKS


def _broken(error: csv.Error | TooLongError) -> tuple[str, str]:
    if isinstance(error, TooLongError):
        return str(error), "look for line ends that are missing, or give the texts as Parquet or as a folder"
    if "field larger" in str(error):
        fix = "look for a quotation mark that is not closed, or give the texts as Parquet or as a folder"
        return f"a field is longer than {FIELD_LIMIT >> 20} MB", fix
    if "unexpected end" in str(error):
        return _OPEN, _DOUBLED
    return f"broken CSV ({error})", f"{_DOUBLED}, and never with a backslash before it"
