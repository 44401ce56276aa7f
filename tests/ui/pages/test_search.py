from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import inchorus
from hostile import ATTACKS, MARK
from inchorus.api import Study
from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.page import Ask
from inchorus.ui.pages.search import ONE, search
from inchorus.ui.reader import Reader
from made_study import made


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Eight wordings in several scripts."""
    return ready(Reader(made(tmp_path_factory.mktemp("study") / "s")))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """45 documents that have the word reservoir, of three sources that share nothing else."""
    rows = [{"id": f"d{i:02}", "source": "abc"[i % 3], "text": f"reservoir n{i} " * 3} for i in range(45)]
    return ready(Reader(inchorus.find(rows, out=tmp_path_factory.mktemp("many") / "s")))


@pytest.fixture(scope="module")
def hostile(attacks: Study) -> Reader:
    return ready(Reader(attacks))


def ready(reader: Reader) -> Reader:
    assert reader.search().wait()
    return reader


def client(reader: Reader) -> TestClient:
    return TestClient(application(reader), base_url="http://127.0.0.1")


def asked(reader: Reader, *query: tuple[str, str]) -> dict[str, Any]:
    return dict(search(reader, Ask("/search", query)).data)


class Marks(HTMLParser):
    """The texts of all <mark>, and the names of all elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.marks: list[str] = []
        self.names: set[str] = set()
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "mark":
            self.inside = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marks[-1] += data


def test_the_page_marks_what_was_asked_for(reader: Reader) -> None:
    html = client(reader).get("/search", params={"q": "valley clean wat"}).text
    assert "1 talking point and 1 document<" in html
    assert 'data-ready="yes"' in html
    assert set(Marks(html).marks) == {"valley", "clean", "water"}
    assert 'value="valley clean wat"' in html


@pytest.mark.parametrize("q", ["نظيفة", "清洁的饮用水", "долине", "साफ़"])
def test_any_script_is_shown_and_marked(reader: Reader, q: str) -> None:
    html = client(reader).get("/search", params={"q": q}).text
    assert set(Marks(html).marks) == {q}
    assert html.count('dir="auto"') >= 3


def test_data_and_page_say_the_same(reader: Reader) -> None:
    data = json.loads(client(reader).get("/search.json", params={"q": "valley clean wat"}).text)
    (point,) = data["wording"]["found"]
    assert [point["text"][a:b] for a, b in point["hits"]] == ["valley", "clean", "water"]
    assert point["label"] == "line"
    (document,) = data["documents"]["found"]
    assert document["at"] == document["start"] + document["hits"][0][0]
    assert (data["documents"]["total"], data["share"]) == (1, 1.0)


def test_without_a_question_there_is_an_explanation(reader: Reader) -> None:
    html = client(reader).get("/search").text
    assert '<details class="help" open>' in html
    assert "8 talking points, 29 documents" in html
    assert "<section" not in html
    assert "There is no word in this to look for." in client(reader).get("/search", params={"q": "…"}).text


def test_nothing_found_is_said(reader: Reader) -> None:
    html = client(reader).get("/search", params={"q": "zebra"}).text
    assert "0 talking points and 0 documents" in html
    assert html.count("None.") == 2


def test_notes_are_shown(reader: Reader) -> None:
    html = client(reader).get("/search", params={"q": "water source:Curier from:soon"}).text
    assert "There is no source &#39;Curier&#39;" in html
    assert "takes a date" in html


def test_all_results_page_by_page(many: Reader) -> None:
    html = client(many).get("/search", params={"q": "reservoir"}).text
    assert "0 talking points and 45 documents" in html
    assert '<a href="/search?q=reservoir&amp;in=documents" data-result>All 45 documents</a>' in html
    seen: list[str] = []
    address: str | None = "/search?q=reservoir&in=documents"
    pages = 0
    while address:
        html = client(many).get(address).text
        seen += re.findall(r"/document\?id=(d\d\d)", html)
        found = re.search(r'rel="next" href="([^"]+)"', html)
        address = found[1].replace("&amp;", "&") if found else None
        pages += 1
    assert pages == -(-45 // ONE)
    assert sorted(seen) == [f"d{i:02}" for i in range(45)]


def test_a_page_past_the_end_is_empty(many: Reader) -> None:
    data = asked(many, ("q", "reservoir"), ("page", "9"), ("in", "documents"))
    assert data["documents"] == {"total": 45, "first": 160, "found": []}


def test_what_is_not_a_section_is_an_error(reader: Reader) -> None:
    with pytest.raises(UsageError, match="did you mean 'documents'"):
        asked(reader, ("q", "a"), ("in", "document"))


def test_files_hold_all_rows_of_one_table(many: Reader) -> None:
    text = client(many).get("/search.csv", params={"q": "reservoir", "table": "documents"}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 45
    assert {row["source"] for row in rows} == {"a", "b", "c"}
    assert (
        client(many)
        .get("/search.csv", params={"q": "reservoir", "table": "wording"})
        .text.startswith("tp_id,variant_id,label,")
    )
    assert client(many).get("/search.csv").text.count("\r\n") == 1, "a head line without a question"


def test_while_documents_are_indexed_the_page_says_how_far_that_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = reader.search()
    monkeypatch.setattr(half, "_documents", None)
    monkeypatch.setattr(half, "_done", 7)
    html = client(reader).get("/search", params={"q": "valley"}).text
    assert "documents are being indexed: 24 %" in html
    assert 'data-ready="no"' in html
    assert "Wording that sources share" in html


def attacks() -> Iterator[str]:
    yield from ATTACKS
    yield from ("x" * 10_000, '"' * 500, "\x00", "%00%ff", "a" + "\u0301" * 5000, "-" * 400, "source:" * 60)


@pytest.mark.parametrize("q", list(attacks()))
def test_any_question_is_answered_and_escaped(hostile: Reader, q: str) -> None:
    for address in ("/search", "/search.json", "/search.csv"):
        answer = client(hostile).get(f"{address}?q={quote(q)}")
        assert answer.status_code == 200
        if address == "/search":
            assert not Marks(answer.text).names & {"img", "svg", "iframe", "style"}
            assert answer.text.count("<script") == 1


@pytest.mark.parametrize("q", ["script", "window", MARK, "owned", "drop table"])
def test_documents_cannot_break_out_of_the_page(hostile: Reader, q: str) -> None:
    html = client(hostile).get("/search", params={"q": q}).text
    assert "and 0 documents" not in html
    assert Marks(html).marks
    assert not Marks(html).names & {"img", "svg", "iframe", "style"}
    assert html.count("<script") == 1
    assert not re.search("[\x00-\x08\x1b\x9b\u202e]", html)
