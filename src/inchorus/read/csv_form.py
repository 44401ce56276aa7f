"""The form of a CSV file: what stands between its fields, and in which line the header stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from inchorus.read.inputs import Input, ending
from inchorus.read.opened import opened
from inchorus.read.options import ReadOptions

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
# Excel writes and reads a first line that names the delimiter
_SEP = re.compile(r'"?sep=(.)"?[\r\n]+', re.IGNORECASE)
_MOST_ABOVE = 30  # lines


class Form(NamedTuple):
    """What delimits, the lines above the header, and whether blanks stand between a delimiter and a field."""

    delimiter: str
    above: int = 0
    spaced: bool = False
    named: bool = False  # by a first line sep=, which is one of those above

    def notes(self, name: str, headers: int) -> tuple[str, ...]:
        """What to say of a file of this form in which the header is repeated so many times.

        >>> Form(",", 1).notes("a.csv", 0)
        ('a.csv: the line above the header was left out',)
        """
        said = []
        if headers:
            said.append(f"{name} repeats its header {headers} times, as joined exports do: these lines were left out")
        if above := self.above - self.named:
            lines = "the line above the header was" if above == 1 else f"{above} lines above the header were"
            said.append(f"{name}: {lines} left out")
        return tuple(said)


def form_of(file: Input, options: ReadOptions) -> Form:
    """The form of a file.

    The delimiter is the one that a first line `sep=` names, a tab where the name ends in .tsv, else whichever of , ;
    tab and | gives the header that is asked for. The header is the first record, unless that names neither the text
    nor the source and one of the next lines names both, as where a program writes a title or a query above its table.
    """
    with opened(file, options.encoding) as stream:
        sample = stream.text(options.encoding, newline="", errors="replace").read(_SAMPLE).removeprefix("\ufeff")
    if named := _SEP.match(sample):
        return Form(named[1], 1, named=True)
    source, text = options.source or "source", options.text or "text"
    wanted = {options.id or "id", source, options.time or "time", text}
    fits: list[tuple[tuple[int, int], Form]] = []
    later: list[Form] = []
    for delimiter in "\t" if ending(file.path) == "tsv" else _DELIMITERS:
        found = list(_first(sample, delimiter))
        header = found[0][1] if found else []
        names = {name.strip() for name in header}
        # every field but the first: a text that begins with a blank is no sign of it
        spaced = delimiter != "\t" and len(header) > 1 and all(name[:1] == " " for name in header[1:])
        fits.append(((len(wanted & names), len(header)), Form(delimiter, spaced=spaced)))
        if source not in names and text not in names:
            later += [Form(delimiter, above) for above, row in found[1:] if {source, text} <= {n.strip() for n in row}]
    (asked, _), form = max(fits, key=lambda fit: fit[0])
    return later[0] if later and not asked else form


def _first(sample: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The first records, each with the number of lines before it."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    above = 0
    try:
        for row in reader:
            if row:
                yield above, row
            above = reader.line_num
            if above > _MOST_ABOVE:
                return
    except csv.Error:
        return
