"""Articles of many pages, found by processes of their own: side by side, and within bounds of memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Timer
from typing import Any, NamedTuple, TypeVar

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


class Workers:
    """Processes of a program that answers a line of JSON, and the bytes behind it, with a line of JSON.

    A process is started when it is first needed, and again when it ended. They may be asked from several threads.
    """

    def __init__(self, module: str, most: int = WORKERS) -> None:
        self._all = [_Worker(module) for _ in range(min(most, os.cpu_count() or 1))]
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._all:
            self._free.put(worker)

    def __len__(self) -> int:
        return len(self._all)

    def ask(self, head: Mapping[str, object], data: bytes) -> dict[str, Any]:
        """The answer; raises TooHardError, also of what is asked for when no more is wanted."""
        worker = self._free.get()
        try:
            return worker.ask(head, data)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End the processes, and start none any more."""
        for worker in self._all:
            worker.close()


class _Worker:
    """One of the processes."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, head: Mapping[str, object], data: bytes) -> dict[str, Any]:
        """Its answer; raises TooHardError."""
        if self._closed:
            raise TooHardError
        if self._process is None:
            command = [sys.executable, "-P", "-m", self._module, str(MEMORY)]
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps({"size": len(data), **head}).encode() + b"\n" + data)
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.end()
            raise TooHardError
        answer: dict[str, Any] = json.loads(line)
        return answer

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
    workers = Workers("inchorus.read.page_worker")

    def find(page: tuple[_Of, Asked | None]) -> tuple[_Of, Page | TooHardError | None]:
        about, asked = page
        if asked is None:
            return about, None
        try:
            found = workers.ask({"url": asked.url, "charset": asked.charset}, asked.data)["page"]
        except TooHardError as error:
            return about, error
        return about, None if found is None else Page(**found)

    found = Executor(len(workers)).map(find, pages, AHEAD)
    try:
        for item in found:  # noqa: UP028 - where the caller stops, processes end before threads are waited for
            yield item
    finally:
        workers.close()
        found.close()
