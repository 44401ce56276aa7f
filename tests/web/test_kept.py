"""Years later: what a page said, whether that is what was kept, and what is said where it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

import inchorus
from cases.case import Said, run
from inchorus.read.page import whole_text
from inchorus.study import hash_file, open_study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader
from made_study import made
from read.formats.pages import FRAME, PARAGRAPHS, page
from web.served import Web, answer

C = "http://courier.example"


@pytest.fixture
def docs(web: Web, tmp_path: Path) -> Path:
    for name in "ab":
        web.routes[f"/{name}"] = answer(page((f"Only {name} says so, and that at some length.", *PARAGRAPHS), head=""))
    web.collect(tmp_path / "docs", f"{C}/a", f"{C}/b")
    return tmp_path / "docs"


@pytest.fixture
def study(docs: Path, tmp_path: Path) -> Path:
    """A study whose documents are those of the collection, as find copies their columns."""
    rows = pq.read_table(docs / "documents.parquet")
    return with_documents(made(tmp_path / "study").path, as_found(rows))


def as_found(rows: pa.Table) -> pa.Table:
    """The documents of a collection with the columns that those of a study have."""
    rows = rows.rename_columns(["doc_id" if name == "id" else name for name in rows.column_names])
    return rows.append_column("repost_of", pa.nulls(rows.num_rows, pa.string()))


def with_documents(study: Path, documents: pa.Table) -> Path:
    pq.write_table(documents, study / "documents.parquet")
    manifest = json.loads((study / "manifest.json").read_text())
    entry = manifest["tables"]["documents"]
    entry["rows"], entry["sha256"] = documents.num_rows, hash_file(study / "documents.parquet")
    (study / "manifest.json").write_text(json.dumps(manifest))
    return study


def kept(said: Said) -> dict[str, str]:
    (finding,) = [f for f in json.loads(said.out)["findings"] if f["kind"] == "kept pages"]
    return {name: finding[name] for name in ("state", "detail")}


def test_answers_that_are_there_are_the_same(study: Path, docs: Path) -> None:
    assert kept(run("verify", study, docs, "--json")) == {
        "state": "same",
        "detail": "2 answers are those that documents were taken from",
    }
    assert [f.state for f in inchorus.open(study).verify([docs]) if f.kind == "kept pages"] == ["same"]


def test_an_answer_that_was_changed_is_named(study: Path, docs: Path) -> None:
    table = pq.read_table(docs / "documents.parquet").to_pylist()
    archive = docs / table[0]["record_file"]
    data = bytearray(archive.read_bytes())
    data[table[1]["record_offset"] + 60] ^= 0xFF
    archive.write_bytes(data)
    said = run("verify", study, docs, "--json")
    assert said.code == 1
    found = kept(said)
    assert found["state"] == "changed"
    assert found["detail"].startswith("1 of 2 are not: ")
    assert table[1]["id"] in found["detail"]
    archive.unlink()
    assert kept(run("verify", study, docs, "--json"))["detail"].startswith(
        f"2 of 2 are not: there is no {archive.name}"
    )


def test_another_answer_in_its_place_is_another(study: Path, docs: Path) -> None:
    documents = pq.read_table(study / "documents.parquet")
    swapped = documents["record_offset"].combine_chunks()[::-1]
    with_documents(study, documents.set_column(documents.column_names.index("record_offset"), "record_offset", swapped))
    assert kept(run("verify", study, docs, "--json"))["detail"].startswith("2 of 2 are not: its SHA-256 differs")
    said = run("verify", study, docs, "--document", documents["doc_id"][0].as_py())
    assert said.code == 1
    assert "another answer than the document's" in said.out


def test_what_a_page_said_is_shown_with_its_frame(study: Path, docs: Path) -> None:
    row = pq.read_table(docs / "documents.parquet").to_pylist()[0]
    said = run("verify", study, docs, "--document", row["id"])
    assert said.code == 0, said.err
    first, second, empty, *lines = said.out.splitlines()
    assert first.startswith(f"{C}/a, asked for at 2024-05-13T11:33:2")
    assert row["record_sha256"] in second
    assert "the answer that the document was taken from" in second
    assert empty == ""
    assert set(row["text"].split("\n")) <= set(lines)
    assert set(FRAME) <= set(lines)
    assert "no text" not in said.out  # of a script
    told = json.loads(run("verify", study, docs, "--document", row["id"], "--json").out)
    assert (told["same"], told["status"], told["url"]) == (True, 200, f"{C}/a")
    assert told["text"].split("\n") == lines


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("--document", "x"), 2, "needs the collection"),
        (("DOCS", "--document", "absent"), 2, "no document has the id 'absent'"),
    ],
)
def test_a_page_that_cannot_be_shown(study: Path, docs: Path, arguments: tuple[str, ...], code: int, why: str) -> None:
    said = run("verify", study, *[docs if a == "DOCS" else a for a in arguments])
    assert (said.code, said.out) == (code, "")
    assert why in said.err


def test_a_study_that_is_not_of_a_collection(docs: Path, tmp_path: Path) -> None:
    study = made(tmp_path / "of-files").path
    assert kept(run("verify", study, docs, "--json"))["state"] == "missing"


def client(study: Path, kept: Path | None) -> TestClient:
    return TestClient(application(Reader(open_study(study), kept=kept)), base_url="http://127.0.0.1")


def test_the_browser_shows_the_page_as_text(study: Path, docs: Path) -> None:
    row = pq.read_table(docs / "documents.parquet").to_pylist()[0]
    browser = client(study, docs)
    assert f'href="/kept?id={row["id"]}"' in browser.get("/document", params={"id": row["id"]}).text
    answered = browser.get("/kept", params={"id": row["id"]})
    assert answered.status_code == 200
    assert all(frame in answered.text for frame in FRAME)
    assert "its SHA-256 is the same" in answered.text
    assert row["record_sha256"] in answered.text
    assert "no text" not in answered.text
    data = browser.get("/kept.json", params={"id": row["id"]}).json()
    assert (data["same"], data["url"]) == (True, f"{C}/a")
    assert browser.get("/kept", params={"id": "absent"}).status_code == 404
    (docs / row["record_file"]).unlink()
    gone = browser.get("/kept", params={"id": row["id"]})
    assert gone.status_code == 503
    assert "not there any more" in gone.text


def test_without_a_collection_the_browser_offers_none(study: Path, docs: Path) -> None:
    row = pq.read_table(docs / "documents.parquet").to_pylist()[0]
    browser = client(study, None)
    assert "/kept" not in browser.get("/document", params={"id": row["id"]}).text
    answered = browser.get("/kept", params={"id": row["id"]})
    assert answered.status_code == 404
    assert "--kept DOCS" in answered.text


def test_what_a_page_brings_is_not_run(study: Path, docs: Path, web: Web) -> None:
    attack = (
        "It is said that &lt;script&gt;alert(1)&lt;/script&gt; and &lt;img src=x onerror=alert(2)&gt; were read aloud."
    )
    web.routes["/a"] = answer(page((attack, *PARAGRAPHS), head="<script>alert(3)</script>"))
    web.collect(docs, f"{C}/a", refresh=True)
    rows = pq.read_table(docs / "documents.parquet")
    with_documents(study, as_found(rows))
    shown = client(study, docs).get("/kept", params={"id": rows["id"][0].as_py()}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<img" not in shown
    assert "alert(3)" not in shown


def test_whole_text_has_a_line_for_each_block() -> None:
    html = (
        "<html><head><title>T</title></head><body><h1>A <em>b</em>\n c</h1><!-- x --> tail<ul><li>1<li>2</ul>"
        "<table><tr><td>x</td><td>y</td></tr></table><noscript>no</noscript>end<br>of it</body></html>"
    )
    assert whole_text(html.encode()).split("\n") == ["A b c", "tail", "1", "2", "x", "y", "end", "of it"]
    assert whole_text(b"") == ""
