"""The overview says what is in the study, and leads to the evidence."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from inchorus.api import Study
from inchorus.evidence.activity import unit_for
from inchorus.labels import LABELS
from inchorus.study import write_study
from inchorus.thresholds import LEVEL
from inchorus.ui.app import application
from inchorus.ui.page import Ask
from inchorus.ui.pages.overview import LINES, overview
from inchorus.ui.reader import Reader
from made_study import made, tables


def test_counts_are_those_of_the_tables(reader: Reader, small: Study) -> None:
    data = overview(reader, Ask("/")).data
    documents = small.documents.arrow().to_pylist()
    assert data["read"]["documents"] == len(documents)
    assert data["read"]["sources"] == len({d["source"] for d in documents})
    assert data["read"]["without_time"] == sum(d["time"] is None for d in documents) == 1
    assert data["read"]["first"] == min(d["time"] for d in documents if d["time"])
    assert data["found"]["talking_points"] == sum(data["found"]["labels"].values()) == 23
    assert data["found"]["passages"] == len(small.passages)


def test_wordings_are_those_that_find_and_show_list_first(reader: Reader) -> None:
    rows = overview(reader, Ask("/")).data["lines"]
    assert [row["rank"] for row in rows] == list(range(1, LINES + 1))


def test_the_chart_has_every_unit_of_time_once_and_counts_all_that_is_dated(reader: Reader, small: Study) -> None:
    chart = overview(reader, Ask("/")).data["over_time"]
    days = [date.fromisoformat(row["time"]) for row in chart["rows"]]
    assert chart["unit"] == "day"
    assert days == [days[0] + timedelta(i) for i in range(len(days))]
    assert sum(row["documents"] for row in chart["rows"]) == len(small.documents) - 1
    assert sum(row["passages"] for row in chart["rows"]) == len(small.passages) - 1


@pytest.mark.parametrize(("years", "unit"), [(3, "week"), (20, "month"), (300, "year"), (900, "decade")])
def test_long_spans_have_coarser_units_and_no_gaps(tmp_path: Path, years: int, unit: str) -> None:
    rows = tables()
    documents = rows["documents"].to_pylist()
    documents[0]["time"] = documents[0]["time"].replace(year=2024 - years)
    rows["documents"] = type(rows["documents"]).from_pylist(documents, rows["documents"].schema)
    base = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    reader = Reader(write_study(tmp_path / "study", rows, base))
    chart = overview(reader, Ask("/")).data["over_time"]
    assert chart["unit"] == unit
    assert sum(row["documents"] for row in chart["rows"]) == len(documents) - 1
    assert {"week": 150, "month": 240, "year": 300, "decade": 90}[unit] <= len(chart["rows"]) <= 410
    assert unit != "week" or {date.fromisoformat(row["time"]).weekday() for row in chart["rows"]} == {0}
    reader.close()


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(0, 60_000))
def test_a_chart_has_no_more_bars_than_fit(first: datetime, days: int) -> None:
    length = {"day": 1, "week": 7, "month": 28, "year": 365}[unit_for(first, first + timedelta(days))]
    assert days / length <= 410


def test_a_study_without_times_or_points_says_so(tmp_path: Path) -> None:
    rows = tables()
    documents = [{**d, "time": None, "time_precision": None} for d in rows["documents"].to_pylist()]
    empty = {name: table.slice(0, 0) for name, table in rows.items()}
    empty["documents"] = type(rows["documents"]).from_pylist(documents, rows["documents"].schema)
    base = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    reader = Reader(write_study(tmp_path / "study", empty, base))
    page = TestClient(application(reader), base_url="http://127.0.0.1").get("/")
    assert page.status_code == 200
    assert "No wording is shared" in page.text
    assert "data-chart" not in page.text
    reader.close()


def test_without_ties_it_says_what_to_run(client: TestClient) -> None:
    assert "inchorus ties STUDY" in client.get("/").text


def test_the_strongest_ties_come_first_and_lead_to_their_evidence(attacked: Reader) -> None:
    data = overview(attacked, Ask("/")).data
    values = [tie["q_value"] for tie in data["ties"]]
    assert values == sorted(values)
    assert (
        0
        < len(values)
        <= data["tested"]["tied"]
        == attacked.value("SELECT count(*) FROM ties WHERE q_value <= ?", [LEVEL])
    )
    assert sum(g["sources"] for g in data["groups"]) == attacked.value("SELECT count(*) FROM groups")
    client = TestClient(application(attacked), base_url="http://127.0.0.1")
    assert client.get("/").text.count('href="/tie?') == len(values)


def test_labels_are_those_that_there_are(reader: Reader) -> None:
    page = " ".join(TestClient(application(reader), base_url="http://127.0.0.1").get("/").text.split())
    labels = overview(reader, Ask("/")).data["found"]["labels"]
    (said,) = re.findall(r"shared by several sources: ([^.]*)\.", page)
    assert re.findall(r"\d+", said) == [str(n) for n in labels.values()]
    for label in LABELS:
        assert (label in said) == (label in labels)


def test_options_inputs_and_tables_are_files(tmp_path: Path) -> None:
    study = made(tmp_path / "study", inputs=[{"name": "a.csv", "sha256": "ab" * 32, "rows": 7}])
    client = TestClient(application(Reader(study)), base_url="http://127.0.0.1")
    lines = {
        name: client.get(f"/overview.csv?table={name}").text.splitlines() for name in ("options", "inputs", "tables")
    }
    assert lines["options"][0] == "option,value"
    assert lines["inputs"] == ["name,sha256,rows", f"a.csv,{'ab' * 32},7"]
    assert [line.split(",")[0] for line in lines["tables"][1:]] == list(study.manifest["tables"])


def test_how_the_study_was_made_is_all_there(tmp_path: Path) -> None:
    study = made(
        tmp_path / "study",
        inputs=[{"name": "a.csv", "sha256": "ab" * 32, "rows": 7}],
        left_out={"without text": 8, "without source": 0},
        times_not_read=3,
        notes=["b.txt is <no> table"],
    )
    reader = Reader(study)
    page = TestClient(application(reader), base_url="http://127.0.0.1").get("/").text
    for shown in ("ab" * 32, study.manifest["tables"]["passages"]["sha256"], "min words", "a.csv", "seed 0"):
        assert shown in page
    assert "b.txt is &lt;no&gt; table" in page
    assert "Left out: <bdi>without text</bdi>" in page
    assert "without source" not in page
    assert str(tmp_path) not in page
    reader.close()


def test_the_first_line_is_one_click_away(client: TestClient, reader: Reader) -> None:
    page = client.get("/").text
    for row in overview(reader, Ask("/")).data["lines"]:
        assert f'href="/talking-point?id={row["tp_id"]}"' in page
