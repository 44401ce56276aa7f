"""One form for the addresses of a page: what is told by an expression is what the library settles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.read.urls import _settled, normalise_url

WORDS = st.sampled_from(
    ["a", "B", "www", "m", "amp", "x-y", "1", "-", "_", ".", "..", "a.html", "", "xn--a", "é", "%41", "+"]
)

NAMES = st.sampled_from(["utm_source", "b", "a", "SI", ""])


@settings(max_examples=400)
@given(
    st.sampled_from(["http://", "https://", "HTTPS://", ""]),
    st.lists(WORDS, min_size=1, max_size=5).map(".".join),
    st.sampled_from(["", ":80", ":8080"]),
    st.lists(WORDS, max_size=4).map("/".join),
    st.lists(st.tuples(NAMES, st.sampled_from(["", "=", "=1", "=b=c", "=%20"])), max_size=4).map(
        lambda pairs: "&".join("".join(pair) for pair in pairs)
    ),
    st.sampled_from(["", "#", "#top", "#a/b"]),
)  # fmt: skip
def test_plain_addresses_have_the_form_that_the_library_gives(
    scheme: str, host: str, port: str, path: str, query: str, end: str
) -> None:
    address = f"{scheme}{host}{port}/{path}{'?' if query else ''}{query}{end}"
    assert normalise_url(address) == _settled(address.strip())


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://www.example.org/a/?utm_source=x&b=2&a=1#top", "example.org/a?a=1&b=2"),
        ("http://m.Example.org:8080/", "example.org:8080"),
        ("https://www.m.example.org", "m.example.org"),
        ("https://example.org/A/%41/../b?x", "example.org/A/b?x="),
    ],
)
def test_the_form(address: str, form: str) -> None:
    assert normalise_url(address) == form
