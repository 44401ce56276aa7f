"""Posts that only repeat another in its words are reposts of it, and nobody's own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.relate.evidence import REPOSTED
from inchorus.schema import TIME
from inchorus.words.reposts import with_reposts

POST = (
    "Our harbour needs a new bridge for boats and for all who walk to work here, and the council that promised brushes "
    "or brooms for the old one must say at last who pays for it"
)
CUT = POST[: POST.index("who pays") - 4] + "…"


def documents(rows: Sequence[tuple[str, str, int | None, str]], **more: Sequence[str | None]) -> pa.Table:
    """Rows of id, source, day and text."""
    days = [None if day is None else day * 86_400_000_000 for _, _, day, _ in rows]
    columns = {
        "doc_id": pa.array([row[0] for row in rows]),
        "source": pa.array([row[1] for row in rows]),
        "time": pa.array(days, pa.int64()).cast(TIME),
        "time_precision": pa.array([None if day is None else "day" for day in days], pa.string()),
        "text": pa.array([row[3] for row in rows], pa.large_string()),
        "repost_of": pa.nulls(len(rows), pa.string()),
    }
    return pa.table({**columns, **{name: pa.array(values, pa.string()) for name, values in more.items()}})


def of(rows: Sequence[tuple[str, str, int | None, str]], **more: Sequence[str | None]) -> dict[str, str]:
    """Which document each repost is of; every text stays."""
    table = documents(rows, **more)
    found, n = with_reposts(table)
    assert found.drop_columns("repost_of") == table.drop_columns("repost_of")
    out = {row["doc_id"]: row["repost_of"] for row in found.to_pylist() if row["repost_of"] is not None}
    assert n == len(out)
    return out


@pytest.mark.parametrize(
    "text",
    [
        f"RT @harbour: {POST}",
        f"rt @harbour {POST.upper()}!",
        f"RT @harbour: {CUT}",
        CUT,
        CUT.replace("…", "..."),
        f"{CUT} https://t.co/abc",
        f"RT @harbour: {POST[:60]}…",
    ],
)
def test_what_repeats_a_post_is_a_repost_of_it(text: str) -> None:
    assert of([("1", "harbour", 1, POST), ("2", "b", 2, text)]) == {"2": "1"}


@pytest.mark.parametrize(
    "text",
    [
        POST,  # copied whole, and not said to be anybody's: a finding
        f"So true! RT @harbour: {POST}",
        f"RT @harbour: {POST} And who asked them?",
        f"RT @harbour: {POST.replace('new bridge', 'new ferry')}",
        POST[:60] + "…",  # trails off, too short to have been cut
        POST[: POST.index(" must")],
        f"{CUT} And they never will.",
        "RT @harbour: " + " ".join(POST.split()[:5]) + "…",
    ],
)
def test_what_says_more_or_else_is_none(text: str) -> None:
    assert of([("1", "harbour", 1, POST), ("2", "b", 2, text)]) == {}


def test_the_earliest_is_reposted_and_none_that_is_later() -> None:
    rows = [("1", "a", 5, POST), ("2", "b", 3, POST), ("3", "c", 4, CUT), ("4", "d", 1, CUT), ("5", "e", None, CUT)]
    assert of(rows) == {"3": "2", "5": "2"}


def test_what_is_not_there_is_not_reposted() -> None:
    assert of([("1", "a", 1, f"RT @gone: {POST}"), ("2", "b", 2, f"RT @gone: {POST}"), ("3", "c", 3, CUT)]) == {
        "3": "1"
    }
    assert of([("1", "a", 1, CUT), ("2", "b", 2, CUT)]) == {}


def test_what_the_input_says_stays() -> None:
    table = documents([("1", "harbour", 1, POST), ("2", "b", 2, CUT)])
    at = table.column_names.index("repost_of")
    said = table.set_column(at, "repost_of", pa.array([None, "elsewhere"]))
    assert with_reposts(said) == (said, 0)


words = st.lists(st.sampled_from("ab cd ef gh ij kl mn op".split()), min_size=30, max_size=60).map(" ".join)


@given(st.lists(words, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_found_as_a_comparison_of_all_pairs_finds_them(posts: list[str], rng: random.Random) -> None:
    cut = [text[: rng.randrange(100, len(text) + 1)] + " xy…" for text in posts if len(text) > 100]
    texts = [*posts, *cut]
    rng.shuffle(texts)
    rows = [(str(n), f"s{n}", n, text) for n, text in enumerate(texts)]
    expected = {}
    for n, text in enumerate(texts):
        if text.endswith("…"):
            own = text.removesuffix(" xy…").split()
            for m, other in enumerate(texts[:n]):
                theirs = other.split()
                if not other.endswith("…") and len(theirs) > len(own) and theirs[: len(own)] == own:
                    expected[str(n)] = str(m)
                    break
    assert of(rows) == expected


def test_find_says_so_and_lists_them_as_copies_that_no_tie_counts(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "source": "harbour", "time": "2024-05-01", "text": POST},
        {"id": "2", "source": "b", "time": "2024-05-02", "text": f"RT @harbour: {POST}"},
        {"id": "3", "source": "c", "time": "2024-05-03", "text": CUT},
        {"id": "4", "source": "d", "time": "2024-05-04", "text": f"As was said: {POST}"},
    ]
    study = inchorus.find(rows, tmp_path / "study", preset="posts")
    (point,) = study.talking_points.arrow().to_pylist()
    assert (point["n_sources"], point["n_documents"], point["first_sources"]) == (4, 4, ["harbour"])
    edits = [e["class"] for v in study.variants.arrow().to_pylist() for e in v["edits"] if e["class"]]
    assert edits == ["cut"]
    reposts = {row["doc_id"]: row["repost_of"] for row in study.documents.arrow().to_pylist()}
    assert reposts == {"1": None, "2": "1", "3": "1", "4": None}
    assert any("2 texts repost another" in note for note in study.manifest["notes"])
    (tie,) = study.ties.arrow().to_pylist()
    assert (tie["source_a"], tie["source_b"], tie["observed"]) == ("d", "harbour", 1)
    uncounted = [row for row in study.occasions.arrow().to_pylist() if row["reason"] == REPOSTED]
    assert {(row["doc_a"], row["doc_b"], row["counted"]) for row in uncounted} == {("2", "1", False), ("3", "1", False)}
