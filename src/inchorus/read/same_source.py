"""Names that are one source, from a table of names and sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, Where, nearest
from inchorus.read.options import ReadOptions
from inchorus.read.table import read_table

COLUMNS = ("name", "source")


def read_same_sources(path: Path) -> dict[str, str]:
    """The source of every name of a table in any format with the columns `name` and `source`.

    A source may be a name of itself. InputError where there is no such file or column, where a name or a source is
    empty, where a name has two sources, or where a source is a name of another.
    """
    where = Where(str(path))
    if not path.is_file():
        raise InputError("there is no such file", where=where, fix="give a table with the columns name and source")
    table = read_table(path, ReadOptions())
    for column in COLUMNS:
        if column not in table.column_names:
            raise InputError(
                f"there is no column {column}",
                where=where,
                fix=nearest(column, table.column_names) or "its columns are name and source",
            )
    names, sources = (pc.utf8_trim_whitespace(table[c].cast(pa.string())).to_pylist() for c in COLUMNS)
    found: dict[str, str] = {}
    for row, (name, source) in enumerate(zip(names, sources, strict=True), 1):
        if not name or not source:
            lacking = COLUMNS[0] if not name else COLUMNS[1]
            raise InputError(f"the {lacking} is empty", where=Where(str(path), row), fix="fill it in, or leave it out")
        if found.setdefault(name, source) != source:
            raise InputError(
                f"{name!r} is a name of {found[name]!r} and of {source!r}",
                where=Where(str(path), row),
                fix="leave one row for each name",
            )
    for name, source in found.items():
        if found.get(source, source) != source:
            raise InputError(
                f"{name!r} is a name of {source!r}, which is one of {found[source]!r}",
                where=where,
                fix=f"give both the source {found[source]!r}",
            )
    return found


class SameSources:
    """Names replaced by their sources: which of the names turned up is remembered."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._seen: set[str] = set()

    def sources(self, names: pa.Array) -> pa.Array:
        """The source of each name; a name that is not among them stays.

        >>> same = SameSources({"NYT": "The New York Times"})
        >>> same.sources(pa.array(["NYT", "Herald"], pa.large_string())).to_pylist()
        ['The New York Times', 'Herald']
        """
        if not self._sources:
            return names
        encoded = names.dictionary_encode()
        known = encoded.dictionary.to_pylist()
        self._seen.update(name for name in known if name in self._sources)
        renamed = pa.array([self._sources.get(name, name) for name in known], names.type)
        return renamed.take(encoded.indices)

    def notes(self) -> list[str]:
        """What the user should know."""
        if not self._sources:
            return []
        sources = {self._sources[name] for name in self._seen}
        names = "1 name stands" if len(self._seen) == 1 else f"{len(self._seen):,} names stand"
        of = "1 source" if len(sources) == 1 else f"{len(sources):,} sources"
        notes = [f"{names} for {of}, as --same-source says"]
        if absent := sorted(set(self._sources) - self._seen - set(self._sources.values())):
            shown = ", ".join(map(repr, absent[:3])) + (" …" if len(absent) > 3 else "")
            notes.append(f"no document is by {len(absent):,} of the names of --same-source: {shown}")
        return notes
