"""Pages for every reader: with the keyboard alone, in scripts from right to left, on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

from playwright.sync_api import expect
from pypdf import PdfReader

from browser.conftest import Watched
from inchorus.api import Study

Watch = Callable[..., Watched]
# Whether the first letter stands further right than the last one of the same line.
FROM_RIGHT = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const text = walker.nextNode();
  const at = (i) => {
    const range = document.createRange();
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    return range.getBoundingClientRect().x;
  };
  return [getComputedStyle(element).direction, at(0) > at(5)];
}"""
# A field for a date has stops within, which the browser itself marks: there it has the focus only in part.
SEEN = """() => {
  const stop = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(stop);
  const { width, left, right, top, bottom } = stop.getBoundingClientRect();
  const inside = width > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const dot = stop.querySelector("circle"); // of a chart, which has a broad rim instead
  const rim = dot && stop instanceof SVGElement && parseFloat(getComputedStyle(dot).strokeWidth) > 3;
  const outlined = rim || (outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
  const place = [...document.querySelectorAll("*")].indexOf(stop);
  return [place, inside && (outlined || !stop.matches(":focus")), stop.outerHTML.slice(0, 80)];
}"""


def test_the_first_stop_leads_to_the_content(watch: Watch, address: str) -> None:
    watched = watch(address)
    for path in ("/", "/talking-points", "/ties"):
        page = watched.open(path)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    watched.check()


def test_stops_come_in_the_order_of_the_page_and_each_is_seen(watch: Watch, address: str, pages: list[str]) -> None:
    watched = watch(address)
    for path in pages:
        page = watched.open(path)
        page.evaluate("document.activeElement.blur()")
        seen: list[int] = []
        for _ in range(18):
            page.keyboard.press("Tab")
            place, is_seen, stop = page.evaluate(SEEN)
            if stop.startswith("<body"):
                break
            assert is_seen, (path, stop)
            if place not in seen[-1:]:
                seen.append(place)
        # The search page puts the cursor into its box, and what follows it comes first.
        turn = seen.index(min(seen))
        assert seen[turn:] + seen[:turn] == sorted(seen), path
        assert len(seen) == len(set(seen)) > 8, path
    watched.check()


def test_text_from_right_to_left_is_shown_so(watch: Watch, scripts: str) -> None:
    watched = watch(scripts)
    page = watched.open("/talking-points")
    cell = page.locator("tbody th.wording", has_text="الماء")
    assert cell.evaluate(FROM_RIGHT) == ["rtl", True]
    latin = page.locator("tbody th.wording", has_text="river")
    assert latin.evaluate(FROM_RIGHT) == ["ltr", False]
    cell.get_by_role("link").click()
    page.wait_for_url(re.compile("/talking-point[?]"))
    assert page.locator("h1").evaluate(FROM_RIGHT) == ["rtl", True]
    for i in range(2):
        assert page.locator(".side blockquote").nth(i).evaluate(FROM_RIGHT)[0] == "rtl"
        # The sentences of the page around a name stay from left to right.
        assert page.locator(".side .who").nth(i).evaluate("e => getComputedStyle(e).direction") == "ltr"
        assert page.locator(".side .who bdi").nth(i).evaluate(FROM_RIGHT) == ["rtl", True]
    page.locator(".side p.small a").first.click()
    page.wait_for_url(re.compile("/document"))
    assert page.locator(".text").evaluate("e => getComputedStyle(e).direction") == "rtl"
    watched.check()


def test_the_box_of_the_search_turns_with_what_is_typed(watch: Watch, scripts: str) -> None:
    page = watch(scripts).open("/search")
    direction = "e => getComputedStyle(e).direction"
    box = page.locator("#q")
    box.fill("الماء")
    assert box.evaluate(direction) == "rtl"
    box.fill("water")
    assert box.evaluate(direction) == "ltr"


def test_pages_print_with_their_wording(watch: Watch, address: str, news: Study) -> None:
    (point,) = news.sql(
        "SELECT tp_id, text FROM talking_points WHERE label = 'line' ORDER BY n_passages DESC, tp_id LIMIT 1"
    ).to_pylist()
    sources = news.sql(f"SELECT DISTINCT source FROM passages WHERE tp_id = '{point['tp_id']}'").to_pylist()
    watched = watch(address, color_scheme="dark")
    page = watched.open(f"/talking-point?id={point['tp_id']}")
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    words = " ".join(unicodedata.normalize("NFKC", printed).split())  # the printer joins f and i to one sign
    assert point["text"] in words
    assert "Earliest in this corpus" in words
    assert all(row["source"] in words for row in sources)
    assert "Set side by side" not in words, "what only a screen can do is left out"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    watched.check()
