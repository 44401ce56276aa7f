from __future__ import annotations

import gzip

import pytest

from inchorus.web.robots import ask_robots, rules_of
from web.served import Web, answer, redirect

ORIGIN = "http://courier.example"
PAGE = f"{ORIGIN}/news/bridge"
ALL = "User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        (ALL, False),
        ("User-agent: *\nDisallow: /private", True),
        (f"{ALL}\n\nUser-agent: inchorus\nAllow: /", True),
        ("User-agent: inchorus\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news/bridge", True),
        ("User-agent: *\nDisallow: /*bridge$", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: other\nDisallow: /", True),
        ("<html><body>Not found</body></html>", True),
        ("User-agent: *\nDisallow: /news\n" + "# long\n" * 200_000, False),
    ],
)
def test_what_robots_txt_says_holds(web: Web, text: str, allowed: bool) -> None:
    web.routes["/robots.txt"] = answer(text, kind="text/plain")
    assert rules_of(ask_robots(web.fetcher(), ORIGIN)).allows(PAGE) == allowed


@pytest.mark.parametrize(
    ("status", "allowed", "again"),
    [
        ("404 Not Found", True, False),
        ("403 Forbidden", True, False),
        ("410 Gone", True, False),
        ("500 Broken", False, True),
        ("503 Busy", False, True),
        ("429 Too Many", False, True),
    ],
)
def test_a_server_that_fails_may_forbid_everything_and_one_without_robots_forbids_nothing(
    web: Web, status: str, allowed: bool, again: bool
) -> None:
    web.routes["/robots.txt"] = answer(ALL, status)
    rules = rules_of(ask_robots(web.fetcher(), ORIGIN))
    assert (rules.allows(PAGE), rules.again) == (allowed, again)


def test_robots_txt_may_lie_elsewhere_but_not_in_an_inner_network(web: Web) -> None:
    web.routes["courier.example/robots.txt"] = redirect("http://herald.example/rules")
    web.routes["herald.example/rules"] = answer(ALL, kind="text/plain")
    assert not rules_of(ask_robots(web.fetcher(), ORIGIN)).allows(PAGE)
    web.names["herald.example"] = [["10.0.0.7"]]
    rules = rules_of(ask_robots(web.fetcher(), ORIGIN))
    assert (rules.allows(PAGE), rules.again) == (False, False)
    assert "10.0.0.7" not in web.reached


def test_redirects_without_end_are_no_rules(web: Web) -> None:
    web.routes["/robots.txt"] = redirect("/robots.txt")
    assert rules_of(ask_robots(web.fetcher(), ORIGIN)).allows(PAGE)
    assert len(web.asked) == 6


def test_a_bomb_may_forbid_everything(web: Web) -> None:
    web.routes["/robots.txt"] = answer(gzip.compress(bytes(1 << 27)), kind="text/plain", Content_Encoding="gzip")
    assert not rules_of(ask_robots(web.fetcher(), ORIGIN)).allows(PAGE)


@pytest.mark.parametrize(("line", "delay"), [("Crawl-delay: 2.5", 2.5), ("Request-rate: 1/10", 10.0), ("", 0.0)])
def test_how_often_a_server_wants_to_be_asked(web: Web, line: str, delay: float) -> None:
    web.routes["/robots.txt"] = answer(f"User-agent: *\n{line}\nDisallow: /private", kind="text/plain")
    assert rules_of(ask_robots(web.fetcher(), ORIGIN)).delay == delay
