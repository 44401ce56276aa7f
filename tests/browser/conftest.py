"""Debian's Chromium over a study that is served as `inchorus serve` does; what each page did besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

import bench.chromium
import inchorus
import made_ties
from bench.chromium import served
from inchorus.api import Study

# What axe looks at: in the dark colours are others, and all else is as it is in the light.
RULES: dict[str, dict[str, object]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
PATIENCE = 60_000  # milliseconds; a machine that does other work, too, has taken 15 s for a page
# Of the software renderer, not of the page.
RENDERER = "GL Driver Message"


@dataclass
class Watched:
    """A page, and all that must not happen on it: errors, and requests to anywhere else."""

    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str, *, quiet: bool = False) -> Page:
        """Go to a path of the browser: scripts have run, charts are drawn; if `quiet`, no request is left either."""
        self.page.goto(self.base + path, wait_until="networkidle" if quiet else "load")
        return self.page

    def check(self) -> None:
        """Fail if anything happened that must not."""
        assert self.errors == []
        assert self.elsewhere == []


# Of the package, not the session: while Playwright is there, its event loop runs in the thread of all tests.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Skips the test where there is no Chromium, fails where INCHORUS_CHROMIUM says that there is one."""
    with bench.chromium.chromium() as browser:
        if browser is None:
            pytest.skip("there is no Chromium on this machine")
        yield browser


@pytest.fixture(scope="session")
def address(news: Study) -> Iterator[str]:
    with served(news) as base:
        yield base


@pytest.fixture(scope="session")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a study with one tie of wording, ties of another kind, and an owner declared of sources."""
    with served(made_ties.made(tmp_path_factory.mktemp("ties") / "study")) as base:
        yield base


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a study whose three talking points are in Arabic, Chinese and English."""
    out = tmp_path_factory.mktemp("scripts") / "study"
    with served(inchorus.find(in_scripts(), out=out)) as base:
        yield base


def in_scripts() -> list[dict[str, str]]:
    """Two sources of each script with one wording in common, a day apart."""
    lines = {
        "ar": (("صحيفة الوادي", "أخبار الجبل"), "لن يدفع أحد في هذا الوادي ثمن الماء مرتين ما دام النهر يجري"),
        "zh": (("山谷日报", "河岸新闻"), "只要河水还在流淌，这个山谷里就没有人会为水付两次钱，也没有人会失去桥梁"),
        "en": (("Herald", "Courier"), "nobody in this valley will pay for water twice while the river runs"),
    }
    around = {"ar": "قال المجلس يوم الاثنين", "zh": "议会星期一说", "en": "said the board on Monday"}
    return [
        {
            "source": name,
            "time": f"2024-05-0{day}",
            "title": f"{around[language]} {day}",
            "text": f"{name}: {line}. {around[language]} {day}.",
        }
        for language, (names, line) in lines.items()
        for day, name in enumerate(names, 1)
    ]


@pytest.fixture(scope="session")
def attacked(attacks: Study) -> Iterator[str]:
    """The address of a study in which every text, name and URL is an attack."""
    with served(attacks) as base:
        yield base


@pytest.fixture
def watch(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a watched page; dark, narrow or without script where the call says so."""
    contexts = []

    def opened(base: str, **settings: object) -> Watched:
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        watched = Watched(context.new_page(), base)
        page = watched.page
        page.set_default_timeout(PATIENCE)
        host = urlsplit(base).netloc

        def heard(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and RENDERER not in message.text:
                watched.errors.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("dialog", lambda dialog: watched.errors.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc == host or request.url.startswith(("data:", "blob:"))
                else watched.elsewhere.append(request.url)
            ),
        )
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def pages(news: Study) -> list[str]:
    """An address of every page, of things that the study holds."""
    return addresses(news)


def addresses(study: Study) -> list[str]:
    """An address of every page, of things that the study holds; those with most on them."""
    from urllib.parse import urlencode

    (point,) = study.sql("SELECT tp_id FROM talking_points ORDER BY n_passages DESC, tp_id LIMIT 1").to_pylist()
    (line,) = study.sql("SELECT text FROM talking_points ORDER BY score DESC, tp_id LIMIT 1")["text"].to_pylist()
    (passage,) = study.sql(
        "SELECT doc_id, source FROM passages GROUP BY ALL ORDER BY count(*) DESC, doc_id LIMIT 1"
    ).to_pylist()
    (tie,) = study.sql("SELECT source_a, source_b FROM ties ORDER BY q_value, source_a, source_b LIMIT 1").to_pylist()
    quotations = study.sql("SELECT quote_id AS id FROM quotations GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    speakers = study.sql(
        "SELECT speaker_name AS name FROM quotations WHERE speaker_name IS NOT NULL"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    return [
        "/",
        "/talking-points",
        f"/talking-point?{urlencode({'id': point['tp_id']})}",
        f"/document?{urlencode({'id': passage['doc_id']})}",
        "/sources",
        f"/source?{urlencode({'name': passage['source']})}",
        "/ties",
        f"/tie?{urlencode({'a': tie['source_a'], 'b': tie['source_b']})}",
        "/network",
        "/quotations",
        *(f"/quotation?{urlencode(row)}" for row in quotations.to_pylist()),
        "/speakers",
        *(f"/speaker?{urlencode(row)}" for row in speakers.to_pylist()),
        "/search?q=the",
        f"/check?{urlencode({'text': f'{line} My aunt keeps twelve parrots in a caravan.'})}",
        "/about",
    ]
