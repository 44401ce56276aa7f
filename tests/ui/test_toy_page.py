"""The worked example of CONTRIBUTING.md: a page is one file and one line. And how tables without a template look."""

from __future__ import annotations

import pyarrow as pa
import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.ui.app import application
from inchorus.ui.page import Address, Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.routes import ADDRESSES
from worked import worked

LINE = "nobody in this valley will ever pay for the same water twice again"
CORPUS = [
    {"source": "Herald", "time": "2024-05-01", "text": f"She said: {LINE}."},
    {"source": "Courier", "time": "2024-05-02", "text": f"Again: {LINE}!"},
    {"source": "<b>Hermit</b>", "time": "2024-05-03", "text": "The library opens on Sundays."},
]


@pytest.fixture(scope="module")
def pages() -> TestClient:
    reader = Reader(inchorus.find(CORPUS))
    return TestClient(application(reader, addresses=(*ADDRESSES, worked("ALONE"))), base_url="http://127.0.0.1")


def test_it_has_an_address_in_every_form_and_a_place_in_the_menu(pages: TestClient) -> None:
    page = pages.get("/alone")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Alone</h1>" in page.text
    assert '<a href="/source?name=%3Cb%3EHermit%3C%2Fb%3E"><bdi>&lt;b&gt;Hermit&lt;/b&gt;</bdi></a>' in page.text
    assert "Herald" not in page.text
    (row,) = pages.get("/alone.json").json()["sources"]
    assert (row["source"], row["documents"], row["first_time"][:10]) == ("<b>Hermit</b>", 1, "2024-05-03")
    assert pages.get("/alone.csv").text.splitlines()[1].startswith("<b>Hermit</b>,1,2024-05-03")
    assert '<a href="/alone">Alone</a>' in pages.get("/sources").text
    assert 'aria-current="page">Alone</a>' in page.text


def shown(reader: Reader, tables: dict[str, object]) -> str:
    def page(reader: Reader, ask: Ask) -> Page:
        return Page("Tables", "tables.html", {}, tables)

    client = TestClient(application(reader, addresses=[Address("/tables", page)]), base_url="http://127.0.0.1")
    return client.get("/").text


def test_a_long_table_begins_and_says_how_long_it_is(reader: Reader) -> None:
    page = shown(reader, {"long_list": pa.table({"n": range(1234)}), "short": [{"n": None, "of": ["a", "b"]}]})
    assert "<caption>Long list: 1,234, here the first 200</caption>" in page
    assert page.count('<td class="n">') == 200
    assert "<td><bdi>a, b</bdi></td>" in page


def test_a_table_without_rows_is_said_to_be_empty(reader: Reader) -> None:
    assert "<p>Nobody: none.</p>" in shown(reader, {"nobody": []})
