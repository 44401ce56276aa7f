"""Posts of X as snscrape and twscrape keep them, and tables whose column `source` is a program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inchorus.errors import InputError
from read.conftest import Read

USER = {"_type": "snscrape.modules.twitter.User", "username": "harbour", "id": 77, "displayname": "Harbour Office"}
SCRAPED: dict[str, Any] = {
    "_type": "snscrape.modules.twitter.Tweet",
    "url": "https://twitter.com/harbour/status/1580000000000000001",
    "date": "2022-10-12T08:15:30+00:00",
    "rawContent": "Dues rise &amp; rise, says the mayor https://t.co/abc",
    "renderedContent": "Dues rise & rise, says the mayor herald.example/a",
    "id": 1580000000000000001,
    "user": USER,
    "conversationId": 1580000000000000000,
    "lang": "en",
    "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
    "sourceLabel": "Twitter Web App",
    "links": [{"url": "https://herald.example/a", "tcourl": "https://t.co/abc", "indices": [33, 56]}],
    "retweetedTweet": None,
    "quotedTweet": None,
    "inReplyToTweetId": 1580000000000000000,
    "mentionedUsers": [{"username": "mayor", "id": 5}],
    "hashtags": ["dues"],
}
REPOST = {
    **SCRAPED,
    "id": 1580000000000000009,
    "user": {**USER, "username": "echo", "id": 78},
    "rawContent": "RT @harbour: Dues rise &amp; rise, says the m…",
    "retweetedTweet": SCRAPED,
}


def lines(path: Path, *values: Any) -> None:
    path.write_text("".join(json.dumps(value) + "\n" for value in values))


def test_posts_are_by_their_users_and_not_by_programs(read: Read, folder: Path) -> None:
    lines(folder / "a.jsonl", SCRAPED, REPOST)
    post, repost = sorted(read(folder).table.to_pylist(), key=lambda row: str(row["doc_id"]))
    assert (post["source"], post["source_id"], post["platform"]) == ("harbour", "77", "x")
    assert post["text"] == "Dues rise & rise, says the mayor https://t.co/abc"
    assert (post["links"], post["hashtags"], post["mentions"]) == (
        '["https://herald.example/a"]', '["#dues"]', '["@mayor"]',
    )  # fmt: skip
    assert post["reply_to"] == "1580000000000000000"
    assert (repost["source"], repost["text"], repost["repost_of"]) == ("echo", "", "1580000000000000001")
    assert (repost["reposted_source"], repost["reposted_text"]) == ("harbour", post["text"])


@pytest.mark.parametrize("kind", ["old", "twscrape"])
def test_older_and_newer_names_are_read(read: Read, folder: Path, kind: str) -> None:
    value = {name: one for name, one in SCRAPED.items() if name not in {"_type", "source", "sourceLabel"}}
    if kind == "old":
        value["content"], value["outlinks"] = value.pop("rawContent"), ["https://herald.example/a"]
        del value["links"]
    else:
        value |= {"id_str": "1580000000000000001", "date": "2022-10-12 08:15:30+00:00", "_type": SCRAPED["_type"]}
    lines(folder / "a.json", value)
    (post,) = read(folder).table.to_pylist()
    assert (post["doc_id"], post["source"], post["links"]) == (
        "1580000000000000001", "harbour", '["https://herald.example/a"]',
    )  # fmt: skip
    assert post["text"].startswith("Dues rise & rise")


def test_what_is_no_post_is_counted(read: Read, folder: Path) -> None:
    lines(folder / "a.jsonl", SCRAPED, USER, 7)
    found = read(folder, bad_rows="skip")
    (of,) = found.account
    assert (of.rows, of.documents) == (3, 1)
    assert of.left_out["accounts, trends and lists of X, which are no posts"] == 1


TABLE = """user_id,status_id,created_at,screen_name,text,source
77,1580000000000000001,2022-10-12 08:15:30,ada,Dues will rise,Twitter for iPhone
78,1580000000000000002,2022-10-12 08:15:31,bob,Dues will rise,Twitter Web App
79,1580000000000000003,2022-10-12 08:15:32,eve,Dues will rise,dlvr.it
"""


def test_a_program_is_no_source(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(TABLE)
    with pytest.raises(InputError, match=r"programs that posts were sent with.*'Twitter for iPhone'.*'screen_name'"):
        read(folder)
    found = read(folder, source="screen_name", time="created_at", id="status_id")
    assert found.table["source"].to_pylist() == ["ada", "bob", "eve"]
    # whoever names the column wants it
    assert len(set(read(folder, source="source").table["source"].to_pylist())) == 3


def test_an_outlet_may_write_of_programs(read: Read, folder: Path) -> None:
    rows = "".join(f"Herald,Rain on day {i}.\n" for i in range(30))
    (folder / "a.csv").write_text(f"source,text\n{rows}Twitter for iPhone,A review.\n")
    assert read(folder).table.num_rows == 31
