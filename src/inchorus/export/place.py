"""A file or folder that is put at its place whole, and not in the place of something else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from inchorus.engine.folder import clear_leftovers, fsync_path, put_in_place, workplace
from inchorus.errors import UsageError, Where

ELSEWHERE = "choose another FILE"


def check_outside(target: Path, study: Path) -> None:
    """Raise UsageError if `target` is the study or inside it: a study holds its own files and no others."""
    if target.resolve().is_relative_to(study.resolve()):
        raise UsageError("this is inside the study", where=Where(str(target)), fix=ELSEWHERE)


def check_file(target: Path, name: str, known: Callable[[bytes], bool], force: bool) -> None:
    """Raise UsageError unless a file may be written at `target`.

    Nothing is there, or an empty file, or one of the same kind, which `known` tells by its first 512 bytes;
    `force` allows any regular file. A folder, a device or a pipe is never replaced.
    """
    where = Where(str(target))
    if target.is_dir():
        raise UsageError(f"this is a folder, and {name} is one file", where=where, fix=ELSEWHERE)
    if not target.resolve().parent.is_dir():
        raise UsageError("there is no such folder", where=Where(str(target.parent)), fix="make it, or " + ELSEWHERE)
    if not target.exists():
        return
    if not target.is_file():
        raise UsageError("this is neither a file nor a folder", where=where, fix=ELSEWHERE)
    with target.open("rb") as file:
        head = file.read(512)
    if head and not force and not known(head):
        fix = f"{ELSEWHERE}, or give --force to replace it"
        raise UsageError(f"the file that is there is not {name}, so it is left alone", where=where, fix=fix)


def check_folder(target: Path, own: Collection[str]) -> None:
    """Raise UsageError unless a folder may be written at `target`.

    Nothing is there, or a folder that holds none but files of the names `own`.
    """
    where = Where(str(target))
    if target.exists() and not target.is_dir():
        raise UsageError(
            "this is a file, and csv writes a folder with a file for each table",
            where=where,
            fix="choose another FILE, or name one table with --table",
        )
    if not target.resolve().parent.is_dir():
        raise UsageError("there is no such folder", where=Where(str(target.parent)), fix="make it, or " + ELSEWHERE)
    foreign = sorted(p.name for p in target.iterdir() if p.name not in own) if target.is_dir() else []
    if foreign:
        what = f"this folder holds other files: {', '.join(foreign[:3])}; it is left alone"
        raise UsageError(what, where=where, fix=ELSEWHERE)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """The path of a temporary file beside `target`, which takes its place at the end; nothing stays after an error."""
    place = target.resolve()  # a link goes on to lead to the file
    clear_leftovers(place)
    new = workplace(place)
    try:
        yield new
        fsync_path(new)
        new.replace(place)
        fsync_path(place.parent)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """The path of a temporary folder beside `target`, which takes its place at the end."""
    place = target.resolve()
    clear_leftovers(place)
    new = workplace(place)
    try:
        new.mkdir()
        yield new
        for path in new.iterdir():
            fsync_path(path)
        put_in_place(new, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
