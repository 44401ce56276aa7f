"""Posts of X in the JSON of its interfaces, in twarc's tables and in the archive of a user."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from read.conftest import Read

LONG = "Rain is on its way to the harbour, said the mayor, and nobody &amp; nothing will stop it this time, at all"
V1 = {
    "created_at": "Mon May 13 12:30:05 +0000 2024",
    "id": 1790000000000000001,
    "id_str": "1790000000000000001",
    "text": f"{LONG[:110]}… https://t.co/x",
    "truncated": True,
    "source": '<a href="http://twitter.com">Web</a>',
    "user": {"id": 5, "id_str": "5", "name": "Harbour", "screen_name": "harbour"},
    "entities": {"urls": [{"url": "https://t.co/x", "expanded_url": "https://twitter.com/i/web/status/1"}]},
    "extended_tweet": {
        "full_text": LONG,
        "entities": {
            "hashtags": [{"text": "rain"}],
            "urls": [{"url": "https://t.co/y", "expanded_url": "https://herald.example/1"}],
            "user_mentions": [{"screen_name": "mayor"}],
        },
    },
    "lang": "en",
}
V1_REPOST = {
    **{key: value for key, value in V1.items() if key != "extended_tweet"},
    "id_str": "1790000000000000002",
    "user": {"id_str": "6", "screen_name": "echo"},
    "text": f"RT @harbour: {LONG[:100]}…",
    "retweeted_status": V1,
}
V2 = {
    "id": "1790000000000000003",
    "author_id": "5",
    "created_at": "2024-05-13T12:30:05.000Z",
    "text": f"{LONG[:110]}…",
    "note_tweet": {"text": LONG, "entities": {"hashtags": [{"tag": "rain"}], "mentions": [{"username": "mayor"}]}},
    "edit_history_tweet_ids": ["1790000000000000003"],
    "referenced_tweets": [{"type": "quoted", "id": "17"}, {"type": "replied_to", "id": "18"}],
    "lang": "en",
}
V2_REPOST = {
    "id": "1790000000000000004",
    "author_id": "6",
    "created_at": "2024-05-13T12:31:05.000Z",
    "text": f"RT @harbour: {LONG[:100]}…",
    "edit_history_tweet_ids": ["1790000000000000004"],
    "referenced_tweets": [{"type": "retweeted", "id": "1790000000000000003"}],
}
PLAIN = LONG.replace("&amp;", "&")
USERS = [{"id": "5", "username": "harbour", "name": "Harbour"}, {"id": "6", "username": "echo", "name": "Echo"}]
PAGE = {"data": [V2, V2_REPOST], "includes": {"users": USERS, "tweets": [V2]}, "meta": {"result_count": 2}}


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def said(read: Read, file: Path, **options: Any) -> list[tuple[Any, ...]]:
    rows = read(file, **options).table.to_pylist()
    return [(r["doc_id"][-1], r["source"], r["text"], r["repost_of"], r.get("reposted_text")) for r in rows]


def test_v1_has_its_longest_text_and_a_repost_none(read: Read, folder: Path) -> None:
    file = lines(folder / "a.jsonl", {"delete": {"status": {"id_str": "1"}}}, V1, V1_REPOST, {"limit": {"track": 2}})
    found = read(file)
    echo, harbour = found.table.to_pylist()
    assert (harbour["doc_id"], harbour["source"], harbour["text"]) == ("1790000000000000001", "harbour", PLAIN)
    assert harbour["time"] == datetime(2024, 5, 13, 12, 30, 5, tzinfo=UTC)
    assert harbour["url"] == "https://twitter.com/harbour/status/1790000000000000001"
    assert [json.loads(harbour[c]) for c in ("links", "hashtags", "mentions")] == [
        ["https://herald.example/1"],
        ["#rain"],
        ["@mayor"],
    ]
    assert (echo["source"], echo["text"], echo["repost_of"]) == ("echo", "", "1790000000000000001")
    assert (echo["reposted_text"], echo["reposted_source"]) == (PLAIN, "harbour")
    assert found.passed == {"messages of the interface of X that are no posts": 2}
    assert (found.n_rows, found.n_empty) == (4, 0)
    array = folder / "b.json"
    array.write_text(json.dumps({"statuses": [V1, V1_REPOST], "search_metadata": {}}))
    assert read(array).table.equals(found.table)


def test_v2_is_read_in_pages_in_streams_and_flattened(read: Read, folder: Path) -> None:
    pages = read(lines(folder / "pages.jsonl", PAGE, {"meta": {"result_count": 0}}))
    echo, harbour = pages.table.to_pylist()
    assert (harbour["text"], harbour["source"], harbour["source_name"]) == (PLAIN, "harbour", "Harbour")
    assert (harbour["quote_of"], harbour["reply_to"]) == ("17", "18")
    assert (echo["text"], echo["repost_of"], echo["reposted_text"]) == ("", "1790000000000000003", PLAIN)
    assert echo["reposted_source"] == "harbour"
    stream = [{"data": one, "includes": PAGE["includes"], "matching_rules": []} for one in (V2, V2_REPOST)]
    assert read(lines(folder / "stream.jsonl", *stream)).table.equals(pages.table)
    whole = {**V2_REPOST["referenced_tweets"][0], **V2, "author": USERS[0]}  # type: ignore[dict-item]
    flat = [{**V2, "author": USERS[0]}, {**V2_REPOST, "author": USERS[1], "referenced_tweets": [whole]}]
    assert read(lines(folder / "flat.jsonl", *flat)).table.equals(pages.table)
    bare = read(lines(folder / "bare.jsonl", V2, V2_REPOST)).table.to_pylist()
    assert [row["source"] for row in bare] == ["5", "6"]


def test_accounts_are_no_posts(read: Read, folder: Path) -> None:
    found = read(lines(folder / "a.jsonl", {"data": USERS, "includes": {"tweets": [V2]}}, PAGE))
    assert found.passed == {"accounts of X, which are no posts": len(USERS)}
    assert found.table.num_rows == len(PAGE["data"])


def test_the_name_of_a_program_is_no_source(read: Read, folder: Path) -> None:
    assert {s for _, s, *_ in said(read, lines(folder / "a.jsonl", V1))} == {"harbour"}
    file = lines(folder / "b.jsonl", {**V1, "body": "Snow."})
    assert said(read, file, text="body", source="lang")[0][1:3] == ("en", "Snow.")


def table(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("as_json", [False, True])
def test_twarc_csv(read: Read, folder: Path, as_json: bool) -> None:
    text = "Rain &amp; snow.\nHail."
    common = {"author_id": "5", "author.username": "harbour", "created_at": "2024-05-13T12:30:05.000Z", "lang": "en"}
    row = {
        "id": "1790000000000000003",
        **common,
        "source": "Twitter for iPhone",
        "text": json.dumps(text) if as_json else text.replace("\n", "\\n"),
        "entities.hashtags": json.dumps([{"start": 0, "tag": "rain"}] if as_json else ["#rain"]),
        "public_metrics.like_count": "3",
    }
    repost = {**row, "id": "4", "author.username": "echo"}
    repost |= (
        {"referenced_tweets": json.dumps([{"type": "retweeted", "id": "3"}])}
        if as_json
        else {"referenced_tweets.retweeted.id": "3"}
    )
    rows = read(table(folder / "a.csv", row, repost)).table.to_pylist()
    assert [(r["source"], r["text"], r["repost_of"]) for r in rows] == [
        ("echo", "", "3"),
        ("harbour", "Rain & snow.\nHail.", None),
    ]
    assert (rows[0]["reposted_text"], rows[1]["hashtags"]) == ("Rain & snow.\nHail.", '["#rain"]')


def test_twarc_csv_with_every_value_as_json(read: Read, folder: Path) -> None:
    values = {"id": "17", "author_id": "5", "author.username": "harbour", "created_at": "2024-05-13T12:30:05.000Z",
              "text": PLAIN, "referenced_tweets.quoted.id": "16", "entities.hashtags": ["#rain"]}  # fmt: skip
    row = {name: json.dumps(value) for name, value in values.items()}
    (found,) = read(table(folder / "a.csv", row)).table.to_pylist()
    assert (found["doc_id"], found["source"], found["text"], found["quote_of"]) == ("17", "harbour", PLAIN, "16")
    assert (found["time"].isoformat(), found["hashtags"]) == ("2024-05-13T12:30:05+00:00", '["#rain"]')


def ytd(name: str, *values: Any) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(list(values), indent=2)}"


def archive() -> dict[str, str]:
    own = {"id_str": "1", "id": "1", "full_text": "Rain &amp; hail.", "created_at": "Mon May 13 12:30:05 +0000 2024"}
    long = {**own, "id_str": "2", "full_text": PLAIN[:110] + "… https://t.co/x"}
    repost = {**own, "id_str": "3", "full_text": "RT @echo: Snow is coming to the har…"}
    account = {"username": "harbour", "accountId": "5", "accountDisplayName": "Harbour"}
    return {
        "data/account.js": ytd("account", {"account": account}),
        "data/tweets.js": ytd("tweets", {"tweet": own}, {"tweet": long}),
        "data/tweets-part1.js": ytd("tweets", {"tweet": repost}).replace("part0", "part1"),
        "data/note-tweet.js": ytd("note_tweet", {"noteTweet": {"noteTweetId": "9", "core": {"text": PLAIN}}}),
        "data/like.js": ytd("like", {"like": {"tweetId": "7", "fullText": "Fog."}}),
        "data/tweets_media/1-x.jpg": "\0",
        "Your archive.html": "<html><title>x</title>",
    }


def test_the_archive_of_a_user_is_read_unpacked_and_packed(read: Read, folder: Path) -> None:
    for name, text in archive().items():
        path = folder / "twitter" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "twitter" / "Your archive.html").unlink()
    found = read(folder / "twitter")
    rows = found.table.to_pylist()
    assert [(r["doc_id"], r["source"], r["text"], r["repost_of"]) for r in rows] == [
        ("1", "harbour", "Rain & hail.", None),
        ("2", "harbour", PLAIN, None),
        ("3", "harbour", "", "@echo: Snow is coming to the har…"),
    ]
    assert rows[0]["url"] == "https://twitter.com/harbour/status/1"
    assert sum(found.passed.values()) == 2
    with zipfile.ZipFile(folder / "twitter.zip", "w") as packed:
        for name, text in archive().items():
            if not name.endswith(".html"):
                packed.writestr(name, text)
    assert read(folder / "twitter.zip").table.equals(found.table)


def test_posts_without_their_account_have_a_source_that_is_said(read: Read, folder: Path) -> None:
    (folder / "tweets.js").write_text(archive()["data/tweets.js"])
    found = read(folder / "tweets.js")
    assert set(found.table["source"].to_pylist()) == {"tweets"}
    assert any("no account.js is beside tweets.js" in note for note in found.notes)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*V1, *V2, *PAGE, "tweets", "users", "urls", "type", "tag"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6), st.none() | st.integers(0, 300), st.sampled_from(["x", "x-archive"]))
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, values: list[Any], cut: int | None, format: str
) -> None:
    text = "".join(json.dumps(value) + "\n" for value in [V1, V2, *values])
    (folder / "r.jsonl").write_text(text[:cut] if cut is None else text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format=format, bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


def of_a_page(number: str, name: str, text: str, **more: Any) -> dict[str, Any]:
    user = {"rest_id": f"u-{name}", "core": {"screen_name": name, "name": name.title()}, "legacy": {}}
    legacy = {"full_text": text, "created_at": V1["created_at"], "user_id_str": f"u-{name}", "entities": {}}
    return {"rest_id": number, "core": {"user_results": {"result": user}}, "legacy": {**legacy, **more}}


def kept(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "nav_index": "1:2:3",
        "item_id": "9",
        "timestamp_collected": 1,
        "source_platform": "twitter.com",
        "data": value,
    }


def test_what_pages_of_x_load_is_read_as_zeeschuimer_keeps_it(read: Read, folder: Path) -> None:
    post = of_a_page("1", "harbour", "Rain over the harbour &amp; snow")
    old = of_a_page("2", "courier", "Hail.")
    old["core"]["user_results"]["result"] = {"rest_id": "u-courier", "legacy": {"screen_name": "courier", "name": "C"}}
    repost = of_a_page("3", "herald", "RT @harbour: Rain over", retweeted_status_result={"result": post})
    long = of_a_page("4", "harbour", "A long…")
    long["note_tweet"] = {
        "note_tweet_results": {"result": {"text": "A long text.", "entity_set": {"hashtags": [{"text": "rain"}]}}}
    }
    values = [
        post,
        old,
        {"__typename": "TweetWithVisibilityResults", "tweet": repost},
        long,
        {"__typename": "Tombstone"},
    ]
    lines(folder / "a.ndjson", *map(kept, values))
    found = read(folder / "a.ndjson")
    rows = {row["doc_id"]: row for row in found.table.to_pylist()}
    assert {n: (row["source"], row["text"], row["repost_of"]) for n, row in rows.items()} == {
        "1": ("harbour", "Rain over the harbour & snow", None),
        "2": ("courier", "Hail.", None),
        "3": ("herald", "", "1"),
        "4": ("harbour", "A long text.", None),
    }
    assert (rows["1"]["source_id"], rows["3"]["reposted_text"]) == ("u-harbour", "Rain over the harbour & snow")
    assert rows["4"]["hashtags"] == ["#rain"] or json.loads(rows["4"]["hashtags"]) == ["#rain"]
    assert found.passed == {"what pages of X load besides posts": 1}
    assert found.n_rows == 5


def test_a_long_post_of_the_archive_is_the_one_that_it_is_the_beginning_of(read: Read, folder: Path) -> None:
    opening = "Good morning to everybody who reads these reports on the harbour, the ferries and the bridge every day. "
    one, two = (f"{opening}Today {what} was seen {'again and ' * 30}again." for what in ("rain", "snow"))
    begun = [f"{one[:200]}… https://t.co/abc", f"{two[:200]}…", f"{opening}That is all for today.", f"{opening[:-1]}…"]
    posts = [
        {"tweet": {"id_str": str(i), "created_at": V1["created_at"], "full_text": text}} for i, text in enumerate(begun)
    ]
    notes = [{"noteTweet": {"noteTweetId": str(i), "core": {"text": text}}} for i, text in enumerate((one, two))]
    (folder / "data").mkdir()
    (folder / "data" / "tweets.js").write_text(ytd("tweets", *posts))
    (folder / "data" / "note-tweet.js").write_text(ytd("note_tweet", *notes))
    found = {row["doc_id"]: row["text"] for row in read(folder / "data" / "tweets.js").table.to_pylist()}
    # the last may be cut from either
    assert found == {"0": one, "1": two, "2": begun[2], "3": begun[3]}
