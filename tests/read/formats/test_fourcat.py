"""4CAT's tables, with the columns that each of its data sources writes."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from read.conftest import Read

RAIN = "Rain is on its way to the harbour, said the mayor."
NOON = datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)
WHEN = {"timestamp": "2024-05-01 14:30:05", "unix_timestamp": "1714566605"}

# The columns stand in the order of 4CAT's data sources, some of those without a meaning here left out.
TELEGRAM = {
    "id": "17", "thread_id": "harbour", "chat": "harbour", "author": "1009", "author_username": "harbour",
    "author_name": "",
    "author_is_bot": "no", "body": RAIN, "body_markdown": RAIN, "is_reply": "no", "reply_to": "", "views": "3",
    "reactions": "", **WHEN, "timestamp_edited": "", "unix_timestamp_edited": "", "author_forwarded_from_name": "",
    "author_forwarded_from_username": "", "author_forwarded_from_id": "", "entities_linked": "https://a.example/1",
    "entities_mentioned": "", "link_title": "", "link_attached": "", "attachment_type": "", "attachment_data": "",
}  # fmt: skip
X = {
    "id": "17", "thread_id": "17", **WHEN, "link": "https://x.com/harbour/status/17", "body": RAIN, "author": "harbour",
    "author_fullname": "Harbour", "author_id": "5", "source": "Web", "language_guess": "en", "is_retweet": "no",
    "retweeted_user": "", "is_quote_tweet": "no", "quoted_user": "", "hashtags": "rain,sun", "urls": "",
    "mentions": "gull",
}  # fmt: skip
FACEBOOK = {
    "id": "17", "url": "https://www.facebook.com/harbour/posts/17", "body": RAIN, "timestamp": "2024-05-01 14:30:05",
    "author": "harbour", "author_name": "Harbour", "image_url": "", "video_url": "", "is_in_group": "no",
    "group_name": "", "unix_timestamp": "1714566605",
}  # fmt: skip
VK = {
    "id": "17", "thread_id": "17", **WHEN, "link": "https://vk.com/wall-99_17", "item_type": "post", "body": RAIN,
    "author_id": "-99", "author_type": "community", "author_screen_name": "harbour", "author_name": "Harbour",
    "in_reply_to_user": "", "in_reply_to_comment_id": "", "source": "vk", "edited": "False",
    "links": "https://a.example/1,2, https://b.example/", "subject": "",
}  # fmt: skip
GAB = {
    "id": "17", "type": "post", "created_at": "2024-05-01T12:30:05.000Z", "thread_id": "17",
    "timestamp": "2024-05-01 12:30:05", "url": "https://gab.com/harbour/posts/17", "post_id": "17",
    "body": "<p>Rain is on its way to the harbour, said the mayor.</p>", "account_id": "5",
    "account_username": "harbour", "account_display_name": "Harbour", "group_title": "", "account_is_pro": "False",
}  # fmt: skip
TRUTH = {
    "id": "17", "created_at": "2024-05-01T12:30:05.000Z", "body": GAB["body"], "url": "https://t.example/17",
    "reblogs_count": "0", "account_id": "5", "account_username": "harbour", "account_display_name": "Harbour",
    "thread_id": "17", "timestamp": "2024-05-01 12:30:05",
}  # fmt: skip
DOUYIN = {
    "id": "17", "thread_id": "17", "subject": "Post", "body": RAIN, "timestamp": "2024-05-01 14:30:05",
    "post_url": "https://www.douyin.com/video/17", "hashtags": "rain", "prevent_download": "no",
    "author_user_id": "5", "author_nickname": "harbour", "author_is_ad_fake": "", "unix_timestamp": "1714566605",
}  # fmt: skip
LINKEDIN = {
    "id": "17", "thread_id": "17", "body": RAIN, "timestamp": "2024-05-01 12:30:05",
    "timestamp_collected": "2024-05-02 12:30:05", "timestamp_ago": "24h", "is_promoted": "no", "author": "in/harbour",
    "author_name": "Harbour", "hashtags": "", "post_url": "https://www.linkedin.com/feed/update/17", "link_url": "",
    "inclusion_context": "", "unix_timestamp": "1714566605", "unix_timestamp_collected": "1714653005",
}  # fmt: skip
TIKTOK_COMMENT = {
    "collected_from_url": "", "id": "17", "thread_id": "9", "author": "harbour", "author_full": "Harbour",
    "body": RAIN, **WHEN, "likes": "1", "post_id": "9", "post_url": "https://m.tiktok.com/v/9", "post_body": "Sun.",
    "comment_url": "https://m.tiktok.com/v/9.html?c=17", "is_sticky": "no", "is_comment_on_comment": "no",
    "language_guess": "en",
}  # fmt: skip
BLUESKY = {
    "collected_at": "", "query": "rain", "rank": "1", "id": "at://did:plc:a/app.bsky.feed.post/17", "thread_id": "17",
    "created_at": "2024-05-01T12:30:05+00:00", "author": "harbour", "author_id": "did:plc:a", "body": RAIN,
    "link": "https://bsky.app/profile/harbour/post/17", "tags": "rain", "quoted_post": "", "replied_to_post": "",
    "replies_allowed": "True", "mentions": "", "links": "https://a.example/1", "timestamp": "1714566605.0",
}  # fmt: skip
NINEGAG = {
    "id": "17", "url": "https://9gag.example/17", "subject": RAIN, "body": "", "timestamp": "2024-05-01 14:30:05",
    "author": "harbour", "author_name": "Harbour", "is_vote_masked": "no", "is_anonymous": "no", "tags": "rain",
    "unix_timestamp": "1714566605",
}  # fmt: skip
IMPORTED = {
    "id": "17", "thread_id": "17", "body": RAIN, "author": "", **WHEN, "page_name": "harbour", "page_shared_from": "",
    "url": "https://www.facebook.com/17", "url_original": "https://a.example/1", "hashtags": "", "body_image": "",
}  # fmt: skip
SHAPES = {
    "telegram": TELEGRAM, "x": X, "facebook": FACEBOOK, "vk": VK, "gab": GAB, "truthsocial": TRUTH, "douyin": DOUYIN,
    "tiktok": TIKTOK_COMMENT, "bluesky": BLUESKY, "9gag": NINEGAG,
}  # fmt: skip


def table(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows(read: Read, file: Path, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(file, **options).table.sort_by("doc_id").to_pylist()
    return found


@pytest.mark.parametrize("platform", SHAPES)
def test_every_data_source_has_its_post(read: Read, folder: Path, platform: str) -> None:
    (row,) = rows(read, table(folder / "a.csv", SHAPES[platform]))
    assert (row["source"], row["text"], row["time"], row["platform"]) == ("harbour", RAIN, NOON, platform)
    assert (row["repost_of"], row["time_precision"]) == (None, "second")


def test_telegram_names_who_has_a_name(read: Read, folder: Path) -> None:
    named = {**TELEGRAM, "id": "18", "author": "7", "author_username": "gull", "author_name": "Gull of Reef"}
    bare = {**TELEGRAM, "id": "19", "author": "8", "author_username": "", "author_name": "A. Tern"}
    number = {**TELEGRAM, "id": "21", "author": "9", "author_username": ""}
    forwarded = {**TELEGRAM, "id": "20", "author_forwarded_from_name": "Echo", "author": "", "author_username": ""}
    found = rows(read, table(folder / "a.csv", TELEGRAM, named, bare, forwarded, number))
    assert [r["doc_id"] for r in found] == [f"harbour/{n}" for n in (17, 18, 19, 20, 21)]
    assert [r["source"] for r in found] == ["harbour", "gull", "A. Tern", "harbour", "9"]
    assert [r["source_id"] for r in found] == ["1009", "7", "8", None, "9"]
    assert [r["repost_of"] for r in found] == [None, None, None, "Echo", None]
    assert {r["platform"] for r in found} == {"telegram"}
    assert json.loads(found[0]["links"]) == ["https://a.example/1"]


def test_posts_of_two_walls_may_have_one_number(read: Read, folder: Path) -> None:
    other = {**VK, "link": "https://vk.com/wall55_17", "author_screen_name": "gull"}
    found = rows(read, table(folder / "a.csv", VK, other))
    assert [(r["doc_id"], r["source"]) for r in found] == [("-99_17", "harbour"), ("55_17", "gull")]
    assert json.loads(found[0]["links"]) == ["https://a.example/1,2", "https://b.example/"]


@pytest.mark.parametrize("between", [": ", " "])
def test_reposts_of_x_are_one_post_however_they_were_collected(read: Read, folder: Path, between: str) -> None:
    repost = {**X, "is_retweet": "yes", "retweeted_user": "echo", "body": f"RT @echo{between}{RAIN}"}
    (row,) = rows(read, table(folder / "a.csv", repost))
    assert (row["text"], row["repost_of"], row["reposted_text"]) == ("", f"@echo: {RAIN}", RAIN)


def test_times_of_linkedin_are_no_finer_than_what_it_says(read: Read, folder: Path) -> None:
    said = {"5m": "hour", "24h": "day", "2d": None, "3w": None, "1mo": None, "1 Jahr": None}
    posts = [{**LINKEDIN, "id": str(i), "timestamp_ago": ago} for i, ago in enumerate(said)]
    found = read(table(folder / "a.csv", *posts))
    got = [
        (r["time"] and r["time"].isoformat(), r["time_precision"]) for r in found.table.sort_by("doc_id").to_pylist()
    ]
    assert got[:2] == [("2024-05-01T12:00:00+00:00", "hour"), ("2024-05-01T00:00:00+00:00", "day")]
    assert got[2:] == [(None, None)] * 4
    assert any(note.startswith("4 times of a.csv are what LinkedIn says in words") for note in found.notes)


def test_what_reddit_links_to_is_no_address_of_the_post(read: Read, folder: Path) -> None:
    post = {
        "thread_id": "a", "id": "a", "timestamp": "1714566605", "body": "", "subject": RAIN, "author": "harbour",
        "domain": "a.example", "url": "https://a.example/1", "subreddit": "rain", "parent": "", "score": "1",
    }  # fmt: skip
    (row,) = rows(read, table(folder / "a.csv", post))
    assert (row["text"], row["time"], row["url"], row["platform"]) == (RAIN, NOON, None, "reddit")
    assert json.loads(row["links"]) == ["https://a.example/1"]


def test_pages_that_crowdtangle_named_are_sources(read: Read, folder: Path) -> None:
    (row,) = rows(read, table(folder / "a.csv", IMPORTED))
    assert (row["source"], row["platform"]) == ("harbour", "facebook")
    assert json.loads(row["links"]) == ["https://a.example/1"]


def test_a_subject_of_x_is_no_wording(read: Read, folder: Path) -> None:
    gone = {**X, "id": "18", "author": "UNKNOWN", "body": "", "subject": "Could not find the post."}
    found = read(table(folder / "a.csv", {**X, "subject": ""}, gone))
    assert (found.table.num_rows, found.n_empty) == (1, 1)
