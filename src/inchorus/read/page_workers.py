"""Articles of many pages, found by processes of their own: side by side, and within bounds of memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import SimpleQueue
from threading import Timer
from typing import NamedTuple, TypeVar

from inchorus.engine.executor import Executor
from inchorus.read.page import Page

WORKERS = 2
AHEAD = 8  # pages for each
SECONDS = 60  # for a page
MEMORY = 2 << 30  # bytes of a process
_Of = TypeVar("_Of")


class Asked(NamedTuple):
    """A page as it was answered: its bytes, its address, and the encoding that its server named."""

    data: bytes
    url: str | None
    charset: str | None


class TooHardError(Exception):
    """A page takes more time or memory than it may."""


class _Worker:
    """A process that finds articles, started when it is first asked and again when it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, asked: Asked) -> Page | None:
        """The article of a page; raises TooHardError, also of a page that is asked for when no more are wanted."""
        if self._closed:
            raise TooHardError
        if self._process is None:
            command = [sys.executable, "-P", "-m", "inchorus.read.page_worker", str(MEMORY)]
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            head = {"size": len(asked.data), "url": asked.url, "charset": asked.charset}
            process.stdin.write(json.dumps(head).encode() + b"\n" + asked.data)
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.end()
            raise TooHardError
        page = json.loads(line)["page"]
        return None if page is None else Page(**page)

    def close(self) -> None:
        """End the process, and start none any more."""
        self._closed = True
        self.end()

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what it was not told any more
                        pipe.close()
            self._process.wait()
            self._process = None


def articles(pages: Iterable[tuple[_Of, Asked | None]]) -> Iterator[tuple[_Of, Page | TooHardError | None]]:
    """For each page, in their order, what is known of it and its article; None where there is none, or no page."""
    workers: SimpleQueue[_Worker] = SimpleQueue()
    all_workers = [_Worker() for _ in range(min(WORKERS, os.cpu_count() or 1))]
    for worker in all_workers:
        workers.put(worker)

    def find(page: tuple[_Of, Asked | None]) -> tuple[_Of, Page | TooHardError | None]:
        about, asked = page
        if asked is None:
            return about, None
        worker = workers.get()
        try:
            return about, worker.ask(asked)
        except TooHardError as error:
            return about, error
        finally:
            workers.put(worker)

    found = Executor(len(all_workers)).map(find, pages, AHEAD)
    try:
        for item in found:  # noqa: UP028 - where the caller stops, processes end before threads are waited for
            yield item
    finally:
        for worker in all_workers:
            worker.close()
        found.close()
