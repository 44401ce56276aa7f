"""Every page in a real browser: no error, no request to anywhere else, usable by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

import bench.pages
import hostile
from browser.conftest import RULES, Watched, addresses
from inchorus.api import Study
from inchorus.ui.routes import ADDRESSES

Watch = Callable[..., Watched]
SERIOUS = {"serious", "critical"}


# The overview is at / too; /kept is of studies that are served with a collection (tests/web/test_kept.py).
EVERY = {"/"} | {at.path for at in ADDRESSES} - {"/overview", "/kept"}


def test_every_page_is_among_the_tested(pages: list[str]) -> None:
    assert {p.split("?")[0] for p in pages} == EVERY


def test_every_page_is_measured(news: Study) -> None:
    assert {p.split("?")[0] for p in bench.pages.addresses(news.path)} == EVERY


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_errors_or_asks_elsewhere_and_all_are_accessible(
    watch: Watch, address: str, pages: list[str], scheme: str
) -> None:
    watched = watch(address, color_scheme=scheme)
    found = {}
    for path in pages:
        page = watched.open(path, quiet=scheme == "light")
        violations = Axe().run(page, options=RULES[scheme]).response["violations"]
        bad = [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in violations if v["impact"] in SERIOUS]
        if bad:
            found[path] = bad
        assert page.title().endswith("· inchorus")
    assert found == {}
    watched.check()


def test_no_page_is_wider_than_a_telephone(watch: Watch, address: str, pages: list[str]) -> None:
    watched = watch(address, viewport={"width": 390, "height": 800})
    wide = {}
    for path in pages:
        page = watched.open(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 391:
            wide[path] = width
    assert wide == {}


def test_every_page_can_be_read_without_script(watch: Watch, address: str, pages: list[str]) -> None:
    watched = watch(address, java_script_enabled=False)
    for path in pages:
        page = watched.open(path)
        assert page.locator("main h1").inner_text().strip()
        assert len(page.locator("main").inner_text()) > 100


def test_no_attack_runs_on_any_page(watch: Watch, attacked: str, attacks: Study) -> None:
    watched = watch(attacked)
    for path in addresses(attacks):
        page = watched.open(path)
        assert page.evaluate(f"window.{hostile.MARK}") is None, path
        for link in page.locator("a[href]").evaluate_all("links => links.map(l => l.protocol)"):
            assert link in {"http:", "https:"}
    watched.check()


def test_the_three_clicks_from_the_overview(watch: Watch, address: str, news: Study) -> None:
    watched = watch(address)
    page = watched.open("/")
    page.locator("main ol a").first.click()
    sides = page.locator(".side")
    assert sides.count() == 2
    assert all(sides.nth(i).is_visible() for i in range(2))
    (point,) = news.sql("SELECT first_sources FROM talking_points ORDER BY score DESC, tp_id LIMIT 1").to_pylist()
    sentence = page.get_by_text("Earliest in this corpus").first.inner_text()
    assert all(name in sentence for name in point["first_sources"])
    watched.check()
