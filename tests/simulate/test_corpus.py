from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from inchorus.errors import UsageError
from inchorus.simulate import Simulation, simulate, simulate_with_truth, truth

SMALL = Simulation(documents=300, sources=20, lines=12, users=(3, 6), groups=2, group_size=4, group_lines=3, seed=1)
PLAIN = Simulation(documents=2000, lines=0, groups=0, boilerplate=False)


def corpus(options: Simulation) -> list[dict[str, Any]]:
    return [row for batch in simulate(options) for row in batch.to_pylist()]


@pytest.fixture(scope="module", params=["articles", "posts"])
def small(request: pytest.FixtureRequest) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    documents, planted = simulate_with_truth(replace(SMALL, kind=request.param))
    return {row["id"]: row for row in documents.to_pylist()}, planted.to_pylist()


Small = tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]


def test_the_truth_is_in_the_documents(small: Small) -> None:
    documents, planted = small
    assert len(documents) == SMALL.documents
    for row in planted:
        document = documents[row["doc_id"]]
        assert document["text"][row["start"] : row["end"]] == row["text"]
        assert (document["source"], document["time"]) == (row["source"], row["time"])


def test_the_first_is_strictly_earliest_and_copies_follow_what_they_copy(small: Small) -> None:
    documents, planted = small
    by_line: dict[str, list[dict[str, Any]]] = {}
    for row in planted:
        by_line.setdefault(row["line_id"], []).append(row)
    for rows in by_line.values():
        (first,) = [row for row in rows if row["is_first"]]
        assert all(row["time"] - first["time"] >= timedelta(seconds=1) for row in rows if row is not first)
        assert len({row["source"] for row in rows}) == len(rows)
        holders = {row["doc_id"] for row in rows}
        for row in rows:
            if row["copied_from"]:
                assert row["copied_from"] in holders
                assert documents[row["copied_from"]]["time"] < row["time"]
    lines = [rows for rows in by_line.values() if rows[0]["kind"] == "line"]
    assert len(lines) == SMALL.lines
    assert all(SMALL.users[0] <= len(rows) <= SMALL.users[1] for rows in lines)
    assert all((row["copied_from"] is None) == row["is_first"] for rows in lines for row in rows)


def test_groups_are_their_own_sources_and_every_kind_is_there(small: Small) -> None:
    _, planted = small
    members: dict[str, set[str]] = {}
    for row in planted:
        assert (row["group_id"] is None) == (row["kind"] != "group line")
        if row["group_id"]:
            members.setdefault(row["group_id"], set()).add(row["source"])
    one, other = members.values()
    assert not one & other
    assert max(len(one), len(other)) <= SMALL.group_size
    assert {row["kind"] for row in planted} == {"line", "group line", "quotation", "syndicated"}


def test_lines_have_the_length_they_promise() -> None:
    planted = truth(replace(SMALL, edits="verbatim")).to_pylist()
    lines = [row for row in planted if row["kind"] in ("line", "group line")]
    assert all(row["text"] == row["wording"] for row in lines)
    assert all(12 <= len(row["wording"].split()) <= 40 for row in lines)


@pytest.mark.parametrize(("edits", "low", "high"), [("light", 0.07, 0.14), ("heavy", 0.20, 0.36)])
def test_edits_keep_their_rate_and_do_not_add_up(edits: str, low: float, high: float) -> None:
    options = Simulation(documents=1200, lines=120, groups=0, boilerplate=False, edits=edits, kind="posts")
    rows = [row for row in truth(options).to_pylist() if not row["is_first"]]
    rates = [
        Levenshtein.distance(row["wording"].split(), row["text"].split()) / len(row["wording"].split()) for row in rows
    ]
    assert low < np.mean(rates) < high
    if edits == "light":
        assert max(rates) < 0.4


def test_documents_look_like_articles_and_posts() -> None:
    options = replace(PLAIN, documents=200)
    articles = corpus(options)
    assert 1500 < np.mean([len(row["text"]) for row in articles]) < 2600
    assert all(row["title"] and row["text"][-1] in '."' for row in articles)
    posts = [len(row["text"].split()) for row in corpus(replace(options, kind="posts"))]
    assert all(8 <= n <= 34 for n in posts)
    assert 10 <= np.mean(posts) <= 30


def test_two_sources_do_not_write_the_same_eight_words_by_chance() -> None:
    numbers: dict[str, int] = {}
    grams, holders, sources = [], [], []
    for i, row in enumerate(corpus(PLAIN)):
        words = re.findall(r"\w+", row["text"].lower())
        ids = np.array([numbers.setdefault(word, len(numbers)) for word in words], np.uint64)
        sources.append(row["source"])
        hashed = np.zeros(len(ids) - 7, np.uint64)
        for k in range(8):
            hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + ids[k : len(ids) - 7 + k] + np.uint64(1)
            hashed ^= hashed >> np.uint64(29)
        grams.append(hashed)
        holders.append(np.full(len(hashed), i))
    gram, holder = np.concatenate(grams), np.concatenate(holders)
    order = np.argsort(gram, kind="stable")
    same = np.flatnonzero(gram[order][1:] == gram[order][:-1])
    pairs = zip(holder[order][same].tolist(), holder[order][same + 1].tolist(), strict=True)
    assert [(a, b) for a, b in pairs if sources[a] != sources[b]] == []


def test_events_are_shared_where_nothing_is_planted() -> None:
    rows = corpus(replace(PLAIN, documents=300))
    towns = [
        set(re.findall(r"the ([A-Z]\w+ [A-Z]\w+) (?:board|council|committee|district)", row["text"])) for row in rows
    ]
    reported: dict[str, set[str]] = {}
    for row, names in zip(rows, towns, strict=True):
        for name in names:
            reported.setdefault(name, set()).add(row["source"])
    assert sum(len(sources) > 1 for sources in reported.values()) >= 3


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["articles", "posts"]), st.booleans())
def test_the_seed_decides_everything(seed: int, kind: str, boilerplate: bool) -> None:
    options = Simulation(
        documents=40, sources=8, lines=2, users=(2, 3), groups=1, group_size=2, group_lines=2, kind=kind, seed=seed
    )
    options = replace(options, boilerplate=boilerplate)
    once, planted = simulate_with_truth(options)
    assert once.equals(pa.Table.from_batches(simulate(options)))
    assert planted.equals(truth(options))
    assert not once.equals(pa.Table.from_batches(simulate(replace(options, seed=seed + 1))))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"edits": "lihgt"}, "light"),
        ({"kind": "post"}, "posts"),
        ({"users": (3, 50)}, "sources"),
        ({"users": (1, 4)}, "fewest"),
        ({"groups": 9}, "group_size"),
        ({"documents": 0}, "documents"),
        ({"documents": 100}, "raise documents"),
    ],
)
def test_options_that_cannot_be_met_say_so(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(simulate(replace(Simulation(), **changed)))


def test_standing_texts_are_used_at_any_time_and_slogans_in_waves() -> None:
    options = replace(SMALL, documents=600, days=1200, standing=6, slogans=6)
    made, planted = simulate_with_truth(options)
    documents = {row["id"]: row for row in made.to_pylist()}
    by_line: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in planted.to_pylist():
        assert documents[row["doc_id"]]["text"][row["start"] : row["end"]] == row["text"]
        by_line.setdefault((row["kind"], row["line_id"]), []).append(row)
    for (kind, _), rows in by_line.items():
        if kind not in ("standing text", "slogan"):
            continue
        times = sorted(row["time"] for row in rows)
        assert 3 <= len({row["source"] for row in rows}) <= 6
        assert len({row["doc_id"] for row in rows}) == len(rows) == len(set(times))
        gaps = [b - a for a, b in pairwise(times)]
        if kind == "slogan":
            # A wave of ten days holds no longer gap: at most three lie between four waves.
            assert sum(gap > timedelta(days=10) for gap in gaps) <= 3
    assert sum(kind == "standing text" for kind, _ in by_line) == 6
    assert sum(kind == "slogan" for kind, _ in by_line) == 6


def test_what_a_seed_gives_does_not_change_with_options_that_plant_nothing() -> None:
    planted = truth(SMALL).to_pylist()
    more = truth(replace(SMALL, standing=3)).to_pylist()
    wordings = {row["wording"] for row in planted}
    assert wordings == {row["wording"] for row in more if row["kind"] != "standing text"}
