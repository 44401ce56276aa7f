"""Archives: tar, compressed or not, and ZIP. Their members are unpacked into a temporary folder and read as files."""

from __future__ import annotations

import errno
import re
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, cast

from inchorus.errors import InputError, Where
from inchorus.read.compressed import DAMAGE, codec_of
from inchorus.read.formats import Format

ENDINGS = frozenset({"zip", "tar", "tgz", "tbz", "tbz2", "txz", "tzst"})
HEAD = 1 << 14  # bytes of a member that are held against what formats look like
# What is smaller than FREE bytes may be compressed as well as it likes. Exports of posts, which repeat their names of
# fields, shrink to a twentieth; to less than a RATIO-th part, what was made to fill a disk.
FREE = 1 << 28
RATIO = 250
MEMBERS = 500_000
_PIECE = 1 << 20
_NAME = re.compile(r"[^\w.\-]+")
_LONGEST_NAME = 80
_SHOWN = 5
_AGAIN = "fetch or pack it again"
_DAMAGE = (*DAMAGE, tarfile.TarError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError)

Told = Callable[[PurePosixPath, bytes], Format | None]


class Member(NamedTuple):
    """A member that was unpacked to `path`: its path in the archive, and its format."""

    path: Path
    place: PurePosixPath
    format: Format


@dataclass
class Unpacked:
    """What came of an archive: its members by their paths, what was left out, by reason, and what is wrong with it."""

    members: dict[PurePosixPath, Member] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    error: InputError | None = None

    def leave(self, why: str, name: str) -> None:
        """Note a member that is not read."""
        self.left_out.setdefault(why, []).append(name)

    def notes(self, archive: str) -> list[str]:
        """What the user should know, a line for each reason."""
        return [
            f"left out of {archive}, as {why}: {', '.join(names[:_SHOWN])}"
            + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")
            for why, names in sorted(self.left_out.items())
        ]


def archive_kind(head: bytes, ending: str) -> str | None:
    r"""Whether a file that begins so, decompressed, is a `tar` or a `zip`; None where it is neither.

    >>> archive_kind(b"PK\x03\x04", "zip"), archive_kind(b"source,text", "csv")
    ('zip', None)
    """
    if head[257:262] == b"ustar":
        return "tar"
    if ending == "tar" and len(head) >= tarfile.BLOCKSIZE:
        return "tar"  # those of before 1988 have no mark
    return "zip" if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None


def unpack(archive: Path, name: str, kind: str, folder: Path, told: Told) -> Unpacked:
    """Unpack into `folder` what `told` gives a format to, from the path and the first bytes of a member.

    Links, devices and paths that lead out of the archive are left out. Of one that is damaged what is whole is kept,
    and its `error` says so. Raises InputError where nothing is whole, and for what unpacks to more than RATIO times its
    size.
    """
    found = Unpacked()
    damaged: list[tuple[str, str]] = []
    budget = _Budget(name, archive.stat().st_size, folder)
    try:
        for at, (place, open_) in enumerate(_tar(archive, found, budget) if kind == "tar" else _zip(archive, found)):
            if at >= MEMBERS:
                raise _too_much(name, f"more than {MEMBERS:,} files")
            if place in found.members:
                found.leave("it is there more than once, and the last is read", str(place))
            try:
                with closing(open_()) as stream:
                    _keep(stream, place, folder / f"{at:06}", told, found, budget)
            except _DAMAGE as e:
                # of a ZIP, each member stands for itself
                if kind != "zip" or (isinstance(e, OSError) and e.errno not in (None, errno.EINVAL)):
                    raise
                damaged.append((place.as_posix(), _damage(e)))
    except _DAMAGE as e:
        # a place before the file, which a damaged list of members names, is EINVAL
        if isinstance(e, OSError) and e.errno not in (None, errno.EINVAL):
            raise
        found.error = InputError(f"{_damage(e)}; {_whole(found)} read", where=Where(name), fix=_AGAIN)
        if not found.members:
            raise InputError(_damage(e), where=Where(name), fix=_AGAIN) from e
    if damaged:
        names = ", ".join(member for member, _ in damaged[:_SHOWN]) + (" …" if len(damaged) > _SHOWN else "")
        what = f"{len(damaged):,} of its files cannot be unpacked: {names} ({damaged[0][1]})"
        found.error = InputError(what, where=Where(name), fix=_AGAIN)
        if not found.members:
            raise found.error
    return found


def _whole(found: Unpacked) -> str:
    n = len(found.members)
    return "1 whole file before that was" if n == 1 else f"{n:,} whole files before that were"


def without_common_folder(places: list[PurePosixPath]) -> list[PurePosixPath]:
    """The paths without the folder in which all of them are, as archives of one folder have it.

    >>> [str(p) for p in without_common_folder([PurePosixPath("x/a/1"), PurePosixPath("x/b")])]
    ['a/1', 'b']
    """
    while places and len({p.parts[0] for p in places}) == 1 and all(len(p.parts) > 1 for p in places):
        places = [PurePosixPath(*p.parts[1:]) for p in places]
    return places


class _Budget:
    """How much an archive may hold."""

    def __init__(self, name: str, size: int, folder: Path) -> None:
        self._name = name
        self._most = max(FREE, RATIO * size)
        self._folder = folder
        self._read = self._written = 0

    def read(self, n: int) -> None:
        """Count bytes that came out of the compression."""
        self._read += n
        if self._read > self._most:
            raise _too_much(self._name, f"more than {RATIO} times its size")

    def write(self, n: int) -> None:
        """Count bytes that go to the disk."""
        self._written += n
        if self._written > self._most:
            raise _too_much(self._name, f"more than {RATIO} times its size")
        if shutil.disk_usage(self._folder).free < 2 * n + FREE:
            raise InputError(
                "there is no room on the disk to unpack this",
                where=Where(self._name),
                fix="set TMPDIR to a folder with more room",
            )


class _Counted:
    """A stream whose bytes are counted, for tarfile, which reads headers of any length at once."""

    def __init__(self, stream: Any, budget: _Budget) -> None:
        self._stream, self._budget = stream, budget
        self.last = b""

    def read(self, size: int) -> bytes:
        data = cast("bytes", self._stream.read(size))
        self._budget.read(len(data))
        self.last = data[-tarfile.BLOCKSIZE :] or self.last
        return data


_Opened = tuple[PurePosixPath, Callable[[], IO[bytes]]]


def _tar(archive: Path, found: Unpacked, budget: _Budget) -> Iterator[_Opened]:
    with archive.open("rb") as raw:
        codec = codec_of(raw.read(16))
        raw.seek(0)
        stream = _Counted(raw if codec is None else codec.open(raw), budget)
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as tar:
            for member in tar:
                if member.issym() or member.islnk():
                    found.leave("links are not followed", member.name)
                elif not member.isdir():
                    if not member.isfile():
                        found.leave("they are no files", member.name)
                    elif place := _place(member.name, found):
                        yield place, lambda m=member: cast("IO[bytes]", tar.extractfile(m))  # type: ignore[misc]
        if stream.last.strip(b"\0"):
            raise EOFError


def _zip(archive: Path, found: Unpacked) -> Iterator[_Opened]:
    with zipfile.ZipFile(archive) as packed:
        for member in packed.infolist():
            if member.is_dir():
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                found.leave("links are not followed", member.filename)
            elif member.flag_bits & 1:
                found.leave("they are encrypted", member.filename)
            elif place := _place(member.filename, found):
                yield place, lambda m=member: packed.open(m)  # type: ignore[misc]


def _place(name: str, found: Unpacked) -> PurePosixPath | None:
    """The path of a member; None for one that leads out of the archive, and for hidden files."""
    plain = name.replace("\\", "/")
    place = PurePosixPath(plain)
    if place.is_absolute() or ".." in place.parts or "\0" in plain or re.match(r"[A-Za-z]:", plain):
        found.leave("their paths lead out of it", name)
        return None
    if not place.parts or any(part.startswith(".") or part == "__MACOSX" for part in place.parts):
        return None
    return place


def _keep(stream: IO[bytes], place: PurePosixPath, folder: Path, told: Told, found: Unpacked, budget: _Budget) -> None:
    piece = stream.read(HEAD)
    format = told(place, piece)
    if format is None:
        found.leave("not of a format that is read", place.as_posix())
        return
    folder.mkdir()
    # of its name only what no file system minds; its ending tells the format
    to = folder / _NAME.sub("_", place.name)[-_LONGEST_NAME:].lstrip(".")
    with to.open("wb") as out:
        while piece:
            budget.write(len(piece))
            out.write(piece)
            piece = stream.read(_PIECE)
    found.members[place] = Member(to, place, format)


def _damage(error: Exception) -> str:
    if isinstance(error, EOFError) or "unexpected end" in str(error) or "not a zip file" in str(error):
        return "the archive ends too early"
    return f"the archive is damaged ({error})"


def _too_much(name: str, what: str) -> InputError:
    return InputError(
        f"the archive unpacks to {what}, as one does that was made to fill a disk",
        where=Where(name),
        fix="if that is right, unpack it and give the folder",
    )
