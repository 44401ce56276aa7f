"""Quotations in Chromium: from the list to an altered form and to its speaker, and nothing of a text is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

import inchorus
from bench.chromium import served
from browser.conftest import Watched
from hostile import IMAGE, MARK, SCRIPT, TEMPLATE

Watch = Callable[..., Watched]
SAID = f"We will not sell {SCRIPT} the town hall {TEMPLATE} to anybody, and nobody may build on the green behind it"
ROWS = [
    (f"Herald {SCRIPT}", "2024-05-01", f"The council met. “{SAID},” said Ada Ash, the mayor of Oldford."),
    ("Courier", "2024-05-02", f"Ada Ash spoke. “{SAID},” she said on Tuesday."),
    (f"Post {IMAGE}", "2024-05-04", f"“{SAID.replace('will not', 'may not')},” Ben Oak said."),
]


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("quoted") / "study"
    study = inchorus.find([{"source": s, "time": t, "text": x} for s, t, x in ROWS], out, no_ties=True)
    study.quotes(limit=1)
    with served(study) as base:
        yield base


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_leads_to_altered_words_and_these_to_their_speaker(watch: Watch, quoted: str, width: int) -> None:
    watched = watch(quoted, viewport={"width": width, "height": 900})
    page = watched.open("/quotations", quiet=True)
    page.locator("tbody a.wording").first.click()
    sides = page.locator(".sides .side")
    expect(sides).to_have_count(2)
    assert sides.first.locator("mark").all_inner_texts() == ["will"]
    expect(page.locator(".chart svg")).to_be_visible()
    page.get_by_role("link", name="Ben Oak").first.click()
    expect(page.locator("h1")).to_have_text("Ben Oak")
    expect(page.locator("#statements li")).to_have_count(1)
    expect(page.locator(".chart svg")).to_be_visible()
    for path in ("/quotations", "/speakers", f"/speaker?name={quote('Ada Ash')}&about=green"):
        page = watched.open(path, quiet=True)
        assert page.evaluate(f"window.{MARK}") is None
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    watched.check()
