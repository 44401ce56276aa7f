"""What lines that say different things have in common, and which lines are variations of each other."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.match.frames import stars

LINE = "the council will spend {} on a bridge that no ferry has ever needed in the winter"
WORDS = (
    "amber birch cobble delta ember fable garnet harbor indigo juniper kelp lantern meadow nectar otter pebble".split()
)


def study(said: list[str]) -> list[dict[str, object]]:
    """The talking points of documents that each say one thing between words of their own."""
    rng = random.Random(7)
    text = [
        f"{' '.join(rng.choices(WORDS, k=30))}. {s[0].upper()}{s[1:]}. {' '.join(rng.choices(WORDS, k=30))}."
        for s in said
    ]
    rows = {"id": [str(i) for i in range(len(said))], "source": [f"s{i}" for i in range(len(said))], "text": text}
    found = inchorus.find(pa.table(rows), no_ties=True)
    rows_found: list[dict[str, object]] = found.talking_points.arrow().to_pylist()
    return rows_found


def with_word(points: list[dict[str, object]], word: str) -> dict[str, object]:
    return next(p for p in points if word in str(p["text"]))


def test_variations_are_linked_and_what_they_have_in_common_is_nobodys_statement() -> None:
    points = study([LINE.format("40 million")] * 4 + [LINE.format("90 million")] * 3)
    one, other = with_word(points, "40"), with_word(points, "90")
    assert one["label"] == other["label"] == "line"
    assert one["frame_id"] is not None
    assert one["frame_id"] == other["frame_id"]
    common = [p for p in points if "40" not in str(p["text"]) and "90" not in str(p["text"])]
    assert common
    assert all(p["label"] == "phrase" for p in common)
    assert all("as a part of" in str(p["label_rule"]) for p in common)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("they want to close every school of the northern valley before the harvest", "want|do not want"),
        ("we have raised the taxes of every small shop in the northern valley this year", "raised|lowered"),
        ("nobody in the northern valley trusted Halloran to mend the old bridge this year", "Halloran|Whitlock"),
    ],
)
def test_negation_direction_and_name_make_variations(one: str, other: str) -> None:
    before, after = other.split("|")
    points = study([one] * 3 + [one.replace(before, after)] * 3)
    lines = [p for p in points if p["label"] == "line"]
    assert sorted(after in str(p["text"]) for p in lines) == [False, True]
    assert lines[0]["frame_id"] is not None
    assert lines[0]["frame_id"] == lines[1]["frame_id"]


def test_a_line_alone_is_of_no_frame() -> None:
    (point,) = study([LINE.format("40 million")] * 4)
    assert point["label"] == "line"
    assert point["frame_id"] is None


def test_what_others_say_as_a_sentence_of_its_own_is_a_line() -> None:
    core = "a bridge that no ferry has ever needed in the winter is a bridge to nowhere"
    lead = "they paid {} million in the long wet spring before the flood came and "
    points = study([lead.format(40) + core] * 3 + [lead.format(90) + core] * 3 + [core] * 3)
    (own,) = [p for p in points if str(p["text"]).lower() == core]
    assert (own["label"], own["frame_id"]) == ("line", None)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30),
    st.lists(st.integers(1, 9), min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_each_linked_one_is_of_a_frame_whose_centre_is_its_own(
    pairs: list[tuple[int, int]], sources: list[int], bare: list[bool]
) -> None:
    links = np.array([p for p in pairs if p[0] != p[1]], np.int64).reshape(-1, 2).T
    of = stars(links, np.array(sources, np.int64), np.array(bare, np.bool_))
    assert set(np.flatnonzero(of >= 0).tolist()) == set(links.reshape(-1).tolist())
    assert all(of[c] == c for c in of[of >= 0].tolist())


def test_what_variations_have_in_common_is_the_centre_before_the_widest() -> None:
    links = np.array([[0, 0, 1], [1, 2, 2]])
    assert stars(links, np.array([2, 9, 3]), np.array([True, False, False])).tolist() == [0, 0, 0]
    assert stars(links, np.array([2, 9, 3]), np.array([False, False, False])).tolist() == [1, 1, 1]
