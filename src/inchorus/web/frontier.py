"""What a collection knows: every address, what became of it, and the documents; on disk after each step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from inchorus.errors import UsageError, Where
from inchorus.read.urls import normalise_url
from inchorus.web.address import server_of
from inchorus.web.archive import Record
from inchorus.web.lists import Entry
from inchorus.web.place import FILE

VERSION = 1
# What an address is: given by the user, not looked at yet; a list; a page.
GIVEN, LIST, PAGE = "given", "list", "page"
# What became of it. An answer that is `kept` waits for its content to be read; what `failed` may be there another time.
WAITING, KEPT, DONE, REFUSED, FAILED = "waiting", "kept", "done", "refused", "failed"

_TABLES = """
CREATE TABLE addresses (
    n INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, page TEXT NOT NULL, server TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, via INTEGER, lists INTEGER NOT NULL, redirects INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, after REAL NOT NULL DEFAULT 0, etag TEXT, modified TEXT,
    said TEXT NOT NULL, record TEXT
);
CREATE INDEX by_server ON addresses (state, server, (kind <> 'page'), after, n);
CREATE INDEX by_page ON addresses (page);
CREATE TABLE documents (n INTEGER PRIMARY KEY, page TEXT NOT NULL, url TEXT NOT NULL, same TEXT NOT NULL, row TEXT NOT NULL);
CREATE INDEX by_same ON documents (page, same);
CREATE TABLE ends (file TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""  # noqa: E501 - SQL reads best a table a line


class Known(NamedTuple):
    """An address: what it is, how often it was asked for, and what was said of it where it was listed."""

    n: int
    url: str
    kind: str
    lists: int
    redirects: int
    tries: int
    etag: str | None
    modified: str | None
    said: Entry
    record: Record | None


class Frontier:
    """The addresses and documents of the collection in a folder. Each method that changes something is one step."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        new = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN EXCLUSIVE")
            if new or not self._db.execute("PRAGMA user_version").fetchone()[0]:
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise UsageError(
                "another inchorus collect is at work here", where=Where(str(folder)), fix="wait until it is done"
            ) from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise UsageError("its state is damaged", where=Where(str(path)), fix="choose another --out") from error
        if version > VERSION:
            self._db.close()
            raise UsageError(
                "this collection is of a newer inchorus", where=Where(str(folder)), fix="install a newer inchorus"
            )

    def close(self) -> None:
        """Let another have it."""
        self._db.close()

    def fact(self, name: str) -> str | None:
        """What is known by a name."""
        found = self._db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return None if found is None else str(found[0])

    def say(self, name: str, value: str) -> None:
        """Know something by a name."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, value])

    def open_again(self, pages: bool) -> None:
        """Ask anew for lists and for what failed; for pages that are there only with `pages`."""
        kinds = (GIVEN, LIST, PAGE) if pages else (GIVEN, LIST)
        marks = ", ".join("?" * len(kinds))
        self._db.execute(
            f"UPDATE addresses SET state = '{WAITING}', reason = NULL, tries = 0, after = 0 "  # noqa: S608
            f"WHERE state = '{FAILED}' OR (state IN ('{DONE}', '{REFUSED}') AND kind IN ({marks}))",
            kinds,
        )

    def add(self, entries: Iterable[Entry], kind: str, lists: int = 0) -> int:
        """Wait for these addresses, but for those that are known; how many are new. `lists` led to them."""
        new = 0
        with self._step():
            for entry in entries:
                page = normalise_url(entry.url)
                known = self._db.execute("SELECT n FROM addresses WHERE page = ? LIMIT 1", [page]).fetchone()
                if known is None:
                    new += self._insert(entry, page, LIST if entry.more else kind, lists, 0, None)
        return new

    def redirect(self, known: Known, target: str) -> str | None:
        """Wait for the address that a known one redirects to; the reason if that leads nowhere, None if it leads on."""
        found = self._db.execute("SELECT n, via FROM addresses WHERE url = ?", [target]).fetchone()
        if found is None:
            with self._step():
                self._insert(
                    known.said._replace(url=target), normalise_url(target), known.kind, known.lists,
                    known.redirects + 1, known.n,
                )  # fmt: skip
            return None
        if found[1] == known.n:
            return None
        above: int | None = known.n
        while above is not None:
            if above == found[0]:
                return "it redirects in a circle"
            (above,) = self._db.execute("SELECT via FROM addresses WHERE n = ?", [above]).fetchone()
        return "it redirects to an address that is asked for anyway"

    def waiting(self, lists: bool) -> int:
        """How many addresses wait, of lists and what is not looked at yet, or of pages."""
        sql = f"SELECT count(*) FROM addresses WHERE state = '{WAITING}' AND (kind <> 'page') = ?"  # noqa: S608
        return int(self._db.execute(sql, [lists]).fetchone()[0])

    def servers(self, lists: bool) -> list[str]:
        """The servers for which an address waits."""
        sql = f"SELECT DISTINCT server FROM addresses WHERE state = '{WAITING}' AND (kind <> 'page') = ?"  # noqa: S608
        return [str(server) for (server,) in self._db.execute(f"{sql} ORDER BY server", [lists])]

    def next_of(self, server: str, lists: bool) -> tuple[Known, float] | None:
        """The address of a server that is to be asked for first, and not before when; None where none waits."""
        sql = f"{_KNOWN} WHERE state = '{WAITING}' AND server = ? AND (kind <> 'page') = ? ORDER BY after, n LIMIT 1"
        found = self._db.execute(sql, [server, lists]).fetchone()
        return None if found is None else (_known(found), float(found[10]))

    def kept(self) -> list[Known]:
        """Addresses whose answers are kept and were not read."""
        return [_known(row) for row in self._db.execute(f"{_KNOWN} WHERE state = '{KEPT}' ORDER BY n")]

    def keep(self, n: int, record: Record, etag: str | None, modified: str | None) -> None:
        """An answer is kept."""
        with self._step():
            self._db.execute(
                f"UPDATE addresses SET state = '{KEPT}', record = ?, etag = ?, modified = ? WHERE n = ?",  # noqa: S608
                [json.dumps(record), etag, modified, n],
            )
            self.reach(record)

    def reach(self, record: Record) -> None:
        """A file of the archive is whole to the end of this record."""
        self._db.execute("INSERT OR REPLACE INTO ends VALUES (?, ?)", [record.file, record.offset + record.length])

    def ends(self) -> dict[str, int]:
        """How far each file of the archive is whole."""
        return dict(self._db.execute("SELECT file, size FROM ends"))

    def settle(self, n: int, state: str, reason: str | None = None, kind: str | None = None) -> None:
        """What became of an address."""
        sql = "UPDATE addresses SET state = ?, reason = ?, kind = coalesce(?, kind) WHERE n = ?"
        self._db.execute(sql, [state, reason, kind, n])

    def try_later(self, n: int, tries: int, after: float) -> None:
        """Ask for an address again, not before a time."""
        self._db.execute("UPDATE addresses SET tries = ?, after = ? WHERE n = ?", [tries, after, n])

    def document(self, n: int, page: str, same: str, url: str, row: str) -> bool:
        """A document, in place of the one that the address had; False where another address has the same one."""
        with self._step():
            twin = self._db.execute(
                "SELECT n FROM documents WHERE page = ? AND same = ? AND n <> ?", [page, same, n]
            ).fetchone()
            if twin is not None:
                self.settle(n, REFUSED, "it is the same article as that of another address", PAGE)
                return False
            self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", [n, page, url, same, row])
            self.settle(n, DONE, None, PAGE)
        return True

    def documents(self) -> Iterator[Mapping[str, Any]]:
        """All documents, by the address at which they were found."""
        for (row,) in self._db.execute("SELECT row FROM documents ORDER BY url"):
            yield json.loads(row)

    def skipped(self) -> list[dict[str, Any]]:
        """Of how many addresses no document was made for which reason, and one of them as an example."""
        rows = self._db.execute(
            "SELECT reason, count(*), min(url) FROM addresses "  # noqa: S608
            f"WHERE state IN ('{REFUSED}', '{FAILED}') GROUP BY reason ORDER BY count(*) DESC, reason"
        )
        return [{"reason": reason, "count": count, "example": example} for reason, count, example in rows]

    def _insert(self, entry: Entry, page: str, kind: str, lists: int, redirects: int, via: int | None) -> int:
        sql = (
            "INSERT OR IGNORE INTO addresses (url, page, server, kind, state, via, lists, redirects, said) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        said = json.dumps(entry)
        values = [entry.url, page, server_of(entry.url), kind, WAITING, via, lists, redirects, said]
        return self._db.execute(sql, values).rowcount

    def _step(self) -> _Step:
        return _Step(self._db)


class _Step:
    """All of it, or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


_KNOWN = "SELECT n, url, kind, lists, redirects, tries, etag, modified, said, record, after FROM addresses"


def _known(row: tuple[Any, ...]) -> Known:
    n, url, kind, lists, redirects, tries, etag, modified, said, record, _ = row
    entry = Entry(*json.loads(said))
    entry = entry._replace(tags=tuple(entry.tags))
    return Known(
        n, url, kind, lists, redirects, tries, etag, modified, entry, Record(*json.loads(record)) if record else None
    )
