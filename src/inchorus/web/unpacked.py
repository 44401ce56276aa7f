"""The body of an answer as it was before it was compressed, within a bound."""

from __future__ import annotations

import zlib

from inchorus.web.fetch import Answer

MOST_BYTES = 64 << 20
_PIECE = 1 << 16
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_GZIP = b"\x1f\x8b"


class PackedError(Exception):
    """A body that cannot be unpacked, and why."""


def unpacked(answer: Answer, most: int = MOST_BYTES) -> bytes:
    """The body without its compression; one file compressed by gzip, as sitemaps are, is unpacked too.

    Raises PackedError for a body that is damaged, compressed otherwise than was asked for, or larger than `most`.
    """
    data = answer.body
    named = [name.strip().lower() for name in (answer.header("Content-Encoding") or "").split(",")]
    for name in reversed([name for name in named if name not in {"", "identity"}]):
        if name not in _WINDOWS:
            raise PackedError(f"it is compressed by {name[:20]}, which was not asked for")
        # servers say gzip of what they send as it is
        if name == "deflate" or data.startswith(_GZIP):
            data = _inflated(data, _WINDOWS[name], most)
    return _inflated(data, 31, most) if data.startswith(_GZIP) else data


def _inflated(data: bytes, window: int, most: int) -> bytes:
    out = bytearray()
    rest = data
    while rest:
        # deflate is meant with a head, and sent without one
        plain = window == 15 and rest[:1] != b"\x78"
        inflate = zlib.decompressobj(-15 if plain else window)
        try:
            while rest and not inflate.eof:
                out += inflate.decompress(rest, _PIECE)
                rest = inflate.unconsumed_tail or (inflate.unused_data if inflate.eof else b"")
                if len(out) > most:
                    raise PackedError(f"it unpacks to more than {most >> 20} MB")
        except zlib.error as error:
            if out:  # padding behind the last member
                break
            raise PackedError("its compression is damaged") from error
        if not inflate.eof:
            raise PackedError("its compression is cut short")
        if not rest.startswith(_GZIP):
            break
    return bytes(out)
