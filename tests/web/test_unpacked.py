from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.web.fetch import Answer
from inchorus.web.unpacked import PackedError, unpacked


def answer(body: bytes, encoding: str | None = None) -> Answer:
    headers = (("content-encoding", encoding),) if encoding is not None else ()
    return Answer("http://a.example/", 200, "OK", headers, body, "", 0.0)


def raw_deflate(data: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(data) + made.flush()


@settings(deadline=None)
@given(st.binary(max_size=500))
def test_what_was_compressed_comes_back(data: bytes) -> None:
    data = b"." + data
    assert unpacked(answer(data)) == data
    assert unpacked(answer(data, "identity")) == data
    assert unpacked(answer(data, "gzip")) == data  # said, and not done
    for encoding, body in (
        ("gzip", gzip.compress(data)),
        ("x-gzip", gzip.compress(data) + gzip.compress(b"")),
        ("GZIP, identity", gzip.compress(data)),
        ("gzip", gzip.compress(data[:1]) + gzip.compress(data[1:])),
        ("gzip", gzip.compress(data) + b"\0\0\0"),
        ("deflate", zlib.compress(data)),
        ("deflate, gzip", gzip.compress(zlib.compress(data))),
    ):
        assert unpacked(answer(body, encoding)) == data


def test_deflate_without_its_head_is_read_too() -> None:
    assert unpacked(answer(raw_deflate(b"bridge " * 9), "deflate")) == b"bridge " * 9


def test_a_file_that_is_compressed_is_unpacked_without_a_word_of_the_server() -> None:
    assert unpacked(answer(gzip.compress(b"<urlset/>"))) == b"<urlset/>"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_bomb_is_not_unpacked(times: int) -> None:
    body = bytes(1 << 24)
    for _ in range(times):
        body = gzip.compress(body)
    with pytest.raises(PackedError, match="more than 1 MB"):
        unpacked(answer(body, ", ".join(["gzip"] * times)), 1 << 20)


@pytest.mark.parametrize(
    ("body", "encoding", "why"),
    [
        (b"x", "br", "not asked for"),
        (b"x", "compress", "not asked for"),
        (gzip.compress(b"bridge " * 99, mtime=0)[:-9], "gzip", "cut short"),
        (b"\x1f\x8b" + b"x" * 40, "gzip", "damaged"),
        (b"nothing of the kind", "deflate", "damaged"),
    ],
)
def test_what_cannot_be_unpacked_is_said(body: bytes, encoding: str, why: str) -> None:
    with pytest.raises(PackedError, match=why):
        unpacked(answer(body, encoding))


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 300), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_damage_raises_nothing_else(data: bytes, at: int, encoding: str) -> None:
    body = bytearray(gzip.compress(data))
    body[at % len(body)] ^= 0x55
    for one in (bytes(body), data):
        try:
            unpacked(answer(one, encoding))
        except PackedError:
            continue
