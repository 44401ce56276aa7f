"""The manifest of a study, and what may be in its place: told without the libraries that read its tables."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from inchorus.engine.folder import repair
from inchorus.errors import StudyError, UsageError, Where, nearest

FORMAT_VERSION = 1
MANIFEST = "manifest.json"


def there(path: Path) -> dict[str, Any]:
    """The manifest of the study at `path`; StudyError if there is none, or it is damaged or of a newer format.

    A command that takes a study asks for it first, so that nobody waits for libraries to hear of a path that is wrong.
    """
    repair(path.resolve())
    where = Where(str(path))
    if not path.exists():
        known = [p.name for p in path.parent.iterdir() if p.is_dir()] if path.parent.is_dir() else []
        fix = nearest(path.name, known) or "make one with: inchorus find INPUT --out STUDY"
        raise StudyError("there is no study here", where=where, fix=fix)
    if not (path / MANIFEST).is_file():
        inside = sorted(p.name for p in path.iterdir() if (p / MANIFEST).is_file()) if path.is_dir() else []
        fix = f"did you mean {str(path / inside[0])!r}?" if inside else "a study is the folder that --out named"
        raise StudyError("this is not a study: it has no manifest.json", where=where, fix=fix)
    return read_manifest(path)


def check_target(out: Path) -> None:
    """Raise UsageError unless a study may be written at `out`: nothing there, an empty folder, or a study.

    Call it before the work, so that nobody waits for hours to hear it.
    """
    where = Where(str(out))
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError("this is a file; a study is a folder", where=where, fix="choose another --out")
    there = {p.name for p in out.iterdir()} - {".DS_Store"}
    if not there:
        return
    if MANIFEST not in there:
        raise UsageError(
            "this folder is not empty and not a study, so it is left alone",
            where=where,
            fix="choose another --out",
        )
    try:
        tables = read_manifest(out)["tables"]
    except StudyError as error:
        raise UsageError(f"{error.what}, so it is left alone", where=where, fix="choose another --out") from error
    foreign = sorted(there - {MANIFEST} - {str(entry["file"]) for entry in tables.values()})
    if foreign:
        raise UsageError(
            f"replacing this study would remove files that inchorus did not write: {', '.join(foreign[:3])}",
            where=where,
            fix="move them elsewhere or choose another --out",
        )


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest in a folder that has one; StudyError if it is damaged or of a newer format."""
    where = Where(str(path / MANIFEST))
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or manifest.get("format") != "inchorus study":
            raise StudyError("this is not the manifest of an inchorus study", where=where)
        newer = int(manifest["format_version"]) > FORMAT_VERSION
        if not newer:
            for entry in manifest["tables"].values():
                # A manifest can come from anywhere: its file names must not lead out of the folder.
                if not re.fullmatch(r"[a-z_]+\.parquet", str(entry["file"])):
                    raise ValueError(entry["file"])
                int(entry["rows"]), str(entry["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StudyError("the manifest is damaged", where=where, fix="run inchorus find again") from error
    if newer:
        raise StudyError(
            f"this study has format {manifest['format_version']}; this inchorus reads up to {FORMAT_VERSION}",
            where=where,
            fix="install a newer inchorus",
        )
    return manifest
