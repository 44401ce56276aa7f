"""A run of a collection: what is to be asked for next, and what becomes of each answer."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from inchorus.progress import Task
from inchorus.read.page import Page
from inchorus.read.page_workers import TooHardError, Workers
from inchorus.read.urls import normalise_url
from inchorus.read.warc import kind_and_charset
from inchorus.web.address import asked_form, origin_of, server_of
from inchorus.web.archive import Archive, LostError, Record, record_at
from inchorus.web.clock import Clock
from inchorus.web.fetch import Answer, Failed, Fetch
from inchorus.web.frontier import DONE, FAILED, LIST, PAGE, REFUSED, WAITING, Frontier, Known
from inchorus.web.lists import Entry
from inchorus.web.manners import BUSY, TRIES
from inchorus.web.options import CollectOptions, size_of
from inchorus.web.robots import ask_robots
from inchorus.web.rows import row_of, to_text
from inchorus.web.servers import Server
from inchorus.web.tasks import Tasks
from inchorus.web.unpacked import PackedError, unpacked

REDIRECTS = 10
LISTS = 4  # lists in lists
AHEAD = 16  # answers that wait to be read, before no more are asked for


class Run:
    """One run. `asked`, `new`, `unchanged` and `size` say how many requests, new documents, same answers, bytes."""

    def __init__(
        self, folder: Path, frontier: Frontier, archive: Archive, fetch: Fetch, clock: Clock, options: CollectOptions
    ) -> None:
        self.asked = self.new = self.unchanged = self.size = 0
        self._folder, self._frontier, self._archive = folder, frontier, archive
        self._fetch, self._clock, self._options = fetch, clock, options
        self._most_bytes = size_of(options.max_bytes)
        self._servers: defaultdict[str, Server] = defaultdict(Server)
        self._active: set[str] = set()
        self._tasks = Tasks()
        self._asking = self._reading = 0
        self._workers = Workers("inchorus.web.content_worker")
        self._advance: Task = lambda done: None

    def end(self) -> None:
        """Leave what is under way: it is asked for, or read, in the next run."""
        self._workers.close()

    @property
    def capped(self) -> bool:
        """Whether no more may be asked for in this run."""
        return self.asked + self._asking >= self._options.max_pages or self.size >= self._most_bytes

    def go(self, lists: bool, advance: Task) -> None:
        """Ask for all lists and what is not looked at yet, or for all pages."""
        self._advance = advance
        self._active.update(self._frontier.servers(lists))
        if lists:
            self._read_kept()
        while True:
            soonest = self._begin(lists)
            if not self._tasks and soonest is None:
                return
            self._clock.wait(self._tasks, soonest)
            self._tasks.finish()

    def _begin(self, lists: bool) -> float | None:
        """Ask for what may be asked for now; seconds until there is more, None if that depends on answers."""
        if self._reading >= AHEAD:
            return None
        now = self._clock.now()
        soonest: float | None = None
        for name in sorted(self._active, key=lambda name: (self._servers[name].ready, name)):
            server = self._servers[name]
            when: float | None = server.ready
            if not server.busy and server.ready <= now:
                when = self._next(name, server, lists, now)
            if not server.busy and when is not None and name in self._active:
                soonest = when if soonest is None else min(soonest, when)
        return None if soonest is None or self.capped else max(0.0, soonest - now)

    def _next(self, name: str, server: Server, lists: bool, now: float) -> float | None:
        """Ask a server for the next address, or when that may be; None where it is asked, or nothing waits there."""
        while (found := self._frontier.next_of(name, lists)) is not None and not server.closed:
            known, after = found
            if after > now:
                return after
            if self.capped or self._asking >= self._options.servers:
                return None
            origin = origin_of(known.url)
            rules = server.rules.get(origin)
            if rules is None:
                self._ask(server, partial(ask_robots, self._fetch, origin), partial(self._told, name, origin))
                return None
            if rules.allows(known.url):
                call = partial(self._fetch, known.url, _conditions(known))
                self._ask(server, call, partial(self._over, name, origin, known))
                return None
            self._settle(known, FAILED if rules.again else REFUSED, rules.why)
        self._active.discard(name)
        return None

    def _ask(
        self, server: Server, call: Callable[[], Answer | Failed], then: Callable[[Answer | Failed], object]
    ) -> None:
        server.busy = True
        self._asking += 1
        self._tasks.begin(call, then)

    def _told(self, name: str, origin: str, answer: Answer | Failed) -> None:
        """Robots.txt of an origin was answered."""
        self._had(name, origin, answer).told(origin, answer, self._clock.now())

    def _had(self, name: str, origin: str, answer: Answer | Failed) -> Server:
        server = self._servers[name]
        self._asking -= 1
        self.size += answer.size if isinstance(answer, Failed) else len(answer.body)
        server.done(self._clock.now(), self._options.delay, origin)
        return server

    def _over(self, name: str, origin: str, known: Known, answer: Answer | Failed) -> None:
        server, now = self._had(name, origin, answer), self._clock.now()
        self.asked += 1
        if isinstance(answer, Answer) and answer.status not in BUSY:
            self._answered(known, answer)
            return
        why = answer.why if isinstance(answer, Failed) else f"it answers {answer.status}"
        if isinstance(answer, Failed) and not answer.again:
            self._settle(known, REFUSED, why)
        elif known.tries + 1 >= TRIES:
            self._settle(known, FAILED, why)
        else:
            self._frontier.try_later(known.n, known.tries + 1, now + server.pause(answer, known.tries + 1, now))

    def _answered(self, known: Known, answer: Answer) -> None:
        same = known.record is not None and known.record.sha256 == hashlib.sha256(answer.body).hexdigest()
        if answer.status == 304 or (answer.status == 200 and same):
            self.unchanged += 1
            self._settle(known, DONE)
            return
        record = self._archive.keep(answer)
        if answer.status == 200:
            self._frontier.keep(known.n, record, answer.header("ETag"), answer.header("Last-Modified"))
            self._submit(known, record, answer)
            return
        self._frontier.reach(record)
        if answer.status in {301, 302, 303, 307, 308}:
            self._redirected(known, answer.header("Location") or "")
        else:
            self._settle(known, REFUSED, f"it answers {answer.status}")

    def _redirected(self, known: Known, location: str) -> None:
        target = asked_form(location, known.url)
        if target is None:
            why: str | None = "it redirects to what is no address of the web"
        elif known.redirects >= REDIRECTS:
            why = f"it redirects more than {REDIRECTS} times"
        else:
            why = self._frontier.redirect(known, target)
        if why is None and target is not None:
            self._active.add(server_of(target))
            self._frontier.settle(known.n, DONE)  # the one that it leads to is counted as done in its place
        else:
            self._settle(known, REFUSED, why)

    def _submit(self, known: Known, record: Record, answer: Answer) -> None:
        """Have the content of an answer read."""
        try:
            data = unpacked(answer)
        except PackedError as error:
            self._settle(known, REFUSED, str(error))
            return
        kind, charset = kind_and_charset(answer.header("Content-Type"))
        head = {"url": answer.url, "kind": kind, "charset": charset}
        self._reading += 1
        self._tasks.begin(partial(self._content, head, data), partial(self._read, known, record))

    def _read_kept(self) -> None:
        """Have the answers read that an earlier run kept and did not live to read."""
        for known in self._frontier.kept():
            try:
                if known.record is None:
                    raise LostError("no record")
                kept = record_at(self._folder, known.record.file, known.record.offset)
            except LostError:
                self._frontier.settle(known.n, WAITING)
                continue
            answer = Answer(known.url, kept.status, "", kept.headers, kept.body, "", 0.0)
            self._submit(known, known.record, answer)

    def _content(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        try:
            return self._workers.ask(head, data)
        except TooHardError:
            return {"why": "it takes more than a minute or two GB of memory to read"}

    def _read(self, known: Known, record: Record, found: dict[str, Any]) -> None:
        self._reading -= 1
        if "page" in found:
            self._document(known, record, Page(**found["page"]))
        elif "entries" in found:
            self._listed(known, [Entry(*entry) for entry in found["entries"]])
        else:
            self._settle(known, REFUSED, found["why"], PAGE)

    def _document(self, known: Known, record: Record, page: Page) -> None:
        row = row_of(page, known.url, known.said, record)
        same = hashlib.sha256(page.text.encode("utf-8", "replace")).hexdigest()
        place = normalise_url(page.url or known.url)
        self.new += self._frontier.document(known.n, place, same, known.url, to_text(row))
        self._advance(1)

    def _listed(self, known: Known, entries: Iterable[Entry]) -> None:
        if known.kind == PAGE:
            self._settle(known, REFUSED, "it is a list of addresses and no page")
        elif known.lists >= LISTS:
            self._settle(known, REFUSED, f"it is a list in more than {LISTS} lists")
        else:
            entries = list(entries)
            self._frontier.add(entries, PAGE, known.lists + 1)
            self._active.update({server_of(entry.url) for entry in entries})
            self._settle(known, DONE, kind=LIST)

    def _settle(self, known: Known, state: str, why: str | None = None, kind: str | None = None) -> None:
        self._frontier.settle(known.n, state, why, kind)
        self._advance(1)


def _conditions(known: Known) -> dict[str, str]:
    """The headers that ask for an answer only if it is another than the one that is kept."""
    if known.record is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in asked.items() if value is not None}
