"""What an address asks for, whatever stands in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.errors import UsageError
from inchorus.ui.page import MOST, Ask

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
QUERIES = st.lists(st.tuples(st.sampled_from(["q", "page", "label", "from"]) | WORDS, WORDS)).map(tuple)


def query_of(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


@given(QUERIES)
def test_a_value_is_read_or_refused_and_never_fails_otherwise(query: tuple[tuple[str, str], ...]) -> None:
    ask = Ask("/talking-points", query)
    for name in {"q", "from", *(key for key, _ in query)}:
        text = ask.text(name)
        assert len(text) <= MOST
        assert text == text.strip()
        with suppress(UsageError):
            assert 1 <= ask.number(name, 1, most=9) <= 9
        with suppress(UsageError):
            assert ask.day(name) is None or ask.day(name) >= datetime.min.replace(tzinfo=UTC)  # type: ignore[operator]
        with suppress(UsageError):
            assert ask.choice(name, ["a"], "a") == "a"
        with suppress(UsageError):
            assert set(ask.many(name, ["a"])) <= {"a"}


@given(QUERIES, WORDS.filter(bool))
def test_an_address_keeps_everything_but_what_is_changed_and_the_page(
    query: tuple[tuple[str, str], ...], value: str
) -> None:
    kept = [(k, v) for k, v in query if v and k not in {"page", "sort"}]
    assert query_of(Ask("/p", query).to(sort=value)) == [*kept, ("sort", value)]
    assert query_of(Ask("/p", query).to(sort=None)) == kept
    assert query_of(Ask("/p", query).to(sort=None, page=3)) == [*kept, ("page", "3")]
    assert query_of(Ask("/p", query).file(".csv", sort=None)) == kept


def test_the_last_value_of_a_name_counts() -> None:
    ask = Ask("/p", (("q", "one"), ("q", " two ")))
    assert ask.text("q") == "two"
    assert ask.exact("q") == " two "


def test_a_name_that_is_needed_has_to_be_there() -> None:
    with pytest.raises(UsageError, match=r"lacks 'id'; add \?id="):
        Ask("/p").exact("id")
    assert Ask("/p").exact("id", "") == ""


def test_numbers_are_brought_into_their_range() -> None:
    ask = Ask("/p", (("page", "-5"), ("most", "9" * 300)))
    assert (ask.number("page", 1), ask.number("most", 1, most=7), ask.number("none", 4)) == (1, 7, 4)


def test_what_is_no_number_no_date_or_no_choice_is_said_to_be_none() -> None:
    ask = Ask("/p", (("page", "two"), ("from", "2024-13-01"), ("label", "lime")))
    with pytest.raises(UsageError, match="not a whole number"):
        ask.number("page", 1)
    with pytest.raises(UsageError, match="not a date such as 2024-05-01"):
        ask.day("from")
    with pytest.raises(UsageError, match="did you mean 'line'"):
        ask.many("label", ["line", "title"])
    with pytest.raises(UsageError, match="one of a, b"):
        ask.choice("label", ["a", "b"], "a")


def test_a_day_is_one_of_the_calendar_at_midnight() -> None:
    assert Ask("/p", (("from", "2024-05-01"),)).day("from") == datetime(2024, 5, 1, tzinfo=UTC)
    with pytest.raises(UsageError):
        Ask("/p", (("from", "2024-05-01T10:00+02:00"),)).day("from")


def test_the_files_of_the_first_page_are_those_of_the_overview() -> None:
    assert Ask("/").file(".json") == "/overview.json"
    assert Ask("/", (("a", "b"),)).file(".csv", table="lines") == "/overview.csv?a=b&table=lines"
