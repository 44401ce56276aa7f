"""The page of one document: its whole text, the passages marked in it, and what each of them is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.manifest import MANIFEST
from inchorus.ui.app import application
from inchorus.ui.page import Ask
from inchorus.ui.pages.document import document
from inchorus.ui.reader import Reader

LINE = "nobody in this valley will ever pay for the same water twice again this year"
OTHER = "every child in this town shall have a warm meal at noon until the bridge is whole"
TEXT = f"Rivers rise \U0001f30a fast here.\n\n\t{LINE}.\r\n  <b>Bridges</b> closed & {OTHER}. The end."
LARGE = "".join(f"{n} lorem{n} ipsum{n}\n" for n in range(40_000)) + LINE + ".\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows: list[dict[str, Any]] = [
        {"id": "h", "source": "Herald", "time": "2024-05-01", "text": TEXT, "title": "Rivers", "party": "Blue"},
        {"id": "c", "source": "Courier", "time": "2024-05-03", "text": f"Mayor Ortiz spoke. {LINE}. Then lunch."},
        {"id": "p", "source": "Post", "time": "2024-04-01", "text": f"Soup was served. {OTHER}. Rain fell."},
        {"id": "big", "source": "Post", "time": "2024-06-01", "text": LARGE},
        {"id": "alone", "source": "Post", "time": None, "text": "Nothing here is shared by anybody at all."},
    ]
    table = pa.Table.from_pylist([{"title": None, "party": None, **row} for row in rows])
    return inchorus.find(table, out=tmp_path_factory.mktemp("document") / "study").path


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[Reader]:
    found = Reader(inchorus.open(folder))
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(reader: Reader) -> TestClient:
    return TestClient(application(reader), base_url="http://127.0.0.1")


def data(reader: Reader, doc_id: str, **query: str) -> dict[str, Any]:
    return dict(document(reader, Ask("/document", (("id", doc_id), *query.items()))).data)


def written(page: str) -> str:
    """What the page shows as the text, without the numbers of the passages."""
    found = re.search(r'<div class="wording text" dir="auto">(.*?)</div>\n', page, re.DOTALL)
    assert found
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="no".*?</a>', "", found[1], flags=re.DOTALL)))


def test_the_page_shows_the_text_to_the_sign(client: TestClient) -> None:
    assert written(client.get("/document", params={"id": "h"}).text) == TEXT


def test_passages_are_marked_where_they_stand(reader: Reader) -> None:
    found = data(reader, "h")
    marked = [segment["text"] for segment in found["segments"] if segment["covers"]]
    assert [LINE in marked[0], OTHER in marked[1], len(marked)] == [True, True, 2]
    assert [segment["begins"] for segment in found["segments"] if segment["covers"]] == [[1], [2]]
    assert found["shared"] == sum(map(len, marked)) / len(TEXT)


def test_the_summary_says_with_whom_and_who_was_first(client: TestClient, reader: Reader) -> None:
    found = data(reader, "h")
    others = [(row["source"], row["lines"], row["shared"]) for row in found["others"]]
    assert others == [("Post", 2, 2), ("Courier", 1, 1)]
    assert [(row["is_first"], row["first_sources"]) for row in found["passages"]] == [
        (True, ["Herald"]),
        (False, ["Post"]),
    ]
    page = " ".join(client.get("/document", params={"id": "h"}).text.split())
    assert "2 lines: it is surely first in this corpus with 1." in page
    assert "this document is first" in page
    assert ">Blue<" in page
    assert "No passage of it is shared" in client.get("/document", params={"id": "alone"}).text


def test_overlapping_passages_share_a_segment(folder: Path, reader: Reader) -> None:
    start = TEXT.index(LINE)
    passages = [{"start": start, "end": start + 40}, {"start": start + 20, "end": start + 60}]
    from inchorus.ui.pages.document import _marked

    found = _marked(TEXT, (0, len(TEXT)), passages, [], start + 20)
    assert [(s["covers"], s["here"]) for s in found if s["covers"]] == [([1], False), ([1, 2], True), ([2], True)]


def test_an_address_leads_to_a_passage(client: TestClient, reader: Reader) -> None:
    start = next(row["start"] for row in data(reader, "h")["passages"])
    page = client.get("/document", params={"id": "h", "at": str(start)}).text
    assert f'id="at-{start}"' in page
    assert page.count('<mark class="d1 here"') == 1


def test_a_large_document_comes_in_parts(client: TestClient, reader: Reader) -> None:
    start = LARGE.index(LINE)
    assert len(LARGE) > 900_000
    found = data(reader, "big", at=str(start))
    assert found["part"] == found["parts"] > 5
    shown = "".join(
        segment["text"]
        for part in range(1, found["parts"] + 1)
        for segment in data(reader, "big", part=str(part))["segments"]
    )
    assert shown == LARGE
    page = client.get("/document", params={"id": "big", "at": str(start)})
    assert len(page.content) < 400_000
    assert f'id="at-{start}"' in page.text


def test_what_is_not_there(client: TestClient) -> None:
    assert client.get("/document", params={"id": "nope"}).status_code == 404
    assert client.get("/document").status_code == 400
    assert client.get("/document", params={"id": "h", "at": "x"}).status_code == 400
    assert client.get("/document", params={"id": "h", "at": "999999", "part": "99"}).status_code == 200


def test_quotations_are_shown_where_the_study_has_them(folder: Path, tmp_path: Path) -> None:
    said, speaker = TEXT.index(OTHER), TEXT.index("Bridges")
    rows = [
        {"quote_id": "q1", "doc_id": "h", "start": said, "end": said + 11, "text": OTHER[:11], "speaker": "Bridges <i>",
         "speaker_start": speaker, "speaker_end": speaker + 7, "cue": "closed", "direct": True, "tp_id": None},
        {"quote_id": "q2", "doc_id": "c", "start": 0, "end": 5, "text": "Mayor", "speaker": None, "speaker_start": None,
         "speaker_end": None, "cue": None, "direct": False, "tp_id": None},
    ]  # fmt: skip
    copy = tmp_path / "study"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    pq.write_table(pa.Table.from_pylist(rows), copy / "quotations.parquet")
    manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    manifest["tables"]["quotations"] = {"file": "quotations.parquet", "rows": 2, "sha256": ""}
    (copy / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    reader = Reader(inchorus.open(copy))
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    page = client.get("/document", params={"id": "h"}).text
    assert "<h2>Quotations</h2>" in page
    assert "Bridges &lt;i&gt;" in page
    assert '<span class=" speaker">Bridges</span>' in page
    assert f'said" data-covers="2">{OTHER[:11]}</mark>' in page
    assert written(page) == TEXT
    assert "no speaker found" in client.get("/document", params={"id": "c"}).text
    reader.close()


def test_a_column_may_hold_anything_that_parquet_can(tmp_path: Path) -> None:
    table = pa.table({"source": ["Herald", "Courier"], "text": [f"a {LINE}", f"b {LINE}"]})
    columns = {
        "raw": pa.array([b"\xff", b"="]),
        "day": pa.array([1, 2], pa.date32()),
        "far": pa.array([1 << 30, 1 << 30], pa.date32()),
        "n": pa.array([float("nan"), float("inf")]),
        "long": pa.array([1, 2], pa.duration("s")),
        "at": pa.array([1, 2], pa.time32("s")),
        "sum": pa.array([1, 2], pa.int8()).cast(pa.decimal128(9, 2)),
    }
    for name, values in columns.items():
        table = table.append_column(name, values)
    reader = Reader(inchorus.find(table, out=tmp_path / "study"))
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    doc_id = reader.value("SELECT doc_id FROM documents WHERE source = 'Herald'")
    assert client.get("/document", params={"id": doc_id}).status_code == 200
    answer = client.get("/document.json", params={"id": doc_id})
    assert json.loads(answer.text, parse_constant=pytest.fail)["columns"] == {
        "raw": "ff",
        "day": "1970-01-02",
        "far": "<value out of range: 1073741824>",
        "n": None,
        "long": 1.0,
        "at": "00:00:01",
        "sum": "1.00",
    }
