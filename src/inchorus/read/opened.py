"""Input files opened: compression, encoding, and what goes wrong, said plainly."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

from inchorus.errors import DamagedError, InputError, RowError, Where
from inchorus.read import content
from inchorus.read.batches import Batch
from inchorus.read.compressed import DAMAGE, Unpacked, codec_of, on_disk, plain_name, why_damaged
from inchorus.read.encodings import certain, likely, mixed
from inchorus.read.formats import TableFormat
from inchorus.read.inputs import Input, missing
from inchorus.read.options import ReadOptions

CHUNK = HEAD = 1 << 20
_NAMES = {"csv": "CSV", "jsonl": "JSON", "text": "text"}
_SAMPLE = 1 << 18
AGAIN = "fetch or compress it again"


class Opened:
    """An input file as a stream of bytes, decompressed where it is compressed, whatever its name.

    With `keep`, what stands before damage of a compressed file is read, and `cut` says what is wrong.
    """

    def __init__(self, path: Path, keep: bool = False) -> None:
        buffer = min(HEAD, max(path.stat().st_size, io.DEFAULT_BUFFER_SIZE))
        self._raw = cast("io.BufferedReader", path.open("rb", buffering=buffer))
        self._text: io.TextIOWrapper | None = None
        self.bytes: IO[bytes] = self._raw
        self._unpacked: Unpacked | None = None
        codec = codec_of(self._raw.peek(16))
        if codec is not None:
            self._unpacked = Unpacked(self._raw, codec, keep)
            self.bytes = cast("IO[bytes]", io.BufferedReader(self._unpacked, HEAD))

    @property
    def compressed(self) -> bool:
        """Whether the file is compressed."""
        return self._unpacked is not None

    @property
    def cut(self) -> str | None:
        """What is wrong with the compressed file, where its bytes end for that."""
        return self._unpacked.cut if self._unpacked is not None else None

    def head(self) -> bytes:
        """The first bytes, at most a megabyte of them, which are still to be read."""
        return cast("io.BufferedReader", self.bytes).peek(HEAD)

    def position(self) -> int:
        """Bytes of the file as stored that were consumed so far."""
        return self._raw.tell()

    def text(self, encoding: str, newline: str, errors: str = "strict") -> io.TextIOWrapper:
        """The stream decoded; a byte order mark at its start is left out."""
        # a wrapper that nobody holds closes the file beneath it
        self._text = io.TextIOWrapper(self.bytes, encoding=without_bom(encoding), errors=errors, newline=newline)
        return self._text

    def close(self) -> None:
        """Close the file."""
        self.bytes.close()
        self._raw.close()


@contextmanager
def opened(file: Input, encoding: str | None = "utf-8", keep: bool = True) -> Iterator[Opened]:
    """Open an input file; whatever is wrong with its bytes raises InputError with the file's name.

    That it is no text at all, or surely in another encoding, is found out before anything is read. With `keep`, a
    compressed file that is cut short or damaged ends there, and the stream's `cut` says so. With no encoding its bytes
    are whatever they are.
    """
    stream: Opened | None = None
    try:
        stream = Opened(file.path, keep)
        if encoding is not None:
            _check(file, stream, encoding)
        yield stream
    except UnicodeDecodeError as e:
        raise _not_decoded(file, encoding or "utf-8") from e
    except UnicodeError as e:
        # what the codecs of UTF-16 and UTF-32 say where there is no mark
        raise InputError(
            f"{encoding} without a byte order mark",
            where=Where(file.name),
            fix=f"give --encoding {encoding}-le, or -be",
        ) from e
    except FileNotFoundError as e:
        raise missing(file.path) from e
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(file.name), fix="change its permissions") from e
    except DAMAGE as e:
        if isinstance(e, OSError) and e.errno is not None:
            raise
        raise DamagedError(why_damaged(e), where=Where(file.name), fix=AGAIN) from e
    finally:
        if stream is not None:
            stream.close()


def table_batches(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """The rows of a table, as its format reads it; what it reads from disk only is unpacked before."""
    assert isinstance(file.format, TableFormat)
    if not file.format.whole or file.held is not None or not file.path.is_file():
        yield from file.format.read(file, index, options)
        return
    try:
        with on_disk(file.path, file.name) as path:
            yield from file.format.read(replace(file, path=path), index, options)
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(file.name), fix="change its permissions") from e


def without_bom(encoding: str) -> str:
    """The codec that drops a byte order mark where the encoding may have one.

    >>> without_bom("UTF8"), without_bom("latin-1")
    ('utf-8-sig', 'iso8859-1')
    """
    name = codecs.lookup(encoding).name
    return "utf-8-sig" if name == "utf-8" else name


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _check(file: Input, stream: Opened, encoding: str) -> None:
    head = stream.head()
    if head and not stream.compressed and plain_name(file.path.name) != file.path.name:
        raise InputError(
            f"the file is not compressed, as its ending {file.path.suffix} says",
            where=Where(file.name),
            fix="name it without, or fetch it again",
        )
    what = content.binary(head) or (content.markup(head) if file.format.name in {"csv", "jsonl"} else None)
    if what is not None:
        raise InputError(
            f"this is {what}, not {_NAMES.get(file.format.name, file.format.name)}",
            where=Where(file.name),
            fix=content.advice(what),
        )
    surely = certain(head, encoding)
    if surely is not None:
        raise InputError(
            f"the text is in {surely}, not in {encoding}", where=Where(file.name), fix=f"give --encoding {surely}"
        )


def _not_decoded(file: Input, encoding: str) -> InputError:
    offset, line, before, sample = _first_bad_byte(file.path, encoding)
    what = f"not valid {encoding} at byte {offset}, in line {line}"
    name = codecs.lookup(encoding).name
    if name.startswith(("utf-16", "utf-32")):
        fix = "the file may be cut short: fetch it again"
    elif name == "utf-8" and mixed(before + sample):
        fix = "other lines are valid: mend this one, or leave out such rows with --bad-rows skip"
    else:
        fix = f"--encoding chooses another, for example --encoding {_fitting(file.path, likely(sample))}"
    return RowError(what, where=Where(file.name), fix=fix)


def _fitting(path: Path, guess: str) -> str:
    """The encoding guessed, or latin-1, which has all bytes, where the file does not decode in it."""
    stream = Opened(path)
    try:
        text = io.TextIOWrapper(stream.bytes, encoding=guess, newline="")
        while text.read(CHUNK):
            pass
    except UnicodeDecodeError:
        return "latin-1"
    finally:
        stream.close()
    return guess


def _first_bad_byte(path: Path, encoding: str) -> tuple[int, int, bytes, bytes]:
    """The place of the first byte that does not fit, its line, the bytes before that line, and those from it on."""
    decoder = codecs.getincrementaldecoder(encoding)()
    fed, line = 0, 1
    stream = Opened(path)
    try:
        while True:
            chunk = stream.bytes.read(CHUNK)
            pending = decoder.getstate()[0]
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as e:
                seen = pending + chunk
                before = codecs.getincrementaldecoder(encoding)("ignore").decode(seen[: e.start])
                start = seen.rfind(b"\n", 0, e.start) + 1
                offset = fed - len(pending) + e.start
                sample = seen[start : start + _SAMPLE]
                return offset, line + before.count("\n"), seen[max(0, start - _SAMPLE) : start], sample
            if not chunk:
                return fed, line, b"", b""
            fed += len(chunk)
    finally:
        stream.close()
