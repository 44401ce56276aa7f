"""A report opened from disk in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import hostile
from browser.conftest import RULES, Watched
from inchorus.api import Study
from inchorus.labels import LABELS

Watch = Callable[..., Watched]


@pytest.fixture(scope="module")
def file(news: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return news.report(tmp_path_factory.mktemp("report") / "r.html", top=60).path


def opened(watched: Watched, file: Path, place: str = "") -> tuple[Page, list[str]]:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = watched.open(f"{file.as_uri()}{place}")
    return page, asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_asks_for_nothing_and_all_can_use_it(watch: Watch, file: Path, scheme: str) -> None:
    watched = watch("", color_scheme=scheme)
    page, asked = opened(watched, file)
    assert page.locator("#when svg").count() == 2
    page.locator("#ties summary").first.click()
    page.locator("#lines > .entry > summary").first.click()
    page.locator("#lines > .entry").first.locator("svg").first.wait_for()
    violations = Axe().run(page, options=RULES[scheme]).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in {"serious", "critical"}] == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    watched.check()


def test_a_timeline_is_drawn_when_its_line_is_unfolded(watch: Watch, file: Path) -> None:
    page, _ = opened(watch(""), file)
    assert page.locator("#lines svg").count() == 0
    page.locator("#lines > .entry > summary").nth(1).click()
    page.locator("#lines > .entry").nth(1).locator("svg circle").first.wait_for()
    assert page.locator("#lines svg").count() == 1


def test_an_address_unfolds_what_it_names(watch: Watch, file: Path, news: Study) -> None:
    sql = "SELECT tp_id FROM talking_points WHERE label = 'line' ORDER BY score DESC, tp_id LIMIT 3"
    (_, _, point) = news.sql(sql)["tp_id"].to_pylist()
    page, _ = opened(watch(""), file, f"#tp-{point}")
    expect(page.locator(f"#tp-{point}")).to_be_visible()
    assert page.locator("#lines > .entry[open]").count() == 1


def test_lines_are_found_by_their_words_and_sources(watch: Watch, file: Path) -> None:
    page, _ = opened(watch(""), file)
    entries = page.locator("#lines > .entry")
    shown = page.locator("#lines > .entry:visible")
    every = shown.count()
    wording = entries.nth(4).locator("h3").text_content() or ""  # not laid out until it is in view
    page.get_by_label("Only those with").fill(wording.upper())
    assert shown.count() == 1
    assert page.locator(".find-lines output").inner_text() == f"1 of {entries.count()}"
    source = entries.nth(4).locator("tbody th").last.text_content() or ""
    page.get_by_label("Only those with").fill(source)
    assert 1 <= shown.count() < every
    page.get_by_label("Only those with").fill("")
    assert shown.count() == every


def test_it_reads_without_script_and_fits_a_telephone(watch: Watch, file: Path) -> None:
    page, _ = opened(watch("", java_script_enabled=False, viewport={"width": 390, "height": 800}), file)
    page.locator("#lines > .entry > summary").first.click()
    expect(page.locator("#lines > .entry").first.locator(".side").first).to_be_visible()
    expect(page.get_by_label("Only those with")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 391


def test_what_is_unfolded_is_printed(watch: Watch, news: Study, tmp_path: Path) -> None:
    sql = "SELECT tp_id FROM talking_points ORDER BY score DESC, tp_id LIMIT 1"
    point = news.sql(sql)["tp_id"][0].as_py()
    page, _ = opened(watch("", color_scheme="dark"), news.report(tmp_path / "r.html", point=point).path)
    page.emulate_media(media="print")
    expect(page.locator(".side").first).to_be_visible()
    expect(page.locator("#made .hash").first).to_be_visible()  # folded on the screen
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_no_attack_runs(watch: Watch, attacks: Study, tmp_path: Path) -> None:
    watched = watch("")
    page, asked = opened(watched, attacks.report(tmp_path / "r.html", label=LABELS, top=20).path)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    # What an attack would do it has done once every chart that is unfolded is drawn.
    charts = page.locator("#lines figure[data-chart]")
    expect(page.locator("#lines figure[data-chart]:has(.chart-svg)")).to_have_count(charts.count())
    assert page.evaluate(f"window.{hostile.MARK}") is None
    assert (
        page.title()
        == f"What {len(attacks.sql('SELECT DISTINCT source FROM documents'))} sources say in the same words · inchorus"
    )
    assert [url for url in asked if not url.startswith("data:")] == [(tmp_path / "r.html").as_uri()]
    watched.check()
