"""What stands right before or behind a wording, where sources say one thing or another there."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

import inchorus
from match.planted import filler

COMMON = "this old state cannot afford four more winters of"


def study(said: list[str], also: str = "") -> list[dict[str, object]]:
    """The talking points of documents that each say one thing between words of their own."""
    rng = random.Random(7)
    texts = [f"{filler(rng, 30)}. {s}. {filler(rng, 8)} {also} {filler(rng, 22)}." for s in said]
    rows = {"id": [str(i) for i in range(len(said))], "source": [f"s{i}" for i in range(len(said))], "text": texts}
    found = inchorus.find(pa.table(rows), no_ties=True, min_words=6, gram=4)
    points: list[dict[str, object]] = found.talking_points.arrow().to_pylist()
    return points


def text(point: dict[str, object]) -> str:
    return str(point["text"])


@pytest.mark.parametrize("template", [f"Truly {COMMON} {{}}", f"{{}} says {COMMON} rain"])
def test_each_filler_of_two_sources_is_a_variation_of_one_frame(template: str) -> None:
    names = ["Ellen Strand", "Mayor Abernathy", "Senator Hollis"]
    points = study([template.format(name) for name in names for _ in range(2)])
    variations = {name: [p for p in points if name in text(p)] for name in names}
    assert all(variations.values())
    frames = {p["frame_id"] for own in variations.values() for p in own}
    assert len(frames) == 1
    assert None not in frames
    (common,) = [p for p in points if not any(part in text(p) for name in names for part in name.split())]
    assert common["label"] == "phrase"
    assert common["n_sources"] == 6


def test_what_one_source_alone_says_there_is_no_talking_point() -> None:
    names = ["Ellen Strand", "Mayor Abernathy", "Senator Hollis", "Doctor Odoya"]
    points = study([f"Truly {COMMON} {name}" for name in names])
    assert not [p for p in points if any(name in text(p) for name in names)]


def test_one_thing_that_two_sources_add_is_no_slot() -> None:
    points = study([f"Truly {COMMON} Ellen Strand"] * 2 + [f"Truly {COMMON} rain"] * 1 + [f"Truly {COMMON} snow"] * 1)
    assert not [p for p in points if text(p).endswith("Strand")]


def test_passages_that_edit_the_wording_say_nothing_of_its_slots() -> None:
    line = f"Nobody in this valley should forget that {COMMON}"
    exact = [f"{line} {name}" for name in ["Ellen Strand", "Mayor Abernathy"] for _ in range(2)]
    edited = [f"{line.replace('valley', 'quiet valley')} {end}" for end in ("rain", "snow", "hail")]
    points = study(exact + edited)
    assert {p["n_sources"] for p in points if "quiet" not in text(p)} >= {7, 2}
    for name in ("Strand", "Abernathy"):
        assert [p["n_sources"] for p in points if text(p).endswith(name)] == [2]


def test_the_next_sentence_fills_no_slot() -> None:
    names = ["Ellen Strand", "Mayor Abernathy"]
    points = study([f"Truly {COMMON} rain. {name} left" for name in names for _ in range(2)])
    assert not [p for p in points if any(name in text(p) for name in names)]


def test_of_several_ways_to_fill_a_slot_none_is_the_line_of_all() -> None:
    things = ["teachers", "hospitals", "dikes", "harbours"]
    points = study([f"We all need {thing} and no further empty promises from them" for thing in things for _ in "ab"])
    lines = {thing: [p for p in points if thing in text(p)] for thing in things}
    assert all(lines.values())
    assert {p["n_sources"] for own in lines.values() for p in own} == {2}


def test_a_month_is_no_negation_of_another_language() -> None:
    said = [f"Im {month} holen sich die Familien hier ihr Land" for month in ("April", "Mai", "Juni") for _ in range(3)]
    points = study(said, "im Mai")
    frames = {p["frame_id"] for p in points if p["label"] == "line"}
    assert len(frames) == 1
    assert None not in frames
    assert not [p for p in points if "turn it round" in str(p["label_rule"])]
