"""Sources, ties and the dossier of two: filters, orders, and where the links lead."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from browser.conftest import Watched
from inchorus.api import Study
from made_ties import DOGWOOD

Watch = Callable[..., Watched]


def rows(page: Page) -> list[str]:
    """The names of the rows of the first list."""
    return page.locator("table.list").first.locator("tbody th").all_inner_texts()


def show(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()


def test_sources_are_filtered_by_name_and_what_is_declared(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/sources")
    assert sorted(rows(page)) == ["Alder", "Birch", "Cedar", DOGWOOD]
    page.locator("select[name='declared:owner']").select_option("North")
    show(page)
    assert sorted(rows(page)) == ["Alder", "Birch"]
    page.get_by_label("Name has").fill("bir")
    show(page)
    assert rows(page) == ["Birch"]
    page.get_by_role("link", name="Birch").first.click()
    page.wait_for_url(re.compile("/source"))
    assert page.locator("h1").inner_text() == "Birch"
    page.go_back()
    assert rows(page) == ["Birch"]
    watched.check()


def test_sources_are_sorted_by_their_heads(watch: Watch, address: str, news: Study) -> None:
    expected = news.sql("SELECT source, count(*) AS n FROM documents GROUP BY source ORDER BY source").to_pylist()
    watched = watch(address)
    page = watched.open("/sources")
    numbers = [int(n.replace(",", "")) for n in page.locator("table.list tbody td:nth-child(2)").all_inner_texts()]
    assert numbers == sorted((row["n"] for row in expected), reverse=True)[: len(numbers)]
    page.get_by_role("columnheader", name="Source").get_by_role("link").click()
    page.wait_for_url(re.compile("sort=source"))
    assert rows(page) == [row["source"] for row in expected][: len(numbers)]
    watched.check()


def test_ties_are_filtered_and_sorted(watch: Watch, address: str, news: Study) -> None:
    def pairs(where: str, order: str) -> list[str]:
        found = news.sql(f"SELECT source_a, source_b FROM ties WHERE {where} ORDER BY {order}").to_pylist()
        return [f"{row['source_a']} and {row['source_b']}" for row in found]

    watched = watch(address)
    page = watched.open("/ties")
    assert rows(page) == pairs("q_value <= 0.05", "q_value, p_value, observed DESC, source_a, source_b")
    page.locator("select[name=sort]").select_option("shared")
    show(page)
    assert rows(page) == pairs("q_value <= 0.05", "observed DESC, source_a, source_b")
    page.get_by_label("q at most").fill("0.25")
    show(page)
    wide = pairs("q_value <= 0.25", "observed DESC, source_a, source_b")
    assert rows(page) == wide
    assert page.locator("tr.beyond").count() == len(wide) - len(pairs("q_value <= 0.05", "source_a"))
    source = wide[0].split(" and ")[0]
    page.get_by_label("Source", exact=True).fill(source)
    show(page)
    assert rows(page) == [pair for pair in wide if source in pair.split(" and ")]
    watched.check()


def test_ties_where_the_null_models_disagree_are_shown_alone(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/ties")
    page.get_by_label("q at most").fill("1")
    show(page)
    assert len(rows(page)) > 1
    page.get_by_label("where the two null models disagree").check()
    show(page)
    assert rows(page) == ["Alder and Birch"]
    watched.check()


def test_the_file_of_ties_holds_all_that_is_asked_for(watch: Watch, address: str, news: Study, tmp_path: Path) -> None:
    watched = watch(address)
    page = watched.open("/ties?q=1&sort=names")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ties as CSV").click()
    file = tmp_path / "ties.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as lines:
        found = [(row["source_a"], row["source_b"]) for row in csv.DictReader(lines)]
    expected = news.sql("SELECT source_a, source_b FROM ties ORDER BY source_a, source_b").to_pylist()
    assert found == [(row["source_a"], row["source_b"]) for row in expected]
    assert len(found) > len(rows(page))


def test_from_a_source_by_its_tie_to_two_passages_side_by_side(watch: Watch, address: str, news: Study) -> None:
    (tie,) = news.sql("SELECT source_a, source_b FROM ties ORDER BY q_value, source_a, source_b LIMIT 1").to_pylist()
    both = sorted(tie.values())
    watched = watch(address)
    page = watched.open("/sources?name=" + tie["source_a"].replace(" ", "+"))
    page.locator("tbody th").get_by_role("link", name=tie["source_a"], exact=True).click()
    page.wait_for_url(re.compile("/source[?]"))
    page.get_by_role("region", name="Ties").get_by_role("link", name=tie["source_b"]).click()
    page.wait_for_url(re.compile("/tie[?]"))
    assert sorted(page.locator("h1 a").all_inner_texts()) == both
    assert "share more wording than chance gives" in page.locator("main").inner_text()
    page.get_by_role("link", name="all its passages, these two side by side").first.click()
    page.wait_for_url(re.compile("/talking-point"))
    assert sorted(page.locator(".side .who strong").all_inner_texts()) == both
    watched.check()


def test_a_dossier_says_what_each_kind_of_tie_rests_on(watch: Watch, tied: str) -> None:
    watched = watch(tied)
    page = watched.open("/tie?a=Birch&b=Alder")
    assert page.locator("h1 a").all_inner_texts() == ["Alder", "Birch"]
    expect(page.get_by_text("Declared of both")).to_be_visible()
    page.get_by_role("link", name="link", exact=True).first.click()
    page.wait_for_url(re.compile("kind=link"))
    assert parse_qs(urlsplit(page.url).query) == {"a": ["Alder"], "b": ["Birch"], "kind": ["link"]}
    watched.check()
