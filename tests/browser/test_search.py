"""Search as one types: results follow the words, the address keeps them, keys go through them, in any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Watched, in_scripts

Watch = Callable[..., Watched]
WORDING = "#found-wording ~ ol > li"


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_results_follow_what_is_typed(watch: Watch, scripts: str) -> None:
    watched = watch(scripts)
    page = watched.open("/search")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("wat")
    expect(page.locator("#count")).to_have_text("1 talking point and 2 documents")
    expect(page.locator(WORDING).locator("mark")).to_have_text(["water"])
    assert query(page) == {"q": ["wat"]}
    page.keyboard.type("er cour")
    expect(page.locator("#count")).to_have_text("0 talking points and 1 document")
    assert query(page) == {"q": ["water cour"]}
    assert page.title().startswith("water cour")
    assert page.locator(".files a").first.get_attribute("href") == "/search.csv?q=water+cour&table=wording"
    again = watch(scripts).open(page.url.removeprefix(scripts))
    assert again.locator("#results").inner_text() == page.locator("#results").inner_text()
    page.locator("#q").fill("")
    expect(page.locator("#results li")).to_have_count(0)
    assert query(page) == {}
    watched.check()


def test_keys_go_to_the_box_through_the_results_and_into_one(watch: Watch, scripts: str) -> None:
    watched = watch(scripts)
    page = watched.open("/search?q=water")
    page.locator("main h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    assert page.locator("#q").input_value() == "water", "the key itself is not typed"
    links = page.locator("[data-result]")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/talking-point"))
    assert "pay for water twice" in page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_url(re.compile("q=water"))
    expect(page.locator(WORDING)).to_have_count(1)
    watched.check()


@pytest.mark.parametrize(
    ("typed", "language"),
    [("الماء مرتين", "ar"), ("付两次", "zh"), ("MÄNY nobody valleý", "none"), ("vallèy NOBODY", "en")],
)
def test_any_script_is_searched(watch: Watch, scripts: str, typed: str, language: str) -> None:
    texts = {"ar": in_scripts()[0], "zh": in_scripts()[2], "en": in_scripts()[4]}
    watched = watch(scripts)
    page = watched.open("/search")
    page.locator("#q").press_sequentially(typed)
    if language == "none":
        expect(page.locator("#count")).to_have_text("0 talking points and 0 documents")
        return
    expect(page.locator("#count")).to_have_text("1 talking point and 2 documents")
    found = page.locator(WORDING).locator("a.wording").inner_text()
    assert found in texts[language]["text"]
    page.locator("#found-documents ~ ol a").first.click()
    page.wait_for_url(re.compile("/document"))
    assert found in page.locator(".text").inner_text().replace("\n", "")
    watched.check()


def test_the_box_on_every_page_searches(watch: Watch, scripts: str) -> None:
    watched = watch(scripts)
    page = watched.open("/sources")
    page.get_by_role("searchbox", name="Search wording and documents").fill("river")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    expect(page.locator(WORDING)).to_have_count(1)
    watched.check()


def test_search_without_script_is_a_form(watch: Watch, scripts: str) -> None:
    page = watch(scripts, java_script_enabled=False).open("/search")
    page.get_by_role("searchbox").fill("river -courier")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile("/search"))
    assert query(page) == {"q": ["river -courier"]}
    assert page.locator("#count").inner_text() == "1 talking point and 1 document"
