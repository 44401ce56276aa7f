"""Two passages of one talking point side by side, in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.text.differences import abridged, sides
from inchorus.ui.reader import Reader
from inchorus.ui.render import visible

CONTEXT = 80
LONG = 1500  # code points of a passage that are shown whole; of a longer one its ends
ENDS = 600
COMPARED = 60_000  # code points of a passage; of a longer one the ends are compared


def beside(reader: Reader, pairs: Sequence[dict[str, Any]]) -> None:
    """Give each of `pairs` its `left` and `right`: before, pieces (same or only) and after.

    A pair has doc_a, start_a, end_a and doc_b, start_b, end_b.
    """
    texts = reader.texts(sorted({pair[doc] for pair in pairs for doc in ("doc_a", "doc_b")}))
    for pair in pairs:
        left = _cut_out(texts[pair["doc_a"]], pair["start_a"], pair["end_a"])
        right = _cut_out(texts[pair["doc_b"]], pair["start_b"], pair["end_b"])
        for side, pieces in zip((left, right), sides(left.pop("text"), right.pop("text")), strict=True):
            side["pieces"] = [(op, visible(text)) for op, text in abridged(pieces, LONG, ENDS // 2)]
        pair["left"], pair["right"] = left, right


def _cut_out(text: str, start: int, end: int) -> dict[str, Any]:
    passage = text[start:end]
    if len(passage) > COMPARED:
        passage = f"{passage[:ENDS]} … {passage[-ENDS:]}"
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return {
        "before": ("…" if start > CONTEXT else "") + before,
        "text": passage,
        "after": after + ("…" if end + CONTEXT < len(text) else ""),
    }
