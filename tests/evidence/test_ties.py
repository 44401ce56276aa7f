"""What a tie or a group rests on, asked of a study made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.errors import UsageError
from inchorus.evidence.asking import Query, asking
from inchorus.evidence.groups import group_days, group_lines, group_rows
from inchorus.evidence.occasions import apart, occasions, shared_objects
from inchorus.evidence.ties import both_use, by_reason, counted_by, kinds, of_pair, shared, tie_rows
from inchorus.thresholds import MOST_SOURCES
from made_ties import made

PRECISIONS = st.sampled_from(["second", "minute", "day"])
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Query:
    return asking(made(tmp_path_factory.mktemp("ties") / "study"))


def test_what_two_share_is_rarest_first_with_the_passages_of_an_occasion(rows: Query) -> None:
    found = shared(rows, "Alder", "Birch")
    assert [(row["tp_id"], row["counted"], row["reason"]) for row in found] == [
        ("11", True, None),
        ("33", False, "boilerplate"),
        ("22", False, "of more than 2 sources"),
    ]
    assert (found[0]["doc_a"], found[0]["start_a"], found[0]["doc_b"], found[0]["start_b"]) == ("a1", 9, "b1", 7)
    assert [(x["reason"], x["talking_points"]) for x in by_reason(found)] == [
        ("boilerplate", 1),
        ("of more than 2 sources", 1),
    ]


def test_without_a_test_both_use_what_has_passages_of_both(rows: Query) -> None:
    found = both_use(rows, "Alder", "Birch")
    assert [row["tp_id"] for row in found] == ["11", "33", "22"]
    (one, *_), (other, *_) = found, both_use(rows, "Birch", "Alder")
    assert (one["doc_a"], one["end_a"]) == (other["doc_b"], other["end_b"])
    assert [row["tp_id"] for row in both_use(rows, "Alder", "Birch", 2)] == ["22"]


def test_wording_of_very_many_sources_is_given_once() -> None:
    def answers(sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        if "occasions" in sql:
            return [{"source_a": "A", "source_b": "B", "tp_id": "11", "counted": True, "reason": None}]
        assert parameters == ["A", "B", MOST_SOURCES]
        return [{"tp_id": "11"}, {"tp_id": "22"}]

    assert [(row["tp_id"], row["reason"]) for row in shared(answers, "A", "B")] == [
        ("11", None),
        ("22", "of more than 32 sources"),
    ]


def test_the_lines_of_many_pairs_are_asked_at_once(rows: Query) -> None:
    pairs = [("Alder", "Birch"), ("Alder", "Cedar"), ("Alder", "Nobody")]
    assert {pair: [row["tp_id"] for row in lines] for pair, lines in counted_by(rows, pairs, 2).items()} == {
        ("Alder", "Birch"): ["11"],
        ("Alder", "Cedar"): [],
        ("Alder", "Nobody"): [],
    }
    assert counted_by(rows, []) == {}
    asked = []

    def counting(sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        asked.append(sql)
        return rows(sql, parameters)

    assert tie_rows(counting, None, 0)
    assert len(asked) == 2


def test_groups_have_the_lines_and_the_days_of_what_their_members_share(rows: Query) -> None:
    members = {"g": ["Alder", "Birch"], "alone": ["Cedar"]}
    lines = group_lines(rows, members, 5)
    assert [row["tp_id"] for row in lines["g"]] == ["11"], "which the test counts"
    assert lines["alone"] == []
    days = group_days(rows, members)
    assert days["g"]["days"] == 1
    assert days["g"]["first"] == datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert days["alone"]["days"] == 0
    assert group_lines(rows, {}, 5) == {}
    assert group_days(rows, {}) == {}


def test_ties_and_groups_can_be_narrowed_to_a_source(rows: Query) -> None:
    assert [(row["source_a"], row["source_b"]) for row in tie_rows(rows, None, 0)] == [("Alder", "Birch")]
    assert tie_rows(rows, "Cedar", 0) == []
    assert [group["group_id"] for group in group_rows(rows, "Birch")] == ["wording-1"]
    assert group_rows(rows, "Cedar") == []
    with pytest.raises(UsageError, match="did you mean 'Cedar'"):
        tie_rows(rows, "Ceda", 0)


def test_a_pair_may_be_named_in_either_order(rows: Query) -> None:
    assert of_pair(rows, ("Birch", "Alder"), 0) == of_pair(rows, ("Alder", "Birch"), 0)
    assert [row["kind"] for row in kinds(rows, "Alder", "Birch")] == ["wording", "link"]


def test_occasions_are_those_of_the_table(rows: Query) -> None:
    found = occasions(rows, "Alder", "Birch")
    assert [(row["doc_a"], row["doc_b"], row["delay"]) for row in found] == [("a1", "b1", 7200.0)]
    (one,) = shared_objects(rows, "Alder", "Birch", "link")
    assert (one["object"], one["doc_id_a"], one["doc_id_b"], one["seconds"]) == ("x.org/p", "a1", "b1", 7200.0)
    assert shared_objects(rows, "Alder", "Cedar", "link") == []


@given(TIMES, PRECISIONS, TIMES, PRECISIONS)
def test_apart_is_antisymmetric_and_off_by_less_than_the_coarser_precision(
    a: datetime, precision_a: str, b: datetime, precision_b: str
) -> None:
    there, back = apart(a, precision_a, b, precision_b), apart(b, precision_b, a, precision_a)
    assert there is not None
    assert back is not None
    assert there == -back
    coarse = {"second": 1, "minute": 60, "day": 86400}
    assert abs(there - (b - a).total_seconds()) < max(coarse[precision_a], coarse[precision_b])


def test_a_time_that_is_not_known_is_not_apart_from_another(tmp_path: Path) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert apart(None, None, now, "day") is None
    assert apart(now, "day", None, None) is None
    assert apart(now, "minute", now + timedelta(seconds=59), "second") == 0
