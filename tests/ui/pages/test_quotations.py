"""Quotations and speakers in the browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.api import Study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

SAID = "We will not sell the town hall to anybody for 300 dollars, and nobody may build on the green behind it"
OTHER = "The bridge over the weir is safe for carts and horses whatever the papers say of it"
ROWS = [
    ("Herald", "2024-05-01", f"The council met. “{SAID},” said Ada Ash, the mayor of Oldford."),
    ("Courier", "2024-05-02", f"Ada Ash spoke. “{SAID},” she said on Tuesday."),
    ("Post", "2024-05-03", f"It was a long night in the hall.\n\n“{SAID}.”"),
    ("Echo", "2024-05-04", f"“{SAID.replace(' not', '')},” Ben Oak said."),
    ("Star", None, f"“{SAID.replace('300', '=500')},” Ada Ash said. “{OTHER},” Ben Oak said."),
    (
        "Globe",
        "2024-06-01",
        f"“{OTHER},” Ben Oak said. <b>A. Ash</b> said: “{SAID.replace('dollars', '<i>euros</i>')}.”",
    ),
]


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> Study:
    rows = [{"source": s, "time": t, "text": x, "id": s.lower()} for s, t, x in ROWS]
    study = inchorus.find(rows, tmp_path_factory.mktemp("quoted") / "study", no_ties=True)
    study.quotes(limit=1)
    return study


@pytest.fixture(scope="module")
def browser(quoted: Study) -> TestClient:
    return TestClient(application(Reader(quoted)), base_url="http://127.0.0.1")


def text(browser: TestClient, path: str, **query: str) -> str:
    page = browser.get(path, params=query)
    assert page.status_code == 200
    return " ".join(page.text.split())


def data(browser: TestClient, path: str, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(f"{path}.json", params=query).json()
    return found


def table(browser: TestClient, path: str, **query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(f"{path}.csv", params=query).text)))


def town_hall(browser: TestClient) -> str:
    return str(data(browser, "/quotations", q="town hall")["rows"][0]["quote_id"])


def test_the_list_has_each_quotation_once_with_who_says_it(browser: TestClient) -> None:
    rows = data(browser, "/quotations")["rows"]
    assert [(row["n_sources"], row["n_altered"]) for row in rows] == [(6, 3), (2, 0)]
    assert rows[1]["said_by"] == "Ben Oak"
    assert "Ada Ash" in rows[0]["said_by"]
    assert [row["text"] for row in data(browser, "/quotations", altered="1")["rows"]] == [rows[0]["text"]]
    assert data(browser, "/quotations", q="weir")["total"] == 1
    assert data(browser, "/quotations", q="nothing of the kind")["total"] == 0
    assert len(table(browser, "/quotations")) == 2
    assert browser.get("/quotations", params={"sort": "sideways"}).status_code == 400


def test_one_quotation_has_its_speakers_its_carriers_and_its_forms(browser: TestClient) -> None:
    found = data(browser, "/quotation", id=town_hall(browser))
    assert found["text"].rstrip(",.") == SAID
    assert [row["source"] for row in found["places"]] == ["Herald", "Courier", "Post", "Echo", "Globe", "Star"]
    assert {row["name"]: row["n"] for row in found["speakers"]}["Ben Oak"] == 1
    assert found["pooled"] == 1
    assert [form["classes"][0] for form in found["forms"]] == ["negation", "number", "other"]
    only = [
        ["".join(p["text"] for p in form[side] if p["op"] == "only") for side in ("left", "right")]
        for form in found["forms"]
    ]
    assert only[:2] == [["not", ""], ["300", "500"]]


def test_words_of_documents_are_never_markup(browser: TestClient) -> None:
    page = text(browser, "/quotation", id=town_hall(browser))
    assert "<i>euros" not in page
    assert "&lt;i&gt;" in page
    assert "Ben Oak</bdi></a> in 1 of" in page


def test_an_id_or_a_name_that_there_is_not_is_not_found(browser: TestClient) -> None:
    for path in ("/quotation?id=nothing", "/quotation?id=", "/speaker?name=Nobody", "/speaker?name="):
        assert browser.get(path).status_code == 404
    assert browser.get("/quotation").status_code == 400


def test_a_speaker_has_statements_in_the_order_of_time(browser: TestClient) -> None:
    found = data(browser, "/speaker", name="Ben Oak")
    direct = [row for row in found["rows"] if row["direct"]]
    assert [row["time"][:10] for row in direct] == ["2024-05-04", "2024-06-01"]
    assert [d["doc_id"] for d in direct[1]["documents"]] == ["globe", "star"]
    assert data(browser, "/speaker", name="Ben Oak", about="weir")["total"] == 1
    assert "<mark>weir</mark>" in text(browser, "/speaker", name="Ben Oak", about="weir")
    assert {row["name"] for row in data(browser, "/speakers")["rows"]} >= {"Ada Ash", "Ben Oak"}
    assert [row["name"] for row in table(browser, "/speakers", name="oak")] == ["Ben Oak"]
    assert len(table(browser, "/speaker", name="Ben Oak")) == found["total"]


def test_names_of_others_are_offered_only_where_they_may_be_one_person(browser: TestClient) -> None:
    also = data(browser, "/speaker", name="Ada Ash")["also"]
    assert "Ben Oak" not in also
    assert set(also) <= {"A. Ash", "Ash"}


def test_a_talking_point_and_a_document_link_to_quotations(browser: TestClient, quoted: Study) -> None:
    tp_id = next(r["tp_id"] for r in quoted.quotations.arrow().to_pylist() if r["tp_id"] and r["doc_id"] == "herald")
    address = f"/quotation?id={town_hall(browser)}"
    assert address in text(browser, "/talking-point", id=tp_id)
    assert address in text(browser, "/document", id="herald")
    assert f"/talking-point?id={tp_id}" in text(browser, "/quotation", id=town_hall(browser))


def test_every_change_is_a_row_that_no_spreadsheet_runs(browser: TestClient, quoted: Study, tmp_path: Path) -> None:
    rows = table(browser, "/quotations", table="altered")
    assert [row["class"] for row in rows][:2] == ["negation", "number"]
    assert (rows[0]["from"], rows[0]["to"], rows[0]["source"]) == ("not", "", "Echo")
    assert all(row["fullest"].rstrip(",.") == SAID for row in rows)
    quoted.export(tmp_path / "altered.csv", "csv", table="altered_quotations")
    with (tmp_path / "altered.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == rows


def test_without_quotations_the_pages_say_how_to_get_them(reader: Reader) -> None:
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    assert "inchorus quotes study" in text(client, "/quotations")
    assert "inchorus quotes study" in text(client, "/speakers")
    for address in ("/quotations.csv", "/quotations.csv?table=altered", "/speakers.csv"):
        answer = client.get(address)  # an empty table would say that there are none
        assert answer.status_code == 404
        assert "inchorus quotes study" in answer.text
    assert client.get("/quotation?id=abc").status_code == 404
