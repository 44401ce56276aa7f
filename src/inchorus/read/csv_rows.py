"""The rows of a CSV file one by one, each by the names of its columns, for formats that know what the columns mean."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from inchorus.read.bad_rows import BadRows
from inchorus.read.csv import FIELD_LIMIT, header_of, records_of
from inchorus.read.csv_form import form_of
from inchorus.read.formats.format import Broken
from inchorus.read.lines import Lines
from inchorus.read.opened import opened
from inchorus.read.records import File


class CsvRow(NamedTuple):
    """The values of a row by the names of their columns, what is empty left out, its line, and the names of all."""

    values: dict[str, str]
    line: int
    names: frozenset[str]


class _Gathered(BadRows):
    """Broken rows, to be handed on."""

    def __init__(self, file: File) -> None:
        super().__init__(file.input, 0, file.options)
        self.found: list[Broken] = []

    def add(
        self,
        what: str,
        row: int,
        line: int | None,
        *,
        fix: str,
        raw: str,
        column: str | None = None,
        damage: bool = False,
    ) -> None:
        """Keep it."""
        self.found.append(Broken(what, fix, raw, line, damage))


def csv_rows(file: File) -> Iterator[CsvRow | Broken]:
    """Every row below the header; raises InputError where there is none."""
    form = form_of(file.input, file.options)
    bad = _Gathered(file)
    headers = 0
    with opened(file.input, file.options.encoding) as stream:
        limit = csv.field_size_limit(FIELD_LIMIT)
        try:
            lines = Lines(stream.text(file.options.encoding, newline="", errors=bad.errors))
            names = header_of(file.input, lines, form, bad)
            known = frozenset(names)
            for row in records_of(file.input, stream, lines, names, form, file.options, bad):
                yield from bad.found
                bad.found.clear()
                if row is None:
                    headers += 1
                else:
                    yield CsvRow({n: v for n, v in zip(names, row.fields, strict=True) if v}, row.line, known)
            yield from bad.found
        finally:
            csv.field_size_limit(limit)
        file.consumed = stream.position()
    file.notes.extend(form.notes(file.name, headers))
