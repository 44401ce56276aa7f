"""The network: what the picture is given, and the table that says the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.page import Ask, Page
from inchorus.ui.pages.network import HIGHEST, network
from inchorus.ui.pages.ties import ties
from inchorus.ui.reader import Reader
from made_ties import DOGWOOD, made


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = Reader(made(tmp_path_factory.mktemp("ties") / "study"))
    yield found
    found.close()


def asked(reader: Reader, **query: str) -> Page:
    return network(reader, Ask("/network", tuple(query.items())))


def given(reader: Reader, address: str = "/network") -> dict[str, Any]:
    """What the script of the page is given."""
    page = TestClient(application(reader), base_url="http://127.0.0.1").get(address)
    assert page.status_code == 200
    found = re.search(r'<script type="application/json">(.*?)</script>', page.text, re.DOTALL)
    assert found
    graph: dict[str, Any] = json.loads(found[1])
    return graph


def test_ties_are_given_up_to_the_end_of_the_slider(tied: Reader) -> None:
    graph = given(tied)
    assert graph["names"] == ["Alder", "Birch", "Cedar", DOGWOOD]
    assert graph["documents"] == [3, 2, 1, 2]
    assert graph["edges"] == [[0, 1, 0.0006, 4.0, 31]], "the others have a q beyond it, or are of another kind"
    assert all(q <= HIGHEST for _, _, q, _, _ in graph["edges"])


def test_a_tie_just_above_the_limit_is_not_counted_below_it(tmp_path: Path) -> None:
    study = made(tmp_path / "study")
    file = tmp_path / "study" / "ties.parquet"
    table = pq.read_table(file)
    q = pa.array([0.05004 if value.as_py() == 0.0006 else value.as_py() for value in table["q_value"]], pa.float64())
    pq.write_table(table.set_column(table.column_names.index("q_value"), table.schema.field("q_value"), q), file)
    reader = Reader(study)
    page = asked(reader, q="0.05")
    graph = page.data["graph"]
    assert graph is not None
    assert [edge[2] for edge in graph["edges"]] == [0.05004]
    shown = ties(reader, Ask("/ties", (("q", "0.05"), ("kind", graph["kind"])))).data["total"]
    assert sum(edge[2] <= graph["q"] for edge in graph["edges"]) == page.data["total"] == shown == 0
    reader.close()


@pytest.mark.parametrize(("q", "shown"), [("0.00000002", "2e-8"), ("0.0123", "0.0123"), ("0", "0")])
def test_the_q_up_to_which_ties_are_shown_stays_a_number(tied: Reader, q: str, shown: str) -> None:
    page = TestClient(application(tied), base_url="http://127.0.0.1").get(f"/network?q={q}").text
    assert f'value="{shown}"' in page
    assert f"with q ≤ {shown}" in page
    assert f"/ties?q={shown}&amp;" in page


def test_sources_are_coloured_by_groups_or_what_is_declared(tied: Reader) -> None:
    graph = given(tied, "/network?colour=owner")
    assert graph["colour"] == "owner"
    assert graph["colourings"] == {
        "groups": ["wording-1", "wording-1", None, None],
        "owner": ["North", "North", "South", None],
    }


def test_the_table_holds_what_the_picture_shows(tied: Reader) -> None:
    page = asked(tied, colour="owner")
    (row,) = page.tables["ties"]
    assert (row["source_a"], row["source_b"], row["colour_a"], row["observed"]) == ("Alder", "Birch", "North", 31)
    assert asked(tied, q="0.0001").data["tied"] == []
    assert asked(tied, q="0.0001").data["graph"]["edges"], "the slider can still be moved up"
    assert asked(tied, kind="link").data["tied"] == []


@pytest.mark.parametrize("query", [{"q": "x"}, {"q": "nan"}, {"q": "0.3"}, {"kind": "links"}, {"colour": "party"}])
def test_what_is_not_there_is_said_to_be(tied: Reader, query: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        asked(tied, **query)


def test_without_ties_it_says_what_to_run(client: TestClient) -> None:
    assert "<code>inchorus ties " in client.get("/network").text


def test_hostile_names_come_back_as_they_are_and_only_as_data(attacked: Reader) -> None:
    graph = given(attacked)
    names = [row["source"] for row in attacked.rows("SELECT DISTINCT source FROM documents ORDER BY source")]
    assert graph["names"] == names
    assert len(graph["edges"]) > 0
    text = TestClient(application(attacked), base_url="http://127.0.0.1").get("/network?q=0.25").text
    assert len(re.findall(r"<script", text)) == len(
        re.findall(r'<script (?:type="module" src="/static/|type="app)', text)
    )
    assert not re.search(r"<(img|svg|b)\b", text)


def test_scripts_set_what_comes_from_documents_as_text_only() -> None:
    static = Path(__file__).parent.parent.parent.parent / "src/inchorus/ui/static"
    scripts = sorted(static.glob("*.js"))
    assert scripts
    for script in scripts:
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|Math\.random|\bstyle=",
            script.read_text(encoding="utf-8"),
        )
        assert not found, f"{script.name}: {found}"
