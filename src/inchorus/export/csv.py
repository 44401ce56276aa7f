"""Tables as CSV that spreadsheets open without running anything."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.export.cells import defused, plain
from inchorus.export.rows import MADE, is_bytes, is_text, made, rows, schema
from inchorus.progress import Progress
from inchorus.study import Study

_BOM = "\ufeff"


def write_csv(study: Study, table: str, path: Path, *, raw: bool, bom: bool, progress: Progress) -> int:
    """Write one table, or one of `MADE`, head line first; the number of rows.

    UTF-8 with lines that end in CR LF (RFC 4180). What is not known is empty; times are ISO 8601 in UTC, lists and
    structs JSON. Text that a spreadsheet would take for a formula gets an apostrophe before it unless `raw`. `bom`
    begins the file with a byte order mark, without which Excel takes it for another encoding.
    """

    def convert(kind: pa.DataType) -> Callable[[Any], Any] | None:
        return _conversion(kind, raw)

    names: list[str]
    blocks: Iterable[list[tuple[Any, ...]]]
    if table in MADE:
        names, blocks = made(study, table, convert)
        total = sum(map(len, blocks))
    else:
        names, blocks = schema(study, table).names, rows(study, table, convert)
        total = int(study.manifest["tables"][table]["rows"])
    with (
        path.open("w", encoding="utf-8", newline="") as file,
        progress.stage(f"write {table}", total, "rows") as advance,
    ):
        file.write(_BOM if bom else "")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([name if raw else defused(name) for name in names])
        count = 0
        for block in blocks:
            writer.writerows(block)
            count += len(block)
            advance(len(block))
    return count


def _conversion(kind: pa.DataType, raw: bool) -> Callable[[Any], Any] | None:
    if is_text(kind):
        return None if raw else defused
    if pa.types.is_boolean(kind):
        return lambda value: "true" if value else "false"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return None
    if is_bytes(kind):
        return bytes.hex
    return lambda value: _guarded(plain(value), raw)


def _guarded(value: Any, raw: bool) -> Any:
    return defused(value) if isinstance(value, str) and not raw else value
