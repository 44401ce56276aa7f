from __future__ import annotations

import random

import numpy as np
import pyarrow as pa

from inchorus.match.talking_points import TalkingPoints, talking_points
from inchorus.options import FindOptions
from inchorus.progress import Silent
from match.planted import corpus_of, filler, line

LINE = "we will never let them raise the toll on this bridge again"
OTHER = "we will always let them raise the toll on this bridge again"


def told(rows: list[tuple[str, str]], options: FindOptions, days: list[int | None] | None = None) -> TalkingPoints:
    texts = pa.chunked_array([pa.array([text for _, text in rows], pa.large_string())])
    return talking_points(corpus_of(rows, days), texts, options, Silent())


def carriers(found: TalkingPoints) -> list[tuple[int, ...]]:
    """The documents of each talking point."""
    of = found.families
    return sorted(tuple(sorted(set(of.document[of.family == f].tolist()))) for f in np.unique(of.family))


def around(text: str, seed: int) -> str:
    rng = random.Random(seed)
    return f"{filler(rng, 30)} . {text} . {filler(rng, 30)}"


def test_a_line_and_its_denial_are_two_and_what_they_share_is_linked_to_both() -> None:
    rows = [("abcd"[i], around(LINE if i < 2 else OTHER, i)) for i in range(4)]
    found = told(rows, FindOptions(threads=1))
    assert (0, 1) in carriers(found)
    assert (2, 3) in carriers(found)
    assert (0, 1, 2, 3) in carriers(found)  # what both share, which counts in no tie
    assert len(set(found.frames.of.tolist())) == 1
    assert found.frames.turned.sum() == 1


def test_edited_passages_are_taken_as_they_are_found_and_are_of_no_frame() -> None:
    parts = [line(f"p{k}x", 12) for k in range(8)]
    denied = [parts[0].replace("p0x5", "not"), *parts[1:]]
    rng = random.Random(1)
    rows = [(name, f"{filler(rng, 40)}. {'. '.join(said)}. {filler(rng, 40)}.") for name, said in
            (("a", parts), ("b", denied))]  # fmt: skip
    found = told(rows, FindOptions(threads=1, edited=True, min_words=24))
    assert carriers(found) == [(0, 1)]
    assert found.frames.of.tolist() == [-1]


def test_what_is_outside_the_window_of_time_is_left_out_and_counted() -> None:
    rows = [("a", around(line("w", 12), 1)), ("b", around(line("w", 12), 2)), ("c", around(line("w", 12), 3))]
    found = told(rows, FindOptions(threads=1, within=2), days=[0, 1, 9])
    assert carriers(found) == [(0, 1)]
    assert found.left_out == {"passages with no other source within 2 days": 1, "passages without a time": 0}
