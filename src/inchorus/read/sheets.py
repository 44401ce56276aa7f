"""Run as a program: the cells of a workbook as JSON, a line each row, within bounds of memory and time.

A workbook is compressed XML, or a file system of its own, from whoever sent it: two kilobytes can ask for terabytes,
and the reader then ends the process that it works in. So it works in one of its own.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from inchorus.read.process_limits import bound, say


def main(path: str, memory: int, seconds: int) -> None:
    """Write {sheet, hidden} before the rows of each sheet, {row, cells} for each that has any, {error} in the end."""
    bound(memory, seconds)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for about in workbook.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                say({"sheet": about.name, "hidden": about.visible != SheetVisibleEnum.Visible})
                for i, cells in enumerate(workbook.get_sheet_by_name(about.name).iter_rows(), 1):
                    written = [_written(cell) for cell in cells]
                    if any(written):
                        say({"row": i, "cells": written})
    except PasswordError:
        say({"error": "it has a password"})
    except CalamineError as e:
        say({"error": str(e)})
    else:
        say({"done": True})


def _written(cell: Any) -> str:
    """A cell as an export writes it: of numbers 15 digits, which is what a spreadsheet keeps."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float) and cell == cell:  # noqa: PLR0124 - NaN differs from itself
        # beyond 2^53 neighbours are the same, and the power of ten shows that digits are lost
        return str(int(cell)) if abs(cell) <= 1 << 53 and cell == int(cell) else f"{cell:.15g}"
    if isinstance(cell, timedelta):
        hours, rest = divmod(round(cell.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(cell, datetime | time):
        return cell.isoformat(timespec="milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
