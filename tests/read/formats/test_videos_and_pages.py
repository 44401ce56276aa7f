"""What the Meta Content Library, the YouTube Data Tools and TikTok give."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from read.conftest import Read

RAIN = "Rain is on its way to the harbour, said the mayor."
NOON = datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)
META = {
    "id": "990",
    "post_owner": {"id": "7", "name": "Harbour News", "type": "facebook_page", "username": "harbournews"},
    "surface": {"id": "7", "name": "Harbour News", "type": "facebook_page"},
    "creation_time": "2024-05-01T12:30:05+0000",
    "modified_time": "2024-05-01T12:31:05+0000",
    "text": RAIN,
    "lang": "en",
    "hashtags": ["rain", "sun"],
    "link_attachment": {"link": "https://herald.example/1", "name": "Rain"},
    "mcl_url": "https://www.facebook.com/transparency-tools/content-library/post/990",
}
VIDEO = {
    "position": "1",
    "channelId": "UC1",
    "channelTitle": "Harbour",
    "videoId": "dQw4w9WgXcQ",
    "publishedAt": "2024-05-01T12:30:05Z",
    "videoTitle": "Rain",
    "videoDescription": RAIN,
    "likeCount": "3",
}
COMMENT = {
    "id": "Ug1",
    "replyCount": "0",
    "likeCount": "1",
    "publishedAt": "2024-05-01 12:30:05",
    "authorName": "@gull",
    "text": RAIN,
    "authorChannelId": "UC2",
    "isReply": "1",
    "isReplyTo": "Ug0",
}
TIKTOK = {
    "id": 7300000000000000001,
    "create_time": 1714566605,
    "username": "harbour",
    "region_code": "US",
    "video_description": RAIN,
    "hashtag_names": ["rain"],
    "voice_to_text": "rain on its way",
}
SEEN = {
    "id": "73",
    "desc": RAIN,
    "createTime": 1714566605,
    "author": {"id": "5", "uniqueId": "harbour", "nickname": "Harbour"},
}
MADE = {
    "Profile": {"Profile Information": {"ProfileMap": {"userName": "ann", "bio": "-"}}},
    "Comment": {"Comments": {"CommentsList": [{"Date": "2024-05-01 12:30:05", "Comment": RAIN}]}},
    "Activity": {
        "Video Browsing History": {"VideoList": [{"Date": "2024-05-03 12:30:05", "Link": "https://v.example/2"}]}
    },
    "Video": {
        "Videos": {"VideoList": [{"Date": "2024-05-02 12:30:05", "Link": "https://v.example/1", "Title": "Hail."}]}
    },
}


def table(path: Path, *rows: dict[str, Any], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def flat(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, inside in value.items():
        found |= {f"{name}.{k}": v for k, v in inside.items()} if isinstance(inside, dict) else {name: inside}
    return found


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def test_the_meta_content_library_as_table_and_as_json(read: Read, folder: Path) -> None:
    files = [
        table(folder / "a.csv", flat(META)),
        table(folder / "tags.csv", flat(META) | {"hashtags": "rain,sun"}),
        lines(folder / "a.jsonl", META),
        lines(folder / "a.json", {"data": [META], "paging": {}}),
    ]
    for file in files:
        (row,) = read(file).table.to_pylist()
        assert (row["source"], row["source_id"], row["user_name"]) == ("Harbour News", "7", "harbournews")
        assert (row["text"], row["time"], row["language"]) == (RAIN, NOON, "en")
        assert (row["link_text"], json.loads(row["links"])) == ("Rain", ["https://herald.example/1"])
        assert json.loads(row["hashtags"]) == ["#rain", "#sun"]


def test_videos_and_comments_of_the_youtube_data_tools(read: Read, folder: Path) -> None:
    (video,) = read(table(folder / "videolist.csv", VIDEO)).table.to_pylist()
    assert (video["doc_id"], video["source"], video["text"], video["time"]) == ("dQw4w9WgXcQ", "Harbour", RAIN, NOON)
    assert (video["title"], video["url"]) == ("Rain", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    for ending, delimiter in (("csv", ","), ("tab", "\t")):
        file = folder / f"videoinfo_dQw4w9WgXcQ_2024_05_02-10_00_00_comments.{ending}"
        (row,) = read(table(file, COMMENT, delimiter=delimiter)).table.to_pylist()
        assert (row["source"], row["text"], row["time"], row["reply_to"]) == ("@gull", RAIN, NOON, "Ug0")
        assert (row["video"], row["url"]) == ("dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=Ug1")


def test_comments_that_the_youtube_data_tools_asked_for_as_html(read: Read, folder: Path) -> None:
    marked = {**COMMENT, "text": f'{RAIN} It&#39;s <a href="https://a.example">here</a>.<br />Bye.'}
    (row,) = read(table(folder / "a.csv", marked)).table.to_pylist()
    assert row["text"] == f"{RAIN} It's here.\nBye."


def test_the_youtube_data_tools_of_2026_say_what_was_not_there(read: Read, folder: Path) -> None:
    comment = {
        "position": "1", "videoId": "dQw4w9WgXcQ", "id": "Ug1", "totalReplyCount": "0", "inferredReplyCount": "",
        "inferredLevel": "", "likeCount": "1", "publishedAt": "2024-05-01 12:30:05", "authorName": "@gull",
        "authorChannelId": "UC2", "isChannelOwner": "no", "text": RAIN, "isReply": "1", "threadId": "Ug0",
        "isReplyToId": "Ug9", "isReplyToName": "@tern",
    }  # fmt: skip
    lost = dict.fromkeys(comment, "") | {"position": "2", "text": "[video not found: x]", "isReply": "0"}
    found = read(table(folder / "a.csv", comment, lost))
    (row,) = found.table.to_pylist()
    assert (row["source"], row["video"], row["reply_to"]) == ("@gull", "dQw4w9WgXcQ", "Ug9")
    assert found.passed == {"rows that say which video could not be fetched": 1}
    gone = dict.fromkeys(VIDEO, "") | {"position": "2", "videoId": "x", "videoTitle": "[not found: x]"}
    found = read(table(folder / "b.csv", VIDEO, gone))
    assert (found.table.num_rows, found.passed) == (1, {"rows that say which video could not be fetched": 1})


def test_comments_of_tiktok_as_a_browser_was_sent_them(read: Read, folder: Path) -> None:
    sent = {
        "cid": "17", "aweme_id": "73", "text": RAIN, "create_time": 1714566605, "reply_id": "0", "digg_count": 1,
        "comment_language": "en", "user": {"uid": "5", "unique_id": "harbour", "nickname": "Harbour"},
    }  # fmt: skip
    around = {"nav_index": "1", "source_platform": "tiktok.com", "timestamp_collected": 1, "data": sent}
    for name, value in {"a": sent, "b": around}.items():
        (row,) = read(lines(folder / f"{name}.ndjson", value)).table.to_pylist()
        assert (row["doc_id"], row["source"], row["text"], row["time"]) == ("17", "harbour", RAIN, NOON)
        assert row["video"] == "73"
        assert "reply_to" not in row


def test_tiktok_as_its_interface_and_programs_give_it(read: Read, folder: Path) -> None:
    comment = {
        "id": 5,
        "text": "Yes.",
        "video_id": 73,
        "parent_comment_id": 73,
        "create_time": 1714566605,
        "like_count": 1,
    }
    found = read(lines(folder / "a.json", {"data": {"videos": [TIKTOK], "cursor": 1}, "error": {"code": "ok"}}))
    (row,) = found.table.to_pylist()
    assert (row["doc_id"], row["source"], row["text"], row["time"]) == (str(TIKTOK["id"]), "harbour", RAIN, NOON)
    assert (row["country"], row["voice_to_text"], json.loads(row["hashtags"])) == ("US", "rain on its way", ["#rain"])
    assert row["url"] == f"https://www.tiktok.com/@harbour/video/{TIKTOK['id']}"
    found = read(lines(folder / "b.json", {"data": {"comments": [comment]}}, {"data": {"videos": [TIKTOK]}}))
    assert found.passed == {"comments of TikTok of which the Research API does not say who wrote them": 1}
    for name, value in {"c": SEEN, "d": {"nr": 1, "source_platform": "tiktok.com", "data": SEEN}}.items():
        (row,) = read(lines(folder / f"{name}.jsonl", value)).table.to_pylist()
        assert (row["source"], row["source_name"], row["text"], row["time"]) == ("harbour", "Harbour", RAIN, NOON)


def test_tiktok_in_tables(read: Read, folder: Path) -> None:
    apify = {
        "id": "73",
        "text": RAIN,
        "createTime": "1714566605",
        "authorMeta.name": "harbour",
        "webVideoUrl": "https://v.example/1",
    }
    pyktok = {
        "video_id": "73",
        "video_timestamp": "2024-05-01T12:30:05",
        "author_username": "harbour",
        "video_description": RAIN,
    }
    research = {**TIKTOK, "hashtag_names": "['rain', 'sun']"}
    # the virtual environment of TikTok, and traktok, call the name in addresses that of the author
    named = {"video_id": "73", "author_name": "harbour", "create_time": "1714566605", "video_description": RAIN}
    tables: list[dict[str, Any]] = [apify, pyktok, named, research]
    for n, row in enumerate(tables):
        (found,) = read(table(folder / f"{n}.csv", row)).table.to_pylist()
        assert (found["source"], found["text"], found["time"]) == ("harbour", RAIN, NOON)
    assert json.loads(found["hashtags"]) == ["#rain", "#sun"]


def test_the_data_that_a_user_of_tiktok_downloads(read: Read, folder: Path) -> None:
    (folder / "user_data.json").write_text(json.dumps(MADE, indent=1))
    found = read(folder / "user_data.json")
    comment, video = found.table.to_pylist()
    assert found.n_rows == 2  # what the user looked at is nothing that the user said
    assert (comment["source"], comment["text"], comment["time"]) == ("ann", RAIN, NOON)
    assert (video["source"], video["text"], video["url"]) == ("ann", "Hail.", "https://v.example/1")


NAMES = [*META, *TIKTOK, *SEEN, *MADE, "data", "videos", "comments", "VideoList", "CommentsList", "userName"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("format", ["meta-content-library", "tiktok"])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3), st.integers(0, 300))
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, format: str, values: list[Any], changed: dict[str, Any], cut: int
) -> None:
    text = "".join(
        json.dumps(v) + "\n" for v in [META, TIKTOK, {**META, **TIKTOK, **changed}, {**MADE, **changed}, *values]
    )
    (folder / "r.jsonl").write_text(text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format=format, bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows >= found.table.num_rows + found.n_empty + sum(found.passed.values())
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n
