"""One source."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.page import Ask, MissingError
from inchorus.ui.pages.source import source
from inchorus.ui.reader import Reader
from made_ties import BRIDGE, DOCUMENTS, DOGWOOD, FOOTER, WATER, made


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(made(tmp_path_factory.mktemp("source") / "study"))


def of(reader: Reader, name: str, **query: str) -> dict[str, object]:
    return dict(source(reader, Ask("/source", (("name", name), *query.items()))).data)


def test_lines_say_whether_it_was_first(tied: Reader) -> None:
    data = of(tied, "Alder")
    assert (data["lines_total"], data["lines_first"], data["lines_first_shared"]) == (2, 1, 1)
    assert of(tied, "Cedar")["lines_first"] == 0


def test_the_shared_part_of_its_text_counts_each_character_once(tied: Reader) -> None:
    share = source(tied, Ask("/source", (("name", "Alder"),))).data["share"]
    total = sum(len(row[4]) for row in DOCUMENTS if row[1] == "Alder")
    assert share["characters"] == total
    assert share["all"] == pytest.approx((len(WATER) + len(BRIDGE) + len(FOOTER)) / total)
    assert {row["label"]: row["share"] for row in share["labels"]} == {
        "line": pytest.approx((len(WATER) + len(BRIDGE)) / total),
        "boilerplate": pytest.approx(len(FOOTER) / total),
    }


def test_its_ties_are_seen_from_its_side(tied: Reader) -> None:
    (tie,) = source(tied, Ask("/source", (("name", "Birch"),))).data["ties"]
    assert (tie["other"], tie["first_this"], tie["first_other"]) == ("Alder", 4, 11)
    data = of(tied, "Cedar")
    assert (data["ties_total"], data["partners"], data["others"]) == (0, 2, 3)
    page = TestClient(application(tied), base_url="http://127.0.0.1").get("/source", params={"name": "Cedar"}).text
    assert "with none of them more than chance gives" in page


def test_documents_come_newest_or_most_shared_first(tied: Reader) -> None:
    newest = source(tied, Ask("/source", (("name", "Alder"),))).data["documents_shown"]
    assert [row["doc_id"] for row in newest] == ["a2", "a1", "a3"], "one without a time is last"
    shared = source(tied, Ask("/source", (("name", "Alder"), ("sort", "shared")))).data["documents_shown"]
    assert [row["share"] for row in shared] == sorted((row["share"] for row in shared), reverse=True)
    assert shared[-1]["doc_id"] == "a3"


def test_a_source_that_shares_nothing_has_a_page(tied: Reader) -> None:
    client = TestClient(application(tied), base_url="http://127.0.0.1")
    page = client.get("/source", params={"name": DOGWOOD})
    assert page.status_code == 200
    assert "It uses no line that another source uses" in page.text
    assert "<b>" not in page.text


def test_activity_has_every_unit_between_the_first_and_the_last(tied: Reader) -> None:
    over_time = source(tied, Ask("/source", (("name", "Alder"),))).data["over_time"]
    assert over_time["unit"] == "day"
    assert [row["documents"] for row in over_time["rows"]] == [1, 0, 0, 0, 1]
    assert [row["passages"] for row in over_time["rows"]] == [1, 0, 0, 0, 2]


def test_every_table_of_the_page_is_a_file(tied: Reader) -> None:
    client = TestClient(application(tied), base_url="http://127.0.0.1")
    lines = {
        name: client.get("/source.csv", params={"name": "Alder", "table": name}).text.splitlines()
        for name in ("labels", "shares", "over_time")
    }
    assert [line.split(",")[:2] for line in lines["labels"]] == [
        ["label", "talking_points"],
        ["line", "2"],
        ["boilerplate", "1"],
    ]
    assert lines["shares"][0] == "band,documents"
    assert sum(int(line.split(",")[1]) for line in lines["shares"][1:]) == 3
    assert lines["over_time"][:2] == ["time,documents,passages", "2024-03-01,1,1"]


def test_its_group_leads_to_where_it_is_listed(tied: Reader) -> None:
    client = TestClient(application(tied), base_url="http://127.0.0.1")
    page = client.get("/source", params={"name": "Alder"}).text
    assert 'It is in <a href="/sources#group-1"><bdi>group 1 by wording</bdi></a>' in page


def test_documents_without_times_have_no_chart(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [
        {"id": f"{i}", "source": "ab"[i % 2], "text": "the river is high and the road is closed today"}
        for i in range(4)
    ]
    reader = Reader(inchorus.find(rows, out=tmp_path_factory.mktemp("untimed") / "s"))
    assert of(reader, "a")["over_time"] == {"unit": "day", "rows": []}
    assert TestClient(application(reader), base_url="http://127.0.0.1").get("/source?name=a").status_code == 200


def test_an_unknown_name_gets_the_nearest(tied: Reader) -> None:
    with pytest.raises(MissingError, match="did you mean 'Cedar'"):
        source(tied, Ask("/source", (("name", "Cedr"),)))
    with pytest.raises(UsageError, match="lacks 'name'"):
        source(tied, Ask("/source"))
