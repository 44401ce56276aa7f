"""What the user may say about the input."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from inchorus.errors import UsageError
from inchorus.read.formats import named

BAD_TIMES = ("error", "null")
BAD_ROWS = ("error", "skip")


@dataclass(frozen=True)
class ReadOptions:
    """How to read the input: the names of its columns, its format, its encoding.

    `id`, `source`, `time` and `text` name columns; None means the column of that very name, and a name that is
    given must exist; the id '' says that no column holds ids, and they are made. `format` names one of
    `read.formats`, or is None: found out from the file's ending, else its content. `bad_times` is what happens to a
    time that cannot be read: "error" stops, "null" goes on without it and counts it. `bad_rows` is what happens to
    a row that cannot be read: "error" stops, "skip" goes on without it, counts it and keeps it apart.
    `list_separator` is what stands between the items of a cell that holds a list, for columns of shared objects;
    None: found out from the column. `time_format` is how times are written: an order of day and month (see
    `orders.NAMES`) or a format of strptime; `timezone` the zone, or offset from UTC, of local times that name none.
    `same_source` is a table of names that are one source; `namespace` the column whose value stands before each name.

    >>> ReadOptions(text="body").text
    'body'
    """

    id: str | None = None
    source: str | None = None
    time: str | None = None
    text: str | None = None
    format: str | None = None
    encoding: str = "utf-8"
    bad_times: str = "error"
    bad_rows: str = "error"
    list_separator: str | None = None
    time_format: str | None = None
    timezone: str | None = None
    same_source: Path | None = None
    namespace: str | None = None

    @property
    def skips(self) -> bool:
        """Whether rows that cannot be read are left out."""
        return self.bad_rows == "skip"


def check_options(options: ReadOptions) -> None:
    """Raise UsageError where an option has a value that it cannot have.

    >>> check_options(ReadOptions(bad_times="skip"))
    Traceback (most recent call last):
    ...
    inchorus.errors.UsageError: --bad-times 'skip' is not known; use error or null
    """
    if options.format is not None:
        named(options.format)
    if options.bad_times not in BAD_TIMES:
        raise UsageError(f"--bad-times {options.bad_times!r} is not known", fix="use error or null")
    if options.bad_rows not in BAD_ROWS:
        raise UsageError(f"--bad-rows {options.bad_rows!r} is not known", fix="use error or skip")
    if options.list_separator == "":
        raise UsageError("--list-separator is empty", fix="give what stands between two items, as in ';'")
    if options.time_format is not None:
        from inchorus.read.strptime import check_format

        check_format(options.time_format)
    if options.timezone is not None:
        from inchorus.read.zones import check_zone

        check_zone(options.timezone)
    try:
        # str.encode, unlike codecs.lookup, refuses codecs that do not turn text into bytes
        "a".encode(codecs.lookup(options.encoding).name)
    except (LookupError, ValueError) as e:
        raise UsageError(
            f"--encoding {options.encoding!r} is not known", fix="use for example utf-8, utf-16 or cp1252"
        ) from e
