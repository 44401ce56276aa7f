"""Exports of Telegram Desktop, and messages of channels as programs collect them."""

from __future__ import annotations

import json
import lzma
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError, InputError
from read.conftest import Read

RAIN = {
    "id": 7,
    "type": "message",
    "date": "2024-05-01T15:30:05",
    "date_unixtime": "1714566605",
    "edited": "2024-05-01T16:00:00",
    "edited_unixtime": "1714568400",
    "from": "Harbour News",
    "from_id": "channel1001",
    "text": ["Rain, says ", {"type": "text_link", "text": "the Herald", "href": "https://herald.example/1"}, " #rain"],
    "text_entities": [
        {"type": "plain", "text": "Rain, says "},
        {"type": "text_link", "text": "the Herald", "href": "https://herald.example/1"},
        {"type": "plain", "text": " "},
        {"type": "hashtag", "text": "#rain"},
    ],
}
JOINED = {"id": 1, "type": "service", "date": "2024-05-01T15:00:00", "action": "create_channel", "text": ""}


def chat(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Harbour News", "type": "public_channel", "id": 1001, **more, "messages": list(messages)}


def put(path: Path, value: Any, **how: Any) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, **how), "utf-8")
    return path


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {**RAIN, "id": number, "text": text, "text_entities": [], **more}


def test_a_chat_is_read_as_its_messages(read: Read, folder: Path) -> None:
    found = read(put(folder / "result.json", chat(JOINED, RAIN), indent=1))
    (row,) = found.table.to_pylist()
    assert row["doc_id"] == "1001/7"
    assert row["source"] == "Harbour News"
    assert row["time"] == datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC), "of date_unixtime, not of the local clock"
    assert row["time_precision"] == "second"
    assert row["text"] == "Rain, says the Herald #rain"
    assert (row["links"], row["hashtags"]) == ('["https://herald.example/1"]', '["#rain"]')
    assert row["edited"] == "2024-05-01T13:00:00+00:00"
    assert found.passed == {"service messages of Telegram": 1}
    assert found.n_rows == 2
    assert found.read_as == [
        "result.json: read as telegram, text from text, source from from (else the chat's name), "
        "time from date_unixtime (else date)"
    ]


def test_an_account_is_read_chat_by_chat(read: Read, folder: Path) -> None:
    account = {
        "about": "Hier sind die Daten",
        "personal_information": {"user_id": 5},
        "contacts": {"about": "…", "list": [{"first_name": "Ada"}]},
        "chats": {
            "about": "…",
            "list": [
                chat(RAIN, message(8, "")),
                {"type": "private_group", "id": 2, "name": None, "messages": [message(7, "Snow.", **{"from": "Ada"})]},
                {"name": "empty", "type": "bot_chat", "id": 3, "messages": []},
            ],
        },
        "left_chats": {"about": "…", "list": [chat(message(9, "Hail."), id=4)]},
    }
    found = read(put(folder / "result.json", account))
    assert [(r["doc_id"], r["source"], r["chat"]) for r in found.table.to_pylist()] == [
        ("2/7", "Ada", "2"),
        ("1001/7", "Harbour News", "Harbour News"),
        ("4/9", "Harbour News", "Harbour News"),
    ]
    assert (found.n_rows, found.n_empty) == (4, 1)


def test_what_is_forwarded_says_whose_it_is_and_keeps_its_words(read: Read, folder: Path) -> None:
    messages = [
        message(1, "Rain.", forwarded_from="Echo"),
        message(2, "Snow.", forwarded_from=None),
        message(3, "Hail.", forwarded_from=None, forwarded_from_id="channel9"),
        message(4, "Fog."),
    ]
    rows = read(put(folder / "result.json", chat(*messages))).table.to_pylist()
    assert {r["text"]: r["repost_of"] for r in rows} == {
        "Rain.": "Echo",
        "Snow.": "(not named)",
        "Hail.": "channel9",
        "Fog.": None,
    }


def test_older_exports_have_the_time_of_a_clock_and_that_is_said(read: Read, folder: Path) -> None:
    old = message(1, "Rain.")
    del old["date_unixtime"]
    file = put(folder / "result.json", chat(old))
    found = read(file)
    assert found.table["time"].to_pylist() == [datetime(2024, 5, 1, 15, 30, 5, tzinfo=UTC)]
    assert any("1 times of result.json are of the clock of the computer" in note for note in found.notes)
    in_moscow = read(file, timezone="Europe/Moscow")
    assert in_moscow.table["time"].to_pylist() == [datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)]


def test_names_behind_the_messages_and_deleted_accounts_lose_no_row(read: Read, folder: Path) -> None:
    gone = message(1, "Rain.", **{"from": None, "from_id": "user5"})
    nobody = message(2, "Snow.", **{"from": None, "from_id": None})
    found = read(put(folder / "r.json", chat(gone, nobody), sort_keys=True))
    assert found.table["source"].to_pylist() == ["1001", "user5"]


def test_a_poll_is_its_question(read: Read, folder: Path) -> None:
    poll = message(1, "", poll={"question": "Rain or snow?", "answers": [{"text": "Rain"}]})
    assert read(put(folder / "r.json", chat(poll))).table["text"].to_pylist() == ["Rain or snow?"]
    poll["poll"]["question"] = ["Rain or ", {"type": "bold", "text": "snow"}, "?"]
    assert read(put(folder / "s.json", chat(poll))).table["text"].to_pylist() == ["Rain or snow?"]


def test_one_that_is_cut_short_keeps_what_is_whole(read: Read, folder: Path) -> None:
    text = json.dumps(chat(*(message(i, f"Rain {i}.") for i in range(50))))
    (folder / "result.json").write_text(text[: len(text) // 2])
    with pytest.raises(InputError, match=r"result\.json, row \d+ \(line 1\): broken JSON"):
        read(folder / "result.json")
    found = read(folder / "result.json", bad_rows="skip")
    assert found.table.num_rows > 20
    assert found.n_rows == found.table.num_rows + found.skipped.n


COLLECTED = [
    {"message_id": number, "sender_id": -1001, "text": text, "date": time, "channel": "Harbour", "category": "news"}
    for number, text, time in ((7, "Rain.", "2024-05-01T12:30:05+00:00"), (8, "", "2024-05-01T12:31:05+00:00"))
]
TELETHON = {
    "_": "Message",
    "id": 7,
    "peer_id": {"_": "PeerChannel", "channel_id": 1001},
    "date": "2024-05-01T12:30:05+00:00",
    "message": "Rain.",
    "fwd_from": {"_": "MessageFwdHeader", "from_id": {"_": "PeerChannel", "channel_id": 9}, "channel_post": 3},
    "edit_date": None,
    "entities": [{"_": "MessageEntityTextUrl", "offset": 0, "length": 4, "url": "https://herald.example"}],
    "views": 12,
}


def test_collected_messages_are_read_from_an_array_and_from_lines(read: Read, folder: Path) -> None:
    array = put(folder / "a.json", COLLECTED, indent=4)
    found = read(array)
    (row,) = found.table.to_pylist()
    assert (row["doc_id"], row["source"], row["category"]) == ("-1001/7", "Harbour", "news")
    assert row["time"] == datetime(2024, 5, 1, 12, 30, 5, tzinfo=UTC)
    assert (found.n_rows, found.n_empty) == (2, 1)
    lines = folder / "b.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in COLLECTED))
    assert read(lines).table.equals(found.table)
    assert read(lines, source="category").table["source"].to_pylist() == ["news"]


def test_messages_of_telethon_and_pyrogram(read: Read, folder: Path) -> None:
    service = {**TELETHON, "_": "MessageService", "id": 6, "action": {"_": "MessageActionChannelCreate"}}
    found = read(put(folder / "t.json", [service, TELETHON]))
    (row,) = found.table.to_pylist()
    assert (row["doc_id"], row["source"], row["repost_of"], row["views"]) == ("1001/7", "1001", "9/3", 12)
    assert row["links"] == '["https://herald.example"]'
    assert found.passed == {"service messages of Telegram": 1}
    pyrogram = {
        "_": "Message",
        "id": 7,
        "date": "2024-05-01 12:30:05",
        "chat": {"_": "Chat", "id": -1001, "title": "Harbour", "username": "harbour"},
        "caption": "Rain.",
        "forward_from_chat": {"id": -9, "title": "Echo"},
        "forward_from_message_id": 3,
    }
    (row,) = read(put(folder / "p.json", [pyrogram])).table.to_pylist()
    assert (row["source"], row["text"], row["url"]) == ("Harbour", "Rain.", "https://t.me/harbour/7")
    assert row["repost_of"] == "-9/3"


def test_a_table_whose_columns_are_named_is_a_table(read: Read, folder: Path) -> None:
    file = put(folder / "a.json", [{**COLLECTED[0], "author": "Ada"}])
    assert read(file, source="author").table["source"].to_pylist() == ["Ada"]


def test_an_archive_of_channels_and_a_folder_of_formats_need_no_option(read: Read, folder: Path) -> None:
    inner = folder / "chats"
    inner.mkdir()
    put(inner / "result.json", chat(RAIN))
    put(inner / "channel.json", COLLECTED)
    (inner / "more.csv").write_text("source,text\nA,Rain.\n")
    (inner / "lines.jsonl").write_text('{"source": "B", "text": "Snow."}\n')
    (inner / "herald.txt").write_text("Hail.")
    (inner / "parties.csv").write_text("source,party\nA,x\n")
    (inner / "old.txt.xz").write_bytes(lzma.compress(b"Fog."))
    found = read(folder)
    assert sorted(found.table["source"].to_pylist()) == ["A", "B", "Harbour", "Harbour News", "chats", "chats"]
    assert any(note.startswith("left out: chats/parties.csv: no column 'text'") for note in found.notes)
    assert len(found.read_as) == 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*RAIN, *TELETHON, "poll", "chat", "from_id", "channel", "href"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["telegram", "telegram-messages"]),
    st.lists(JSON | st.dictionaries(st.sampled_from([*RAIN, *TELETHON]), JSON, min_size=3), max_size=6),
    st.none() | st.integers(0, 400),
)
@example("telegram", [{"id": 1, "text": [{"type": []}]}], None)
def test_no_message_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, format: str, messages: list[Any], cut: int | None
) -> None:
    value = chat(*messages, RAIN) if format == "telegram" else [*messages, RAIN]
    (folder / "r.json").write_text(json.dumps(value)[:cut], "utf-8")
    try:
        found = read(folder / "r.json", format=format, bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n
    if cut is None:
        assert found.n_rows >= len(messages) + 1


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("broken", [1, 3])
def test_behind_a_broken_message_none_of_another_chat_is_put_into_this_one(
    read: Read, folder: Path, indent: int | None, broken: int
) -> None:
    def of(name: str, number: int) -> dict[str, Any]:
        said = [message(i, f"{name} says {i}.") for i in range(4)]
        return {"name": name, "type": "public_channel", "id": number, "messages": [{**m, "from": name} for m in said]}

    chats = {"about": "x", "chats": {"about": "y", "list": [of("Harbour", 77), of("Courier", 78)]}}
    text = json.dumps(chats, indent=indent)
    mark = f'"Harbour says {broken}."'
    assert mark in text
    (folder / "result.json").write_text(text.replace(mark, f'"Harbour "says" {broken}."', 1))
    found = read(folder / "result.json", bad_rows="skip")
    said = {(row["source"], row["text"]) for row in found.table.to_pylist()}
    assert all(text.startswith(source) for source, text in said), said
    assert {("Harbour", f"Harbour says {i}.") for i in range(broken)} <= said
    if broken == 1:
        assert {text for _, text in said} == {
            f"{name} says {i}." for name in ("Harbour", "Courier") for i in range(4)
        } - {"Harbour says 1."}
        assert "read again from line" in found.skipped.examples[0]
    else:
        assert len(said) == 3
        assert "nothing of the file is read from here on" in found.skipped.examples[0]
    assert found.skipped.n == 1
