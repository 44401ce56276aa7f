"""Small pictures on one axis of time: what is counted where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import inchorus
from inchorus.evidence.asking import asking
from inchorus.evidence.rising import BARS, by_group, rising

LINES = (
    "nobody in this valley will ever pay twice for clean water",
    "every bridge must be mended before the winter comes",
)


def study(days: dict[str, list[str]], **more: dict[str, str]) -> inchorus.api.Study:
    """Sources that use the first line on some days, and all of them the second on the first of March."""
    rows: list[dict[str, Any]] = []
    for source, those in days.items():
        declared = {name: said.get(source) for name, said in more.items()}
        rows += [{"source": source, "time": day, "text": f"{source} says {LINES[0]}", **declared} for day in those]
        rows.append({"source": source, "time": "2024-03-01", "text": f"{LINES[1]}, so {source}", **declared})
    return inchorus.find(rows, no_ties=True)


def ids(of: inchorus.api.Study) -> list[str]:
    by_text = {row["text"]: row["tp_id"] for row in of.talking_points.arrow().to_pylist()}
    return [next(tp_id for text, tp_id in by_text.items() if line in text) for line in LINES]


def test_sources_are_counted_in_equal_spans_of_one_axis() -> None:
    made = study({"a": ["2024-01-01", "2024-03-01"], "b": ["2024-01-01"], "c": ["2024-01-31"]})
    line, other = ids(made)
    found = rising(asking(made), [line, other])
    assert (str(found["first"])[:10], str(found["last"])[:10]) == ("2024-01-01", "2024-03-01")
    assert {at: n for at, n in enumerate(found["counts"][line]) if n} == {0: 2, 30: 1, BARS - 1: 1}
    assert {at: n for at, n in enumerate(found["counts"][other]) if n} == {BARS - 1: 3}
    assert (found["most"], found["beyond"]) == (3, 0)


def test_few_days_have_a_bar_each() -> None:
    made = study({"a": ["2024-02-27"], "b": ["2024-02-27", "2024-02-29"], "c": ["2024-02-28"]})
    line, other = ids(made)
    found = rising(asking(made), [line, other])
    assert (found["days"], found["bars"]) == (True, 4)
    assert found["counts"] == {line: [2, 1, 1, 0], other: [0, 0, 0, 3]}


def test_a_date_that_was_typed_wrong_is_counted_apart() -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 31)]
    made = study({**{f"s{k}": days for k in range(8)}, "t": ["0203-01-01"]})
    (line, _) = ids(made)
    found = rising(asking(made), [line])
    assert str(found["first"])[:10] == "2024-01-01"
    assert found["beyond"] == 1


def test_without_times_there_is_no_axis() -> None:
    rows = [{"source": s, "text": f"{LINES[0]}, {s}"} for s in "ab"]
    made = inchorus.find(rows, no_ties=True)
    assert rising(asking(made), [made.talking_points.arrow()["tp_id"][0].as_py()])["first"] is None


def test_users_are_counted_by_the_declared_column_with_the_fewest_values() -> None:
    party = {"a": "north", "b": "north", "c": "south"}
    state = {"a": "x", "b": "y", "c": "y", "d": "z"}
    made = study({s: ["2024-01-01"] for s in "abcd"}, party=party, state=state)
    found = by_group(asking(made), ids(made))
    assert found is not None
    assert (found["column"], found["values"]) == ("party", ["north", "south"])
    assert found["counts"][ids(made)[0]] == [2, 1, 0, 1]
    plain = study({s: ["2024-01-01"] for s in "ab"})
    assert by_group(asking(plain), ids(plain)) is None


def test_the_overview_shows_the_pictures(tmp_path: Path) -> None:
    from contextlib import closing

    from starlette.testclient import TestClient

    from inchorus.ui.app import application
    from inchorus.ui.reader import Reader

    party = {"a": "north", "b": "<south>"}
    made = study({s: ["2024-01-01"] for s in "abc"}, party={**party, "c": "north"})
    with closing(Reader(made)) as reader, TestClient(application(reader), base_url="http://127.0.0.1") as client:
        page = client.get("/overview").text
        data = client.get("/overview.json").json()
    assert "When they rose, and who used them" in page
    assert page.count('<svg class="bars"') == page.count('<svg class="shares"') == 2
    assert "&lt;south&gt;" in page
    assert "<south>" not in page
    assert data["rising"]["groups"]["column"] == "party"
