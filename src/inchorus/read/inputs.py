"""One file to read, and what its name and place say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import Protocol

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read.compressed import plain_name
from inchorus.read.formats import Format


class Held(Protocol):
    """Documents that Python holds (see `read.held`)."""

    name: str

    def sha256(self) -> str:
        """The SHA-256 of what was read of it, in hexadecimal."""
        ...


@dataclass(frozen=True)
class Input:
    """One file to read.

    `name` is the same on every machine: the base name, or the posix path below the folder or in the archive that was
    given. `place` is that path, from the folder or the archive on; it may name a source. `folder` is the folder, or
    None for what is given by itself. `archive` is the archive of which the file was unpacked, `member` its path there.
    `held` is what Python holds, where that is the input and there is no file. `table` is the one table of a database
    that is meant. `error` says why nothing can be read of it, or not all of an archive, where that is known already.
    """

    path: Path
    name: str
    format: Format
    folder: Path | None = None
    held: Held | None = None
    table: str | None = None
    place: PurePosixPath = field(default_factory=PurePosixPath)
    archive: Path | None = None
    member: str = ""
    error: InputError | None = None

    @property
    def size(self) -> int:
        """Bytes of the file, 0 of what is in memory or gone: who opens it hears of that."""
        if self.held is not None:
            return 0
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def found(self) -> bool:
        """Whether it was found in a folder or an archive, and not named by the user."""
        return self.folder is not None or self.archive is not None

    @property
    def given(self) -> Path:
        """The file that is on the user's disk: the archive, if it is a member of one."""
        return self.archive or self.path

    @property
    def given_name(self) -> str:
        """The name of that file."""
        return self.name if self.archive is None else self.name.removesuffix(f"/{self.member}")


def ending(path: PurePath) -> str:
    """The ending that tells the format, without that of a compression, in lower case.

    >>> ending(PurePath("a/Posts.CSV.gz"))
    'csv'
    """
    name = plain_name(path.name).lower()
    return name.rpartition(".")[2] if "." in name else ""


def table_named(path: Path) -> tuple[Path, str] | None:
    """The file and the table that `file::table` names; None where there is no such file."""
    parts = str(path).split("::")
    for n in range(1, len(parts)):
        base, table = Path("::".join(parts[:n])), "::".join(parts[n:])
        if base.is_file() and table:
            return base, table
    return None


def with_tables(path: Path, format: Format) -> Format:
    """The format of a file of which a table is named; UsageError where it has none."""
    if format.name not in {"sqlite", "duckdb"}:
        raise UsageError(
            "a table is named behind ::, and only databases have such", where=Where(path.name), fix="leave :: out"
        )
    return format


def missing(path: Path) -> InputError:
    """The error for a path that is not there, with the nearest name that is."""
    known = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    hint = nearest(path.name, known)
    return InputError("there is no such file or folder", where=Where(str(path)), fix=hint or "check the path")
