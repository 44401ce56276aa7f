"""The files behind what the user names: files as given, folders looked through, a format for each."""

from __future__ import annotations

import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read.content import advice, binary, workbook
from inchorus.read.encodings import certain
from inchorus.read.options import FORMAT_NAMES, ReadOptions

ENDINGS = {
    "csv": ("csv", "tsv"),
    "jsonl": ("jsonl", "ndjson", "json"),
    "parquet": ("parquet",),
    "workbook": ("xlsx", "xlsm", "xlsb", "xls", "ods"),
    "text": ("txt",),
}
_FORMAT_OF = {ending: fmt for fmt, endings in ENDINGS.items() for ending in endings}
_SHOWN = 5


@dataclass(frozen=True)
class Input:
    """One file to read.

    `name` is the same on every machine: the base name, or the posix path below the folder that was
    given; `folder` is that folder, or None for a file given by itself.
    """

    path: Path
    name: str
    format: str
    folder: Path | None = None


def find_inputs(given: Sequence[Path], options: ReadOptions) -> tuple[list[Input], list[str]]:
    """Every file to read, sorted by name, and notes on files that were left out.

    A folder stands for its .txt files, at any depth; where it holds none, for its CSV, JSON, Parquet and
    workbook files. Raises InputError for a path that is not there, a folder without such files or a file whose
    format cannot be told; UsageError where nothing is given or a file is given twice.
    """
    if not given:
        raise UsageError("no input is given", fix="name a file or a folder")
    inputs: list[Input] = []
    notes: list[str] = []
    for path in map(Path, given):
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
            inputs.append(Input(path, path.name, options.format or _format_of(path, options)))
        else:
            raise missing(path)
    seen: dict[Path, Input] = {}
    for file in inputs:
        if seen.setdefault(file.path.resolve(), file) is not file:
            raise UsageError(f"the file {file.name} is given twice", fix="name it once")
    return sorted(_distinct(inputs), key=lambda f: f.name), notes


def ending(path: PurePath) -> str:
    """The ending that tells the format, without .gz, in lower case.

    >>> ending(PurePath("a/Posts.CSV.gz"))
    'csv'
    """
    name = path.name.lower().removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def missing(path: Path) -> InputError:
    """The error for a path that is not there, with the nearest name that is."""
    known = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    hint = nearest(path.name, known)
    return InputError("there is no such file or folder", where=Where(str(path)), fix=hint or "check the path")


def _in_folder(folder: Path, options: ReadOptions) -> tuple[list[Input], list[str]]:
    table = folder / "documents.parquet"
    if options.format in {None, "parquet"} and table.is_file():
        return [Input(table, table.name, "parquet", folder)], []
    files = sorted(_walk(folder))
    formats = {f: _FORMAT_OF.get(ending(f)) for f in files}
    if options.format is not None:
        wanted = {options.format}
    elif "text" in formats.values():
        wanted = {"text"}
    else:
        wanted = {"csv", "jsonl", "parquet", "workbook"}
    found = [Input(f, f.relative_to(folder).as_posix(), fmt, folder) for f, fmt in formats.items() if fmt in wanted]
    if not found:
        endings = ", ".join(f".{e}" for fmt in ENDINGS for e in ENDINGS[fmt] if fmt in (wanted | {"text"}))
        raise InputError(
            "the folder holds no file that can be read", where=Where(str(folder)), fix=f"looked for {endings}"
        )
    others = [f.relative_to(folder).as_posix() for f, fmt in formats.items() if fmt not in wanted]
    if not others:
        return found, []
    shown = ", ".join(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
    return found, [f"left out of the folder {folder.name or folder}, as not of the format read: {shown}"]


def _walk(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(parent, n) for n in names if not n.startswith("."))


def _format_of(path: Path, options: ReadOptions) -> str:
    known = _FORMAT_OF.get(ending(path))
    if known == "text":
        # Excel's "Unicode text" has the ending of a text, and is a table
        return "csv" if _is_table(_head(path), options) else known
    if known is not None:
        return known
    head = _head(path)
    if head[:4] == b"PAR1":
        return "parquet"
    if workbook(head):
        return "workbook"
    if what := binary(head):
        raise InputError(f"this is {what}", where=Where(path.name), fix=advice(what))
    start = _decoded(head, options).lstrip()
    if start[:1] in {"{", "["}:
        return "jsonl"
    if any(d in start.split("\n", 1)[0] for d in ",;\t|"):
        return "csv"
    raise InputError("the format cannot be told", where=Where(path.name), fix=f"name it: --format {FORMAT_NAMES}")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as f:
            head = f.read(1 << 12)
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path) as g:
                head = g.read(1 << 12)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        head = b""
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(str(path)), fix="change its permissions") from e
    return head


def _decoded(head: bytes, options: ReadOptions) -> str:
    encoding = certain(head, options.encoding) or options.encoding
    return head.decode(encoding, "replace").removeprefix("\ufeff")


def _is_table(head: bytes, options: ReadOptions) -> bool:
    """Whether the first line is a header with the columns of the source and the text."""
    first = _decoded(head, options).removeprefix("sep=\t\n").split("\n", 1)[0]
    wanted = {options.source or "source", options.text or "text"}
    return any(wanted <= {name.strip(' "\r') for name in first.split(delimiter)} for delimiter in "\t,;|")


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
