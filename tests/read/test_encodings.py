"""Which encoding bytes may be in."""

from __future__ import annotations

import codecs

from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.encodings import likely


@given(st.binary(max_size=12) | st.lists(st.integers(128, 255), max_size=8).map(bytes))
def test_one_is_named_for_any_bytes(data: bytes) -> None:
    codecs.lookup(likely(data))


def test_bytes_that_are_no_letters_in_one_of_the_encodings_are_no_error() -> None:
    assert likely(b"\x80\x80") == "cp1251"
