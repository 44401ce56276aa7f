"""Tables of posts that other programs write: 4CAT, CrowdTangle, the Coordination Network Toolkit."""

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
FOURCAT = {
    "id": "17",
    "thread_id": "17",
    "author": "harbour",
    "body": RAIN,
    "timestamp": "2024-05-01 14:30:05",
    "unix_timestamp": "1714566605",
}
CROWDTANGLE = {
    "Page Name": "Harbour News",
    "User Name": "harbournews",
    "Facebook Id": "100044",
    "Page Category": "NEWS_SITE",
    "Post Created": "2024-05-01 08:30:05 EDT",
    "Total Interactions": "1,204",
    "URL": "https://www.facebook.com/100044/posts/17",
    "Message": RAIN,
    "Link": "https://l.example/x",
    "Final Link": "https://herald.example/rain",
    "Image Text": "RAIN",
    "Link Text": "Rain expected",
    "Description": "It will rain.",
    "Overperforming Score (weighted  —  Likes 1x Shares 1x )": "1.2",
}
FORWARDED = {"author_forwarded_from_username": "echo", "author_forwarded_from_name": ""}
EIGHT = {
    "message_id": "1",
    "user_id": "5",
    "username": "harbour",
    "repost_id": "",
    "reply_id": "",
    "message": RAIN,
    "timestamp": "1714566605.0",
    "urls": "https://a.example/1 https://b.example/2",
}


def table(path: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as f:
        writer = csv.DictWriter(f, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows(read: Read, file: Path, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(file, **options).table.to_pylist()
    return found


def test_4cat_counts_seconds_before_it_reads_a_clock(read: Read, folder: Path) -> None:
    bare = {name: value for name, value in FOURCAT.items() if name != "unix_timestamp"}
    found = read(table(folder / "a.csv", FOURCAT, {**FOURCAT, "id": "18", "body": ""}))
    (row,) = found.table.to_pylist()
    assert (row["source"], row["text"], row["time"]) == ("harbour", RAIN, NOON)
    assert (found.n_rows, found.n_empty) == (2, 1)
    assert rows(read, table(folder / "b.csv", bare))[0]["time"] == datetime(2024, 5, 1, 14, 30, 5, tzinfo=UTC)
    assert rows(read, folder / "b.csv", timezone="+02:00")[0]["time"] == NOON
    bluesky = {
        **bare,
        "timestamp": "1714566605.0",
        "links": "https://a.example/1,2,https://b.example",
        "tags": "rain,sun",
    }
    (row,) = rows(read, table(folder / "c.csv", bluesky))
    assert (row["time"], json.loads(row["links"])) == (NOON, ["https://a.example/1,2", "https://b.example"])
    assert json.loads(row["hashtags"]) == ["#rain", "#sun"]


def test_4cat_of_telegram_and_of_x(read: Read, folder: Path) -> None:
    telegram = [{**FOURCAT, "chat": chat, "author": "", **FORWARDED} for chat in "ab"]
    found = rows(read, table(folder / "a.csv", *telegram))
    assert [(r["doc_id"], r["source"], r["repost_of"]) for r in found] == [("a/17", "a", "echo"), ("b/17", "b", "echo")]
    reposts = [
        {
            **FOURCAT,
            "is_retweet": "yes",
            "retweeted_user": "harbour",
            "author": author,
            "id": author,
            "body": f"RT @harbour: {RAIN}",
        }
        for author in ("echo", "gull")
    ]
    echo, gull = rows(read, table(folder / "b.csv", *reposts))
    assert (echo["text"], echo["reposted_text"], echo["reposted_source"]) == ("", RAIN, "harbour")
    assert echo["repost_of"] == gull["repost_of"] == f"@harbour: {RAIN}"


def test_crowdtangle_names_its_zone(read: Read, folder: Path) -> None:
    winter = {
        **CROWDTANGLE,
        "URL": "https://www.facebook.com/100044/posts/18",
        "Post Created": "2020-01-01 10:00:00 EST",
    }
    january, may = rows(read, table(folder / "a.csv", CROWDTANGLE, winter))
    assert (may["source"], may["source_id"], may["text"], may["time"]) == ("Harbour News", "100044", RAIN, NOON)
    assert january["time"] == datetime(2020, 1, 1, 15, tzinfo=UTC)
    assert (may["interactions"], may["image_text"], may["link_text"]) == (1204, "RAIN", "Rain expected")
    assert json.loads(may["links"]) == ["https://herald.example/rain"]


def test_crowdtangle_of_before_2020(read: Read, folder: Path) -> None:
    older = {("Created" if name == "Post Created" else name): value for name, value in CROWDTANGLE.items()}
    (row,) = rows(read, table(folder / "a.csv", older))
    assert (row["source"], row["text"], row["time"]) == ("Harbour News", RAIN, NOON)


def test_a_zone_of_two_meanings_is_asked_for(read: Read, folder: Path) -> None:
    file = table(folder / "a.csv", {**CROWDTANGLE, "Post Created": "2020-01-01 10:00:00 CST"})
    with pytest.raises(InchorusError, match="CST"):
        read(file)
    assert rows(read, file, timezone="America/Chicago")[0]["time"] == datetime(2020, 1, 1, 16, tzinfo=UTC)


def test_crowdtangle_of_instagram_and_of_groups(read: Read, folder: Path) -> None:
    account = {"Account": "Harbour", "User Name": "harbour", "Post Created": "2024-05-01 12:30:05 UTC", "Title": "",
               "URL": "https://www.instagram.com/p/x", "Description": RAIN}  # fmt: skip
    (row,) = rows(read, table(folder / "a.csv", account))
    assert (row["source"], row["text"], row["time"]) == ("Harbour", RAIN, NOON)
    group = {"Group Name": "Rain", **{k: v for k, v in CROWDTANGLE.items() if k not in {"Page Name", "User Name"}}}
    file = table(
        folder / "b.csv", group, {**group, "Facebook Id": "2", "URL": "https://www.facebook.com/groups/2/posts/1"}
    )
    found = read(file)
    assert set(found.table["source"].to_pylist()) == {"Rain"}
    assert any("of several accounts each ('Rain')" in note and "--source source_id" in note for note in found.notes)
    assert set(read(file, source="source_id").table["source"].to_pylist()) == {"100044", "2"}


def test_the_eight_columns(read: Read, folder: Path) -> None:
    repost = {**EIGHT, "message_id": "2", "username": "", "repost_id": "1", "user_id": "6"}
    echo, harbour = rows(read, table(folder / "a.csv", EIGHT, repost))
    assert (harbour["source"], harbour["text"], harbour["time"]) == ("harbour", RAIN, NOON)
    assert json.loads(harbour["links"]) == ["https://a.example/1", "https://b.example/2"]
    assert (echo["source"], echo["text"], echo["repost_of"], echo["reposted_text"]) == ("6", "", "1", RAIN)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("row", [FOURCAT, CROWDTANGLE, EIGHT])
def test_what_delimits_is_told(read: Read, folder: Path, delimiter: str, row: dict[str, str]) -> None:
    assert rows(read, table(folder / "a.csv", row, delimiter=delimiter))[0]["text"] == RAIN


def test_columns_that_the_user_names_make_it_a_plain_table(read: Read, folder: Path) -> None:
    (row,) = rows(read, table(folder / "a.csv", FOURCAT), source="thread_id", text="body", time="unix_timestamp")
    assert (row["source"], row["text"]) == ("17", RAIN)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([(FOURCAT, "4cat"), (CROWDTANGLE, "crowdtangle"), (EIGHT, "coordination")]),
    st.lists(st.text(max_size=8), max_size=20),
    st.integers(0, 200),
    st.text('",;\n\0\ud800x', max_size=9),
)
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, kind: tuple[dict[str, str], str], cells: list[str], cut: int, tail: str
) -> None:
    row, format = kind
    changed = {name: cells[i] if i < len(cells) else value for i, (name, value) in enumerate(row.items())}
    file = folder / "r.csv"
    try:
        table(file, row, changed, row)
    except UnicodeEncodeError:
        return
    data = file.read_bytes()
    file.write_bytes(data[: len(data) - cut] + tail.encode("utf-8", "surrogatepass"))
    try:
        found = read(file, format=format, bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


@pytest.mark.parametrize("written", ["1,204,000", "1.204.000", "1 204 000", "1'204'000", "1\u202f204\u202f000"])
def test_thousands_are_set_off_in_many_ways(read: Read, folder: Path, written: str) -> None:
    (row,) = rows(read, table(folder / "a.csv", {**CROWDTANGLE, "Total Interactions": written}))
    assert row["interactions"] == 1_204_000


def test_an_order_of_day_and_month_may_be_named(read: Read, folder: Path) -> None:
    file = table(folder / "a.csv", {**CROWDTANGLE, "Post Created": "5/1/2024 8:30:05 AM"})
    with pytest.raises(InchorusError, match="--time-format month-first or day-first"):
        read(file)
    for order, day in (("month-first", (5, 1)), ("day-first", (1, 5))):
        (row,) = rows(read, file, time_format=order)
        assert (row["time"].month, row["time"].day) == day
