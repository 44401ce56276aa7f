"""The source of a document from the name that its file gives: bare, within its platform, one for several names."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.names import PLATFORM, Namespaces, Trimmed, alike, nameless
from inchorus.read.same_source import SameSources


class Sources:
    """Names to sources, batch after batch; `same` gives the source of names that are one of several of it.

    `namespace` is the column whose value stands before the names, if they are to have such.
    """

    def __init__(self, same: Mapping[str, str] | None = None, namespace: str | None = None) -> None:
        self._trimmed = Trimmed()
        self._spaces = Namespaces(namespace)
        self._same = SameSources(same or {})
        self.renames = bool(same) or namespace is not None
        self.column = namespace or PLATFORM

    @property
    def lacks_column(self) -> bool:
        """Whether a column is to stand before the names, and no file had it."""
        return self._spaces.asked and not self._spaces.used

    def of(self, names: pa.Array, spaces: pa.Array | None) -> tuple[pa.Array, pa.Array]:
        """The names as they were given, without the white space around them, and the source of each.

        >>> sources = Sources({"x:ann": "Ann Lee"}, "platform")
        >>> given, found = sources.of(
        ...     pa.array(["ann ", "joe"], pa.large_string()), pa.array(["x", "x"], pa.large_string())
        ... )
        >>> given.to_pylist(), found.to_pylist()
        (['ann', 'joe'], ['Ann Lee', 'x:joe'])
        """
        given = self._trimmed.names(names)
        within = given if spaces is None else self._spaces.names(given, spaces)
        return given, self._same.sources(within)

    def notes(self, sources: pa.Array) -> list[str]:
        """What the user should know; `sources` are those of all documents."""
        found = self._trimmed.note() + self._spaces.note() + self._same.notes()
        names = pc.unique(sources).to_pylist()
        return found + alike(names) + nameless(names)
