"""Who was first with what: the one definition by which every page, table and export counts.

A source is surely first with a talking point where it alone is among the `first_sources`, and among the first where
others are, too. Firsts are counted of lines; what anybody says, or everybody copies, is said beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from inchorus.labels import LABELS

# Of a row of talking_points, `t`.
SURELY = "len(t.first_sources) = 1"
AMONG = "len(t.first_sources) > 1"
LINE = "line"


def by_label(passages: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of the talking points of some passages by label: how many, how many surely `first`, and among the first.

    The passages are of one document or one source, each with `tp_id`, `label`, `is_first` and `first_sources`. Lines
    come first, then the others as labels are listed.

    >>> by_label([{"tp_id": "a", "label": "line", "is_first": True, "first_sources": ["Post"]},
    ...           {"tp_id": "b", "label": "line", "is_first": False, "first_sources": ["Sun"]}])
    [{'label': 'line', 'talking_points': 2, 'first': 1, 'first_shared': 0}]
    """
    found: dict[str, dict[str, tuple[bool, bool]]] = {}
    for row in passages:
        points = found.setdefault(row["label"], {})
        surely, among = points.get(row["tp_id"], (False, False))
        alone = len(row["first_sources"]) == 1
        points[row["tp_id"]] = (surely or (row["is_first"] and alone), among or (row["is_first"] and not alone))
    return [
        {
            "label": label,
            "talking_points": len(found[label]),
            "first": sum(surely for surely, _ in found[label].values()),
            "first_shared": sum(among for _, among in found[label].values()),
        }
        for label in sorted(found, key=LABELS.index)
    ]
