"""Innocent backgrounds: what each is, that the truth tells where its lines are, and groups planted in it or none."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from inchorus.errors import UsageError
from inchorus.simulate import Simulation, simulate, simulate_with_truth
from inchorus.simulate.background import BACKGROUNDS
from inchorus.simulate.tongues import CODES, speak

SMALL: dict[str, Any] = {"documents": 400, "sources": 20, "lines": 0, "days": 182, "groups": 0, "kind": "posts"}


def corpus(background: str, **more: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    documents, planted = simulate_with_truth(Simulation(**{**SMALL, **more}, background=background))
    return documents.to_pylist(), planted.to_pylist()


def times(rows: list[dict[str, Any]]) -> dict[str, list[datetime]]:
    out: dict[str, list[datetime]] = {}
    for row in rows:
        out.setdefault(row["source"], []).append(row["time"])
    return out


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("kind", ["posts", "articles"])
def test_passages_are_where_the_truth_says(background: str, kind: str) -> None:
    documents, planted = corpus(background, kind=kind, documents=200, groups=0 if background == "accounts" else 1)
    text = {row["id"]: row["text"] for row in documents}
    source = {row["id"]: row["source"] for row in documents}
    assert len(text) == len(documents)
    for row in planted:
        assert text[row["doc_id"]][row["start"] : row["end"]] == row["text"]
        assert source[row["doc_id"]] == row["source"]
    kinds = Counter(row["kind"] for row in planted)
    assert set(kinds) <= {"innocent line", "group line"}
    assert kinds["innocent line"] > 0
    assert all((row["group_id"] is None) == (row["kind"] == "innocent line") for row in planted)


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_the_seed_gives_the_corpus(background: str) -> None:
    once, again, other = (corpus(background, seed=seed, documents=120) for seed in (4, 4, 5))
    assert once == again
    assert once[0] != other[0]


def test_groups_are_of_five_who_print_their_lines_within_two_days() -> None:
    _, planted = corpus("turnover", sources=40, groups=2, left_out=0.0)
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in planted:
        if row["kind"] == "group line":
            lines.setdefault(row["line_id"], []).append(row)
    assert len(lines) == 10
    for rows in lines.values():
        assert len({row["source"] for row in rows}) == 5
        assert (max(row["time"] for row in rows) - min(row["time"] for row in rows)).total_seconds() <= 36 * 3600
    members = {row["group_id"]: {r["source"] for r in planted if r["group_id"] == row["group_id"]} for row in planted}
    assert not members["group1"] & members["group2"]


def test_sources_come_and_go() -> None:
    for background, most in (("turnover", 182 / 6), ("accounts", 28)):
        lived = [(max(t) - min(t)).total_seconds() / 86_400 for t in times(corpus(background)[0]).values()]
        assert max(lived) <= most


def test_languages_share_nothing_and_beats_do_not_tell() -> None:
    documents, planted = corpus("languages")
    spoken = {row["id"]: row["language"] for row in documents}
    assert {row["language"] for row in documents} == set(CODES)
    assert all(len({row["language"] for row in documents if row["source"] == s}) == 1 for s in times(documents))
    for line in {row["line_id"] for row in planted}:
        assert len({spoken[row["doc_id"]] for row in planted if row["line_id"] == line}) == 1
    assert "language" not in corpus("beats")[0][0]


def test_half_of_the_sources_have_the_habit() -> None:
    documents, planted = corpus("habit")
    assert len({row["source"] for row in planted}) <= len(times(documents)) // 2


def test_a_footer_changes_every_month() -> None:
    documents, _ = corpus("footers", kind="articles", documents=300)
    last: dict[str, set[str]] = {}
    for row in documents:
        last.setdefault(row["text"].split("\n\n")[-1].lower(), set()).add(row["source"])
    shared = [sources for sources in last.values() if 2 <= len(sources) <= 4]
    assert 5 <= len(shared) <= 7
    assert len(set.union(*shared)) == 4


def test_versions_have_the_text_of_the_first_and_more() -> None:
    documents, planted = corpus("versions", kind="articles", documents=120)
    texts = {row["id"]: row["text"] for row in documents}
    corrected = [text for text in texts.values() if "\n\nUpdate: " in text]
    assert len(corrected) >= 40
    firsts = {text for text in texts.values() if "\n\nUpdate: " not in text}
    assert all(text.rpartition("\n\nUpdate: ")[0] in firsts for text in corrected)
    assert any(row["doc_id"] for row in planted if "\n\nUpdate: " in texts[row["doc_id"]])


def test_weeklies_keep_to_their_day() -> None:
    assert all(len({t.weekday() for t in of}) == 1 for of in times(corpus("calendar")[0]).values())


def test_activity_is_unequal_and_an_election_is_a_rush() -> None:
    sizes = sorted(len(of) for of in times(corpus("unequal")[0]).values())
    assert sizes[-1] > 10 * sizes[2]
    every = sorted(row["time"] for row in corpus("election")[0])
    tenth = [t for t in every if 0.74 < (t - every[0]) / (every[-1] - every[0]) < 0.86]
    assert len(tenth) > 0.45 * len(every)


@pytest.mark.parametrize(("background", "apart"), [("series", 24), ("agency", 3)])
def test_stories_are_followed_by_the_same_sources(background: str, apart: int) -> None:
    _, planted = corpus(background, documents=1200, edits="verbatim")
    of: dict[str, set[str]] = {}
    for row in planted:
        of.setdefault(row["line_id"], set()).add(row["source"])
    alike = [a & b for a, b in pairwise(of.values()) if len(a & b) >= 3]
    assert len(alike) >= 5


def test_a_language_has_a_word_for_each_word() -> None:
    one, other = (speak("The Water rose, and the water fell.", n) for n in (1, 2))
    assert one != other
    assert one.split()[1].rstrip(",.").lower() == one.split()[5].rstrip(",.")
    assert one.split()[1][0].isupper()
    assert one.endswith(".")
    assert speak("The Water", 0) == "The Water"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"background": "turn-over"}, "turnover"),
        ({"background": "language"}, "languages"),
        ({"background": "xyzzy"}, "there are nothing, turnover"),
        ({"background": "nothing", "groups": 5, "group_size": 4, "documents": 80}, "raise documents"),
        ({"background": "accounts", "groups": 2, "group_lines": 15}, "lower groups"),
    ],
)
def test_what_cannot_be_is_said(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(simulate(Simulation(**{**SMALL, **options})))
    assert said in str(caught.value)
