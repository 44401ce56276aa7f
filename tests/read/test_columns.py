from __future__ import annotations

import pytest

from inchorus.errors import InputError, UsageError
from inchorus.read.columns import check_columns
from inchorus.read.options import ReadOptions


@pytest.mark.parametrize(
    ("names", "options", "hint"),
    [
        (["source", "text", "date"], ReadOptions(time="time"), "date"),
        (["source", "text", "published", "tine"], ReadOptions(time="time"), "published"),
        (["source", "text", "tine"], ReadOptions(time="time"), "tine"),
        (["source", "text", "day", "published_on"], ReadOptions(time="publishd_on"), "published_on"),
        (["outlet", "time", "text"], ReadOptions(), "outlet"),
    ],
)
def test_a_missing_column_is_guessed_by_its_part(names: list[str], options: ReadOptions, hint: str) -> None:
    with pytest.raises((UsageError, InputError), match=f"did you mean '{hint}'"):
        check_columns("in.csv", names, options)


def test_the_name_of_another_part_is_no_guess() -> None:
    with pytest.raises(UsageError) as caught:
        check_columns("in.csv", ["source", "text"], ReadOptions(time="time"))
    assert "did you mean" not in str(caught.value)


def test_shares_of_coortweet_are_named_as_such() -> None:
    names = ["object_id", "account_id", "content_id", "timestamp_share"]
    with pytest.raises(InputError, match="--coortweet"):
        check_columns("a.csv", names, ReadOptions())
