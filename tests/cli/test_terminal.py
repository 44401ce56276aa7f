from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from inchorus.cli.terminal import Bars, Column, Lines, PlainConsole, print_table, shortened
from inchorus.text.differences import differences
from inchorus.text.harmless import harmless, isolated, shown_time, to_json

COLUMNS = (Column("#", right=True), Column("wording", wide=True), Column("sources", right=True), Column("id"))
ROWS = (
    ("1", "a wording of some length that must be shortened somewhere on a narrow screen", "3", "abcdef12"),
    ("20", "我们决不罢休直到山谷里的每个家庭都有清洁的饮用水为止这是我们的承诺", "12", "12345678"),
    ("3", "لن نرتاح حتى تحصل كل أسرة في هذا الوادي على مياه نظيفة", "1,234", "87654321"),
)


def printed(width: int, terminal: bool) -> list[str]:
    file = io.StringIO()
    console = PlainConsole(file=file, width=width)
    console._force_terminal = terminal
    console.no_color = True
    print_table(console, COLUMNS, ROWS)
    return file.getvalue().splitlines()


def plain(lines: list[str]) -> list[str]:
    import re

    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]


@given(st.text())
def test_nothing_that_moves_or_commands_a_terminal_is_left(text: str) -> None:
    shown = harmless(text)
    assert not [c for c in shown if ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F]
    assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def test_control_codes_can_be_seen() -> None:
    assert harmless("a\x1b[2Jb\x9bc\x7fd\x00") == "a␛[2Jb\\x9bc␡d␀"
    assert harmless("one\r\n\ttwo\u2028three") == "one two three"


def test_right_to_left_text_is_isolated_and_other_text_is_not() -> None:
    assert isolated("abc") == "abc"
    assert isolated("مياه") == "\u2068مياه\u2069"


@given(st.text(), st.integers(2, 60))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert cell_len(shortened(harmless(text), width)) <= width


@given(st.recursive(st.text(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner)))
def test_json_is_read_back_the_same_and_is_harmless(value: object) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert not set(text) & {chr(c) for c in range(0x20) if c != 0x0A} | set(text) & {chr(c) for c in range(0x7F, 0xA0)}


def test_json_holds_whatever_a_column_of_the_input_may_hold() -> None:
    value = {
        "day": date(2024, 5, 1),
        "at": time(9, 30),
        "long": timedelta(minutes=2),
        "raw": b"\xff\x00",
        "sum": Decimal("1.50"),
        "none": [float("nan"), (float("inf"), 1.5)],
    }
    assert json.loads(to_json(value), parse_constant=pytest.fail) == {
        "day": "2024-05-01",
        "at": "09:30:00",
        "long": 120.0,
        "raw": "ff00",
        "sum": "1.50",
        "none": [None, [None, 1.5]],
    }


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_of_a_table_is_wider_than_the_terminal(width: int) -> None:
    lines = plain(printed(width, terminal=True))
    assert max(map(cell_len, lines)) <= width
    assert len(lines) == (8 if width < 90 else 4)


def test_a_table_in_a_file_is_plain_and_aligned() -> None:
    lines = printed(80, terminal=False)
    assert len(lines) == 4
    assert not {"\x1b", "\u2068"} & set("".join(lines))
    ends = {cell_len(line[: line.index(number) + len(number)])
            for line, number in zip(lines[1:], (" 3 ", " 12 ", " 1,234 "), strict=True)}  # fmt: skip
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("second", "2024-05-01 12:30:07"), ("minute", "2024-05-01 12:30"), ("day", "2024-05-01"), (None, "2024-05-01")],
)
def test_times_are_shown_at_their_precision(precision: str | None, shown: str) -> None:
    assert shown_time(datetime(2024, 5, 1, 12, 30, 7, tzinfo=UTC), precision) == shown
    assert shown_time(None, precision) == ""


def test_differences_are_where_words_differ() -> None:
    assert differences("we will build 100 homes", "We will, surely, build homes!") == [
        ("same", "We will, "),
        ("added", "surely, "),
        ("same", "build "),
        ("removed", "100 "),
        ("same", "homes!"),
    ]
    assert differences("清洁的水", "清洁水") == [("same", "清洁"), ("removed", "的"), ("same", "水")]


@given(st.text("ab c,水"), st.text("ab c,水"))
def test_differences_keep_the_whole_passage(canonical: str, passage: str) -> None:
    assert "".join(text for op, text in differences(canonical, passage) if op != "removed") == passage


def test_a_log_gets_one_line_for_each_stage() -> None:
    file = io.StringIO()
    lines = Lines(PlainConsole(file=file))
    with lines.stage("read", 10, "documents") as advance:
        advance(4)
        advance(6)
    lines.note("3 rows \x1b[2J left out")
    first, second = file.getvalue().splitlines()
    assert first.startswith("read: 10 documents, ")
    assert second == "3 rows ␛[2J left out"


def test_bars_leave_a_line_for_each_stage_and_survive_an_error() -> None:
    file = io.StringIO()
    console = PlainConsole(file=file, width=80)
    console._force_terminal = True
    bars = Bars(console)
    with pytest.raises(ValueError, match="x"), bars.stage("bad", None, "rows"):
        raise ValueError("x")
    with bars.stage("read", 10, "documents") as advance, bars.stage("inner", None, "rows"):
        advance(10)
    assert "read: 10 documents" in file.getvalue()
    assert "bad:" not in file.getvalue()
    assert file.getvalue().rstrip().endswith(("\x1b[?25h", "s"))
