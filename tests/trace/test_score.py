"""What comes first: each part of the score by itself, all else equal."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from inchorus import find
from match.planted import filler

LINE = "nobody in this valley will ever pay twice for clean water"
OTHER = "every bridge over the river must be mended before the winter"


def rows(line: str, sources: str, days: list[int], rng: random.Random, around: int = 60) -> list[dict[str, Any]]:
    """A document of each source with the line among its own words."""
    return [
        {
            "source": source,
            "time": f"2024-{1 + day // 28:02}-{1 + day % 28:02}",
            "text": f"{filler(rng, around)}. {line[0].upper()}{line[1:]}. {filler(rng, around)}.",
        }
        for source, day in zip(sources, days, strict=True)
    ]


def background(sources: str, rng: random.Random) -> list[dict[str, Any]]:
    """Documents of every source all the year round, without a line."""
    return [
        {"source": s, "time": f"2024-{m:02}-15", "text": f"{filler(rng, 60)}."} for s in sources for m in range(1, 13)
    ]


REST = background("uvwxyz", random.Random(0))  # so that the words of the lines are rare


def points(documents: list[dict[str, Any]], **options: Any) -> dict[str, dict[str, Any]]:
    """The talking points by their wording, in a corpus that has other sources, too."""
    others = [{name: row[name] for name in row if name in documents[0]} for row in REST]
    study = find(documents + others, no_ties=True, **options)
    return {row["text"].lower(): row for row in study.talking_points.arrow().to_pylist()}


def test_three_to_five_sources_are_plenty_and_two_are_few() -> None:
    rng = random.Random(1)
    scores = []
    for sources in ("ab", "abcd", "abcdefgh"):
        found = points(rows(LINE, sources, [40] * len(sources), rng))
        scores.append(found[LINE]["score"])
        assert np.isclose(found[LINE]["independent"], len(sources), rtol=0.1)
    assert scores[1] > 1.8 * scores[0]
    assert scores[2] < 1.5 * scores[1]


def test_sources_whose_documents_share_more_than_the_line_count_less() -> None:
    rng = random.Random(2)
    more = " ".join(f"release{i} went out to all the papers" for i in range(4))
    found = points(rows(LINE, "abcd", [40] * 4, rng))
    release = [
        {"source": s, "time": "2024-02-13", "text": f"{more}. {filler(rng, 9)}. {LINE}. {filler(rng, 9)}."}
        for s in "abcd"
    ]
    copied = points(release)
    assert copied[LINE]["independent"] < 2.5 < found[LINE]["independent"]
    assert copied[LINE]["score"] < found[LINE]["score"]


@pytest.mark.parametrize("days", [[10] * 4, [10, 40, 70, 100]])
def test_copies_of_a_whole_post_count_by_days(days: list[int]) -> None:
    rng = random.Random(3)
    found = points(
        [{**row, "text": f"{LINE}."} for row in rows(LINE, "abcd", days, rng)] + background("abcd", rng), preset="posts"
    )
    distinct = len(set(days))
    assert np.isclose(found[LINE]["independent"], distinct if distinct > 1 else 1.5)


def test_a_burst_comes_before_what_is_used_as_the_activity_of_its_users_has_it() -> None:
    rng = random.Random(4)
    quiet = background("abcd", rng)
    burst = points(rows(LINE, "abcd", [100, 101, 102, 103], rng) + quiet)[LINE]
    apart = points(rows(LINE, "abcd", [20, 110, 200, 290], rng) + quiet)[LINE]
    assert burst["burst"] > 0.8
    assert apart["burst"] == 0
    assert burst["score"] > apart["score"]
    assert (
        points([{k: v for k, v in row.items() if k != "time"} for row in quiet + rows(LINE, "ab", [1, 2], rng)])[LINE][
            "burst"
        ]
        is None
    )


def test_what_people_are_quoted_with_comes_before_what_is_told() -> None:
    rng = random.Random(5)
    tails = ("she said", "was his answer", "as a miller put it")
    said = [
        {**row, "text": row["text"].replace(f"N{LINE[1:]}.", f'"N{LINE[1:]}" {tail}.')}
        for row, tail in zip(rows(LINE, "abc", [9] * 3, rng), tails, strict=True)
    ]
    found = points(said + rows(OTHER, "def", [9] * 3, rng))
    assert found[LINE]["label"] == "quotation"
    assert found[LINE]["said"] > found[OTHER]["said"]
    assert found[LINE]["score"] > found[OTHER]["score"]


def test_names_and_hashtags_come_after_sentences() -> None:
    rng = random.Random(6)
    names = "Mayor Alder Brook of Upper Stone Valley Town and Ada Quill of Lower Mill Road"
    found = points(rows(LINE, "abc", [9] * 3, rng) + rows(names, "def", [9] * 3, rng))
    assert found[LINE]["own"] > 2 * found[names.lower()]["own"]
    marked = points([{**r, "text": r["text"].replace("water", "water #now")} for r in rows(LINE, "abc", [9] * 3, rng)])
    assert all(row["whole"] < found[LINE]["whole"] for row in marked.values())


def test_what_begins_within_a_sentence_comes_after_whole_sentences() -> None:
    rng = random.Random(12)
    whole = points(rows(LINE, "abc", [9] * 3, rng))[LINE]
    tails = [
        {**row, "text": row["text"].replace(f"N{LINE[1:]}.", f'{filler(rng, 12)} "{LINE}" {filler(rng, 12)}.')}
        for row in rows(LINE, "abc", [9] * 3, rng)
    ]
    assert points(tails)[LINE]["whole"] < 0.7 * whole["whole"]


def test_used_across_declared_groups_comes_before_used_within_one() -> None:
    rng = random.Random(7)
    party = dict(zip("abcdef", ["north", "north", "north", "south", "south", "south"], strict=True))
    documents = rows(LINE, "acd", [9] * 3, rng) + rows(OTHER, "def", [9] * 3, rng) + rows("x y z " * 3, "b", [9], rng)
    found = points([{**row, "party": party[row["source"]]} for row in documents])
    assert (found[LINE]["across"], found[OTHER]["across"]) == (1, 0)
    assert points(documents)[LINE]["across"] is None
    # A column that is another for each source, or changes within one, declares no groups.
    assert points([{**row, "party": row["source"]} for row in documents])[LINE]["across"] is None
    changing = [
        {**row, "party": str(i % 2)} for i, row in enumerate(documents + rows("q r s " * 3, "abcdef", [20] * 6, rng))
    ]
    assert points(changing)[LINE]["across"] is None


def test_one_text_with_many_lines_counts_once_at_the_top() -> None:
    rng = random.Random(8)
    lines = [" ".join(f"{name}{i}" for i in range(14)) for name in ("a", "b", "c", "d")]
    body = [f" {filler(rng, 90)} ".join([filler(rng, 90), *lines, filler(rng, 90)]) for _ in range(5)]
    found = points([{"source": f"s{k}", "text": text} for k, text in enumerate(body)])
    scores = sorted((row["score"] for row in found.values()), reverse=True)
    assert np.allclose([scores[0] / s for s in scores], [1, 2, 3, 4], rtol=0.05)


def test_parts_lie_between_nought_and_one_and_nothing_found_is_no_error() -> None:
    rng = random.Random(9)
    found = points(rows(LINE, "abc", [1, 5, 9], rng) + rows(OTHER, "bcd", [3, 3, 3], rng))
    for row in found.values():
        assert row["score"] >= 0
        assert row["independent"] >= 1
        assert all(0 <= row[name] <= 1 for name in ("burst", "said", "own", "whole", "topic"))
    assert points([{"source": s, "text": filler(rng, 30)} for s in "ab"]) == {}
