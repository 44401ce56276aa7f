"""What the passages of a talking point have in common, in the words of one: the rest is one document's alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query
from inchorus.evidence.quotes import Texts
from inchorus.text.differences import words

WORDINGS = 60  # of those of most passages that are asked
LONGEST = 20_000  # characters of a wording that are asked

_OWN = """
SELECT start, "end", variant_id FROM passages WHERE tp_id = $1 AND doc_id = $2 AND start < $4 AND "end" > $3
"""
_VARIANTS = """
SELECT variant_id, text, edits, n_passages FROM variants WHERE tp_id = $1
ORDER BY variant_id = $2 DESC, n_passages DESC, variant_id LIMIT $3
"""


def quote_in_common(rows: Query, point: Mapping[str, Any], texts: Texts) -> list[tuple[bool, str]]:
    """The shared part of the quote of a talking point, cut into what most passages have and what they have not.

    `point` is a row of its table with its `quote_parts`, see `evidence.quotes`; joined the pieces are the second part.
    """
    shared = point["quote_parts"][1]
    if point.get("quote_doc") is None or point["n_variants"] < 2:
        return [(True, shared)]
    first, last = point["quote_start"], point["quote_end"]
    own = rows(_OWN, [point["tp_id"], point["quote_doc"], first, last])
    text = texts([point["quote_doc"]]).get(point["quote_doc"], "")
    if len(own) != 1:  # several passages, with something between them
        return [(True, shared)]
    start, end = own[0]["start"], own[0]["end"]
    variants = rows(_VARIANTS, [point["tp_id"], own[0]["variant_id"], WORDINGS])
    pieces = in_common(point["text"], variants, variants[0], text[start:end])
    out, at = [], start
    for is_shared, piece in pieces:
        part = text[max(at, first) : min(at + len(piece), last)]
        at += len(piece)
        out += [(is_shared, part)] if part else []
    return out


def shared_words(canonical: str, variants: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Of each word of the canonical wording whether most passages have it.

    `variants` are rows of the table of that name: their `edits` say what each keeps, `n_passages` how many have it.

    >>> edits = [{"op": "keep", "from": "we need", "to": "we need"}, {"op": "delete", "from": "Ann", "to": ""}]
    >>> shared_words("we need Ann", [{"n_passages": 2, "edits": edits}, {"n_passages": 1, "edits": []}])
    [True, True, False]
    """
    spans = words(canonical)
    kept = [0] * len(spans)
    starts = [start for start, _ in spans]
    total = 0
    for row in variants:
        total += row["n_passages"]
        for first, last in _kept(canonical, starts, row["edits"]):
            for word in range(first, last):
                kept[word] += row["n_passages"]
    return [2 * n > total for n in kept]


def in_common(
    canonical: str, variants: Sequence[Mapping[str, Any]], own: Mapping[str, Any], passage: str
) -> list[tuple[bool, str]]:
    """A passage cut into what most passages have and what they have not, in order; joined they are the passage.

    `own` is the row of the variant that the passage has. Where words cannot be told apart, all of it is in common.

    >>> edits = [{"op": "keep", "from": "we need", "to": "we need"}, {"op": "replace", "from": "Ann", "to": "Ben"}]
    >>> rows = [{"n_passages": 1, "text": "we need Ben", "edits": edits},
    ...     {"n_passages": 1, "text": "we need Ann", "edits": []}]
    >>> in_common("we need Ann", rows, rows[0], "We need Ben!")
    [(True, 'We need '), (False, 'Ben!')]
    """
    if len(variants) < 2 or max(len(canonical), len(passage)) > LONGEST:
        return [(True, passage)]
    shared = shared_words(canonical, variants)
    theirs, spans = _starts(own["text"]), words(passage)
    marks = _of_variant(canonical, own, shared, theirs)
    if len(marks) != len(spans):
        return [(True, passage)]
    out: list[tuple[bool, str]] = []
    for n, (start, _) in enumerate(spans):
        end = spans[n + 1][0] if n + 1 < len(spans) else len(passage)
        piece = passage[0 if n == 0 else start : end]
        if out and out[-1][0] == marks[n]:
            out[-1] = (marks[n], out[-1][1] + piece)
        else:
            out.append((marks[n], piece))
    return out or [(True, passage)]


def _starts(text: str) -> list[int]:
    return [start for start, _ in words(text)]


def _kept(canonical: str, starts: Sequence[int], edits: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Runs of words (first, one past the last) of the canonical wording that edits keep; all where there are none."""
    if not edits:
        return [(0, len(starts))]
    out, at = [], 0
    for edit in edits:
        if not edit["from"]:
            continue
        place = canonical.find(edit["from"], at)
        if place < 0:
            break
        at = place + len(edit["from"])
        if edit["op"] == "keep":
            out.append((bisect_left(starts, place), bisect_left(starts, at)))
    return out


def _of_variant(canonical: str, own: Mapping[str, Any], shared: Sequence[bool], theirs: Sequence[int]) -> list[bool]:
    """Of each word of a variant whether most passages have it."""
    if not own["edits"]:
        return list(shared)
    starts = _starts(canonical)
    kept = iter(_kept(canonical, starts, own["edits"]))
    out: list[bool] = []
    at = 0
    for edit in own["edits"]:
        if not edit["to"]:
            continue
        place = own["text"].find(edit["to"], at)
        if place < 0:
            break
        at = place + len(edit["to"])
        n = bisect_left(theirs, at) - len(out)
        if edit["op"] != "keep":
            out += [False] * n
            continue
        first, last = next(kept, (0, 0))
        out += shared[first:last] if last - first == n else [True] * n
    return out
