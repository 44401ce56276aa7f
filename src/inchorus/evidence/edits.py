"""What the edits of a wording do to what is claimed, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# What each class of edits is called, in the order in which they are named: the gravest first. See `docs/tables.md`.
CLASSES = {
    "direction": "the opposite",
    "negation": "a negation, or “only”, more or less",
    "number": "another figure",
    "name": "another name",
    "content": "other words",
    "harmless": "small changes",
    "cut": "longer or shorter at its ends",
}
UPDATED = "updated: other figures in the same text"


def changes(edits: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the edits of a wording do, in words, the gravest first; nothing where there are none.

    A figure that stands in the place of another updates the text: in a short line it would be another talking point.
    Studies of an older inchorus do not say what an edit does.

    >>> changes([{"op": "keep", "from": "a", "to": "a", "class": None},
    ...     {"op": "replace", "from": "5", "to": "7", "class": "number"},
    ...     {"op": "delete", "from": "b", "to": "", "class": "cut"}])
    ['updated: other figures in the same text', 'longer or shorter at its ends']
    """
    found = {edit["class"] for edit in edits if edit.get("class")}
    updated = any(edit["op"] == "replace" for edit in edits if edit.get("class") == "number")
    names = {**CLASSES, "number": UPDATED if updated else "a figure more or less"}
    return [said for name, said in names.items() if name in found]
