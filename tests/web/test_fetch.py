"""Servers that behave badly: each answer is whole or a reason, and soon."""

from __future__ import annotations

import gzip

import pytest

from inchorus.web.fetch import Answer, Failed
from web.served import Asked, Web, answer

URL = "http://courier.example/a"


def test_an_answer_is_had_as_it_was_sent(web: Web) -> None:
    body = gzip.compress("Brücke".encode())
    web.routes["/a"] = answer(body, "200 Fine", Content_Encoding="gzip", ETag='"1"', X_Odd="Br\u00fccke")
    found = web.fetcher()(URL, {"If-None-Match": '"0"'})
    assert isinstance(found, Answer)
    assert (found.url, found.status, found.phrase, found.body) == (URL, 200, "Fine", body)
    assert (found.header("etag"), found.header("x-odd"), found.header("absent")) == ('"1"', "Brücke", None)
    assert found.address == "93.184.216.34"
    (asked,) = web.asked
    assert asked.headers == {
        "host": "courier.example",
        "user-agent": "inchorus/test",
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "accept-encoding": "gzip",
        "connection": "close",
        "if-none-match": '"0"',
    }


def test_nothing_is_followed_and_no_cookie_kept(web: Web) -> None:
    web.routes["/a"] = answer(b"", "302 Found", Location="http://herald.example/", Set_Cookie="a=b")
    fetch = web.fetcher()
    assert [found.status for _ in range(2) if isinstance(found := fetch(URL, {}), Answer)] == [302, 302]
    assert web.paths == ["courier.example/a"] * 2
    assert "cookie" not in web.asked[1].headers


def endless(asked: Asked) -> None:
    asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        asked.send(b"<p>more" * 10_000)


def endless_chunks(asked: Asked) -> None:
    asked.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        asked.send(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def endless_headers(asked: Asked) -> None:
    asked.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        asked.send(b"X-More: " + b"x" * 1000 + b"\r\n")


def endless_interim(asked: Asked) -> None:
    for _ in range(100_000):
        asked.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")


BAD = {
    "no answer": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "shorter than it says": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length below nothing": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
    "a length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nab",
    "a chunk cut short": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nab",
    "a chunk of no size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
    "a header with a line break": b"HTTP/1.1 200 OK\r\nX-A: a\r\n\x00bad\r\nContent-Length: 2\r\n\r\nab",
    "no status": b"HTTP/1.1 OK\r\n\r\nab",
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD)
def test_an_answer_that_breaks_http_is_none(web: Web, sent: bytes) -> None:
    web.routes["/a"] = lambda asked: sent
    found = web.fetcher()(URL, {})
    assert isinstance(found, Failed)
    assert found.again


@pytest.mark.parametrize("route", [endless, endless_chunks])
def test_a_body_without_end_is_left(web: Web, route: object) -> None:
    web.routes["/a"] = route  # type: ignore[assignment]
    found = web.fetcher(most_bytes=1 << 20)(URL, {})
    assert isinstance(found, Failed)
    assert (found.why, found.again) == ("it has more than 1 MB", False)
    assert found.size < 1 << 21


@pytest.mark.parametrize("route", [endless_headers, endless_interim])
def test_a_head_without_end_is_left(web: Web, route: object) -> None:
    def slowly(asked: Asked) -> None:
        web.clock.advance(100)
        route(asked)  # type: ignore[operator]

    def drip(asked: Asked) -> None:
        web.clock.advance(1000)
        route(asked)  # type: ignore[operator]

    web.routes["/a"] = drip if route is endless_interim else slowly
    assert isinstance(web.fetcher()(URL, {}), Failed)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"])
def test_what_comes_drop_by_drop_is_over_in_time(web: Web, head: bytes) -> None:
    def drip(asked: Asked) -> None:
        asked.send(head)
        for byte in b"X-A: " + b"x" * 10_000:
            web.clock.advance(20)
            asked.send(bytes([byte]))

    web.routes["/a"] = drip
    found = web.fetcher()(URL, {})
    assert isinstance(found, Failed)
    assert (found.why, found.again) == ("it took too long", True)


def test_more_than_the_length_says_is_not_read(web: Web) -> None:
    web.routes["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\n\r\nsmuggled"
    found = web.fetcher()(URL, {})
    assert isinstance(found, Answer)
    assert found.body == b"ab"


def test_an_answer_of_an_older_http_is_read(web: Web) -> None:
    web.routes["/a"] = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>old"
    found = web.fetcher()(URL, {})
    assert isinstance(found, Answer)
    assert found.body == b"<p>old"


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:192.168.0.1", "0.0.0.0"]
)
def test_an_inner_address_is_not_connected_to(web: Web, address: str) -> None:
    web.names["courier.example"] = [[address]]
    web.routes["/a"] = answer("secret")
    found = web.fetcher()(URL, {})
    assert isinstance(found, Failed)
    assert "--allow-private" in found.why
    assert not found.again
    assert (web.reached, web.asked) == ([], [])
    assert isinstance(web.fetcher(allow_private=True)(URL, {}), Answer)
    assert web.reached == [address]


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(web: Web) -> None:
    web.names["courier.example"] = [["93.184.216.34"], ["127.0.0.1"]]
    web.routes["/a"] = answer("once")
    fetch = web.fetcher()
    assert isinstance(fetch(URL, {}), Answer)
    assert isinstance(fetch(URL, {}), Failed)
    assert web.reached == ["93.184.216.34"]


def test_a_name_that_has_no_address_is_no_connection(web: Web) -> None:
    web.names["courier.example"] = [[]]
    assert isinstance(web.fetcher()(URL, {}), Failed)


@pytest.mark.parametrize("url", ["http://courier.example:22/a", "http://courier.example:25/a"])
def test_another_service_is_not_spoken_to(web: Web, url: str) -> None:
    found = web.fetcher()(url, {})
    assert isinstance(found, Failed)
    assert not found.again
    assert web.reached == []


def test_a_server_without_tls_gives_no_page_by_https(web: Web) -> None:
    web.routes["/a"] = answer("plain")
    found = web.fetcher()("https://courier.example/a", {})
    assert isinstance(found, Failed)
