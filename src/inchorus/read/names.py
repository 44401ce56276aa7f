"""Names of sources as they are compared: without white space around them; those that look alike are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

_SHOWN = 3


class Trimmed:
    """How many names had white space around them, and the first of them in the order of their characters."""

    def __init__(self) -> None:
        self.n = 0
        self.example: str | None = None

    def names(self, array: pa.Array) -> pa.Array:
        r"""The names without the white space around them, no-break spaces included.

        >>> trimmed = Trimmed()
        >>> trimmed.names(pa.array(["Herald ", "\u00a0Herald", "Herald"], pa.large_string())).to_pylist(), trimmed.n
        (['Herald', 'Herald', 'Herald'], 2)
        """
        bare = pc.utf8_trim_whitespace(array)
        changed = array.filter(pc.not_equal(array, bare))
        if len(changed):
            self.n += len(changed)
            first: str = pc.min(changed).as_py()
            self.example = first if self.example is None else min(self.example, first)
        return bare

    def note(self) -> list[str]:
        """What the user should know."""
        if not self.n:
            return []
        rows = "1 row has" if self.n == 1 else f"{self.n:,} rows have"
        return [f"{rows} white space around the name of the source, as in {self.example!r}: it was left out"]


def alike(names: Iterable[str]) -> list[str]:
    """A note where names differ only by capitals or by the white space between words.

    >>> alike(["Herald", "herald", "Courier"])
    ["sources that differ only by capitals or white space are kept apart: 'Herald', 'herald'"]
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[" ".join(name.casefold().split())].append(name)
    several = sorted(sorted(group) for group in groups.values() if len(group) > 1)
    if not several:
        return []
    shown = "; ".join(", ".join(map(repr, group)) for group in several[:_SHOWN])
    more = f" and {len(several) - _SHOWN} more" if len(several) > _SHOWN else ""
    return [f"sources that differ only by capitals or white space are kept apart: {shown}{more}"]
