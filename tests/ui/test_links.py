"""Addresses: of this browser whatever the name, and of other sites only if a browser may open them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import ADDRESSES
from inchorus.ui.links import Served, Within, outward

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(NAMES, NAMES)
def test_any_name_comes_back_from_its_address(a: str, b: str) -> None:
    links = Served()
    for address, wanted in (
        (links.source(a), {"name": [a]}),
        (links.document(a, at=b), {"id": [a], "at": [b]}),
        (links.talking_point(a), {"id": [a]}),
        (links.tie(a, b, "link"), {"a": [a], "b": [b], "kind": ["link"]}),
    ):
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert parse_qs(parts.query) == wanted
        assert address.isascii()
        assert not set(address) & set("<>\"' \n")


def test_a_report_links_what_it_holds() -> None:
    links = Within({"3f2a"})
    assert links.talking_point("3f2a") == "#tp-3f2a"
    nothing = (links.talking_point("77"), links.document("d"), links.source("s"), links.tie("a", "b"), links.page("/x"))
    assert set(nothing) == {None}


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_web_addresses_lead_outward(url: str | None) -> None:
    out = outward(url)
    assert out is None or out.lower().startswith(("http://", "https://"))
    assert out is None or not set(out) & set("<>\"' \n\r\t")


@given(st.text())
def test_nothing_else_ever_does(url: str) -> None:
    out = outward(url)
    assert out is None or urlsplit(out).scheme.lower() in {"http", "https"}
