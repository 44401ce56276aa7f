"""Collecting: from what the user names to a folder with documents and the answers they were taken from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from inchorus.engine.folder import fsync_path
from inchorus.engine.parquet import write_table
from inchorus.errors import InputError, Where
from inchorus.progress import Progress
from inchorus.study import hash_file
from inchorus.web.archive import Archive
from inchorus.web.clock import Clock, Real, written
from inchorus.web.fetch import Fetch, Fetcher
from inchorus.web.frontier import GIVEN, Frontier
from inchorus.web.given import given_addresses
from inchorus.web.lists import Entry
from inchorus.web.options import CollectOptions, check
from inchorus.web.place import ABOUT, DOCUMENTS
from inchorus.web.rows import batches_of
from inchorus.web.run import Run

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Collected:
    """What a run came to: the folder, documents in it, those that are new, requests, answers as before, bytes.

    `skipped` are what no document was made of: `reason`, `count`, and `example`, an address. `waiting` are addresses
    that were not asked for, as the run was stopped or had its fill: the same call goes on with them.
    """

    path: Path
    documents: int
    new: int
    requests: int
    unchanged: int
    bytes: int
    skipped: list[dict[str, Any]]
    waiting: int
    stopped: bool

    def facts(self) -> dict[str, Any]:
        """The same as a dictionary, as JSON has it."""
        return {**asdict(self), "path": str(self.path)}


def collect(
    named: Sequence[str],
    out: Path,
    options: CollectOptions,
    progress: Progress,
    fetch: Fetch | None = None,
    clock: Clock | None = None,
) -> Collected:
    """Collect articles into the folder `out`; what is there already is added to, and a run that ended early goes on.

    Raises UsageError where an option, an address or `out` is wrong, InputError for a list without addresses, and where
    no article was found at all. A KeyboardInterrupt ends it in good order.
    """
    check(options)
    urls, files, unread = given_addresses(named, options.url)
    clock = clock or Real()
    fetch = fetch or Fetcher(agent_of(options), options.allow_private, clock)
    out.mkdir(parents=True, exist_ok=True)
    frontier = Frontier(out)
    try:
        if frontier.fact("open") != "yes":
            frontier.open_again(options.refresh)
        frontier.say("open", "yes")
        frontier.add([Entry(url) for url in urls], GIVEN)
        for name, found in files:
            frontier.add(found.entries, GIVEN)
            if found.broken:
                progress.note(f"{name}: {found.broken:,} of its values are no addresses of the web, and are left out")
        run = Run(out, frontier, Archive(out, agent_of(options), frontier.ends()), fetch, clock, options)
        stopped = _run(run, frontier, progress)
        waiting = frontier.waiting(True) + frontier.waiting(False)
        if not waiting and not stopped:
            frontier.say("open", "no")
        with progress.stage("write documents", None, "documents") as advance:
            documents = _write(out, frontier)
            advance(documents)
        left_out = [*frontier.skipped(), *map(_unread, unread)]
        collected = Collected(out, documents, run.new, run.asked, run.unchanged, run.size, left_out, waiting, stopped)
        _describe(collected, list(named), written(clock.now()))
    finally:
        frontier.close()
    if not documents and not stopped:
        raise InputError(_nothing(collected), where=Where(str(out)), fix="check the addresses in a web browser")
    return collected


def _unread(error: InputError) -> dict[str, Any]:
    """A list that could not be read, as what is left out is said."""
    name = error.where.file if error.where is not None else None
    return {"reason": f"a list that cannot be read: {error.what}", "count": 1, "example": name or ""}


def agent_of(options: CollectOptions) -> str:
    """The name under which a server is asked: who it is, and where its user can be written to."""
    contact = f" (+{options.contact})" if options.contact else ""
    return f"inchorus/{version('inchorus')}{contact}"


def _run(run: Run, frontier: Frontier, progress: Progress) -> bool:
    """Ask for lists, then for pages; whether the user stopped it."""
    try:
        for lists, name in ((True, "ask for what was named"), (False, "ask for pages")):
            if lists or frontier.waiting(lists):
                with progress.stage(name, frontier.waiting(lists), "addresses") as advance:
                    run.go(lists, advance)
    except KeyboardInterrupt:
        return True
    finally:
        run.end()
    return False


def _write(out: Path, frontier: Frontier) -> int:
    """Put the documents in place; how many there are. Where there are none there is no file."""
    partial = out / f".{DOCUMENTS}.partial"
    rows = write_table(partial, "collected", batches_of(frontier.documents()))
    fsync_path(partial)
    if rows:
        partial.replace(out / DOCUMENTS)
    else:
        partial.unlink()
    return rows


def _nothing(collected: Collected) -> str:
    if not collected.skipped:
        return "no article was found" if not collected.waiting else "nothing was asked for yet"
    most = collected.skipped[0]
    return f"no article was found; {most['count']:,} times: {most['reason']} ({most['example']})"


def _describe(collected: Collected, named: list[str], ended: str) -> None:
    """Write what the collection is, with the hashes of its files."""
    files = sorted(p for p in collected.path.iterdir() if p.name == DOCUMENTS or p.name.endswith(".warc.gz"))
    about = {
        "format": "inchorus collection",
        "format_version": FORMAT_VERSION,
        "inchorus": version("inchorus"),
        "named": named,
        "ended": ended,
        "documents": collected.documents,
        "skipped": collected.skipped,
        "waiting": collected.waiting,
        "files": [{"file": p.name, "bytes": p.stat().st_size, "sha256": hash_file(p)} for p in files],
    }
    partial = collected.path / f".{ABOUT}.partial"
    partial.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fsync_path(partial)
    partial.replace(collected.path / ABOUT)
