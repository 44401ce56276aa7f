"""Where in the input a row stands: its file, the sheet of it, its number and line."""

from __future__ import annotations

from bisect import bisect_right

from inchorus.errors import Where


class Places:
    """The files by their index; parts of them, such as sheets, are noted as they are read.

    >>> places = Places(["book.xlsx"])
    >>> places.begins(0, 1, "sheet 'May'")
    >>> str(places.where(0, 4, 6, "time"))
    "book.xlsx, sheet 'May', row 4 (line 6), column 'time'"
    """

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._parts: dict[int, tuple[list[int], list[str]]] = {}

    def begins(self, file: int, row: int, part: str) -> None:
        """From this row of the file on, rows are of `part`."""
        firsts, parts = self._parts.setdefault(file, ([], []))
        if not parts or parts[-1] != part:
            firsts.append(row)
            parts.append(part)

    def where(self, file: int, row: int, line: int | None, column: str | None = None) -> Where:
        """The place of a row; a `row` or a `line` below 1 is none."""
        name = self.names[file]
        firsts, parts = self._parts.get(file, ([], []))
        if part := parts[bisect_right(firsts, row) - 1] if parts else "":
            name = f"{name}, {part}"
        return Where(name, row if row > 0 else None, column, line if line and line > 0 else None)
