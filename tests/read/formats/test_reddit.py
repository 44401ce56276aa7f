"""Posts and comments of Reddit in dumps and pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from read.conftest import Read

RAIN = "Rain is on its way to the harbour, said the mayor."
COMMENT = {
    "author": "gull",
    "author_fullname": "t2_g",
    "body": f"&gt; It rains &amp; rains.\n\n{RAIN}&amp;#x200B;",
    "created_utc": 1714566605,
    "edited": False,
    "id": "k1",
    "link_id": "t3_p1",
    "parent_id": "t3_p1",
    "permalink": "/r/harbour/comments/p1/_/k1/",
    "subreddit": "harbour",
}
POST = {
    "author": "mole",
    "created_utc": "1714566605",
    "edited": 1714567000.0,
    "id": "p1",
    "is_self": True,
    "permalink": "/r/harbour/comments/p1/rain/",
    "selftext": RAIN,
    "subreddit": "harbour",
    "title": "Rain",
    "url": "https://www.reddit.com/r/harbour/comments/p1/rain/",
}
LINK = {
    **POST,
    "id": "p2",
    "is_self": False,
    "selftext": "",
    "url": "https://herald.example/rain",
    "title": f"Herald: {RAIN}",
}
CROSS = {**LINK, "id": "p3", "crosspost_parent": "t3_p2", "crosspost_parent_list": [LINK]}
GONE = [
    {**COMMENT, "id": "k2", "body": "[removed]"},
    {**COMMENT, "id": "k3", "body": "[deleted]", "author": "[deleted]"},
    {**POST, "id": "p4", "selftext": "[removed]"},
    {**COMMENT, "id": "k4", "author": "[deleted]"},
]


THREAD = {
    **COMMENT,
    "id": "k5",
    "replies": {
        "kind": "Listing",
        "data": {
            "children": [
                {"kind": "t1", "data": {**COMMENT, "id": "k6", "parent_id": "t1_k5", "replies": ""}},
                {"kind": "more", "data": {"children": ["k7"], "id": "k7"}},
            ]
        },
    },
}


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def test_posts_and_comments_of_dumps(read: Read, folder: Path) -> None:
    found = read(lines(folder / "a.ndjson", COMMENT, POST, LINK, CROSS, *GONE))
    rows = {row["doc_id"]: row for row in found.table.to_pylist()}
    assert {key: row["source"] for key, row in rows.items()} == {
        "t1_k1": "gull",
        "t3_p1": "mole",
        "t3_p2": "mole",
        "t3_p3": "mole",
    }
    comment, post, link, cross = (rows[key] for key in ("t1_k1", "t3_p1", "t3_p2", "t3_p3"))
    assert comment["text"] == f"> It rains & rains.\n\n{RAIN}"
    assert comment["time"] == post["time"] == datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)
    assert (comment["reply_to"], comment["subreddit"]) == ("t3_p1", "harbour")
    assert comment["url"] == "https://www.reddit.com/r/harbour/comments/p1/_/k1/"
    assert (post["text"], post["title"], post["links"]) == (RAIN, "Rain", None)
    assert (link["text"], json.loads(link["links"])) == (f"Herald: {RAIN}", ["https://herald.example/rain"])
    assert (cross["text"], cross["repost_of"]) == ("", "t3_p2")
    assert found.passed == {
        "comments of Reddit that were deleted or removed": 2,
        "posts of Reddit that were deleted or removed": 1,
        "comments of Reddit whose account was deleted: whose they are is not known": 1,
    }


def test_a_crosspost_under_a_title_of_its_own_says_that(read: Read, folder: Path) -> None:
    own = {**CROSS, "title": "Look at this"}
    (row,) = read(lines(folder / "a.ndjson", own)).table.to_pylist()
    assert (row["text"], row["repost_of"]) == ("Look at this", "t3_p2")


def test_a_dump_as_it_is_downloaded_alone_and_in_a_folder(read: Read, folder: Path) -> None:
    text = lines(folder / "RC", COMMENT).read_bytes()
    (folder / "RC").unlink()
    (folder / "RC_2024-05.zst").write_bytes(zstd.compress(text))
    alone = read(folder / "RC_2024-05.zst")
    assert alone.table["source"].to_pylist() == ["gull"]
    (folder / "read me").write_text("Nothing.")
    assert read(folder).table.equals(alone.table)


def test_pages_of_its_interface(read: Read, folder: Path) -> None:
    children = [{"kind": "t3", "data": LINK}, {"kind": "t1", "data": COMMENT}, {"kind": "more", "data": {"count": 3}}]
    page = {"kind": "Listing", "data": {"after": None, "children": children}}
    file = folder / "a.json"
    file.write_text(json.dumps([page, page | {"data": {"children": []}}]))
    found = read(file)
    assert sorted(found.table["doc_id"].to_pylist()) == ["t1_k1", "t3_p2"]
    assert found.passed == {"what Reddit lists besides posts and comments": 1}
    file.write_text(json.dumps({"data": [COMMENT]}))
    assert read(file).table["source"].to_pylist() == ["gull"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*COMMENT, *CROSS, "kind", "data", "children"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6), st.none() | st.integers(0, 300))
def test_no_row_is_lost_and_no_other_error_leaves(read: Read, folder: Path, values: list[Any], cut: int | None) -> None:
    text = "".join(json.dumps(value) + "\n" for value in [COMMENT, POST, *values])
    (folder / "r.jsonl").write_text(text[:cut] if cut is None else text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format="reddit", bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


def test_answers_inside_answers_are_comments(read: Read, folder: Path) -> None:
    pages = [
        {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": POST}]}},
        {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": THREAD}]}},
    ]
    (folder / "p1.json").write_text(json.dumps(pages))
    found = read(folder / "p1.json")
    assert sorted(found.table["doc_id"].to_pylist()) == ["t1_k5", "t1_k6", "t3_p1"]
    assert found.passed == {"what Reddit lists besides posts and comments": 1}
