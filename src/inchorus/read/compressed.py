"""Compression of input files, told by their first bytes, whatever their names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from inchorus.errors import DamagedError, InputError, Where

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# what `zstd --ultra --long=31` writes, as the large archives of posts are
_WINDOW_LOG = 31
_PIECE = 1 << 20
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zstd.ZstdError, OSError)


class Codec(NamedTuple):
    """A way to compress: its name, the endings of files, the bytes that they begin with, what decompresses them."""

    name: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]
    open: Callable[[Any], Any]


def _open_zstd(raw: IO[bytes]) -> Any:
    return zstd.ZstdFile(raw, options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})


CODECS = (
    Codec("gzip", (".gz",), (b"\x1f\x8b\x08",), lambda raw: gzip.GzipFile(fileobj=raw)),
    Codec("bzip2", (".bz2",), tuple(b"BZh%d" % n for n in range(1, 10)), bz2.BZ2File),
    Codec("xz", (".xz",), (b"\xfd7zXZ\x00",), lzma.LZMAFile),
    # an archive that was written in parallel begins with a frame that is to be skipped
    Codec(
        "Zstandard",
        (".zst", ".zstd"),
        (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60))),
        _open_zstd,
    ),
)
_BLOCK = (b"1AY&SY", b"\x17rE8P\x90")  # of bzip2: a block, or the end at once; a text may begin with BZh9, too


def codec_of(head: bytes) -> Codec | None:
    """How the file is compressed that begins with these bytes; None where it is not.

    >>> codec_of(gzip.compress(b"a")).name, codec_of(b"BZh9, he said")
    ('gzip', None)
    """
    found = next((codec for codec in CODECS if head.startswith(codec.begins)), None)
    return None if found is not None and found.name == "bzip2" and not head[4:].startswith(_BLOCK) else found


def plain_name(name: str) -> str:
    """The name of a file without the ending of a compression.

    >>> plain_name("Posts.CSV.GZ"), plain_name("posts.csv")
    ('Posts.CSV', 'posts.csv')
    """
    end = next((e for codec in CODECS for e in codec.endings if name.lower().endswith(e)), "")
    return name[: len(name) - len(end)]


class Unpacked(io.RawIOBase):
    """What a compressed file holds. Where it is cut short or damaged that is raised; or, with `keep`, its bytes end.

    `cut` says then what is wrong.
    """

    def __init__(self, raw: IO[bytes], codec: Codec, keep: bool) -> None:
        self._inner = codec.open(raw)
        self._keep = keep
        self._any = False
        self.cut: str | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What comes next, at most the length of `buffer`; 0 at the end."""
        if self.cut is not None:
            return 0
        try:
            # one piece at a time: what was decompressed before the damage is not lost with it
            data = self._inner.read1(len(buffer))
        except DAMAGE as e:
            if (isinstance(e, OSError) and e.errno is not None) or not (self._keep and self._any):
                raise
            self.cut = why_damaged(e)
            return 0
        self._any |= bool(data)
        buffer[: len(data)] = data
        return len(data)


def why_damaged(error: Exception) -> str:
    """What is wrong with a compressed file, in words."""
    return "the compressed file ends too early" if isinstance(error, EOFError) else _damaged(error)


def _damaged(error: Exception) -> str:
    return f"the compressed file is damaged ({error})"


def unpacked_head(path: Path, size: int) -> bytes:
    """The first bytes of a file, decompressed; none of what is damaged."""
    with path.open("rb") as raw:
        head = raw.read(size)
        codec = codec_of(head)
        if codec is None:
            return head
        raw.seek(0)
        with suppress(*DAMAGE):
            return cast("bytes", codec.open(raw).read(size))
    return b""


@contextmanager
def on_disk(path: Path, name: str) -> Iterator[Path]:
    """The file itself; where it is compressed, what it holds as a file that is there for so long.

    Raises InputError where it is damaged, or holds more than half of what is free on the disk.
    """
    with path.open("rb") as raw:
        codec = codec_of(raw.read(16))
        if codec is None:
            yield path
            return
        with tempfile.TemporaryDirectory(prefix="inchorus-") as folder:
            raw.seek(0)
            to = Path(folder) / plain_name(path.name)
            free = shutil.disk_usage(folder).free // 2
            try:
                with to.open("wb") as out:
                    unpacked = Unpacked(raw, codec, keep=False)
                    while piece := unpacked.read(_PIECE):
                        free -= len(piece)
                        if free < 0:
                            raise InputError(
                                "the compressed file holds more than half of what is free on the disk",
                                where=Where(name),
                                fix="unpack it where there is room",
                            )
                        out.write(piece)
            except DAMAGE as e:
                if isinstance(e, OSError) and e.errno is not None:
                    raise
                raise DamagedError(why_damaged(e), where=Where(name), fix="fetch or compress it again") from e
            yield to
