"""Subtitles and transcripts: words as they are said, by whom, and when."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>The bridge is</i>
closed tonight.

2
00:01:05,250 --> 00:01:07,000 X1:40
{\\an8}Ferries &amp; buses run.
"""
VTT = """WEBVTT - a talk
Kind: captions

STYLE
::cue { color: red }

NOTE not said

intro
00:01.000 --> 00:02.500 align:start
The bridge is
closed tonight.

01:00:05.250 --> 01:00:07.000
Ferries &amp; <c.loud>buses</c> run.
"""
TEXT = "The bridge is closed tonight. Ferries & buses run."


def moments(found: dict[str, object]) -> list[list[float]]:
    value = found["moments"]
    made: list[list[float]] = json.loads(value) if isinstance(value, str) else value  # type: ignore[assignment]
    return made


@pytest.mark.parametrize(("name", "content", "second"), [("a.srt", SRT, 65.25), ("a.vtt", VTT, 3605.25)])
def test_a_file_is_a_text_with_its_moments(read: Read, folder: Path, name: str, content: str, second: float) -> None:
    (folder / "news").mkdir()
    path = folder / "news" / f"2024-05-01 {name}"
    path.write_text(content)
    (found,) = read(folder).table.to_pylist()
    assert (found["text"], found["source"], found["time_precision"]) == (TEXT, "news", "day")
    assert moments(found) == [[0, 1.0], [30, second]]
    assert found["text"][30:].startswith("Ferries")
    (folder / "b").write_text(content)
    assert read(folder / "b").table["text"].to_pylist() == [TEXT]


def test_windows_line_ends_and_missing_blank_lines_lose_nothing(read: Read, folder: Path) -> None:
    (folder / "a.srt").write_bytes(("\ufeff" + SRT.replace("\n", "\r\n")).encode())
    assert read(folder / "a.srt").table["text"].to_pylist() == [TEXT]
    (folder / "b.srt").write_text(SRT.replace("tonight.\n\n2", "tonight.\n2"))
    assert read(folder / "b.srt").table["text"].to_pylist() == [TEXT]
    (folder / "c.srt").write_text(SRT.replace("is</i>\n", "is</i>\n\n"))
    assert read(folder / "c.srt").table["text"].to_pylist() == [TEXT]


def test_captions_that_scroll_are_said_once(read: Read, folder: Path) -> None:
    rolled = """WEBVTT

00:00:00.000 --> 00:00:02.000 align:start position:0%

we<00:00:00.500><c> will</c><00:00:01.000><c> build</c>

00:00:02.000 --> 00:00:02.010
we will build

00:00:02.010 --> 00:00:04.000
we will build
it<00:00:02.500><c> again</c>

00:00:04.000 --> 00:00:04.010
it again
"""
    (folder / "a.en.vtt").write_text(rolled)
    assert read(folder / "a.en.vtt").table["text"].to_pylist() == ["we will build it again"]
    # who repeats himself does not scroll
    lines = ["Three.", "Two.", "Two.", "One.", "Go."]
    cues = [f"{i + 1}\n00:00:0{i},000 --> 00:00:0{i + 1},000\n{line}\n" for i, line in enumerate(lines)]
    (folder / "b.srt").write_text("\n".join(cues))
    assert read(folder / "b.srt").table["text"].to_pylist() == ["Three. Two. Two. One. Go."]


@pytest.mark.parametrize("mark", ["<v {}>{}</v>", "{}: {}"])
def test_cues_that_name_who_speaks_are_turns(read: Read, folder: Path, mark: str) -> None:
    said = [("Ada Lovelace", "Rain is"), ("Ada Lovelace", "coming."), ("Bob", "Is it?"), ("Ada Lovelace", "Yes.")]
    cues = [f"00:0{i}.000 --> 00:0{i}.900\n{mark.format(*one)}\n" for i, one in enumerate(said)]
    (folder / "a.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    found = read(folder / "a.vtt").table.sort_by("doc_id").to_pylist()
    assert [(d["source"], d["text"]) for d in found if d["source"] == "Bob"] == [("Bob", "Is it?")]
    assert [(d["text"], moments(d)) for d in found if d["source"] != "Bob"] in (
        [("Yes.", [[0, 3.0]]), ("Rain is coming.", [[0, 0.0], [8, 1.0]])],
        [("Rain is coming.", [[0, 0.0], [8, 1.0]]), ("Yes.", [[0, 3.0]])],
    )


def test_what_yt_dlp_says_of_a_recording_is_taken(read: Read, folder: Path) -> None:
    (folder / "a.en.vtt").write_text(VTT)
    about = {"channel": "News", "timestamp": 1714564800, "title": "Talk", "webpage_url": "https://v.example/a"}
    (folder / "a.info.json").write_text(json.dumps(about))
    (found,) = read(folder / "a.en.vtt").table.to_pylist()
    assert (found["source"], found["title"], found["url"]) == ("News", "Talk", "https://v.example/a")
    assert found["time"].isoformat() == "2024-05-01T12:00:00+00:00"


def test_the_moment_of_a_passage_is_found_as_the_page_says(read: Read, folder: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats-papers.md").read_text("utf-8")
    sql = next(one for one in re.findall(r"^```sql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if "AS moment" in one)
    (folder / "a.en.vtt").write_text(VTT)
    (folder / "a.info.json").write_text(json.dumps({"webpage_url": "https://v.example/a"}))
    table = read(folder / "a.en.vtt").table
    start = TEXT.index("buses")
    with closing(duckdb.connect()) as connection:
        connection.register("documents", table)
        connection.execute(f"CREATE TABLE passages AS SELECT 'x' AS tp_id, 'a.en.vtt' AS doc_id, {start} AS start")
        assert connection.sql(sql).fetchall() == [("x", "https://v.example/a#t=3605.25")]


def test_bad_cues_are_named_and_the_rest_is_read(read: Read, folder: Path) -> None:
    (folder / "a.srt").write_text(SRT.replace("00:01:05,250 --> 00:01:07,000 X1:40", "00:01:xx --> 00:01:07"))
    with pytest.raises(InputError, match=r"a\.srt, row 1 \(line 7\): the times of a cue cannot be read"):
        read(folder / "a.srt")
    found = read(folder / "a.srt", bad_rows="skip")
    assert found.table["text"].to_pylist() == ["The bridge is closed tonight."]
    (folder / "b.srt").write_text("nothing here\n")
    with pytest.raises(InputError, match="no subtitles in it"):
        read(folder / "b.srt")


TURNS = """Debate of 1 May

ADA LOVELACE (via video): Rain is coming.
It will be heavy.
(APPLAUSE)
[00:01:30] Mr. SMITH of Texas: Is it? Note: nobody knows.

ADA LOVELACE: Yes.
Mr. SMITH of Texas [00:02:05]: Then we wait.
"""


@pytest.mark.parametrize("name", ["debate.txt", "debate"])
def test_turns_are_by_their_speakers(read: Read, folder: Path, name: str) -> None:
    (folder / name).write_text(TURNS)
    found = read(folder / name)
    rows = sorted(found.table.to_pylist(), key=lambda d: int(d["doc_id"].rpartition(":")[2]))
    assert [(d["doc_id"], d["source"], d["text"]) for d in rows] == [
        (f"{name}:3", "ADA LOVELACE", "Rain is coming.\nIt will be heavy."),
        (f"{name}:6", "Mr. SMITH of Texas", "Is it? Note: nobody knows."),
        (f"{name}:8", "ADA LOVELACE", "Yes."),
        (f"{name}:9", "Mr. SMITH of Texas", "Then we wait."),
    ]
    assert [moments(d) for d in rows if d["moments"]] == [[[0, 90.0]], [[0, 125.0]]]
    assert found.passed == {"lines before the first speaker": 1, "lines in brackets, which nobody says": 1}
    assert found.n_rows == 6


@pytest.mark.parametrize(
    "text",
    [
        "Subject: rain\nFrom: Ada\nTo: Bob\n\nIt rains. It rains again.",
        "The mayor said: it rains.\nThe bridge: closed.\nThe mayor: gone.\nNobody knows: why.",
        "LONDON: Rain fell on Monday.\nIt fell on Tuesday.\nIt fell on Wednesday.\nPARIS: Rain fell.\n",
    ],
)
def test_an_article_with_colons_is_a_text(read: Read, folder: Path, text: str) -> None:
    (folder / "a.txt").write_text(text)
    assert read(folder / "a.txt").table["text"].to_pylist() == [text]


def test_a_colon_of_another_script_ends_a_name(read: Read, folder: Path) -> None:
    (folder / "a.txt").write_text("記者：雨が降りますか。\n市長：はい。\n記者：いつですか。\n市長：明日です。\n")
    assert sorted(set(read(folder / "a.txt").table["source"].to_pylist())) == ["市長", "記者"]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(
        st.sampled_from(["\n", "\n\n", "WEBVTT", "1", "00:01.000 --> 00:02.000", "-->", "ADA:", "word", "<v ", "NOTE"])
    ),
    name=st.sampled_from(["a.srt", "a.vtt"]),
)
def test_no_foreign_error_and_no_row_lost(read: Read, folder: Path, parts: list[str], name: str) -> None:
    (folder / name).write_text("\n".join(parts))
    for format in ("subtitles", "transcript"):
        try:
            found = read(folder / name, bad_rows="skip", format=format)
        except InputError:
            continue
        assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty + sum(found.passed.values())


def test_captions_of_youtube_begin_with_a_line_of_spaces(read: Read, folder: Path) -> None:
    (folder / "a.en.vtt").write_text(
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.160 --> 00:00:02.389 align:start position:0%\n \ngood<00:00:00.400><c> morning</c>\n\n"
        "00:00:02.389 --> 00:00:02.399 align:start position:0%\ngood morning\n \n\n"
        "00:00:02.399 --> 00:00:04.000 align:start position:0%\ngood morning\nto<00:00:02.600><c> you</c>\n\n"
        "00:00:04.000 --> 00:00:04.010 align:start position:0%\nto you\n \n"
    )
    found = read(folder)
    (one,) = found.table.to_pylist()
    assert (one["text"], moments(one)) == ("good morning to you", [[0, 0.16], [13, 2.399]])
    assert [of.left_out for of in found.account] == [{}]


@pytest.mark.parametrize("numbers", [False, True])
def test_cues_that_no_blank_line_parts_keep_their_words(read: Read, folder: Path, numbers: bool) -> None:
    said = ["The bridge is closed.", "Ferries run.", "Until when?"]
    cues = [
        f"{f'{n}{chr(10)}' if numbers else ''}00:00:0{n}.000 --> 00:00:0{n}.900\n{s}" for n, s in enumerate(said, 1)
    ]
    (folder / "a.vtt").write_text("WEBVTT\n\n" + "\n".join(cues) + "\n")
    (one,) = read(folder).table.to_pylist()
    assert one["text"] == " ".join(said)


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        # several voices in a cue, on lines of their own and on one
        (["<v Ada>Rain?\n<v Bob>Snow.", "<v Ada>Why?</v> <v Bob>Winter.</v>"],
         [("Ada", "Rain?"), ("Bob", "Snow."), ("Ada", "Why?"), ("Bob", "Winter.")]),
        # what no voice is marked for is nobody's
        (["<v Ada>Rain again.</v>", "It rains.", "<v Ada>Again.</v>"],
         [("Ada", "Rain again."), (None, "It rains."), ("Ada", "Again.")]),
        # two names in a cue
        (["ADA: Rain?\nBOB: Snow.", "ADA: It says:\nno snow.", "and no hail.", "BOB: Hm."],
         [("ADA", "Rain?"), ("BOB", "Snow."), ("ADA", "It says: no snow. and no hail."), ("BOB", "Hm.")]),
        # the name on a line of its own
        (["MAN:\nWhen it rains\nit rains.", "MAN 2:\nIt snows.", "MAN:\nNo."],
         [("MAN", "When it rains it rains."), ("MAN 2", "It snows."), ("MAN", "No.")]),
        # dashes and arrows say that another speaks, and not who
        (["ADA: Rain?", "- Snow.\n- Hail.", ">> Who says so?", ">> BOB: I do.", "ADA: I see.", "BOB: Yes."],
         [("ADA", "Rain?"), (None, "- Snow. - Hail. >> Who says so?"), ("BOB", "I do."), ("ADA", "I see."),
          ("BOB", "Yes.")]),
    ],
)  # fmt: skip
def test_nothing_is_put_into_the_mouth_of_who_spoke_before(
    read: Read, folder: Path, cues: list[str], said: list[tuple[str | None, str]]
) -> None:
    blocks = [f"00:00:{i * 2:02}.000 --> 00:00:{i * 2 + 1:02}.000\n{cue}" for i, cue in enumerate(cues)]
    (folder / "talk.vtt").write_text("\n\n".join(["WEBVTT", *blocks]))
    rows = sorted(read(folder / "talk.vtt").table.to_pylist(), key=lambda row: json.loads(row["moments"])[0][1])
    assert sorted((row["source"], row["text"]) for row in rows) == sorted((who or "talk", what) for who, what in said)


def test_arrows_in_a_transcript_begin_a_turn(read: Read, folder: Path) -> None:
    (folder / "a.txt").write_text(">> ADA: Rain?\n>> BOB: Snow.\n>> Hail!\nAnd fog.\n>> ADA: Why?\n>> BOB: Winter.\n")
    found = read(folder / "a.txt")
    assert found.account[0].format == "transcript"
    said = [(row["source"], row["text"]) for row in found.table.to_pylist()]
    assert sorted(said) == [
        ("ADA", "Rain?"), ("ADA", "Why?"), ("BOB", "Snow."), ("BOB", "Winter."), ("a", "Hail!\nAnd fog."),
    ]  # fmt: skip
