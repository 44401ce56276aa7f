"""The page that checks a pasted text: what it says, what it refuses, and that nothing of a text gets out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from hostile import ATTACKS, MARK
from inchorus.api import Study
from inchorus.ui.app import application
from inchorus.ui.checked import write_checked
from inchorus.ui.headers import MOST_SENT
from inchorus.ui.pages.check import LONGEST, rows_of
from inchorus.ui.reader import Reader
from made_study import WORDINGS, made

BASE = "http://127.0.0.1"
OWN = "My aunt keeps twelve parrots in a caravan by the canal."


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    reader = Reader(made(tmp_path_factory.mktemp("checked") / "study"))
    assert reader.search().wait()
    return TestClient(application(reader), base_url=BASE)


def sent(browser: TestClient, text: str, path: str = "/check", **more: str) -> tuple[int, str]:
    answer = browser.post(path, data={"text": text, **more})
    return answer.status_code, answer.text


def test_the_page_asks_for_a_text_and_is_in_the_menu(browser: TestClient) -> None:
    page = browser.get("/check")
    assert page.status_code == 200
    assert 'method="post"' in page.text
    assert '<a href="/check" aria-current="page">Check</a>' in page.text
    assert browser.get("/check.json").json()["checked"] is None


def test_a_text_is_checked_and_is_in_no_address(browser: TestClient) -> None:
    status, page = sent(browser, f"{WORDINGS[0]}.\r\n\r\n{OWN}")
    assert status == 200
    assert 'class="is-verbatim"' in page
    assert f"<span>{OWN}</span>" in page
    assert '<a href="/document?id=d000-0&amp;at=10">' in page
    assert "text=" not in page.replace("application/", "")
    found = browser.post("/check.json", data={"text": f"{WORDINGS[0]}. {OWN}"}).json()["checked"]
    assert [row["class"] for row in found["sentences"]] == ["verbatim", "own"]
    assert found["sentences"][0]["first_sources"] == ["Daily Courier"]


def test_edits_are_set_off(browser: TestClient) -> None:
    _, page = sent(browser, WORDINGS[1].replace("bridge", "harbour") + ".")
    assert "<ins>harbour </ins>" in page
    assert "<del>bridge </del>" in page


def test_an_address_may_hold_a_short_text(browser: TestClient) -> None:
    found = browser.get("/check.json?" + urlencode({"text": WORDINGS[0], "source": "Daily Courier"})).json()["checked"]
    assert found["sentences"][0]["before"] == 1
    table = browser.get("/check.csv?" + urlencode({"text": WORDINGS[0]})).text.splitlines()
    assert table[0].startswith("n,class,text,n_documents")
    assert len(table) == 1 + 2


@pytest.mark.parametrize("text", ["", "  ", "..."])
def test_no_text_is_no_error_and_no_word_is_one(browser: TestClient, text: str) -> None:
    assert sent(browser, text)[0] == (400 if text.strip() else 200)


def test_who_is_no_source_and_what_is_too_long_is_said(browser: TestClient) -> None:
    status, page = sent(browser, WORDINGS[0], source="Daily Curier")
    assert status == 400
    assert "Daily Courier" in page
    status, page = sent(browser, "a " * LONGEST)
    assert status == 400
    assert f"{LONGEST:,}" in page
    assert browser.post("/check", data={"text": "a" * (MOST_SENT + 1)}).status_code == 413


def test_nothing_of_a_hostile_text_runs(browser: TestClient, attacks: Study) -> None:
    text = " ".join(f"{attack} {WORDINGS[k % len(WORDINGS)]} {attack}." for k, attack in enumerate(ATTACKS))
    reader = Reader(attacks)
    assert reader.search().wait()
    for one in (browser, TestClient(application(reader), base_url=BASE)):
        status, page = sent(one, text)
        assert status == 200
        for tag in (f"<script>window.{MARK}", "<img src=x", "<svg", "</textarea><", "onmouseover='window"):
            assert tag not in page.replace("</textarea>\n  <", "")
        assert "\x1b" not in page
        assert "\u202e" not in page
    reader.close()


@pytest.mark.parametrize(
    ("heads", "status"),
    [
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:8765"}, 200),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"host": "evil.example"}, 400),
    ],
)
def test_only_a_form_of_this_browser_is_taken(browser: TestClient, heads: dict[str, str], status: int) -> None:
    more = {"content-type": "application/x-www-form-urlencoded", **heads}
    assert browser.post("/check", content=urlencode({"text": OWN}), headers=more).status_code == status


def test_nothing_else_takes_a_form(browser: TestClient) -> None:
    for path in ("/", "/search", "/check.csv", "/checks", "/check?text=a"):
        assert browser.post(path, data={"text": OWN}).status_code == 405
    assert browser.put("/check", data={"text": OWN}).status_code == 405
    assert browser.post("/check", data={f"n{i}": "x" for i in range(99)}).status_code == 400


def test_a_file_loads_nothing_and_escapes_everything(small: Study, tmp_path: Path) -> None:
    found = small.check(f"{WORDINGS[0]}. " + " ".join(f"{attack} {OWN}" for attack in ATTACKS))
    write_checked(tmp_path / "a.html", found, f"{ATTACKS[0]}.txt")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator"')
    assert "default-src &#39;none&#39;" in page
    for tag in ("<script", "<img", "<svg", 'href="http', "src="):
        assert tag not in page.replace("&lt;", "").replace("src=x", "")
    assert 'class="is-verbatim"' in page


def test_a_row_for_each_sentence_and_document() -> None:
    match = {"doc_id": "d", "kind": "near", "start": 3}
    sentences = [{"n": 1, "kind": "near", "matches": [match, match]}, {"n": 2, "kind": "none", "matches": []}]
    rows = rows_of({"sentences": sentences})
    assert [(row["n"], row.get("doc_id"), row["kind"]) for row in rows] == [
        (1, "d", "near"),
        (1, "d", "near"),
        (2, None, None),
    ]
