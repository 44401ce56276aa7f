"""Posts of Mastodon from an archive and from its interface."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from read.conftest import Read

HTML = (
    '<p>Rain &amp; hail on the coast, says <span class="h-card"><a href="https://b.example/@gull">@<span>gull</span></a></span>'
    '<br />until Friday.</p><p>More: <a href="https://herald.example/rain"><span class="invisible">https://</span>'
    '<span class="ellipsis">herald.example/ra</span><span class="invisible">in</span></a></p>'
)
TEXT = "Rain & hail on the coast, says @gull\nuntil Friday.\n\nMore: https://herald.example/rain"
ACTOR = "https://sea.example/users/ann"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
NOTE = {
    "id": f"{ACTOR}/statuses/1",
    "type": "Note",
    "summary": None,
    "inReplyTo": None,
    "published": "2024-05-01T12:30:05Z",
    "url": "https://sea.example/@ann/1",
    "attributedTo": ACTOR,
    "to": [PUBLIC],
    "cc": [f"{ACTOR}/followers"],
    "content": HTML,
    "contentMap": {"en": HTML},
    "tag": [{"type": "Hashtag", "name": "#rain"}, {"type": "Mention", "name": "@gull@b.example"}],
}
CREATE = {
    "id": f"{ACTOR}/statuses/1/activity",
    "type": "Create",
    "actor": ACTOR,
    "published": NOTE["published"],
    "object": NOTE,
}
BOOST = {"id": f"{ACTOR}/statuses/2/activity", "type": "Announce", "actor": ACTOR, "published": "2024-05-02T12:30:05Z",
         "object": "https://b.example/users/gull/statuses/9", "to": [PUBLIC]}  # fmt: skip
DIRECT = {**CREATE, "object": {**NOTE, "to": ["https://b.example/users/gull"], "cc": []}}
OUTBOX = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection",
          "totalItems": 3, "orderedItems": [CREATE, BOOST, DIRECT]}  # fmt: skip
STATUS = {
    "id": "1",
    "created_at": "2024-05-01T12:30:05.000Z",
    "visibility": "public",
    "language": "en",
    "uri": f"{ACTOR}/statuses/1",
    "url": "https://sea.example/@ann/1",
    "content": HTML,
    "spoiler_text": "",
    "reblog": None,
    "account": {"id": "7", "username": "ann", "acct": "ann", "url": "https://sea.example/@ann", "display_name": "Ann"},
    "tags": [{"name": "rain"}],
    "mentions": [{"acct": "gull@b.example"}],
    "card": {"url": "https://herald.example/rain"},
}


def test_the_outbox_of_an_archive(read: Read, folder: Path) -> None:
    (folder / "outbox.json").write_text(json.dumps(OUTBOX, indent=1))
    found = read(folder / "outbox.json")
    post, boost = found.table.to_pylist()
    assert (post["doc_id"], post["source"], post["text"]) == (NOTE["id"], "ann@sea.example", TEXT)
    assert (post["time"], post["visibility"]) == (datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC), "public")
    assert [json.loads(post[c]) for c in ("hashtags", "mentions")] == [["#rain"], ["@gull@b.example"]]
    assert (boost["text"], boost["repost_of"]) == ("", BOOST["object"])
    assert found.passed == {
        "messages of Mastodon to single people, which are not published": 1,
        "what an outbox of Mastodon says of itself": 1,
    }


def test_answers_of_its_interface(read: Read, folder: Path) -> None:
    boost = {**STATUS, "id": "2", "uri": f"{ACTOR}/statuses/2", "reblog": STATUS, "created_at": "2024-05-02T12:30:05Z",
             "account": {"acct": "gull@b.example", "url": "https://b.example/@gull"}}  # fmt: skip
    for value in ([STATUS, boost], {"statuses": [STATUS, boost], "accounts": [], "hashtags": []}):
        (folder / "a.json").write_text(json.dumps(value))
        ann, gull = read(folder / "a.json", format="mastodon").table.to_pylist()
        assert (ann["source"], ann["source_name"], ann["text"]) == ("ann@sea.example", "Ann", TEXT)
        assert json.loads(ann["links"]) == ["https://herald.example/rain"]
        assert (gull["source"], gull["text"], gull["repost_of"]) == ("gull@b.example", "", STATUS["uri"])
        assert (gull["reposted_text"], gull["reposted_source"]) == (TEXT, "ann@sea.example")
    (folder / "b.jsonl").write_text(json.dumps(STATUS) + "\n")
    assert read(folder / "b.jsonl").table["source"].to_pylist() == ["ann@sea.example"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NOTE, *CREATE, *STATUS, *OUTBOX, "statuses"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(VALUES, max_size=6),
    st.dictionaries(st.sampled_from([*NOTE, *STATUS]), VALUES, max_size=3),
    st.integers(0, 300),
)
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, values: list[Any], changed: dict[str, Any], cut: int
) -> None:
    text = "".join(json.dumps(v) + "\n" for v in [OUTBOX, STATUS, {**STATUS, **changed}, {**NOTE, **changed}, *values])
    (folder / "r.jsonl").write_text(text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format="mastodon", bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


def test_what_its_search_answers_is_read(read: Read, folder: Path) -> None:
    status = {
        "id": "1", "created_at": "2024-05-01T12:30:05.000Z", "content": "<p>Rain.</p>", "visibility": "public",
        "uri": "https://a.example/users/ann/statuses/1", "account": {"acct": "ann@a.example"}, "reblog": None,
    }  # fmt: skip
    (folder / "a.json").write_text(
        json.dumps({"accounts": [], "statuses": [status, {**status, "uri": "b"}], "hashtags": []})
    )
    found = read(folder / "a.json")
    assert [(row["source"], row["text"]) for row in found.table.to_pylist()] == [("ann@a.example", "Rain.")] * 2
    assert found.account[0].format == "mastodon"
