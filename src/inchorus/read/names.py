"""Names of sources as they are compared: without white space around them, within their platform; which look alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.lists import MISSING

PLATFORM = "platform"  # the column that formats of posts have
# White space, and what is as little seen: pages of the web put it around names.
_AROUND = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_SHOWN = 3


class Trimmed:
    """How many names had white space around them, and the first of them in the order of their characters."""

    def __init__(self) -> None:
        self.n = 0
        self.example: str | None = None

    def names(self, array: pa.Array) -> pa.Array:
        r"""The names without the white space around them, no-break spaces and those without width included.

        >>> trimmed = Trimmed()
        >>> names = pa.array(["Herald ", "\u00a0\u200bHerald", "Herald"], pa.large_string())
        >>> trimmed.names(names).to_pylist(), trimmed.n
        (['Herald', 'Herald', 'Herald'], 2)
        """
        bare = pc.utf8_trim(array, _AROUND)
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


class Namespaces:
    """Names with what a column says before them, such as their platform; or, unasked, names that are on several."""

    def __init__(self, column: str | None) -> None:
        self.asked = column is not None
        self._of: dict[str, str] = {}
        self._several: dict[str, set[str]] = defaultdict(set)
        self.used = False

    def names(self, names: pa.Array, spaces: pa.Array) -> pa.Array:
        """The names, each with its space and a colon before it, if that is asked for; a name without space as it is.

        >>> names, spaces = pa.array(["ann", "joe"], pa.large_string()), pa.array(["x", None], pa.large_string())
        >>> Namespaces("platform").names(names, spaces).to_pylist(), Namespaces(None).names(names, spaces).to_pylist()
        (['x:ann', 'joe'], ['ann', 'joe'])
        """
        bare = pc.utf8_trim_whitespace(spaces)
        given = pc.fill_null(pc.not_equal(bare, ""), False)
        if self.asked:
            self.used = True
            return pc.if_else(
                given, pc.binary_join_element_wise(pc.fill_null(bare, ""), names, pa.scalar(":", names.type)), names
            )
        pairs = pa.table({"name": names, "space": bare}).filter(given).group_by(["name", "space"]).aggregate([])
        for name, space in zip(pairs["name"].to_pylist(), pairs["space"].to_pylist(), strict=True):
            if self._of.setdefault(name, space) != space:
                self._several[name] |= {self._of[name], space}
        return names

    def note(self) -> list[str]:
        """What the user should know."""
        if not self._several:
            return []
        name = min(self._several)
        spaces = ", ".join(sorted(self._several[name]))
        several = "1 name is" if len(self._several) == 1 else f"{len(self._several):,} names are"
        return [
            f"{several} on more than one platform, and one source ({name!r}: {spaces}): "
            f"--namespace {PLATFORM} keeps them apart"
        ]


# what programs write for nothing, and for somebody who is gone
_NOBODY = frozenset({name.casefold() for name in MISSING} | {"[deleted]", "undefined", "unknown"})


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


def nameless(names: Iterable[str]) -> list[str]:
    """A note where a name is what programs write for nothing: those who have none would be one source.

    >>> nameless(["Herald", "NA"])
    ["the source 'NA' may stand for none, and all rows without a source would be one: empty cells are told as such, \
and left out with --bad-rows skip"]
    """
    found = sorted(name for name in names if name.casefold() in _NOBODY)
    if not found:
        return []
    shown = ", ".join(map(repr, found))
    return [
        f"the source {shown} may stand for none, and all rows without a source would be one: empty cells are told as "
        "such, and left out with --bad-rows skip"
    ]
