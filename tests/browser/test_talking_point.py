"""One talking point: its two sides, its timeline, its tree, its passages, and that an address keeps all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Watched
from inchorus.api import Study

Watch = Callable[..., Watched]
# The words of a side that are not marked: both sides have them alike, but for capitals and punctuation.
UNMARKED = """side => {
  const said = side.querySelector(".said").cloneNode(true);
  for (const part of said.querySelectorAll("mark, summary")) part.remove();
  return said.textContent.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) ?? [];
}"""


@pytest.fixture
def point(news: Study) -> str:
    """A line of many sources and wordings."""
    (row,) = news.sql(
        "SELECT tp_id FROM talking_points WHERE label = 'line' ORDER BY n_variants DESC, tp_id LIMIT 1"
    ).to_pylist()
    return str(row["tp_id"])


def passages(study: Study, tp_id: str) -> list[tuple[str, str]]:
    """Source and key of every passage, in the order of their times."""
    rows = study.sql(
        f"SELECT source, doc_id, start FROM passages WHERE tp_id = '{tp_id}' ORDER BY time, source, doc_id, start"
    ).to_pylist()
    return [(row["source"], f"{row['doc_id']}:{row['start']}") for row in rows]


def sides(page: Page) -> list[str]:
    """The sources of the two sides."""
    return page.locator(".side .who strong").all_inner_texts()


def asked(page: Page, name: str) -> str:
    return parse_qs(urlsplit(page.url).query)[name][0]


def test_links_set_another_passage_on_either_side(watch: Watch, address: str, news: Study, point: str) -> None:
    known = passages(news, point)
    watched = watch(address)
    page = watched.open(f"/talking-point?id={point}")
    assert sides(page) == [known[0][0], known[1][0]]
    page.locator("#p-4").get_by_role("link", name="right").click()
    page.wait_for_url(re.compile("right="))
    assert sides(page) == [known[0][0], known[3][0]]
    assert asked(page, "right") == known[3][1]
    page.locator("#p-3").get_by_role("link", name="left").click()
    page.wait_for_url(re.compile(f"left={quote(known[2][1], safe='')}"))
    assert sides(page) == [known[2][0], known[3][0]]
    page.locator("select[name=right]").select_option(known[4][1])
    page.get_by_role("button", name="Set side by side").click()
    page.wait_for_url(re.compile(f"right={quote(known[4][1], safe='')}"))
    assert sides(page) == [known[2][0], known[4][0]]
    page.go_back()
    assert sides(page) == [known[2][0], known[3][0]]
    watched.check()


def test_arrow_keys_change_the_sides(watch: Watch, address: str, news: Study, point: str) -> None:
    known = [source for source, _ in passages(news, point)]
    watched = watch(address)
    page = watched.open(f"/talking-point?id={point}")
    expect(page.locator(".keys")).to_be_visible()
    for key, expected in (
        ("ArrowRight", (0, 2)),
        ("ArrowRight", (0, 3)),
        ("Shift+ArrowRight", (1, 3)),
        ("ArrowLeft", (1, 2)),
    ):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert sides(page) == [known[i] for i in expected]
    here = page.url
    page.locator("select[name=left]").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".chart-canvas a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.url == here, "where the arrows do something else, they change no side"
    watched.check()


def test_an_address_gives_another_reader_the_same(watch: Watch, address: str, news: Study, point: str) -> None:
    known = passages(news, point)
    source = known[5][0]
    first = watch(address)
    page = first.open(f"/talking-point?id={point}")
    page.locator("#p-6").get_by_role("link", name="left").click()
    page.wait_for_url(re.compile("left="))
    page.locator("select[name=source]").select_option(source)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("source="))
    assert page.locator(".passages > li").count() == sum(name == source for name, _ in known)
    second = watch(address)
    other = second.open(page.url.removeprefix(address))
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    assert sides(other)[0] == source
    first.check()
    second.check()


def test_dots_of_the_timeline_lead_to_their_passages(watch: Watch, address: str, news: Study, point: str) -> None:
    known = [source for source, _ in passages(news, point)]
    (row,) = news.sql(f"SELECT first_sources FROM talking_points WHERE tp_id = '{point}'").to_pylist()
    watched = watch(address)
    page = watched.open(f"/talking-point?id={point}")
    figure = page.locator("figure[data-chart=timeline]")
    assert figure.locator("circle").count() == len(known)
    firsts = figure.locator("a[aria-label*='first in this corpus']").evaluate_all(
        "links => links.map(l => l.ariaLabel ?? l.getAttribute('aria-label'))"
    )
    assert sorted({label.split(";")[0] for label in firsts}) == sorted(row["first_sources"])
    last = figure.locator("a").filter(has=page.locator("circle")).nth(-1)
    name = str(last.get_attribute("aria-label")).split(";")[0]
    last.click()
    page.wait_for_url(re.compile(r"#p-\d+$"))
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    assert target.locator(".who strong").inner_text() == name
    assert known[int(page.url.rpartition("-")[2]) - 1] == name
    watched.check()


def test_the_timeline_is_one_tab_stop_that_arrows_move_in(watch: Watch, address: str, point: str) -> None:
    watched = watch(address)
    page = watched.open(f"/talking-point?id={point}")
    figure = page.locator("figure[data-chart=timeline]")
    assert figure.locator("[tabindex='0']:not(.scroll)").count() == 1
    figure.locator("[tabindex='0']:not(.scroll)").focus()
    focused = "() => document.activeElement.getAttribute('aria-label')"
    first = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    second = page.evaluate(focused)
    assert first != second
    expect(figure.locator(".tip")).to_be_visible()
    assert second.split(";")[0] in figure.locator(".tip").inner_text()
    page.keyboard.press("Escape")
    expect(figure.locator(".tip")).to_be_hidden()
    page.keyboard.press("Home")
    assert page.evaluate(focused) == first
    watched.check()


def test_what_differs_is_marked_and_nothing_else(watch: Watch, address: str, news: Study, point: str) -> None:
    known = passages(news, point)
    watched = watch(address)
    marks = 0
    for _, right in known[1:5]:
        page = watched.open(f"/talking-point?id={point}&left={quote(known[0][1])}&right={quote(right)}")
        left_words, right_words = (page.locator(".side").nth(i).evaluate(UNMARKED) for i in range(2))
        assert left_words == right_words
        assert len(left_words) > 4
        count = page.locator(".side .said mark").count()
        alike = "The two are the same to the word" in page.locator(".sides").inner_text()
        assert alike == (count == 0)
        marks += count
    assert marks > 0
    watched.check()


def test_a_wording_of_the_tree_is_set_beside_the_earliest(watch: Watch, address: str, news: Study, point: str) -> None:
    watched = watch(address)
    page = watched.open(f"/talking-point?id={point}")
    (row,) = news.sql(f"SELECT n_variants FROM talking_points WHERE tp_id = '{point}'").to_pylist()
    assert page.locator(".tree li").count() == row["n_variants"]
    third = page.locator("#w-3 > p")
    source = third.get_by_role("link").first.inner_text()
    third.get_by_role("link", name="set beside the earliest").click()
    page.wait_for_url(re.compile("right="))
    assert sides(page) == [passages(news, point)[0][0], source]
    expect(page.locator("#compare")).to_be_in_viewport()
    watched.check()


def test_where_several_are_first_no_side_is_called_the_first(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/talking-point?id=22")
    assert sides(page) == ["Alder", "Birch"]
    assert page.locator(".side .first").all_inner_texts() == ["among the first in this corpus"] * 2
    assert "do not tell which of the two came first" in page.locator(".sides").inner_text()
    page = watched.open("/talking-point?id=11")
    assert page.locator(".side .first").all_inner_texts() == ["first in this corpus"]
    watched.check()
