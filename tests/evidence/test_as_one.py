"""Talking points that are nearly the same are one entry of a list; what says something else stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from inchorus.evidence.as_one import as_one


def point(tp_id: str, quote: str, frame: str | None = None, documents: int = 4) -> dict[str, Any]:
    return {"tp_id": tp_id, "quote": quote, "frame_id": frame, "n_documents": documents}


def entries(points: list[dict[str, Any]], overlapping: dict[tuple[str, str], int] | None = None) -> list[list[str]]:
    def ask(_: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        assert list(parameters[0]) == [p["tp_id"] for p in points]
        return [{"a": a, "b": b, "n": n} for (a, b), n in (overlapping or {}).items()]

    return [[p["tp_id"], *(q["tp_id"] for q in p["also"])] for p in as_one(points, ask)]


LINE = "Nobody in this valley will ever pay twice for clean water"


def test_what_most_documents_have_at_one_place_is_one_entry_under_the_better_one() -> None:
    points = [point("b", "The bridge is closed"), point("a", "Ferries run late"), point("c", "Choirs sang all night")]
    assert entries(points, {("a", "b"): 2, ("b", "c"): 1}) == [["b", "a"], ["c"]]


def test_a_phrase_of_many_documents_does_not_take_in_a_line_of_few() -> None:
    points = [point("a", "at the end of the day", documents=90), point("b", f"At the end of the day {LINE}, said Ann")]
    assert entries(points, {("a", "b"): 4}) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("other", "frame", "together"),
    [
        (f"“{LINE},” said Mayor Alder in the council", None, True),
        ("Nobody in this valley will ever pay twice for its water again", None, True),
        ("Nobody in this valley will ever pay 2 times for clean water", None, False),
        ("We will pay for clean water in the end, whatever it costs us all", None, False),
        (f"Mayor Alder said {LINE}", "f", True),
        ("It is a lie that nobody in this valley will ever pay twice for clean water", "f", False),
        ("Somebody in this valley will ever pay twice for clean water", "f", False),
    ],
)
def test_sentences_with_most_words_in_common_are_one_entry_unless_they_are_of_one_frame(
    other: str, frame: str | None, together: bool
) -> None:
    found = entries([point("a", LINE, frame), point("b", other, frame)])
    assert found == ([["a", "b"]] if together else [["a"], ["b"]])


def test_a_text_that_lost_its_marks_says_the_same() -> None:
    said, bare = "The town’s well-known “clean water” is ours", "The town s well known clean water is ours"
    assert entries([point("a", said, "f"), point("b", bare, "f")]) == [["a", "b"]]


def test_nothing_is_lost_and_the_order_stays() -> None:
    points = [point(str(n), f"{LINE} {'and again ' * (n % 4)}{n % 2}") for n in range(9)]
    found = entries(points)
    assert sorted(x for entry in found for x in entry) == [str(n) for n in range(9)]
    assert [entry[0] for entry in found] == sorted(entry[0] for entry in found)
    assert len(found) == 2


def test_an_empty_list_and_wording_without_words() -> None:
    assert entries([]) == []
    assert entries([point("a", "…"), point("b", "!")]) == [["a"], ["b"]]
