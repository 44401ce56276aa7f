"""Every page in three forms, errors in the same, and files of the package only."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from inchorus.errors import StudyError
from inchorus.ui.app import application
from inchorus.ui.assets import STATIC, address, assets
from inchorus.ui.page import Address, Ask, Page
from inchorus.ui.reader import Reader

BASE = "http://127.0.0.1"
PLAIN = ("/overview", "/talking-points", "/sources", "/ties", "/search", "/check", "/about")


@pytest.mark.parametrize("path", ["/", *PLAIN])
def test_a_page_is_there_as_html_and_as_json(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.text.startswith("<!doctype html>")
    data = client.get(f"{path if path != '/' else '/overview'}.json")
    assert (data.status_code, data.headers["content-type"]) == (200, "application/json")
    assert isinstance(data.json(), dict)


def test_head_is_answered_without_a_body(client: TestClient) -> None:
    answer = client.head("/talking-points")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_table_is_there_as_csv_with_a_name(client: TestClient) -> None:
    answer = client.get("/talking-points.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="talking_points.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [int(row["rank"]) for row in rows] == list(range(1, 24))
    assert client.get("/overview.csv?table=over_time").text.startswith("time,documents,passages\r\n")
    none = client.get("/overview.csv?table=line")
    assert (none.status_code, none.text) == (400, "table='line' is not known\ndid you mean 'lines'?\n")


@pytest.mark.parametrize("path", ["/nothing", "/overview/", "/talking-points/1", "/overview.xml", "/.json"])
def test_an_address_that_leads_nowhere_is_said_to(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 404
    assert "no such page" in answer.text.lower()


def test_errors_come_in_the_form_that_was_asked_for(client: TestClient) -> None:
    page = client.get("/nothing")
    assert "There is no such page" in page.text
    assert page.headers["content-type"].startswith("text/html")
    data = client.get("/nothing.json")
    assert data.json() == {"status": 404, "error": "there is no such page", "fix": "the pages are named above"}
    assert client.get("/nothing.csv").headers["content-type"].startswith("text/plain")
    bad = client.get("/talking-points.json?label=lime")
    assert (bad.status_code, bad.json()["fix"]) == (400, "did you mean 'line'?")
    assert "did you mean &#39;line&#39;?" in client.get("/talking-points?label=lime").text.replace("Did", "did")


@pytest.fixture
def broken(reader: Reader) -> TestClient:
    """A browser whose overview fails as nobody foresaw, and whose list finds another study."""

    def fails(reader: Reader, ask: Ask) -> Page:
        raise ValueError(f"secret in {Path(__file__)}")

    def changed(reader: Reader, ask: Ask) -> Page:
        raise StudyError("the study was written anew or moved", fix="start inchorus serve again")

    addresses = [Address("/overview", fails), Address("/talking-points", changed)]
    return TestClient(application(reader, addresses=addresses), base_url=BASE)


@pytest.mark.parametrize("path", ["/", "/overview", "/overview.json", "/overview.csv"])
def test_an_error_that_nobody_foresaw_shows_nothing_of_the_machine(
    broken: TestClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "inchorus.ui"):
        answer = broken.get(path)
    assert answer.status_code == 500
    for hidden in ("secret", "ValueError", "Traceback", str(Path(__file__).parent)):
        assert hidden not in answer.text
    assert "a defect of inchorus" in answer.text
    (record,) = caplog.records
    assert "ValueError: secret" in record.message
    assert record.exc_info is None
    with caplog.at_level(logging.DEBUG, "inchorus.ui"):
        broken.get(path)
    assert caplog.records[-1].exc_info is not None


def test_a_study_that_changed_is_not_served(broken: TestClient) -> None:
    answer = broken.get("/talking-points.json")
    assert (answer.status_code, answer.json()["fix"]) == (503, "start inchorus serve again")


def test_files_have_a_version_and_are_kept_for_good(client: TestClient) -> None:
    known = assets()
    to = address("style.css", known)
    assert f'href="{to}"' in client.get("/").text
    answer = client.get(to)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.content == (STATIC / "style.css").read_bytes()
    for other in ("/static/style.css", "/static/style.css?v=0"):
        old = client.get(other)
        assert "no-cache" in old.headers["cache-control"]
        again = client.get(other, headers={"if-none-match": old.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/").headers["cache-control"] == "private, no-cache"


def status(browser: ASGIApp, path: str) -> int:
    """The status of the answer to a path exactly as it is, which no client has tidied up."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"localhost")], "scheme": "http", "server": ("localhost", 80), "root_path": "",
    }  # fmt: skip
    asyncio.run(browser(scope, receive, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    "name",
    [
        "../app.py", "..%2fapp.py", "%2e%2e/app.py", "%2e%2e%2fapp.py", "..%5capp.py", "..\\app.py", "....//app.py",
        "./style.css", "vendor/../style.css", "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "C:%5cwindows",
        "style.css%00",
        "style.css/", "", ".", "..", "vendor", "vendor/packages.json", "%c0%ae%c0%ae/app.py", "..;/app.py", "STYLE.CSS",
    ],
)  # fmt: skip
def test_no_other_file_is_reachable(reader: Reader, name: str) -> None:
    assert status(application(reader), f"/static/{name}") == 404


def test_the_exact_name_is(reader: Reader) -> None:
    assert status(application(reader), "/static/style.css") == 200


def test_links_on_the_disk_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    (tmp_path / "b.txt").write_text("not for pages")
    (tmp_path / "c.css").symlink_to(Path(__file__))
    (tmp_path / "out").symlink_to(STATIC, target_is_directory=True)
    assert list(assets(tmp_path)) == ["a.css"]


def test_every_data_page_can_be_read_by_a_strict_reader(client: TestClient) -> None:
    def refuse(name: str) -> None:
        raise ValueError(name)

    for path in PLAIN:
        json.loads(client.get(f"{path}.json").content, parse_constant=refuse)
