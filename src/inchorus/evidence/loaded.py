"""The tables of a study, held so that a page has its rows within milliseconds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from threading import Lock
from typing import Any

import pyarrow as pa

from inchorus.engine.duckdb import connect, literal
from inchorus.engine.identifiers import identifier
from inchorus.engine.values import values
from inchorus.errors import StudyError, Where
from inchorus.schema import TABLES, arrow_schema
from inchorus.study import Study, made_at

LEFT = ("variants", "occasions")  # half of what all tables take, and one talking point's are there in 50 ms

# Columns of talking points that studies of an older inchorus lack.
_LATER = (
    *(f"NULL::VARCHAR {name}" for name in ("quote_doc", "frame_id", "paraphrase_id")),
    "'wording' AS kind",
    *(f"NULL::BIGINT {name}" for name in ("quote_start", "quote_end")),
    *(f"NULL::DOUBLE {name}" for name in ("independent", "burst", "said", "own", "whole", "topic", "across")),
)


class Loaded:
    """SQL over a study: its tables in memory, but for variants and the texts, which stay in their files.

    The tables go by their names; `talking_points` has a further column `rank` (1 is the highest score), and
    `documents` has no column text but `position`, its row in the file, from 0. Tables that the study lacks are there
    and empty; `has` tells. Threads may ask at the same time. One study, read once: if another is written in its place,
    every question raises StudyError, as offsets into other texts would be wrong; so does one that fails because a file
    is gone or damaged. Tables in `left` are not held but read
    from their files when asked for.
    """

    def __init__(self, study: Study, left: Collection[str] = LEFT) -> None:
        self.study = study
        self._made_at = made_at(study.path)
        self._connection = connect()
        self._making = Lock()
        try:
            for name in TABLES:
                self._load(name, name in left)
        except Exception:
            study.check_files()  # a better reason, if that is why
            raise

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()

    def has(self, table: str) -> bool:
        """Whether the study has that table."""
        return table in self.study.usable

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The answer to a query, `?` or $1 … standing for `parameters`."""
        if made_at(self.study.path) != self._made_at:
            where = Where(str(self.study.path.name))
            raise StudyError("the study was written anew or moved", where=where, fix="start inchorus serve again")
        try:
            with self._connection.cursor() as own:  # a connection answers one thread at a time
                return own.sql(sql, params=list(parameters)).to_arrow_table()
        except Exception:
            self.study.check_files()
            raise

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The same as dictionaries; times as datetime in UTC, or as text where a year is beyond those of Python."""
        table = self.arrow(sql, parameters)
        columns = [values(column) for column in table.columns]
        return [dict(zip(table.column_names, row, strict=True)) for row in zip(*columns, strict=True)]

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first value of the first row; None without one."""
        table = self.arrow(sql, parameters)
        return table.column(0)[0].as_py() if table.num_rows else None

    def made(self, name: str, sql: str) -> str:
        """The name of a table with the answer to a query that takes long; it is asked when first wanted."""
        with self._making:
            known = self.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name])
            if not known:
                self._connection.execute(f"CREATE TABLE {identifier(name)} AS {sql}")
        return name

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self.arrow(f"SELECT count(*) AS n FROM {identifier(table)}")["n"][0].as_py())  # noqa: S608

    def beginnings(self, source: str, most: int) -> dict[str, dict[str, Any]]:
        """By doc_id how many `characters` each text of a source has, and its `beginning`: the first `most` of them."""
        found = self.rows(
            "SELECT doc_id, length(text) AS characters, left(text, $2) AS beginning FROM texts WHERE source = $1",
            [source, most],
        )
        return {row["doc_id"]: row for row in found}

    def texts(self, doc_ids: Sequence[str]) -> dict[str, str]:
        """The texts of some documents by their ids, each exactly as given; unknown ids are left out."""
        if not doc_ids:
            return {}
        places = self.arrow("SELECT position FROM documents WHERE doc_id IN (SELECT unnest($1))", [list(doc_ids)])
        # A list of row numbers is pushed down to the pages of the file; of ids, only to its row groups.
        marks = ", ".join(str(place) for place in places["position"].to_pylist())
        table = self.arrow(f"SELECT doc_id, text FROM texts WHERE position IN ({marks or -1})")  # noqa: S608
        return dict(zip(table["doc_id"].to_pylist(), table["text"].to_pylist(), strict=True))

    def _load(self, name: str, left: bool) -> None:
        if not self.has(name):
            self._connection.register("empty", arrow_schema(name).empty_table())
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM empty")  # noqa: S608
            self._connection.unregister("empty")
            return
        rows = self._connection.read_parquet(literal(self.study.file(name)), hive_partitioning=False)
        if name == "documents":
            own = "file_row_number" in {c.lower() for c in rows.columns}  # of the input, not DuckDB's
            row = "row_number() OVER () - 1" if own else "file_row_number"
            rows.project(f"doc_id, source, text, {row} AS position").create_view("texts")
            # The input may have had a column of that name; DuckDB tells names apart whatever their case.
            kept = [identifier(c) for c in rows.columns if c.lower() not in {"text", "position"}]
            rows = rows.project(f"{', '.join(kept)}, row_number() OVER () - 1 AS position")
        if name == "talking_points":
            rows = rows.project("row_number() OVER (ORDER BY score DESC, tp_id) AS rank, *")
            rows = rows.project(", ".join(["*", *(lack for lack in _LATER if lack.split()[-1] not in rows.columns)]))
        missing = [field for field in arrow_schema(name) if field.name not in rows.columns]
        if missing and name in {"ties", "groups", "occasions"}:  # the pairs of CooRTweet's rules, of an older inchorus
            rows.create_view("given")
            self._connection.register("empty", arrow_schema(name).empty_table())
            self._connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM given UNION ALL BY NAME SELECT * FROM empty"  # noqa: S608
            )
            self._connection.execute("DROP VIEW given")
            self._connection.unregister("empty")
        elif left:
            rows.create_view(name)
        else:
            rows.create(name)
