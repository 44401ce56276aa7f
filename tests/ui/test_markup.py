"""Every page of a study in which everything is an attack: only our own elements, and every link leads somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from hostile import ATTACKS, MARK
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

BASE = "http://127.0.0.1"
MOST = 150  # pages that are looked at; of each kind some
EACH = len(ATTACKS) + 1
START = (
    "/",
    "/talking-points",
    "/sources",
    "/ties",
    "/network",
    "/search?q=a",
    "/check?text=a+man+of+a+plan",
    "/about",
    "/talking-points?sort=first&page=1",
)

# What our templates write. Whatever else is in a page came from a document.
ELEMENTS = frozenset(
    "html head meta title link script body a header nav form input main footer p h1 h2 h3 h4 h5 ol ul li dl dt dd div "
    "span bdi figure figcaption details summary table caption thead tbody tfoot tr th td label select option "
    "optgroup fieldset legend button datalist code em strong b i ins del mark kbd pre section article aside time "
    "abbr small output noscript sup sub blockquote q s svg g path line circle rect text hr br template dialog "
    "progress meter search textarea".split()
)
ATTRIBUTES = frozenset(
    "lang charset name content rel href src type class id tabindex action method role placeholder value dir scope "
    "for list min max step checked selected hidden open multiple maxlength start colspan rowspan datetime title "
    "width height viewBox d x y x1 x2 y1 y2 cx cy r points transform fill stroke disabled autocomplete autofocus "
    "spellcheck size required pattern preserveAspectRatio form inputmode enterkeyhint readonly cite rows cols "
    "translate".split()
)
STARTS = ("=", "+", "-", "@", "\t", "\r")  # of a formula, as spreadsheets take it
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
LINKS = frozenset({"href", "src", "action"})
SPOKEN = frozenset({"aria-label", "title", "placeholder", "label", "content"})


class Markup(HTMLParser):
    """What a page is made of: faults, links, JSON in scripts, what readers see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.shown: list[str] = []
        self._kind: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element and its attributes."""
        given = dict(attrs)
        if tag not in ELEMENTS:
            self.faults.append(f"element {tag}")
        for name, value in attrs:
            if name not in {a.lower() for a in ATTRIBUTES} and not re.fullmatch(r"(aria|data)-[a-z-]+", name):
                self.faults.append(f"attribute {name} of {tag}")
            if name in SPOKEN:
                self.shown.append(value or "")
            if name in LINKS:
                self._check_link(tag, name, value or "", given)
        if tag == "script":
            self._kind = given.get("type") or ""
            if not (self._kind == "application/json" or (self._kind == "module" and given.get("src"))):
                self.faults.append(f"script {attrs}")

    def _check_link(self, tag: str, name: str, value: str, given: dict[str, str | None]) -> None:
        parts = urlsplit(value)
        if not parts.scheme and not parts.netloc and not value.startswith(("//", "\\", "/\\")):
            if tag in {"a", "link", "script"} and value.startswith("/"):
                self.links.append(value)
        elif tag != "a" or parts.scheme not in {"http", "https"}:
            self.faults.append(f"{name} {value[:60]!r} of {tag}")
        elif given.get("rel") != "noopener noreferrer nofollow" or "target" in given:
            self.faults.append(f"rel {given.get('rel')} of {value[:60]!r}")

    def handle_endtag(self, tag: str) -> None:
        """A script has ended."""
        self._kind = None

    def handle_data(self, data: str) -> None:
        """Text, or the content of a script."""
        if self._kind == "application/json":
            self.scripts.append(data)
        elif self._kind is not None and data.strip():
            self.faults.append(f"script with content {data[:60]!r}")
        self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        """Our pages have none."""
        self.faults.append(f"comment {data[:60]!r}")

    def handle_pi(self, data: str) -> None:
        """Nor instructions."""
        self.faults.append(f"instruction {data[:60]!r}")


def marked(page: str) -> Markup:
    markup = Markup()
    markup.feed(page)
    markup.close()
    return markup


@pytest.fixture(scope="module")
def pages(attacked: Reader) -> dict[str, tuple[int, str]]:
    """Pages that links lead to from the overview on: by their addresses, the status and the HTML."""
    client = TestClient(application(attacked), base_url=BASE)
    attacked.search().wait(60)
    found: dict[str, tuple[int, str]] = {}
    waiting, seen = list(START), set(START)
    kinds: dict[str, int] = {}
    while waiting and len(found) < MOST:
        to = waiting.pop(0)
        path = urlsplit(to).path
        kinds[path] = kinds.get(path, 0) + 1
        if kinds[path] > EACH:
            continue
        answer = client.get(to, follow_redirects=False)
        found[to] = (answer.status_code, answer.text)
        if answer.headers["content-type"].startswith("text/html"):
            for link in marked(answer.text).links:
                address = link.partition("#")[0]
                if address not in seen:
                    seen.add(address)
                    waiting.append(address)
    return found


def test_every_link_leads_somewhere(pages: dict[str, tuple[int, str]]) -> None:
    assert {to: status for to, (status, _) in pages.items() if status != 200} == {}
    kinds = {urlsplit(to).path for to in pages}
    assert kinds >= {
        "/",
        "/talking-points",
        "/talking-point",
        "/document",
        "/source",
        "/tie",
        "/network",
        "/search",
        "/about",
    }


def test_pages_hold_nothing_but_what_the_templates_write(pages: dict[str, tuple[int, str]]) -> None:
    faults = {to: marked(text).faults for to, (_, text) in pages.items() if text.startswith("<!doctype html>")}
    assert {to: some for to, some in faults.items() if some} == {}
    assert sum(MARK in text for _, text in pages.values()) > len(faults) / 2  # the attacks are there to be seen


def test_no_control_code_is_in_a_page(pages: dict[str, tuple[int, str]]) -> None:
    hidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")  # isolates of ours are well
    for to, (_, text) in pages.items():
        if text.startswith("<!doctype html>"):
            found = [shown for shown in marked(text).shown if hidden.search(shown)]
            assert not found, to


def test_no_cell_of_a_page_as_csv_begins_a_formula(attacked: Reader, pages: dict[str, tuple[int, str]]) -> None:
    client = TestClient(application(attacked), base_url=BASE)
    first = {urlsplit(to).path: text for to, (_, text) in reversed(pages.items()) if text.startswith("<!doctype html>")}
    assert len(first) > 8
    for path, text in first.items():
        files = [to for to in marked(text).links if urlsplit(to).path.endswith(".csv")]
        for to in files:
            rows = csv.reader(io.StringIO(client.get(to).text, newline=""))
            cells = [cell for row in rows for cell in row if not NUMBER.fullmatch(cell)]
            assert not [cell for cell in cells if cell.lstrip(" ").startswith(STARTS)], to
        assert files, path


def test_data_within_a_page_is_whole(pages: dict[str, tuple[int, str]]) -> None:
    blocks = [block for _, text in pages.values() if text.startswith("<!doctype") for block in marked(text).scripts]
    assert blocks
    for block in blocks:
        assert "<" not in block
        json.loads(block)


@pytest.mark.parametrize(
    "value", ["<script>x</script>", '"><img src=x onerror=x>', "' onclick='x", "javascript:x", "{{7*7}}", "\x00\u202e"]
)
@pytest.mark.parametrize(
    "address", ["/talking-points?q=", "/talking-points?source=", "/talking-points?from=", "/talking-points?label=",
        "/talking-points?sort=", "/talking-point?id=", "/document?id=", "/source?name=", "/tie?b=x&a=", "/search?q=",
        "/network?kind=", "/nothing?x=", "/overview?table="],
)  # fmt: skip
def test_nothing_of_an_address_gets_into_a_page_unescaped(attacked: Reader, address: str, value: str) -> None:
    client = TestClient(application(attacked), base_url=BASE)
    answer = client.get(address + quote(value, safe=""))
    assert answer.status_code in {200, 400, 404}
    assert marked(answer.text).faults == []
