"""The table of talking points: what filters, heads of columns, pages and files of it do."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from browser.conftest import Watched
from inchorus.api import Study

Watch = Callable[..., Watched]


def ids(page: Page, which: str = "> a") -> list[str]:
    """The talking points in the table, in its order; `.also a` are those below others."""
    links = page.locator(f"table.points tbody th {which}").evaluate_all("links => links.map(l => l.href)")
    return [parse_qs(urlsplit(link).query)["id"][0] for link in links]


def column(page: Page, title: str) -> list[str]:
    """The cells under a head."""
    heads = page.locator("table.points thead th").all_inner_texts()
    at = next(i for i, head in enumerate(heads) if head.startswith(title))
    return page.locator(f"table.points tbody tr > :nth-child({at + 1})").all_inner_texts()


def found(study: Study, where: str, order: str = "score DESC, tp_id") -> list[str]:
    rows = study.sql(f"SELECT tp_id FROM talking_points WHERE {where} ORDER BY {order}").to_pylist()
    return [row["tp_id"] for row in rows]


def show(page: Page) -> None:
    """Send the form of filters."""
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()


def test_the_form_filters_by_all_that_it_asks(watch: Watch, address: str, news: Study) -> None:
    line = found(news, "label = 'line' AND n_sources >= 6")[0]
    (passage,) = news.sql(
        f"SELECT source, time FROM passages WHERE tp_id = '{line}' ORDER BY time DESC LIMIT 1"
    ).to_pylist()
    (point,) = news.sql(f"SELECT text FROM talking_points WHERE tp_id = '{line}'").to_pylist()
    word = max(re.findall("[a-z]+", point["text"]), key=len)
    day = passage["time"].date().isoformat()
    watched = watch(address)
    page = watched.open("/talking-points")
    page.get_by_label("Words in the wording").fill(word.upper())
    page.get_by_label("Source", exact=True).fill(passage["source"])
    page.get_by_label("From").fill(day)
    page.get_by_label("To", exact=True).fill(day)
    page.get_by_label("Sources, at least").fill("6")
    page.get_by_role("checkbox", name="line").check()
    show(page)
    expected = found(
        news,
        f"label = 'line' AND n_sources >= 6 AND contains(lower(text), '{word}') AND tp_id IN"
        f" (SELECT tp_id FROM passages WHERE source = '{passage['source']}' AND time::DATE = '{day}')",
    )
    assert line in expected
    assert ids(page) == expected
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["label"] == ["line"]
    assert asked["source"] == [passage["source"]]
    assert page.get_by_label("Source", exact=True).input_value() == passage["source"]
    assert page.get_by_role("checkbox", name="line").is_checked()
    assert page.locator(".chips li").count() == 7, "six filters, and all of them"
    watched.check()


def test_each_filter_can_be_removed_and_back_brings_it_again(watch: Watch, address: str, news: Study) -> None:
    watched = watch(address)
    page = watched.open("/talking-points?label=line&label=title&min_sources=9")
    assert ids(page) == found(news, "label IN ('line', 'title') AND n_sources >= 9")
    page.get_by_label("Remove: title").click()
    expect(page.get_by_label("Remove: title")).to_have_count(0)
    assert ids(page) == found(news, "label = 'line' AND n_sources >= 9")
    page.get_by_label("Remove: line").click()
    expect(page.get_by_label("Remove: line")).to_have_count(0)
    assert ids(page) == found(news, "n_sources >= 9")
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Remove: title")).to_be_visible()
    assert ids(page) == found(news, "label IN ('line', 'title') AND n_sources >= 9")
    page.get_by_role("link", name="Remove all").click()
    page.wait_for_url(f"{address}/talking-points")
    watched.check()


def test_heads_sort_and_turn_the_order_round(watch: Watch, address: str) -> None:
    watched = watch(address)
    page = watched.open("/talking-points?label=line")
    for title, kind in (("Sources", int), ("Words", int), ("First", str)):
        orders = []
        for _ in range(2):
            page.get_by_role("columnheader", name=re.compile(f"^{title}( [↑↓])?$")).locator("a").click()
            page.wait_for_load_state()
            cells: list[Any] = [kind(cell) for cell in column(page, title)]
            order = page.locator("thead th[aria-sort]")
            assert order.count() == 1
            assert order.inner_text().startswith(title)
            orders.append(order.get_attribute("aria-sort"))
            assert cells == sorted(cells, reverse=orders[-1] == "descending")
            assert len(set(cells)) > 1
        assert sorted(filter(None, orders)) == ["ascending", "descending"]
        assert page.locator(".chips li").count() == 1, "the filter stays"
    watched.check()


def test_pages_of_the_table_follow_one_another(watch: Watch, address: str, news: Study) -> None:
    every = found(news, "true")
    watched = watch(address)
    page = watched.open("/talking-points")
    seen = ids(page) + ids(page, ".also a")
    while page.locator("a[rel=next]").count():
        with page.expect_navigation():
            page.locator("a[rel=next]").click()
        seen += ids(page) + ids(page, ".also a")
    assert sorted(seen) == sorted(every), "what is nearly the same stands below the first of it"
    assert len(every) > len(ids(page))
    last = page.url
    page.go_back()
    assert page.url != last
    page.get_by_label("Go to page").fill("1")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("a[rel=prev]")).to_have_count(0)
    assert [x for x in every if x in ids(page)] == ids(page)
    assert ids(page)[0] == every[0]
    watched.check()


def test_files_hold_the_filtered_rows(watch: Watch, address: str, news: Study, tmp_path: Path) -> None:
    expected = found(news, "label = 'line'", "n_sources DESC, score DESC, tp_id")
    watched = watch(address)
    page = watched.open("/talking-points?label=line&sort=sources")
    assert len(ids(page)) < len(expected), "more than a page of them"
    with page.expect_download() as download:
        page.get_by_role("link", name="These as CSV").click()
    file = tmp_path / "rows.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as rows:
        assert [row["tp_id"] for row in csv.DictReader(rows)] == expected
    page.get_by_role("link", name="This page as JSON").click()
    assert urlsplit(page.url).path == "/talking-points.json"
    shown = json.loads(page.locator("body").inner_text())
    assert shown["total"] == len(expected)
    assert [row["tp_id"] for row in shown["rows"]] == expected[: len(shown["rows"])]


def test_on_a_telephone_who_was_first_stands_below_the_wording(watch: Watch, address: str, news: Study) -> None:
    watched = watch(address)
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    watched.open("/talking-points?label=line")
    (point,) = news.sql(f"SELECT * FROM talking_points WHERE tp_id = '{ids(page)[0]}'").to_pylist()
    below = page.locator("table.points .below").first
    expect(below).to_contain_text(point["first_sources"][0])
    expect(below).to_contain_text("line")
    box = below.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    expect(page.locator("table.points td.name").first).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(below).to_be_hidden()
    expect(page.locator("table.points td.name").first).to_be_visible()
    watched.check()
