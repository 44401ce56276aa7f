"""Every error that inchorus raises on purpose: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Where:
    """A place in the input: a file, a row of it (counted from 1, the header not counted), a column.

    `line` is the line of the file, as an editor counts it, in which the row begins: rows may have several lines.

    >>> str(Where("a.csv", 3, "time", 7))
    "a.csv, row 3 (line 7), column 'time'"
    """

    file: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        parts = [self.file or ""]
        if self.row is not None:
            parts.append(f"row {self.row}" if self.line is None else f"row {self.row} (line {self.line})")
        if self.column is not None:
            parts.append(f"column {self.column!r}")
        return ", ".join(p for p in parts if p)


class InchorusError(Exception):
    """Base of all errors: `what` went wrong, `where`, and `fix`, what the reader can do about it.

    `exit_code` is what the command line ends with: 1, nothing could be done with the input;
    2, the call itself was wrong.

    >>> str(InputError("the file is empty", where=Where("a.csv"), fix="export it again"))
    'a.csv: the file is empty; export it again'
    """

    exit_code = 1

    def __init__(self, what: str, *, where: Where | None = None, fix: str = "") -> None:
        self.what = what
        self.where = where
        self.fix = fix
        head = f"{where}: " if where and str(where) else ""
        super().__init__(f"{head}{what}{'; ' + fix if fix else ''}")


class InputError(InchorusError):
    """The input cannot be read, or holds nothing that can be worked on."""


class RowError(InputError):
    """A row cannot be read: what becomes of it is for the user to say, with `--bad-rows`."""


class NoColumnError(InputError):
    """A table lacks a column that every document has, which the user may call otherwise."""


class DamagedError(InputError):
    """A file cannot be read further, though what stands before may be whole."""


class UsageError(InchorusError):
    """An option or an argument is wrong."""

    exit_code = 2


class Defect(InchorusError):  # noqa: N818
    """An error that inchorus did not foresee; its cause is the exception that came of it."""


class StudyError(InchorusError):
    """A study folder is missing, damaged or of another format."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The hint for a name that is not there: the nearest one, or nothing.

    >>> nearest("txt", ["text", "time"])
    "did you mean 'text'?"
    >>> nearest("zzz", ["text"])
    ''
    """
    folded = {k.casefold(): k for k in known}
    hit = get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f"did you mean {folded[hit[0]]!r}?" if hit else ""
