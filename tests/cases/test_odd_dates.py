"""Ten thousand years between the times of a corpus: everything works, is quick, and the far times are named."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cases.case import given, rows, run
from inchorus.api import Study
from inchorus.evidence.activity import MOST, unit_for
from inchorus.study import open_study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

# A page of so many bytes draws no bar for each day, nor for each year, of ten thousand years.
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("odd") / "study"
    said = run("find", given("odd-dates", "in.csv"), "--out", place)
    assert said.code == 0, said.err
    assert "5 of 40 times lie far from the rest" in said.err
    assert "0001-01-01, 1899-12-30, 1970-01-01" in said.err
    return place


def test_every_page_is_there_and_small(study: Path) -> None:
    assert run("ties", study, "--quiet").code == 0
    (point, *_) = rows(study, "talking_points")
    reader = Reader(open_study(study))
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    pages = ["/overview", f"/talking-point?id={point['tp_id']}", "/source?name=s0", "/sources", "/ties"]
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) < MOST_BYTES, path
    for path in ("/overview.json", "/source.json?name=s0"):
        series = client.get(path).json()["over_time"]
        assert len(series["rows"]) <= MOST, path
        assert sum(row["documents"] for row in series["rows"]) == (40 if "overview" in path else 5)
    reader.close()


def test_report_and_exports(study: Path, tmp_path: Path) -> None:
    assert run("report", study, tmp_path / "report.html", "--quiet").code == 0
    assert run("ties", study, "--quiet").code == 0
    for name, file in (("gexf", "t.gexf"), ("graphml", "t.graphml"), ("sqlite", "t.db"), ("csv", "tables")):
        assert run("export", study, "--format", name, tmp_path / file, "--quiet").code == 0, name
    assert run("show", study).code == 0
    assert "Shared passages by century" in Study(open_study(study))._repr_html_()


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (datetime(2024, 1, 1), datetime(2024, 3, 1), "day"), (datetime(1990, 1, 1), datetime(2020, 1, 1), "month"),
        (datetime(1700, 1, 1), datetime(2024, 1, 1), "year"), (datetime(1, 1, 1), datetime(2024, 1, 1), "decade"),
        (datetime(1, 1, 1), datetime(9999, 12, 31), "century"),
    ],
)  # fmt: skip
def test_units_of_a_chart(first: datetime, last: datetime, unit: str) -> None:
    assert unit_for(first, last) == unit
