"""A study: the tables of one run in their folder, and what the manifest says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.engine.columns import schema_of
from inchorus.engine.duckdb import UNREADABLE, Relation, query, scan
from inchorus.errors import StudyError, Where, nearest
from inchorus.manifest import there
from inchorus.schema import arrow_schema
from inchorus.study.hashed import hash_file

MADE_BY = {
    "quotations": "inchorus quotes",
    "statements": "inchorus quotes",
    "claims": "inchorus claims",
    "ties": "inchorus ties",
    "groups": "inchorus ties",
}
TESTED = ("ties", "groups", "occasions")
OLDER = "the ties of this study are of an older inchorus, which tested less strictly"


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
        with self._damage_is_named():
            return path.is_file() and not set(arrow_schema("ties").names) <= set(schema_of(path).names)

    def table(self, name: str) -> Relation:
        """A table of the study; StudyError if this study has none of that name."""
        # A study without a place of its own goes with its Study object: what reads it must hold on to that.
        with self._damage_is_named():
            return scan(self.file(name), self, self._damage_is_named)

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
        with self._damage_is_named():
            return query(sql, {name: self.file(name) for name in self.usable}, parameters)

    def check_files(self) -> None:
        """Raise StudyError for the first table whose file is gone or not what was written; reads all of them."""
        for name, entry in self.manifest["tables"].items():
            path = self.path / str(entry["file"])
            if not path.is_file():
                self.file(name)  # says so
            elif hash_file(path) != entry["sha256"]:
                raise StudyError(
                    f"the file {path.name} is damaged", where=Where(str(self.path)), fix="run inchorus find again"
                )

    @contextmanager
    def _damage_is_named(self) -> Iterator[None]:
        """An error of a file that is not what was written is one of the study, which names it."""
        try:
            yield
        except UNREADABLE:
            self.check_files()
            raise

    def __repr__(self) -> str:
        counts = ", ".join(f"{entry['rows']:,} {name}" for name, entry in self.usable.items())
        return f"<Study {str(self.path)!r}: {counts.replace('_', ' ')}>"


def open_study(path: Path | str) -> Study:
    """Open the study at `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return Study(Path(path), there(Path(path)))
