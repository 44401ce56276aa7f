"""The table of all sources, and the groups."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from starlette.testclient import TestClient

from inchorus.evidence.declared import declared
from inchorus.ui.app import application
from inchorus.ui.page import Ask
from inchorus.ui.pages.sources import sources
from inchorus.ui.reader import Reader
from made_ties import DOGWOOD, GROUPS, made


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(made(tmp_path_factory.mktemp("sources") / "study"))


def asked(reader: Reader, **query: str) -> list[str]:
    return [row["source"] for row in sources(reader, Ask("/sources", tuple(query.items()))).data["rows"]]


def test_each_source_has_its_figures(tied: Reader) -> None:
    rows = {row["source"]: row for row in sources(tied, Ask("/sources")).data["rows"]}
    alder = rows["Alder"]
    assert (alder["documents"], alder["talking_points"], alder["ties"], alder["group_id"]) == (3, 3, 1, "wording-1")
    assert alder["lines_first"] == 1, "a line of which two are first is nobody's alone"
    assert rows["Birch"]["lines_first"] == 0, "boilerplate is no line"
    assert (rows[DOGWOOD]["talking_points"], rows[DOGWOOD]["ties"], rows[DOGWOOD]["group_id"]) == (0, 0, None)
    assert alder["declared"] == {"owner": "North"}


def test_only_columns_that_no_source_has_two_values_of_are_declared(tied: Reader) -> None:
    assert declared(tied.rows) == {"owner": {"Alder": "North", "Birch": "North", "Cedar": "South"}}


def test_filters_and_order(tied: Reader) -> None:
    assert asked(tied, name="DAR") == ["Cedar"]
    assert asked(tied, **{"declared:owner": "North"}) == ["Alder", "Birch"]
    assert asked(tied, sort="source")[0] == "Alder"
    assert asked(tied, sort="group_id")[:2] == ["Alder", "Birch"]
    assert asked(tied, sort="first_time")[-1] == "Cedar"
    assert asked(tied, name="nobody") == []


def test_many_sources_come_in_pages_and_whole_in_a_file(tmp_path: Path) -> None:
    import inchorus

    rows = [
        {"id": f"{i:03}{k}", "source": f"s{i:03}", "text": f"word{i} and word{k}"} for i in range(120) for k in "ab"
    ]
    reader = Reader(inchorus.find(rows, out=tmp_path / "many"))
    assert len(asked(reader)) == 100
    assert asked(reader, page="2") == [f"s{i:03}" for i in range(100, 120)]
    assert asked(reader, page="99") == asked(reader, page="2")
    whole = sources(reader, Ask("/sources", (), whole=True))
    table = whole.tables["sources"]
    assert (table.num_rows if isinstance(table, pa.Table) else len(table)) == 120


def test_groups_show_their_members_and_the_lines_that_hold_them(tied: Reader) -> None:
    (group,) = sources(tied, Ask("/sources")).data["groups"]
    assert [member["source"] for member in group["members"]] == ["Alder", "Birch"]
    assert [line["tp_id"] for line in group["lines"]] == ["11"], "which the test counts"
    page = TestClient(application(tied), base_url="http://127.0.0.1").get("/sources").text
    assert "75 %" in page
    assert '<td><a href="/sources#group-1"><bdi>group 1 by wording</bdi></a></td>' in page
    assert '<section class="group" id="group-1">' in page


def test_groups_are_sorted_by_their_numbers_and_found_on_their_page(tmp_path: Path) -> None:
    groups = [{**GROUPS[0], "group_id": f"wording-{n}", "source": name} for n, name in ((10, "Alder"), (9, "Birch"))]
    more = [{**GROUPS[0], "group_id": f"wording-{n}", "source": f"x{n}"} for n in range(1, 9)]
    many = Reader(made(tmp_path / "study", groups=[*more, *reversed(groups)]))
    ask = Ask("/sources", (("sort", "group_id"),))
    assert [row["source"] for row in sources(many, ask).data["rows"]][:2] == ["Birch", "Alder"]
    client = TestClient(application(many), base_url="http://127.0.0.1")
    assert '<a href="/sources?groups=2#group-10"><bdi>group 10 by wording</bdi></a>' in client.get("/sources").text
    assert 'id="group-10"' in client.get("/sources?groups=2").text


def test_without_ties_the_page_says_what_to_run(reader: Reader, client: TestClient) -> None:
    page = client.get("/sources").text
    assert "inchorus ties study" in page
    assert "Daily Courier" in page


def test_the_csv_has_what_is_declared_beside_what_is_counted(tied: Reader) -> None:
    text = TestClient(application(tied), base_url="http://127.0.0.1").get("/sources.csv").text
    rows = {row["source"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Cedar"]["declared:owner"] == "South"
    assert rows["Cedar"]["documents"] == "1"


def test_every_name_of_the_hostile_study_leads_to_its_page(attacked: Reader) -> None:
    client = TestClient(application(attacked), base_url="http://127.0.0.1")
    page = client.get("/sources")
    assert page.status_code == 200
    assert "<script>window" not in page.text
    assert len(client.get("/sources.json").json()["rows"]) == len(sources(attacked, Ask("/sources")).data["rows"])
    for row in sources(attacked, Ask("/sources")).data["rows"]:
        found = client.get("/source", params={"name": row["source"]})
        assert found.status_code == 200, row["source"]
        assert "<script>window" not in found.text
        assert 'onerror="' not in found.text
        assert 'href="javascript' not in found.text.lower()
        assert client.get("/source.json", params={"name": row["source"]}).json()["name"] == row["source"]
        assert client.get("/source.csv", params={"name": row["source"], "table": "documents"}).status_code == 200
