"""Whole runs: from addresses to documents and WARC, politely, within bounds, and on from where a run was cut."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inchorus.errors import InputError, UsageError
from inchorus.web import fetch as fetching
from inchorus.web.archive import record_at
from inchorus.web.collection import Collected
from inchorus.web.tasks import Tasks
from read.formats.pages import FRAME, PARAGRAPHS, page
from web.conftest import InProcess
from web.served import Hands, Web, answer, redirect

C = "http://courier.example"


def article(name: str, head: str = "") -> str:
    """A page whose article is its own."""
    texts = (f"This is what {name} says of it, and nobody else does.", *PARAGRAPHS)
    return page(texts, head=f"<title>{name}</title>{head}").replace("Bridge closes on Monday", name)


def rows(out: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / "documents.parquet").to_pylist()
    return found


def reasons(collected: Collected) -> dict[str, int]:
    return {row["reason"]: row["count"] for row in collected.skipped}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "docs"


@pytest.mark.usefixtures("processes")
def test_an_article_is_had_with_all_that_its_page_says(web: Web, out: Path) -> None:
    web.routes["/a"] = answer(page())
    assert web.collect(out, f"{C}/a").documents == 1
    (row,) = rows(out)
    assert row["text"] == "\n".join(PARAGRAPHS)
    assert not any(frame in row["text"] for frame in FRAME)
    assert (row["source"], row["site"], row["title"], row["author"], row["tags"], row["language"]) == (
        "courier.example", "Courier", "Bridge closes on Monday", "Ada Lovelace", ["bridge", "rain"], "en",
    )  # fmt: skip
    assert (row["time"], row["time_precision"]) == (datetime(2024, 5, 1, 6, 30, tzinfo=UTC), "second")
    assert (row["url"], row["captured_url"]) == ("https://www.courier.example/2024/05/bridge", f"{C}/a")
    assert row["captured"] == datetime(2024, 5, 13, 11, 33, 21, tzinfo=UTC)
    kept = record_at(out, row["record_file"], row["record_offset"])
    assert (kept.id, kept.body) == (row["id"], page().encode())


def test_who_answers_is_the_source_whatever_a_page_says_of_itself(web: Web, out: Path) -> None:
    web.routes["/a"] = answer(article("a", '<link rel="canonical" href="https://herald.example/a">'))
    web.collect(out, f"{C}/a")
    (row,) = rows(out)
    assert (row["source"], row["url"]) == ("courier.example", "https://herald.example/a")


def test_a_day_is_a_day(web: Web, out: Path) -> None:
    web.routes["/a"] = answer(article("a", '<meta property="article:published_time" content="2024-05-01">'))
    web.routes["/b"] = answer(article("b"))
    web.collect(out, f"{C}/a", f"{C}/b")
    assert [(r["time"], r["time_precision"]) for r in rows(out)] == [
        (datetime(2024, 5, 1, tzinfo=UTC), "day"),
        (None, None),
    ]


def test_a_page_in_another_encoding_is_read(web: Web, out: Path) -> None:
    text = "Старый мост закроют на ремонт с понедельника, сообщили в городском совете, паромы будут ходить чаще."
    body = f"<html><body><article><p>{text}</p><p>{text[::-1]}</p></article></body></html>"
    web.routes["/a"] = answer(body.encode("koi8-r"), kind="text/html; charset=koi8-r")
    web.routes["/b"] = answer(body.encode("cp1251"), kind="text/html; charset=utf-8")  # not so
    web.collect(out, f"{C}/a", f"{C}/b")
    assert [row["text"].split("\n")[0] for row in rows(out)] == [text, text]


def test_what_is_no_article_is_counted_with_its_reason(web: Web, out: Path) -> None:
    web.routes.update(
        {
            "/a": answer(article("a")),
            "/gone": answer("gone", "410 Gone"),
            "/picture": answer(b"\x89PNG", kind="image/png"),
            "/login": answer("<html><body><form><input></form></body></html>"),
            "/circle": redirect("/circle-2"),
            "/circle-2": redirect("/circle"),
            "/away": redirect("javascript:alert(1)"),
            "/inner": redirect("http://intranet.example/"),
            "/metadata": redirect("http://169.254.169.254/latest/"),
            "/bomb": answer(gzip.compress(bytes(1 << 27)), Content_Encoding="gzip"),
            "/robots.txt": answer("User-agent: *\nDisallow: /private", kind="text/plain"),
            **{f"/hop{n}": redirect(f"/hop{n + 1}") for n in range(20)},
        }
    )
    web.names["intranet.example"] = [["10.0.0.1"]]
    web.names["169.254.169.254"] = [["169.254.169.254"]]
    names = "a gone picture login circle away inner metadata bomb private/a absent hop0".split()
    collected = web.collect(out, *[f"{C}/{name}" for name in names])
    assert reasons(collected) == {
        "it answers 410": 1,
        "it answers 404": 1,
        "it is no page, such as an image or a PDF file": 1,
        "there is no article in it": 1,
        "it redirects in a circle": 1,
        "it redirects to what is no address of the web": 1,
        "it redirects more than 10 times": 1,
        "its network address is private; --allow-private takes such": 1,
        "its network address is link-local; --allow-private takes such": 1,
        "it unpacks to more than 64 MB": 1,
        "robots.txt does not allow it": 1,
    }
    assert (collected.documents, collected.waiting) == (1, 0)
    assert set(web.reached) == {"93.184.216.34"}
    assert f"{C.removeprefix('http://')}/private/a" not in web.paths
    told = json.loads((out / "collection.json").read_text())
    assert told["skipped"] == collected.skipped


def test_where_nothing_is_found_it_says_what_came_instead(web: Web, out: Path) -> None:
    with pytest.raises(InputError, match=r"no article was found; 2 times: it answers 404 \(http://courier.example/a"):
        web.collect(out, f"{C}/a", f"{C}/b")
    assert not (out / "documents.parquet").exists()


def test_a_server_is_asked_for_one_page_at_a_time_and_no_sooner_than_it_wants(web: Web, out: Path) -> None:
    times: dict[str, list[float]] = {}

    def at(asked: Any) -> bytes:
        times.setdefault(asked.host, []).append(web.clock.now())
        return answer(article(asked.path))

    for n in range(4):
        web.routes[f"/{n}"] = at
    web.routes["herald.example/robots.txt"] = answer("User-agent: *\nCrawl-delay: 7", kind="text/plain")
    named = [f"http://{host}/{n}" for host in ("courier.example", "herald.example") for n in range(4)]
    assert web.collect(out, *named, delay=2).documents == 8
    gaps = {host: [b - a for a, b in pairwise(found)] for host, found in times.items()}
    assert min(gaps["courier.example"]) >= 2
    assert min(gaps["herald.example"]) >= 7


def test_a_server_that_is_busy_is_asked_again_when_it_says(web: Web, out: Path) -> None:
    answers = [
        answer("busy", "429 Too Many", Retry_After="90"),
        answer("broken", "502 Bad Gateway"),
        answer(article("a")),
    ]
    times: list[float] = []

    def next_one(asked: Any) -> bytes:
        times.append(web.clock.now())
        return answers.pop(0)

    web.routes["/a"] = next_one
    web.routes["/b"] = answer(article("b"))
    assert web.collect(out, f"{C}/a", f"{C}/b").documents == 2
    assert times[1] - times[0] >= 90
    assert times[2] - times[1] >= 10
    assert web.paths[1] != "courier.example/b" or times[1] - times[0] >= 90


def test_a_server_that_wants_to_be_left_alone_for_long_is_and_goes_on_another_time(web: Web, out: Path) -> None:
    web.routes["/a"] = answer("busy", "503 Busy", Retry_After="86400")
    web.routes["herald.example/b"] = answer(article("b"))
    collected = web.collect(out, f"{C}/a", f"{C}/c", "http://herald.example/b")
    assert (collected.documents, collected.waiting, reasons(collected)) == (1, 2, {})
    web.routes["/a"] = web.routes["/c"] = answer(article("a"))
    web.clock.advance(86400)
    assert web.collect(out, f"{C}/a", f"{C}/c", "http://herald.example/b").documents == 3


def test_what_fails_is_tried_a_few_times_and_again_in_the_next_run(web: Web, out: Path) -> None:
    web.routes["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<p>half"
    web.routes["/b"] = answer(article("b"))
    web.routes["herald.example/robots.txt"] = answer("", "500 Broken")
    named = (f"{C}/a", f"{C}/b", "http://herald.example/b")
    assert reasons(web.collect(out, *named)) == {
        "the answer is cut short or breaks HTTP": 1,
        "its robots.txt may forbid it, and cannot be had: it answers 500": 1,
    }
    assert web.paths.count("courier.example/a") == 4
    assert "herald.example/b" not in web.paths
    web.routes["/a"] = answer(article("a"))
    del web.routes["herald.example/robots.txt"]
    collected = web.collect(out, *named)
    assert (collected.documents, collected.new, collected.skipped) == (3, 2, [])
    assert web.paths.count("courier.example/b") == 1


def test_a_run_has_its_fill_and_the_next_goes_on(web: Web, out: Path) -> None:
    for n in range(5):
        web.routes[f"/{n}"] = answer(article(str(n)))
    named = [f"{C}/{n}" for n in range(5)]
    first = web.collect(out, *named, max_pages=2)
    assert (first.documents, first.requests, first.waiting) == (2, 2, 3)
    second = web.collect(out, *named, max_bytes="20B")
    assert (second.documents, second.requests, second.waiting) == (3, 1, 2)
    third = web.collect(out, *named)
    assert (third.documents, third.requests, third.waiting) == (5, 2, 0)
    assert sorted(web.paths) == [f"courier.example/{n}" for n in range(5)]


class Stops(Hands):
    """A clock at which somebody presses Ctrl-C when so many articles were asked for."""

    def __init__(self, web: Web, after: int) -> None:
        super().__init__()
        self.web, self.after = web, after

    def wait(self, tasks: Tasks, seconds: float | None) -> None:
        if len(self.web.paths) >= self.after:
            raise KeyboardInterrupt
        super().wait(tasks, seconds)


@pytest.mark.parametrize("after", range(1, 5))
def test_a_run_that_is_stopped_loses_nothing(web: Web, out: Path, after: int) -> None:
    for n in range(4):
        web.routes[f"/{n}"] = answer(article(str(n)))
    named = [f"{C}/{n}" for n in range(4)]
    quiet = web.clock
    web.clock = Stops(web, after)
    collected = web.collect(out, *named)
    assert collected.stopped
    assert collected.documents <= after
    web.clock = quiet
    assert web.collect(out, *named).documents == 4
    assert sorted({row["title"] for row in rows(out)}) == list("0123")
    # the one that was on its way may be asked for twice
    assert len(web.paths) <= 5


def test_what_was_kept_and_not_read_is_read_from_the_archive(
    web: Web, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.routes["/a"] = answer(article("a"))

    def killed(*_: Any) -> dict[str, Any]:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(InProcess, "ask", killed)
        with pytest.raises(MemoryError):
            web.collect(out, f"{C}/a")
    (out / "pages-00001.warc.gz").open("ab").write(b"\x1f\x8bhalf a record")
    web.routes.clear()
    assert web.collect(out, f"{C}/a").documents == 1
    assert web.paths == ["courier.example/a"]


def test_pages_that_are_there_are_asked_for_again_only_if_that_is_wanted(web: Web, out: Path) -> None:
    versions = {"/a": "first", "/b": "first", "/c": "first"}

    def page_of(asked: Any) -> bytes:
        tag = f'"{versions[asked.path]}"'
        if asked.headers.get("if-none-match") == tag:
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return answer(article(f"{asked.path} {versions[asked.path]}"), ETag=tag)

    web.routes.update(dict.fromkeys(versions, page_of))
    web.routes["/c"] = answer(article("c"), Last_Modified="Mon, 13 May 2024 10:00:00 GMT")
    named = [f"{C}{path}" for path in versions]
    web.collect(out, *named)
    first = {row["captured_url"]: row for row in rows(out)}
    again = web.collect(out, *named)
    assert (again.requests, again.documents) == (0, 3)
    versions["/b"] = "second"
    refreshed = web.collect(out, *named, refresh=True)
    assert (refreshed.requests, refreshed.unchanged, refreshed.documents) == (3, 2, 3)
    assert web.asked[-1].headers["if-modified-since"] == "Mon, 13 May 2024 10:00:00 GMT"
    second = {row["captured_url"]: row for row in rows(out)}
    assert [first[url] == second[url] for url in named] == [True, False, True]
    assert second[named[1]]["title"] == "/b second"
    # what it said before is kept as well
    old = first[named[1]]
    assert b"/b first" in record_at(out, old["record_file"], old["record_offset"]).body


def test_one_article_at_two_addresses_is_one_document(web: Web, out: Path) -> None:
    head = '<link rel="canonical" href="http://courier.example/a">'
    web.routes["/a"] = web.routes["/print/a"] = answer(article("a", head))
    web.routes["/b"] = answer(article("b", head))  # says so, and has another text
    collected = web.collect(
        out,
        f"{C}/a",
        f"{C}/a#comments",
        f"{C}/a?utm_source=x",
        f"{C}/print/a",
        f"{C}/b",
        "http://www.courier.example/a",
    )
    assert (collected.documents, reasons(collected)) == (2, {"it is the same article as that of another address": 1})
    assert sorted(web.paths) == ["courier.example/a", "courier.example/b", "courier.example/print/a"]


def test_a_redirect_leads_to_the_article(web: Web, out: Path) -> None:
    web.routes["courier.example/a"] = redirect("https://www.courier.example/a", "301 Moved")
    web.routes["courier.example/b"] = redirect("http://www.courier.example/b", "308 Moved")
    web.routes["www.courier.example/b"] = answer(article("b"))
    web.routes["www.courier.example/robots.txt"] = answer("User-agent: *\nDisallow: /c", kind="text/plain")
    web.routes["courier.example/c"] = redirect("http://www.courier.example/c")
    collected = web.collect(out, f"{C}/b", f"{C}/c")
    assert [row["captured_url"] for row in rows(out)] == ["http://www.courier.example/b"]
    assert reasons(collected) == {"robots.txt does not allow it": 1}
    assert web.collect(out, f"{C}/b", f"{C}/c").documents == 1


def test_endless_and_slow_answers_do_not_hold_it_up(web: Web, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(asked: Any) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            asked.send(b"x" * 100_000)

    def drip(asked: Any) -> None:
        while True:
            web.clock.advance(30)
            asked.send(b"x")

    web.routes.update({"/a": answer(article("a")), "/endless": endless, "/drip": drip})
    named = [f"{C}/{name}" for name in ("endless", "drip", "a")]
    collected = web.collect(out, *named, fetch=web.fetcher(most_bytes=1 << 20))
    assert (collected.documents, reasons(collected)) == (1, {"it has more than 1 MB": 1, "it took too long": 1})
    assert collected.bytes < 10 << 20


def test_two_at_a_time_in_one_folder_is_an_error(web: Web, out: Path) -> None:
    said: list[str] = []

    def meanwhile(asked: Any) -> bytes:
        try:
            web.collect(out, f"{C}/b")
        except UsageError as error:
            said.append(error.what)
        return answer(article("a"))

    web.routes["/a"] = meanwhile
    web.collect(out, f"{C}/a")
    assert said == ["another inchorus collect is at work here"]


def test_a_folder_of_a_newer_or_damaged_state_is_left_alone(web: Web, out: Path) -> None:
    out.mkdir()
    (out / ".collection.sqlite").write_bytes(b"no database at all, but some text" * 99)
    with pytest.raises(UsageError, match="damaged"):
        web.collect(out, f"{C}/a")


def test_bounds_are_those_of_the_reader() -> None:
    from inchorus.read import page

    assert fetching.MOST_BYTES <= page.MOST_BYTES


def feed(*items: str, more: str = "") -> bytes:
    return answer(
        f"<rss version='2.0'><channel><title>C</title>{more}{''.join(items)}</channel></rss>", kind="text/xml"
    )


def item(path: str, day: int = 6, title: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{path}</link><pubDate>Mon, {day:02} May 2024 10:00:00 +0200</pubDate>"
        "<category>Town</category></item>"
    )


def sitemap(*paths: str, of: str = "url", **headers: str) -> bytes:
    within = "sitemapindex" if of == "sitemap" else "urlset"
    rows = "".join(f"<{of}><loc>{path if '://' in path else C + path}</loc></{of}>" for path in paths)
    return answer(f"<{within}>{rows}</{within}>", kind="application/xml", **headers)


def test_a_feed_leads_to_its_articles_and_says_what_they_do_not(web: Web, out: Path) -> None:
    text = "<html><body><article><p>It will rain on the whole coast until Friday evening.</p></article></body></html>"
    web.routes["/feed"] = feed(item("/a", title="Rain"), item("/b"), item("/c"), item("/absent"))
    web.routes["/a"] = answer(text)
    web.routes["/b"] = answer(article("b", '<meta property="article:published_time" content="2024-05-06">'))
    web.routes["/c"] = answer(article("c", '<meta property="article:published_time" content="2024-04-01">'))
    collected = web.collect(out, f"{C}/feed")
    assert reasons(collected) == {"it answers 404": 1}
    a, b, c = rows(out)
    eight = datetime(2024, 5, 6, 8, tzinfo=UTC)
    assert (a["title"], a["time"], a["time_precision"], a["tags"]) == ("Rain", eight, "second", ["Town"])
    # the page says the day and the feed the hour of it; where they do not agree, the page is believed
    assert (b["title"], b["time"], b["time_precision"]) == ("b", eight, "second")
    assert (c["time"], c["time_precision"]) == (datetime(2024, 4, 1, tzinfo=UTC), "day")


def test_sitemaps_and_their_indexes_lead_to_articles(web: Web, out: Path) -> None:
    web.routes["/robots.txt"] = answer(f"Sitemap: {C}/index.xml", kind="text/plain")
    web.routes["/index.xml"] = sitemap("/1.xml", "/2.xml.gz", "/broken.xml", "/index.xml", of="sitemap")
    web.routes["/1.xml"] = sitemap("/a", "http://herald.example/b")
    packed = gzip.compress(sitemap("/a", "/c").partition(b"\r\n\r\n")[2])
    web.routes["/2.xml.gz"] = answer(packed, kind="application/gzip")
    web.routes["/broken.xml"] = answer("<urlset><url><loc>http://courier.example/d", kind="text/xml")
    web.routes.update({f"/{name}": answer(article(name)) for name in "abc"})
    collected = web.collect(out, f"{C}/robots.txt")
    assert [row["captured_url"] for row in rows(out)] == [f"{C}/a", f"{C}/c", "http://herald.example/b"]
    assert reasons(collected) == {"it is a feed or a sitemap that is broken": 1}


def test_lists_are_asked_for_again_and_only_what_is_new_is_had(web: Web, out: Path) -> None:
    items = [item("/a")]

    def changing(asked: Any) -> bytes:
        tag = f'"{len(items)}"'
        if asked.headers.get("if-none-match") == tag:
            return b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"
        return feed(*items).replace(b"\r\n", f"\r\nETag: {tag}\r\n".encode(), 1)

    web.routes["/feed"] = changing
    web.routes.update({f"/{name}": answer(article(name)) for name in "ab"})
    assert web.collect(out, f"{C}/feed").documents == 1
    again = web.collect(out, f"{C}/feed")
    assert (again.documents, again.requests, again.unchanged) == (1, 1, 1)
    items.append(item("/b"))
    third = web.collect(out, f"{C}/feed")
    assert (third.documents, third.requests, third.new) == (2, 2, 1)
    assert web.paths.count("courier.example/a") == 1


def test_a_feed_goes_on_where_it_says_but_not_for_ever(web: Web, out: Path) -> None:
    def endless(asked: Any) -> bytes:
        n = int(asked.path.rpartition("=")[2] or 0)
        link = f'<entry><link href="/{n}"/></entry><link rel="next" href="/atom?n={n + 1}"/>'
        return answer(f'<feed xmlns="http://www.w3.org/2005/Atom">{link}</feed>', kind="application/atom+xml")

    web.routes.update({f"/atom?n={n}": endless for n in range(30)})
    web.routes.update({f"/{n}": answer(article(str(n))) for n in range(30)})
    collected = web.collect(out, f"{C}/atom?n=0")
    assert 3 <= collected.documents <= 10
    assert list(reasons(collected)) == ["it is a list in more than 4 lists"]


def test_a_list_among_pages_is_not_followed(web: Web, out: Path) -> None:
    web.routes["/1.xml"] = sitemap("/a", "/feed")
    web.routes["/feed"] = feed(item("/b"))
    web.routes["/a"] = answer(article("a"))
    assert reasons(web.collect(out, f"{C}/1.xml")) == {"it is a list of addresses and no page": 1}


def test_a_feed_leads_into_no_inner_network(web: Web, out: Path) -> None:
    web.names["intranet.example"] = [["192.168.0.7"]]
    inner = (
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://intranet.example/a",
        "http://2130706433/",
        "file:///etc/passwd",
    )
    web.names.update({"127.0.0.1": [["127.0.0.1"]], "::1": [["::1"]], "2130706433": [["127.0.0.1"]]})
    web.routes["/feed"] = feed(item("/a"), *map(item, inner))
    web.routes["/a"] = answer(article("a"))
    collected = web.collect(out, f"{C}/feed")
    assert (collected.documents, set(web.reached)) == (1, {"93.184.216.34"})
    assert sum(reasons(collected).values()) == 4
