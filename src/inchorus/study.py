"""A study: the folder that one run writes, put in place whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.engine.columns import schema_of
from inchorus.engine.duckdb import Relation, query, scan
from inchorus.engine.folder import clear_leftovers, fsync_path, put_in_place, repair, workplace
from inchorus.engine.parquet import Rows, write_table
from inchorus.errors import StudyError, Where, nearest
from inchorus.manifest import FORMAT_VERSION, MANIFEST, check_target, there
from inchorus.schema import arrow_schema

MADE_BY = {
    "quotations": "inchorus quotes",
    "statements": "inchorus quotes",
    "ties": "inchorus ties",
    "groups": "inchorus ties",
}
TESTED = ("ties", "groups", "occasions")
OLDER = "the ties of this study are of an older inchorus, which tested less strictly"


@dataclass(frozen=True)
class Finding:
    """What `verify` says of one thing: `state` is same, changed, missing or not checked."""

    kind: str
    name: str
    state: str
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state in {"same", "not checked"}


class Study:
    """The tables of one run. Nothing is read before it is asked for. What can be done with one, `api.Study` says.

    `manifest` is the content of manifest.json as a dictionary.
    """

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest

    @property
    def documents(self) -> Relation:
        """What was read, in canonical order."""
        return self.table("documents")

    @property
    def talking_points(self) -> Relation:
        """The wording that several sources share, highest score first."""
        return self.table("talking_points")

    @property
    def passages(self) -> Relation:
        """Where each talking point stands, a row for each place."""
        return self.table("passages")

    @property
    def variants(self) -> Relation:
        """The distinct wordings of each talking point."""
        return self.table("variants")

    @property
    def quotations(self) -> Relation:
        """Quotations and their speakers."""
        return self.table("quotations")

    @property
    def statements(self) -> Relation:
        """What each named speaker is said to have said, in time order."""
        return self.table("statements")

    @property
    def ties(self) -> Relation:
        """Pairs of sources, and whether they share more than chance gives."""
        return self.table("ties")

    @property
    def groups(self) -> Relation:
        """Sets of sources bound by ties."""
        return self.table("groups")

    @property
    def occasions(self) -> Relation:
        """The evidence of ties: documents that were matched, and what they share."""
        return self.table("occasions")

    @cached_property
    def usable(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each table, without ties, groups and occasions if an older inchorus tested them.

        Such ties lack columns that the test has since, and their q-values are not those of the test that is described.
        """
        entries: dict[str, dict[str, Any]] = self.manifest["tables"]
        return {name: entry for name, entry in entries.items() if not (self.older and name in TESTED)}

    @cached_property
    def older(self) -> bool:
        """Whether an older inchorus tested the ties, so that they must be tested again (see `OLDER`)."""
        entry = self.manifest["tables"].get("ties")
        # The pairs of CooRTweet's rules are not tested; a column more or less does not change them.
        if entry is None or "coortweet" in self.manifest.get("ties", {}):
            return False
        path = self.path / str(entry["file"])
        return path.is_file() and not set(arrow_schema("ties").names) <= set(schema_of(path).names)

    def table(self, name: str) -> Relation:
        """A table of the study; StudyError if this study has none of that name."""
        # A study without a place of its own goes with its Study object: what reads it must hold on to that.
        return scan(self.file(name), self)

    def file(self, name: str) -> Path:
        """The Parquet file of a table; StudyError if it is not there."""
        entry = self.usable.get(name)
        where = Where(str(self.path))
        if entry is None:
            if name in self.manifest["tables"]:
                raise StudyError(OLDER, where=where, fix=f"test them again: inchorus ties {self.path}")
            if name in MADE_BY:
                raise StudyError(f"this study has no {name} yet", where=where, fix=f"run: {MADE_BY[name]} {self.path}")
            raise StudyError(f"no table {name!r}", where=where, fix=nearest(name, self.usable))
        path = self.path / str(entry["file"])
        if not path.is_file():
            raise StudyError(f"the file {path.name} is gone", where=where, fix="run inchorus find again")
        return path

    def sql(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The answer to a DuckDB query in which the tables of the study go by their names."""
        return query(sql, {name: self.file(name) for name in self.usable}, parameters)

    def __repr__(self) -> str:
        counts = ", ".join(f"{entry['rows']:,} {name}" for name, entry in self.usable.items())
        return f"<Study {str(self.path)!r}: {counts.replace('_', ' ')}>"


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

    def add(self, tables: Mapping[str, Rows]) -> None:
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


def write_study(out: Path, tables: Mapping[str, Rows], manifest: Mapping[str, Any]) -> Study:
    """Write a study and put it in place of the one that may be at `out`; see `drafted`."""
    with drafted(out, manifest) as draft:
        draft.add(tables)
        return draft.done(ended=now())


def add_tables(study: Study, tables: Mapping[str, Rows], facts: Mapping[str, Any]) -> Study:
    """Write `tables` into a study that is there, over those of the same names, and `facts` into its manifest.

    As with `write_study`, a kill at any moment leaves the study as it was or as it is to be.
    """
    kept = {name: study.file(name) for name in study.usable if name not in tables}
    with _draft(study.path, {**study.manifest, **facts}) as draft:
        draft.keep(kept, study.manifest["tables"])
        draft.add(tables)
        return draft.done()


def open_study(path: Path | str) -> Study:
    """Open the study at `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return Study(Path(path), there(Path(path)))


def verify(study: Study, inputs: Sequence[Path] = ()) -> list[Finding]:
    """Hash the tables again, and those of `inputs` that the manifest names, and compare.

    An input is found by its name; one that no path is given for is `not checked`.
    """
    findings = []
    for name, entry in study.manifest["tables"].items():
        path = study.path / str(entry["file"])
        findings.append(_compare("table", name, path, str(entry["sha256"])))
    given = {path.name: path for path in inputs}
    for entry in study.manifest.get("inputs", []):
        name = str(entry["name"])
        if name in given:
            findings.append(_compare("input", name, given.pop(name), str(entry["sha256"])))
        else:
            findings.append(Finding("input", name, "not checked", "no path was given for it"))
    findings += [Finding("input", name, "missing", "the manifest does not name it") for name in given]
    return findings


def check_files(study: Study) -> None:
    """Raise StudyError for the first table whose file is gone or not what was written; reads all of them."""
    for name, entry in study.manifest["tables"].items():
        path = study.path / str(entry["file"])
        if not path.is_file():
            study.file(name)  # says so
        elif hash_file(path) != entry["sha256"]:
            raise StudyError(
                f"the file {path.name} is damaged", where=Where(str(study.path)), fix="run inchorus find again"
            )


def made_at(path: Path) -> int | None:
    """Which study is at `path`: the time its manifest was written, in nanoseconds; None without one."""
    try:
        return (path / MANIFEST).stat().st_mtime_ns
    except OSError:
        return None


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def now() -> str:
    """The present time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _compare(kind: str, name: str, path: Path, sha256: str) -> Finding:
    if not path.is_file():
        return Finding(kind, name, "missing", "the file is not there")
    if hash_file(path) != sha256:
        return Finding(kind, name, "changed", "its SHA-256 differs from the manifest's")
    return Finding(kind, name, "same")
