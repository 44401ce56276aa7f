"""Writing a study: put in place whole, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from inchorus.engine.folder import clear_leftovers, fsync_path, put_in_place, repair, workplace
from inchorus.engine.parquet import Batches, write_table
from inchorus.manifest import FORMAT_VERSION, MANIFEST, check_target
from inchorus.study.hashed import hash_file
from inchorus.study.study import Study


class Draft:
    """A study that is being written: it can be asked already, and is at its place once `done`.

    `study` has the tables so far, in a folder of its own; a kill at any moment leaves what was at the place.
    """

    def __init__(self, new: Path, out: Path, manifest: dict[str, Any]) -> None:
        self._new, self._out = new, out
        self._manifest: dict[str, Any] = {**manifest, "tables": {}}

    @property
    def study(self) -> Study:
        """The tables that are written, and what is known of them."""
        return Study(self._new, self._manifest)

    def keep(self, tables: Mapping[str, Path], entries: Mapping[str, dict[str, Any]]) -> None:
        """Take over tables of another study, which are not to change."""
        for name, path in tables.items():
            try:
                (self._new / path.name).hardlink_to(path)
            except OSError:  # another file system, or one without links
                shutil.copyfile(path, self._new / path.name)
            self._manifest["tables"][name] = entries[name]

    def add(self, tables: Mapping[str, Batches]) -> None:
        """Write tables; the same rows give the same bytes."""
        for name, rows in tables.items():
            path = self._new / f"{name}.parquet"
            count = write_table(path, name, rows)
            fsync_path(path)
            self._manifest["tables"][name] = {"file": path.name, "rows": count, "sha256": hash_file(path)}

    def say(self, facts: Mapping[str, Any]) -> None:
        """What the manifest says besides, of what is written."""
        self._manifest.update(facts)

    def done(self, **last: Any) -> Study:
        """Put it in place of what was there; `last` is what the manifest ends with."""
        full = {**self._manifest, **last}
        (self._new / MANIFEST).write_text(json.dumps(full, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        fsync_path(self._new / MANIFEST)
        put_in_place(self._new, self._out.resolve())
        return Study(self._out, full)


@contextmanager
def drafted(out: Path, manifest: Mapping[str, Any]) -> Iterator[Draft]:
    """A draft of the study at `out`; if it is not `done`, nothing of it stays. UsageError if something else is there.

    `manifest` gives `options`, `seed`, `inputs` (a list of {name, sha256, rows}; names without folders),
    `started` (ISO time) and whatever else is to be kept; the versions and the tables are added.
    """
    check_target(out)
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    head = {"format": "inchorus study", "format_version": FORMAT_VERSION, "inchorus": version("inchorus"), **manifest}
    with _draft(out, head) as draft:
        yield draft


@contextmanager
def _draft(out: Path, manifest: dict[str, Any]) -> Iterator[Draft]:
    target = out.resolve()
    clear_leftovers(target)
    new = workplace(target)
    try:
        new.mkdir()
        yield Draft(new, out, manifest)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        repair(target)
        raise


def write_study(out: Path, tables: Mapping[str, Batches], manifest: Mapping[str, Any]) -> Study:
    """Write a study and put it in place of the one that may be at `out`; see `drafted`."""
    with drafted(out, manifest) as draft:
        draft.add(tables)
        return draft.done(ended=now())


def add_tables(study: Study, tables: Mapping[str, Batches], facts: Mapping[str, Any]) -> Study:
    """Write `tables` into a study that is there, over those of the same names, and `facts` into its manifest.

    As with `write_study`, a kill at any moment leaves the study as it was or as it is to be.
    """
    kept = {name: study.file(name) for name in study.usable if name not in tables}
    with _draft(study.path, {**study.manifest, **facts}) as draft:
        draft.keep(kept, study.manifest["tables"])
        draft.add(tables)
        return draft.done()


def now() -> str:
    """The present time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
