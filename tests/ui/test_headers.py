"""Which requests are answered, and what stands on every answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from inchorus.ui.headers import HEADERS, LONGEST, name_of, refused

HOSTS = ("127.0.0.1", "localhost", "[::1]", "newsroom.example")
ANSWERS = (
    "/", "/talking-points", "/talking-points.json", "/talking-points.csv", "/about", "/static/style.css", "/nothing",
    "/nothing.json", "/nothing.csv", "/static/nothing", "/talking-points?page=x", "/talking-point?id=none",
)  # fmt: skip


def asked(host: str | None, method: str = "GET", address: bytes = b"/", **more: str) -> int | None:
    """The status with which such a request is refused; None if it is answered."""
    heads = {k.replace("_", "-"): v for k, v in more.items()} | ({} if host is None else {"host": host})
    no = refused(Headers(heads), method, address, HOSTS)
    return no[0] if no else None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST", "[::1]", "[::1]:8765", "Newsroom.Example:80"],
)
def test_names_of_this_browser_are_answered_with_any_port(host: str) -> None:
    assert asked(host) is None


@pytest.mark.parametrize(
    "host",
    [
        None, "", ":8765", "evil.example", "127.0.0.1.evil.example", "evil.example:127.0.0.1", "localhost.evil.example",
        "127.0.0.1@evil.example", "evil.example#127.0.0.1", "127.0.0.1:80:80", "127.0.0.1:port",
        "127.0.0.1, evil.example", "localhost.", "::1", "[::1", "[::1]x", "[::2]",
        "127.1", "2130706433", "0.0.0.0", "localhost\x00", " localhost",
        "localhost:²",
    ],
)  # fmt: skip
def test_no_other_name_is(host: str | None) -> None:
    assert asked(host) == 400


def test_two_names_are_not_answered() -> None:
    heads = Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.example")])
    assert refused(heads, "GET", b"/", HOSTS) is not None


@given(st.text(), st.sampled_from(HOSTS))
def test_a_name_is_answered_only_if_it_is_one_of_these(text: str, host: str) -> None:
    for name in (text, f"{text}:80", f"{host}{text}", f"{text}{host}", f"{host}:{text}"):
        if name_of(name) == host:
            rest = name.lower().removeprefix(host)
            assert rest == "" or (rest[0] == ":" and (rest == ":" or rest[1:].isdigit()))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get"])
def test_nothing_but_looking_is_possible(method: str) -> None:
    assert asked("localhost", method) == 405
    assert asked("localhost", "HEAD") is None


def test_long_addresses_are_refused() -> None:
    assert asked("localhost", address=b"/" * LONGEST) is None
    assert asked("localhost", address=b"/" * (LONGEST + 1)) == 414


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", None),
        ("same-origin", "cors", "empty", None),
        ("same-origin", "no-cors", "script", None),
        ("cross-site", "navigate", "document", None),  # a link elsewhere may lead here
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "cors", "empty", 403),
        ("cross-site", "no-cors", "script", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "cors", "empty", 403),  # another port of this machine
        ("anything", "no-cors", "empty", 403),
    ],
)
def test_other_sites_may_lead_here_and_nothing_else(site: str, mode: str, dest: str, status: int | None) -> None:
    assert asked("localhost", sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=dest) == status


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize(
    "more", [{}, {"host": "evil.example"}, {"sec-fetch-site": "cross-site"}], ids=["answered", "host", "site"]
)
def test_every_answer_has_the_headers(client: TestClient, address: str, more: dict[str, str]) -> None:
    answer = client.get(address, headers=more)
    assert (answer.status_code in {400, 403}) >= bool(more)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "cache-control" in answer.headers
    assert client.post(address).headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_the_policy_allows_no_code_but_that_of_the_package() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert {policy[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert "unsafe" not in str(policy)
