"""An export: one study, one format, one file put in place whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from inchorus.errors import UsageError, Where, nearest
from inchorus.export.annotations import write_annotations
from inchorus.export.csv import write_csv
from inchorus.export.gexf import write_gexf
from inchorus.export.graphml import write_graphml
from inchorus.export.network import network
from inchorus.export.place import check_file, check_folder, check_outside, new_file, new_folder
from inchorus.export.rows import MADE
from inchorus.export.sqlite import write_sqlite
from inchorus.progress import Progress
from inchorus.schema import TABLES
from inchorus.study import OLDER, Study
from inchorus.thresholds import LEVEL

_XML = rb"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<"


def _begins(pattern: bytes) -> Callable[[bytes], bool]:
    return lambda head: re.match(rb"(\xef\xbb\xbf)?" + pattern, head, re.DOTALL) is not None


def _is_text(head: bytes) -> bool:
    return b"\0" not in head and b"," in head.split(b"\n", 1)[0]


# Of each format: what it is called in messages, and how its files begin.
_KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "gexf": ("GEXF", _begins(_XML + rb"gexf\b")),
    "graphml": ("GraphML", _begins(_XML + rb"graphml\b")),
    "csv": ("CSV", _is_text),
    "sqlite": ("an SQLite database", _begins(rb"SQLite format 3\0")),
    "annotations": ("JSON", _begins(rb"\s*[\[{]")),
}
FORMATS = tuple(_KINDS)
_NETWORK, _CSV = ("gexf", "graphml"), ("csv",)
_ONLY_FOR = {"max_q": _NETWORK, "kind": _NETWORK, "table": _CSV, "raw": _CSV, "bom": _CSV}


@dataclass(frozen=True)
class ExportOptions:
    """How to export.

    `max_q` and `kind` are for networks: only ties with a q_value of at most `max_q` (1 for all pairs that were tested
    and share something), only ties of one kind. `table`, `raw` and `bom` are for csv: only this table, as one file;
    leave text that looks like a formula as it is; begin with a byte order mark. `force` replaces a file of any kind.
    """

    max_q: float = LEVEL
    kind: str | None = None
    table: str | None = None
    raw: bool = False
    bom: bool = False
    force: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written: the file or folder, the rows of each table (or nodes and edges), and its size in bytes."""

    path: Path
    format: str
    rows: dict[str, int]
    bytes: int


def export(study: Study, path: Path, format: str, options: ExportOptions, progress: Progress) -> Exported:
    """Write the study to `path` in one of FORMATS.

    The file is put there whole at the end. Its bytes depend on the study and the options alone (and, for sqlite, on
    the version of SQLite). UsageError where an option or the place is wrong, StudyError where a table is missing.
    """
    _check(format, options)
    check_outside(path, study.path)
    if study.older and options.table is None and format in {"csv", "sqlite"}:
        progress.note(f"{OLDER}, and are left out; test them again: inchorus ties {study.path}")
    if format == "csv" and options.table is None:
        return _csv_folder(study, path, options, progress)
    if options.table is not None:
        study.file(MADE[options.table][0] if options.table in MADE else options.table)
    elif format in _NETWORK:
        study.file("ties")
    name, known = _KINDS[format]
    check_file(path, name, known, options.force)
    with new_file(path) as new:
        counts = _write(study, new, path.suffix.lower(), format, options, progress)
        size = new.stat().st_size
    return Exported(path, format, counts, size)


def _write(
    study: Study, new: Path, ending: str, format: str, options: ExportOptions, progress: Progress
) -> dict[str, int]:
    if format == "csv":
        table = str(options.table)
        return {table: write_csv(study, table, new, raw=options.raw, bom=options.bom, progress=progress)}
    if format == "sqlite":
        return write_sqlite(study, new, progress)
    if format == "annotations":
        lines = ending in {".jsonl", ".ndjson"}
        return {"annotations": write_annotations(study, new, lines=lines, progress=progress)}
    with progress.stage("write network", None, "ties"):
        net = network(study, options.max_q, options.kind)
        (write_gexf if format == "gexf" else write_graphml)(net, new)
    return {"nodes": len(net.nodes), "edges": len(net.edges)}


def _csv_folder(study: Study, path: Path, options: ExportOptions, progress: Progress) -> Exported:
    if path.suffix.lower() == ".csv":
        raise UsageError(
            "csv writes a folder with a file for each table",
            where=Where(str(path)),
            fix="name one table with --table, or give a name for the folder",
        )
    tables = list(study.usable)
    check_folder(path, {".DS_Store", *(f"{name}.csv" for name in (*TABLES, "quotations", *tables))})
    with new_folder(path) as new:
        counts = {
            name: write_csv(study, name, new / f"{name}.csv", raw=options.raw, bom=options.bom, progress=progress)
            for name in tables
        }
        size = sum(file.stat().st_size for file in new.iterdir())
    return Exported(path, "csv", counts, size)


def _check(format: str, options: ExportOptions) -> None:
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}", fix=nearest(format, FORMATS) or f"there are {', '.join(FORMATS)}")
    for field in fields(options):
        formats = _ONLY_FOR.get(field.name, FORMATS)
        if format not in formats and getattr(options, field.name) != field.default:
            flag = "--" + field.name.replace("_", "-")
            raise UsageError(f"{flag} is for {' and '.join(formats)}", fix="leave it out")
    if not 0 <= options.max_q <= 1:
        raise UsageError(f"--max-q {options.max_q} is not a share", fix="give a number from 0 to 1")
