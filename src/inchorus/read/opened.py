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
from inchorus.read.inputs import Input, missing

CHUNK = 1 << 20


class Opened:
    """An input file as a stream of bytes, decompressed where its name ends in .gz."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("rb")
        self._text: io.TextIOWrapper | None = None
        self.bytes: IO[bytes] = self._raw
        if path.name.lower().endswith(".gz"):
            self.bytes = cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw))

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
    """Open an input file; whatever is wrong with its bytes raises InputError with the file's name."""
    stream: Opened | None = None
    try:
        stream = Opened(file.path)
        yield stream
    except UnicodeDecodeError as e:
        raise _not_decoded(file, encoding) from e
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


def _not_decoded(file: Input, encoding: str) -> InputError:
    offset, head = _first_bad_byte(file.path, encoding)
    guess = "utf-16" if head in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "cp1252"
    return InputError(
        f"not valid {encoding} at byte {offset}",
        where=Where(file.name),
        fix=f"--encoding chooses another, for example --encoding {guess}",
    )


def _first_bad_byte(path: Path, encoding: str) -> tuple[int, bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    fed = 0
    stream = Opened(path)
    try:
        head = chunk = stream.bytes.read(CHUNK)
        while True:
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as e:
                return fed - pending + e.start, head[:2]
            if not chunk:
                return fed, head[:2]
            fed += len(chunk)
            chunk = stream.bytes.read(CHUNK)
    finally:
        stream.close()
