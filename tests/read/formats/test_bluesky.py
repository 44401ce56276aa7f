"""Posts of Bluesky in the forms in which people keep them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from read.conftest import Read

TEXT = "Wind’s up 🌬 says @gull.example: herald.example/ra... #Rain"
DID, GULL = "did:plc:aaaa", "did:plc:bbbb"
URI = f"at://{DID}/app.bsky.feed.post/3k"
LINK = "https://herald.example/rain-and-more"


def facet(part: str, kind: str, **values: str) -> dict[str, Any]:
    start = len(TEXT[: TEXT.index(part)].encode())
    feature = {"$type": f"app.bsky.richtext.facet#{kind}", **values}
    return {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}


RECORD = {
    "$type": "app.bsky.feed.post",
    "createdAt": "2024-05-01T12:30:05.123Z",
    "langs": ["en"],
    "text": TEXT,
    "facets": [
        facet("@gull.example", "mention", did=GULL),
        facet("herald.example/ra...", "link", uri=LINK),
        facet("#Rain", "tag", tag="Rain"),
    ],
    "reply": {"parent": {"uri": "at://p", "cid": "c"}, "root": {"uri": "at://r", "cid": "c"}},
    "embed": {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": "at://quoted", "cid": "c"}},
        "media": {"external": {"uri": "https://courier.example/1", "title": "Not ours", "description": "Nor this"}},
    },
}
AUTHOR = {"did": DID, "handle": "harbour.example", "displayName": "Harbour"}
VIEW = {
    "uri": URI,
    "cid": "c",
    "author": AUTHOR,
    "record": RECORD,
    "indexedAt": "2024-05-01T12:30:06.000Z",
    "likeCount": 3,
}
BY = {"did": GULL, "handle": "gull.example", "displayName": "Gull"}
REPOST = {
    "post": VIEW,
    "reason": {"$type": "app.bsky.feed.defs#reasonRepost", "by": BY, "indexedAt": "2024-05-02T12:00:00Z"},
}


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def test_a_feed_has_posts_and_reposts(read: Read, folder: Path) -> None:
    file = lines(folder / "a.json", {"cursor": "x", "feed": [{"post": VIEW}, REPOST]})
    repost, post = read(file).table.to_pylist()
    assert (post["source"], post["source_id"], post["text"], post["language"]) == ("harbour.example", DID, TEXT, "en")
    assert post["time"] == datetime(2024, 5, 1, 12, 30, 5, 123_000, tzinfo=UTC)
    assert post["url"] == "https://bsky.app/profile/harbour.example/post/3k"
    assert json.loads(post["links"]) == [LINK, "https://courier.example/1"]
    assert json.loads(post["hashtags"]) == ["#Rain"]
    assert json.loads(post["mentions"]) == ["@gull.example"]
    assert (post["reply_to"], post["quote_of"]) == ("at://p", "at://quoted")
    assert (repost["source"], repost["text"], repost["repost_of"]) == ("gull.example", "", URI)
    assert (repost["reposted_text"], repost["reposted_source"]) == (TEXT, "harbour.example")
    assert repost["time"] == datetime(2024, 5, 2, 12, tzinfo=UTC)


def test_searches_lines_records_and_events_are_the_same_post(read: Read, folder: Path) -> None:
    for name, value in {"search": {"posts": [VIEW]}, "line": VIEW}.items():
        (row,) = read(lines(folder / f"{name}.jsonl", value)).table.to_pylist()
        assert (row["doc_id"], row["source"], row["text"]) == (URI, "harbour.example", TEXT)
    event = {
        "did": DID,
        "time_us": 1714566605123000,
        "kind": "commit",
        "commit": {
            "operation": "create",
            "collection": "app.bsky.feed.post",
            "rkey": "3k",
            "record": RECORD,
            "cid": "c",
        },
    }
    for name, value in {"records": {"records": [{"uri": URI, "cid": "c", "value": RECORD}]}, "event": event}.items():
        (row,) = read(lines(folder / f"{name}.jsonl", value)).table.to_pylist()
        assert (row["doc_id"], row["source"], row["text"], row["url"][-3:]) == (URI, DID, TEXT, "/3k")


def test_what_is_no_post_is_counted(read: Read, folder: Path) -> None:
    def event(collection: str, record: Any) -> dict[str, Any]:
        commit = {"operation": "create", "collection": collection, "rkey": "1", "record": record}
        return {"did": GULL, "time_us": 1, "kind": "commit", "commit": commit}

    like = event(
        "app.bsky.feed.like",
        {"$type": "app.bsky.feed.like", "subject": {"uri": URI}, "createdAt": "2024-05-01T12:30:05Z"},
    )
    repost = event(
        "app.bsky.feed.repost",
        {"$type": "app.bsky.feed.repost", "subject": {"uri": URI}, "createdAt": "2024-05-01T12:30:05Z"},
    )
    gone = {
        "did": GULL,
        "kind": "commit",
        "commit": {"operation": "delete", "collection": "app.bsky.feed.post", "rkey": "2"},
    }
    found = read(lines(folder / "a.jsonl", like, repost, gone, {"did": GULL, "kind": "identity", "identity": {}}))
    (row,) = found.table.to_pylist()
    assert (row["source"], row["repost_of"], row["text"]) == (GULL, URI, "")
    assert found.passed == {"what Bluesky has besides posts: likes, follows, profiles, deletions": 3}


NAMES = [
    *RECORD,
    *VIEW,
    *REPOST,
    "feed",
    "posts",
    "records",
    "commit",
    "value",
    "features",
    "index",
    "byteStart",
    "byteEnd",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(VALUES, max_size=6),
    st.dictionaries(st.sampled_from([*RECORD, *VIEW]), VALUES, max_size=3),
    st.integers(0, 300),
)
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, values: list[Any], changed: dict[str, Any], cut: int
) -> None:
    text = "".join(
        json.dumps(v) + "\n" for v in [VIEW, {**VIEW, **changed}, {**VIEW, "record": {**RECORD, **changed}}, *values]
    )
    (folder / "r.jsonl").write_text(text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format="bluesky", bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n
