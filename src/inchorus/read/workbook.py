"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): every sheet that has the columns, its cells as an export writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import pyarrow as pa

from inchorus.errors import DamagedError, InputError, Where
from inchorus.read import content
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch, rows_from, strings
from inchorus.read.child_process import BOUNDS, MEMORY, EndedError, RefusedError, said_of
from inchorus.read.columns import check_columns
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions

_ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_SAVE = "open it in a spreadsheet program and save it as CSV UTF-8, or as .xlsx"


@dataclass
class _Sheet:
    name: str
    hidden: bool
    names: list[str] = field(default_factory=list)
    wanted: bool = False

    def __str__(self) -> str:
        return f"{self.name!r}{' (hidden)' if self.hidden else ''}"


def read_workbook(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a workbook; `index` becomes their `file_index`.

    The first row of a sheet that holds anything is its header; sheets without the columns asked for are left out, and
    a note says which. All values are text, as in CSV: numbers with at most 15 digits, dates and times in ISO 8601.
    The workbook is opened by a process of its own, with bounded memory and time (see `child_process`). Raises
    InputError where it is no workbook, is damaged, has a password, needs more than that, or where no sheet has the
    columns.
    """
    _check(file)
    size = file.path.stat().st_size
    sheets: list[_Sheet] = []
    rows: list[tuple[int, list[str]]] = []
    done = held = 0
    with _messages(file) as messages:
        for message in messages:
            if "sheet" in message:
                if rows:
                    yield _batch(sheets[-1], rows, index, done)
                done, held, rows = done + len(rows), 0, []
                sheets.append(_Sheet(message["sheet"], message["hidden"]))
                continue
            sheet, cells = sheets[-1], message["cells"]
            if not sheet.names:
                sheet.names = _names(file, sheet, cells)
                sheet.wanted = _columns(options) <= set(sheet.names)
            elif sheet.wanted:
                rows.append((message["row"], cells))
                held += sum(map(len, cells))
                if held >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
                    yield _batch(sheet, rows, index, done)
                    done, held, rows = done + len(rows), 0, []
    if rows:
        yield _batch(sheets[-1], rows, index, done)
    _check_sheets(file, sheets, options)
    names = next(s.names for s in sheets if s.wanted)
    yield _batch(_Sheet("", False, names), [], index, 0, position=size, notes=(_said(file, sheets),))


def _columns(options: ReadOptions) -> set[str]:
    given = {n for n in (options.id, options.time) if n}
    return given | {options.source or "source", options.text or "text"}


def _names(file: Input, sheet: _Sheet, header: list[str]) -> list[str]:
    names = [name.strip() or f"column_{i}" for i, name in enumerate(header, 1)]
    twice = sorted(name for name, n in Counter(names).items() if n > 1)
    if twice:
        where = Where(f"{file.name}, sheet {sheet.name!r}")
        raise InputError(f"the header names {twice[0]!r} more than once", where=where, fix="rename one of them")
    return names


def _batch(
    sheet: _Sheet,
    rows: list[tuple[int, list[str]]],
    index: int,
    done: int,
    position: int = 0,
    notes: tuple[str, ...] = (),
) -> Batch:
    columns: dict[str, pa.Array] = {}
    by_column = zip(*(cells for _, cells in rows), strict=True) if rows else ([] for _ in sheet.names)
    for i, (name, values) in enumerate(zip(sheet.names, by_column, strict=True), 1):
        # a sheet is as wide as its widest row: a column without a name is one only where it holds something
        if name != f"column_{i}" or any(values):
            columns[name], _ = strings([v or None for v in values])
    return Batch(
        columns=columns,
        file_index=np.full(len(rows), index, np.int32),
        row=rows_from(done + 1, len(rows)),
        line=np.array([row for row, _ in rows], np.int64),
        position=position,
        kinds={name: {pa.string()} for name in columns},
        notes=notes,
        part=f"sheet {sheet.name!r}",
    )


def _check(file: Input) -> None:
    try:
        with file.path.open("rb") as f:
            head = f.read(1 << 12)
    except FileNotFoundError as e:
        raise missing(file.path) from e
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(file.name), fix="change its permissions") from e
    if head.startswith(_ARCHIVE):
        _check_unpacked(file)
        return
    if head.startswith(_COMPOUND):
        return
    what = content.binary(head) or content.markup(head)
    if what is not None:
        raise InputError(f"this is {what}, not a workbook", where=Where(file.name), fix=_SAVE)
    if not head.strip():
        raise InputError("the file is empty", where=Where(file.name), fix="save it again")
    raise InputError(
        "this is text, not a workbook", where=Where(file.name), fix=f"--format csv reads tables; or {_SAVE}"
    )


def _check_unpacked(file: Input) -> None:
    """Raise where the archive says that it unpacks to more than the memory: not every system bounds that itself."""
    try:
        with ZipFile(file.path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, NotImplementedError, ValueError):
        return  # the program that opens it says what is wrong
    if unpacked > MEMORY:
        raise _too_large(file)


def _too_large(file: Input) -> InputError:
    return DamagedError(
        f"the workbook cannot be opened with {BOUNDS}",
        where=Where(file.name),
        fix="save its sheets as CSV UTF-8",
    )


def _check_sheets(file: Input, sheets: list[_Sheet], options: ReadOptions) -> None:
    """Raise where no sheet has the columns, with those of the sheet that has most of them."""
    if any(sheet.wanted for sheet in sheets):
        return
    full = [sheet for sheet in sheets if sheet.names]
    if not full:
        raise InputError("the workbook holds no rows", where=Where(file.name), fix=_SAVE)
    nearest = max(full, key=lambda sheet: len(_columns(options) & set(sheet.names)))
    check_columns(f"{file.name}, sheet {nearest.name!r}", nearest.names, options)


def _said(file: Input, sheets: list[_Sheet]) -> str:
    read = ", ".join(str(s) for s in sheets if s.wanted)
    others = ", ".join(str(s) for s in sheets if s.names and not s.wanted)
    return f"sheets read of {file.name}: {read}" + (f"; left out, without the columns: {others}" if others else "")


@contextmanager
def _messages(file: Input) -> Iterator[Iterator[dict[str, Any]]]:
    """What the program that opens the workbook says, while it does."""
    try:
        with said_of("inchorus.read.sheets", file.path) as messages:
            yield messages
    except RefusedError as e:
        raise InputError(f"the workbook cannot be opened ({e})", where=Where(file.name), fix=_SAVE) from e
    except EndedError as e:
        raise _too_large(file) from e
