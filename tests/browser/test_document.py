"""A document: its marks and the list at the side say the same, and an address leads to a passage."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from browser.conftest import Watched
from inchorus.api import Study

Watch = Callable[..., Watched]


@pytest.fixture
def shared(news: Study) -> list[dict[str, Any]]:
    """The passages of the document that has most of them, as they are numbered, with their text."""
    rows: list[dict[str, Any]] = news.sql(
        'SELECT doc_id, p.tp_id, start, "end", substr(d.text, start + 1, "end" - start) AS said'
        " FROM passages p JOIN documents d USING (doc_id) JOIN talking_points t ON t.tp_id = p.tp_id WHERE doc_id ="
        " (SELECT doc_id FROM passages GROUP BY doc_id ORDER BY count(*) DESC, doc_id LIMIT 1)"
        ' ORDER BY start, "end" DESC, t.score DESC, t.tp_id'
    ).to_pylist()
    return rows


def test_marks_and_the_list_correspond(watch: Watch, address: str, shared: list[dict[str, Any]]) -> None:
    watched = watch(address)
    page = watched.open(f"/document?id={quote(shared[0]['doc_id'])}")
    items = page.locator(".margin [data-n]")
    assert items.count() == len(shared) > 2
    for n, passage in enumerate(shared, 1):
        marked = page.locator(".text mark").evaluate_all(
            "(marks, n) => marks.filter(m => m.dataset.covers.split(' ').includes(n)).map(m => m.textContent).join('')",
            str(n),
        )
        assert marked == passage["said"]
        link = str(page.locator(f".margin [data-n='{n}'] a.wording").get_attribute("href"))
        query = parse_qs(urlsplit(link).query)
        assert query == {"id": [passage["tp_id"]], "right": [f"{passage['doc_id']}:{passage['start']}"]}
    watched.check()


def test_a_mark_lights_its_passages_in_the_list_and_the_list_its_marks(
    watch: Watch, address: str, shared: list[dict[str, Any]]
) -> None:
    watched = watch(address)
    page = watched.open(f"/document?id={quote(shared[0]['doc_id'])}")
    mark = page.locator(".text mark").last
    numbers = str(mark.get_attribute("data-covers")).split()
    mark.click()
    expect(page.locator(".margin .on")).to_have_count(len(numbers))
    lit = page.locator(".margin .on").evaluate_all("items => items.map(i => i.dataset.n)")
    assert sorted(lit) == sorted(numbers)
    first = page.locator(".margin [data-n]:visible").first
    n = str(first.get_attribute("data-n"))
    first.hover()
    expect(page.locator(f".text mark.on[data-covers~='{n}']").first).to_be_attached()
    covers = page.locator(".text mark.on").evaluate_all("marks => marks.map(m => m.dataset.covers.split(' '))")
    assert all(n in c for c in covers)
    watched.check()


@pytest.mark.parametrize("scripted", [True, False])
def test_an_address_leads_to_a_passage(
    watch: Watch, address: str, shared: list[dict[str, Any]], scripted: bool
) -> None:
    last = shared[-1]
    watched = watch(address, viewport={"width": 1000, "height": 240}, java_script_enabled=scripted)
    page = watched.open(f"/document?id={quote(last['doc_id'])}&at={last['start']}#at-{last['start']}")
    here = page.locator(".text mark.here").first
    expect(here).to_be_in_viewport()
    assert last["said"].startswith(here.inner_text()[:20].rstrip())
    watched.check()


def test_a_passage_leads_to_its_talking_point_and_back(
    watch: Watch, address: str, shared: list[dict[str, Any]]
) -> None:
    watched = watch(address, viewport={"width": 1000, "height": 300})
    page = watched.open(f"/document?id={quote(shared[-1]['doc_id'])}")
    link = page.locator(f".margin [data-n='{len(shared)}'] a.wording")
    page.locator(".margin details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
    link.click()
    page.wait_for_url(re.compile("/talking-point"))
    right = page.locator(".side").nth(1)
    right.locator("p.small a").first.click()
    page.wait_for_url(re.compile("/document"))
    assert f"at={shared[-1]['start']}" in page.url
    expect(page.locator(".text mark.here").first).to_be_in_viewport()
    watched.check()
