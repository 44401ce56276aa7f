from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.web.address import asked_form, origin_of, server_of


@pytest.mark.parametrize(
    ("given_url", "base", "sent"),
    [
        ("https://courier.example", None, "https://courier.example/"),
        ("HTTP://Courier.Example:80/A?b=1#c", None, "http://courier.example/A?b=1"),
        ("https://courier.example:443/a", None, "https://courier.example/a"),
        ("https://courier.example:8443/a", None, "https://courier.example:8443/a"),
        ("https://ada:secret@courier.example/a", None, "https://courier.example/a"),
        ("//herald.example/b", "https://courier.example/a", "https://herald.example/b"),
        ("c", "https://courier.example/a/b", "https://courier.example/a/c"),
        ("?page=2", "https://courier.example/a", "https://courier.example/a?page=2"),
        ("https://курьер.example/новости", None, None),
        ("https://[::1]:8080/a", None, "https://[::1]:8080/a"),
        ("https://courier.example/a\n b", None, "https://courier.example/a%20b"),
        ("https://courier.example./a", None, "https://courier.example/a"),
        ("javascript:alert(1)", "https://courier.example/", None),
        ("file:///etc/passwd", None, None),
        ("ftp://courier.example/a", None, None),
        ("https://courier.example:99999/", None, None),
        ("https://[::1/", None, None),
        ("https:///a", None, None),
        ("", None, None),
        ("https://courier.example/" + "a" * 9000, None, None),
    ],
)
def test_addresses_are_sent_in_one_form(given_url: str, base: str | None, sent: str | None) -> None:
    found = asked_form(given_url, base)
    if "курьер" in given_url:
        assert found is not None
        assert found.startswith("https://xn--")
        assert found.isascii()
    else:
        assert found == sent


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://a.example/", "//", "http://a.example:"]))
def test_any_text_is_an_address_in_ascii_or_none(text: str, before: str) -> None:
    found = asked_form(before + text, "http://b.example/c/")
    if found is not None:
        assert found.isascii()
        assert not set(found) & set(" \r\n\t#\0")
        assert server_of(found)
        assert origin_of(found).startswith(("http://", "https://"))
        assert asked_form(found) == found
