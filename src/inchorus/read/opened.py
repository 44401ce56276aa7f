"""Input files opened: compression, encoding, and what goes wrong, said plainly."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from inchorus.errors import InputError, Where
from inchorus.read import content
from inchorus.read.encodings import certain, likely, mixed
from inchorus.read.inputs import Input, missing

CHUNK = HEAD = 1 << 20
_NAMES = {"csv": "CSV", "jsonl": "JSON", "text": "text"}
_SAMPLE = 1 << 18


class Opened:
    """An input file as a stream of bytes, decompressed where its name ends in .gz."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("rb", buffering=min(HEAD, max(path.stat().st_size, io.DEFAULT_BUFFER_SIZE)))
        self._text: io.TextIOWrapper | None = None
        self.bytes: IO[bytes] = self._raw
        if path.name.lower().endswith(".gz"):
            self.bytes = cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw))

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
def opened(file: Input, encoding: str = "utf-8") -> Iterator[Opened]:
    """Open an input file; whatever is wrong with its bytes raises InputError with the file's name.

    That it is no text at all, or surely in another encoding, is found out before anything is read.
    """
    stream: Opened | None = None
    try:
        stream = Opened(file.path)
        _check(file, stream.head(), encoding)
        yield stream
    except UnicodeDecodeError as e:
        raise _not_decoded(file, encoding) from e
    except UnicodeError as e:
        # what the codecs of UTF-16 and UTF-32 say where there is no mark
        raise InputError(
            f"{encoding} without a byte order mark",
            where=Where(file.name),
            fix=f"give --encoding {encoding}-le, or -be",
        ) from e
    except EOFError as e:
        raise InputError(
            "the compressed file ends too early", where=Where(file.name), fix="fetch or compress it again"
        ) from e
    except (gzip.BadGzipFile, zlib.error) as e:
        raise InputError(
            f"the compressed file is damaged ({e})", where=Where(file.name), fix="fetch or compress it again"
        ) from e
    except FileNotFoundError as e:
        raise missing(file.path) from e
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(file.name), fix="change its permissions") from e
    finally:
        if stream is not None:
            stream.close()


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


def _check(file: Input, head: bytes, encoding: str) -> None:
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
    return InputError(what, where=Where(file.name), fix=fix)


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
