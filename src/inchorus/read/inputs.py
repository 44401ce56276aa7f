"""The files behind what the user names: files as given, folders looked through, a format for each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Protocol

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read import formats
from inchorus.read.compressed import plain_name, unpacked_head
from inchorus.read.content import advice, binary
from inchorus.read.formats import MEMORY, Beginning, DocumentFormat, Format, format_names, named
from inchorus.read.options import ReadOptions

_SHOWN = 5
_HEAD = 1 << 14  # bytes that are held against what formats look like


class Held(Protocol):
    """Documents that Python holds (see `read.held`)."""

    name: str

    def sha256(self) -> str:
        """The SHA-256 of what was read of it, in hexadecimal."""
        ...


@dataclass(frozen=True)
class Input:
    """One file to read.

    `name` is the same on every machine: the base name, or the posix path below the folder that was
    given; `folder` is that folder, or None for a file given by itself. `held` is what Python holds, where that is the
    input and there is no file. `table` is the one table of a database that is meant.
    """

    path: Path
    name: str
    format: Format
    folder: Path | None = None
    held: Held | None = None
    table: str | None = None

    @property
    def size(self) -> int:
        """Bytes of the file, 0 of what is in memory."""
        return 0 if self.held is not None else self.path.stat().st_size


def find_inputs(given: Sequence[Path | Held], options: ReadOptions) -> tuple[list[Input], list[str]]:
    """Every file to read, sorted by name, and notes on files that were left out.

    A folder stands for its files of documents, at any depth; where it holds none, for its tables. Raises InputError
    for a path that is not there, a folder without such files or a file whose format cannot be told; UsageError
    where nothing is given or a file is given twice.
    """
    if not given:
        raise UsageError("no input is given", fix="name a file or a folder")
    inputs: list[Input] = []
    notes: list[str] = []
    for path in given:
        if not isinstance(path, Path):
            inputs.append(Input(Path(path.name), path.name, MEMORY, held=path))
            continue
        try:
            folder = path.is_dir()
        except OSError as e:
            raise InputError(
                f"there is no such file or folder ({e.strerror})", where=Where(str(path)[:200]), fix="check the path"
            ) from e
        if folder:
            found, left_out = _in_folder(path, options)
            inputs += found
            notes += left_out
        elif path.exists():
            inputs.append(Input(path, path.name, _format_of(path, options)))
        elif (in_database := table_named(path)) is not None:
            base, table = in_database
            inputs.append(Input(base, base.name, with_tables(base, _format_of(base, options)), table=table))
        else:
            raise missing(path)
    seen: dict[Path, Input] = {}
    for file in inputs:
        if seen.setdefault(file.path.resolve(), file) is not file:
            raise UsageError(f"the file {file.name} is given twice", fix="name it once")
    return sorted(_distinct(inputs), key=lambda f: f.name), notes


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


def _in_folder(folder: Path, options: ReadOptions) -> tuple[list[Input], list[str]]:
    table = folder / "documents.parquet"
    if options.format in {None, "parquet"} and table.is_file():
        return [Input(table, table.name, named("parquet"), folder)], []
    files = sorted(_walk(folder))
    by_ending = _by_ending()
    told = {f: by_ending.get(ending(f)) for f in files}
    documents = any(isinstance(format, DocumentFormat) for format in told.values())
    if options.format is not None:
        wanted = {named(options.format).name}
    else:
        wanted = {f.name for f in formats.FORMATS if isinstance(f, DocumentFormat) or not documents}
    found = [
        Input(f, f.relative_to(folder).as_posix(), format, folder)
        for f, format in told.items()
        if format is not None and format.name in wanted
    ]
    if not found:
        endings = ", ".join(f".{e}" for f in formats.FORMATS for e in f.endings if f.name in wanted)
        raise InputError(
            "the folder holds no file that can be read", where=Where(str(folder)), fix=f"looked for {endings}"
        )
    others = [
        f.relative_to(folder).as_posix() for f, format in told.items() if format is None or format.name not in wanted
    ]
    if not others:
        return found, []
    shown = ", ".join(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
    return found, [f"left out of the folder {folder.name or folder}, as not of the format read: {shown}"]


def _walk(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(parent, n) for n in names if not n.startswith("."))


def _format_of(path: Path, options: ReadOptions) -> Format:
    """The format that the user names, else that of the file's ending and beginning."""
    if options.format is not None:
        return named(options.format)
    end = ending(path)
    known, also = _by_ending().get(end), [f for f in formats.FORMATS if end in f.also]
    if known is not None and not also:
        return known
    begins = Beginning(end, _head(path), options)
    told = next((f for f in (also if known else formats.FORMATS) if f.looks(begins)), known)
    if told is not None:
        return told
    if what := binary(begins.data):
        raise InputError(f"this is {what}", where=Where(path.name), fix=advice(what))
    raise InputError("the format cannot be told", where=Where(path.name), fix=f"name it: --format {format_names()}")


def _by_ending() -> dict[str, Format]:
    return {ending: format for format in formats.FORMATS for ending in format.endings}


def _head(path: Path) -> bytes:
    try:
        return unpacked_head(path, _HEAD)
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(str(path)), fix="change its permissions") from e


def _distinct(inputs: list[Input]) -> list[Input]:
    # two files of one base name from different folders: as many parent folders as it takes to tell them apart
    for more in range(1, 32):
        counts = Counter(f.name for f in inputs)
        if len(counts) == len(inputs):
            break
        inputs = [
            replace(f, name="/".join(f.path.resolve().parts[-_depth(f) - more :])) if counts[f.name] > 1 else f
            for f in inputs
        ]
    return inputs


def _depth(file: Input) -> int:
    return 1 if file.folder is None else len(file.path.relative_to(file.folder).parts)
