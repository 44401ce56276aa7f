"""Two passages of one talking point side by side, in their context: what is only in the one or the other is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inchorus.text.differences import sides
from inchorus.ui.excerpt import context, folded
from inchorus.ui.times import apart, earlier

LONGEST = 60_000  # characters of a passage that are set beside another


def side_by_side(a: Mapping[str, Any], b: Mapping[str, Any], texts: Mapping[str, str], around: int) -> dict[str, Any]:
    """The passages as `left` and `right`, each with `before`, `pieces` (same or only) and `after`; and their `order`.

    A passage has doc_id, start, end, time and time_precision. `texts` go by doc_id; `around` are the characters of
    context. `order` is -1 where the left one is surely earlier, None where a time is missing; `apart` says how much.
    """
    left, right = (_cut_out(row, texts[row["doc_id"]], around) for row in (a, b))
    for row, pieces in zip((left, right), sides(left["text"], right["text"]), strict=True):
        row["pieces"] = folded(pieces)
        row["differs"] = any(op == "only" for op, _ in pieces)
    moments = [(row["time"], row["time_precision"]) for row in (a, b)]
    return {
        "left": left,
        "right": right,
        "order": earlier(*moments),
        "apart": apart(*moments),
        "alike": not (left["differs"] or right["differs"]),
    }


def _cut_out(row: Mapping[str, Any], text: str, around: int) -> dict[str, Any]:
    before, after = context(text, row["start"], row["end"], around)
    wording = text[row["start"] : row["end"]]
    cut = len(wording) > LONGEST
    return {**row, "before": before, "after": after, "text": wording[:LONGEST], "cut": cut}
