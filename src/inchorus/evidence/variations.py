"""Variations of a talking point: lines of the same frame that say something else, set beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query, columns_of
from inchorus.text.differences import differences

SOURCES = 8  # of each variation that are named
LONGEST = 6000  # characters of a wording that are compared

_OF_FRAME = """
SELECT tp_id, text, label, n_sources, n_documents, first_time, last_time, first_sources, count(*) OVER () AS of
FROM talking_points WHERE frame_id = $1 ORDER BY tp_id = $2 DESC, n_sources DESC, score DESC, tp_id
"""
_USERS = """
SELECT tp_id, source, min(time) AS time, arg_min(time_precision, (time IS NULL, time)) AS time_precision
FROM passages JOIN (SELECT doc_id, time_precision FROM documents) USING (doc_id)
WHERE tp_id IN (SELECT unnest($1::VARCHAR[])) GROUP BY tp_id, source ORDER BY tp_id, time NULLS LAST, source
"""


def variations(rows: Query, point: Mapping[str, Any], limit: int = 0) -> dict[str, Any] | None:
    """The talking points of the frame of `point` (a row of its table), or None where it is of none.

    `rows` has `point` itself, then those of most sources; `limit` of them, 0 for all, of `of`. `is_frame` is the one
    that all were found to be variations of. Each has its `pieces`: (op, text) that joined are its wording, `slot` what
    stands where `point`, or the frame if it has more in common with that, has something else, `same` what both have,
    `end` what only one of the two has before or behind that; `instead_of` are the words that its slots stand for;
    `sources` who uses it and since when, at most eight of `n_sources`. Nothing is counted together.
    """
    if not point.get("frame_id") or "frame_id" not in columns_of(rows, "talking_points"):
        return None
    found = rows(f"{_OF_FRAME} {f'LIMIT {limit:d}' if limit else ''}", [point["frame_id"], point["tp_id"]])
    if len(found) < 2:
        return None
    of = found[0]["of"]
    users: dict[str, list[dict[str, Any]]] = {row["tp_id"]: [] for row in found}
    for user in rows(_USERS, [list(users)]):
        users[user.pop("tp_id")].append(user)
    own, others = found[0], found[1:]
    frame = next((row["text"] for row in found if row["tp_id"] == point["frame_id"]), own["text"])
    for row in found:
        del row["of"]
        row["is_frame"] = row["tp_id"] == point["frame_id"]
        row["sources"] = users[row["tp_id"]][:SOURCES]
    for row in others:
        row["pieces"], row["instead_of"] = slots(own["text"], row["text"])
        if not row["is_frame"] and own["text"] != frame:
            by_frame = slots(frame, row["text"])
            if _same(by_frame[0]) > _same(row["pieces"]):
                row["pieces"], row["instead_of"] = by_frame
    own["pieces"], own["instead_of"] = _own_slots(own["text"], [row["text"] for row in others]), []
    return {"rows": found, "of": of}


def _same(pieces: Sequence[tuple[str, str]]) -> int:
    return sum(len(text) for op, text in pieces if op == "same")


def slots(other: str, wording: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The pieces of a wording against another of its frame, and the words of that in the place of its slots.

    >>> slots("We must keep Ann out of the hall.", "they must keep Ben out of the hall")
    ([('end', 'they '), ('same', 'must keep '), ('slot', 'Ben '), ('same', 'out of the hall')], ['Ann'])

    What only one of the two has at an end is no slot, unless nothing else differs.

    >>> slots("the nomination of", "the nomination of Ann Bell")
    ([('same', 'the nomination of '), ('slot', 'Ann Bell')], [])
    """
    pieces = differences(other[:LONGEST], wording[:LONGEST])
    same = [n for n, (op, _) in enumerate(pieces) if op == "same"]
    first, last = (same[0], same[-1]) if same else (0, len(pieces))
    inner = any(op != "same" for op, _ in pieces[first:last])
    out: list[tuple[str, str]] = []
    instead = []
    for n, (op, text) in enumerate(pieces):
        inside = first < n < last
        if op == "removed":
            instead += [text.strip()] if inside else []
        elif op == "same":
            out.append((op, text))
        else:
            out.append(("slot" if inside or not inner else "end", text))
    return out, instead


def _own_slots(text: str, others: Sequence[str]) -> list[tuple[str, str]]:
    """The pieces of a wording: its slots are what most of those have something else for that differ inside it."""
    compared = text[:LONGEST]
    lacking, differing = [0] * len(compared), 0
    for other in others:
        at, places = 0, list[int]()
        pieces = [(op, piece) for op, piece in differences(other[:LONGEST], compared) if op != "removed"]
        same = [n for n, (op, _) in enumerate(pieces) if op == "same"]
        for n, (op, piece) in enumerate(pieces):
            if op == "added" and same and same[0] < n < same[-1]:
                places += range(at, at + len(piece))
            at += len(piece)
        differing += bool(places)
        for place in places:
            lacking[place] += 1
    out: list[tuple[str, str]] = []
    for place, sign in enumerate(compared):
        op = "slot" if lacking[place] and 2 * lacking[place] >= differing else "same"
        if out and out[-1][0] == op:
            out[-1] = (op, out[-1][1] + sign)
        else:
            out.append((op, sign))
    return out
