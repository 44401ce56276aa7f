"""The network: what its slider, choices, search and picture do, and the table that says the same."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import PATIENCE, Watched
from inchorus.api import Study

Watch = Callable[..., Watched]


def status(page: Page) -> str:
    return page.locator("#network-status").inner_text()


def ties(news: Study, q: float) -> int:
    (row,) = news.sql(f"SELECT count(*) AS n FROM ties WHERE q_value <= {q}").to_pylist()
    return int(row["n"])


# Keeps what the pointer is told of, and where it was.
TOLD = """() => {
  const tip = document.querySelector("#network .tip");
  let at = [0, 0];
  window.told = [];
  addEventListener("mousemove", (event) => { at = [event.clientX, event.clientY]; }, { capture: true });
  const kept = () => tip.hidden || window.told.push([tip.innerText, ...at]);
  new MutationObserver(kept).observe(tip, { attributes: true, childList: true });
}"""


def on_a_tie(page: Page) -> tuple[str, float, float]:
    """What the pointer is told on a tie that crosses the picture, and a place where it is."""
    picture = page.locator(".network-picture")
    picture.evaluate("e => e.scrollIntoView()")
    page.evaluate(TOLD)
    box = picture.bounding_box()
    assert box
    for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        page.mouse.move(box["x"] + 5, box["y"] + box["height"] * part)
        page.mouse.move(box["x"] + box["width"] - 5, box["y"] + box["height"] * part, steps=150)
        found = [place for place in page.evaluate("window.told") if "shared" in place[0]]
        if found:
            said, x, y = found[len(found) // 2]
            return str(said), x, y
    pytest.fail("the pointer meets no tie")


def pointed_at_the_middle(page: Page, name: str) -> tuple[float, float]:
    """Where the middle of the picture is once the picture has moved `name` there, which takes as long as it takes."""
    picture = page.locator(".network-picture")
    tip = page.locator("#network .tip")
    end = time.monotonic() + PATIENCE / 1000
    for i in itertools.count():
        picture.scroll_into_view_if_needed()
        frame = picture.bounding_box()
        assert frame
        x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
        page.mouse.move(x + i % 2, y)
        if tip.is_visible() and tip.inner_text().startswith(name):
            return x, y
        if time.monotonic() > end:
            break
    pytest.fail(f"{name} does not come to the middle")


def test_the_slider_changes_what_is_drawn_and_the_address(watch: Watch, address: str, news: Study) -> None:
    watched = watch(address)
    page = watched.open("/network")
    assert status(page).startswith(f"{ties(news, 0.05)} ties with q up to 0.05")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#network-status")).to_contain_text("q up to 0.25")
    assert status(page).startswith(f"{ties(news, 0.25)} ties")
    page.wait_for_url(re.compile("q=0.25"))
    assert page.locator("#network-form input[name=q]").input_value() == "0.25"
    page.keyboard.press("Home")
    expect(page.locator("#network-status")).to_contain_text("q up to 1e-8")
    assert status(page).startswith(f"{ties(news, 1e-8)} tie")
    again = watch(address).open(page.url.removeprefix(address))
    assert status(again) == status(page), "the address keeps it"
    watched.check()


def test_a_typed_q_gives_the_table_below(watch: Watch, address: str, news: Study) -> None:
    watched = watch(address)
    page = watched.open("/network")
    page.locator("#network-form input[name=q]").fill("0.02")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("q=0.02"))
    expected = news.sql(
        "SELECT source_a, source_b FROM ties WHERE q_value <= 0.02 ORDER BY p_value, observed DESC, source_a, source_b"
    ).to_pylist()
    table = page.get_by_role("region", name="Ties").locator("tbody tr")
    shown = [tuple(table.nth(i).locator("a").all_inner_texts()[:2]) for i in range(table.count())]
    assert shown == [(row["source_a"], row["source_b"]) for row in expected]
    assert re.match(rf"{len(expected)} ties?\b", status(page))
    table.first.get_by_role("link", name="what they share").click()
    page.wait_for_url(re.compile("/tie[?]"))
    watched.check()


def test_colours_and_kinds_are_kept_in_the_address(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/network")
    assert page.locator("#network-legend li").all_inner_texts() == ["group 1 (2)"]
    page.locator("select[name=colour]").select_option("owner")
    expect(page.locator("#network-legend")).to_have_text("North (2)")
    assert parse_qs(urlsplit(page.url).query)["colour"] == ["owner"]
    page.locator("select[name=kind]").select_option("link")
    page.wait_for_url(re.compile("kind=link"))
    assert parse_qs(urlsplit(page.url).query)["colour"] == ["owner"]
    assert status(page).startswith("0 ties")
    assert "No two sources share more than chance gives at this q." in page.locator("main").inner_text()
    watched.check()


def test_a_tie_leads_to_the_dossier(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/network")
    said, *place = on_a_tie(page)
    assert [word in said for word in ("Alder", "Birch", "31 shared")] == [True] * 3
    page.mouse.click(*place)
    page.wait_for_url(re.compile("/tie[?]"))
    assert parse_qs(urlsplit(page.url).query) == {"a": ["Alder"], "b": ["Birch"], "kind": ["wording"]}
    watched.check()


def test_a_source_is_found_by_a_part_of_its_name_and_leads_to_its_page(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/network")
    box = page.get_by_label("Find a source")
    box.fill("LDER")
    box.press("Enter")
    x, y = pointed_at_the_middle(page, "Alder")
    tip = page.locator("#network .tip")
    assert tip.inner_text().split("\n") == ["Alder", "3 documents, 1 tie"]
    assert urlsplit(page.url).query == "", "the form is not sent"
    page.mouse.click(x, y)
    page.wait_for_url(re.compile("/source[?]name=Alder$"))
    watched.check()


# In the place of the layout's worker: sources stand somewhere at once, and end somewhere else when the test says so.
SLOW_LAYOUT = """onmessage = () => {
  postMessage({ places: [0, 0, 10, 3], done: false });
  new BroadcastChannel("layout").onmessage = () => postMessage({ places: [0, 0, 3, 10], done: true });
};"""


def test_a_source_that_is_found_while_the_layout_runs_ends_in_the_middle(watch: Watch, tied: str) -> None:
    watched = watch(tied)

    def slow(route: Route) -> None:
        route.fulfill(body=SLOW_LAYOUT, content_type="text/javascript")

    watched.page.route("**/static/layout.js", slow)
    page = watched.open("/network")
    box = page.get_by_label("Find a source")
    box.fill("Alder")
    box.press("Enter")
    pointed_at_the_middle(page, "Alder")
    page.locator(".network-picture").hover(position={"x": 5, "y": 5})
    expect(page.locator("#network .tip")).to_be_hidden()
    page.evaluate("new BroadcastChannel('layout').postMessage('end')")
    expect(page.locator("#network")).to_have_attribute("data-placed", "done")
    pointed_at_the_middle(page, "Alder")
    watched.check()
