"""What a long stage tells while it works; the command line decides how that looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Task(Protocol):
    """A stage at work: call it with the units done since the last call."""

    def __call__(self, done: int) -> None: ...


class Progress(Protocol):
    """Where stages report: `stage` opens one, with its total in `unit`, or None where unknown."""

    def stage(self, name: str, total: int | None, unit: str) -> AbstractContextManager[Task]: ...

    def note(self, text: str) -> None:
        """Say one thing that the user should know."""


class Silent:
    """Progress that says nothing.

    >>> with Silent().stage("read", 10, "documents") as advance:
    ...     advance(10)
    """

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Task]:
        """Open a stage that reports to nobody."""
        yield lambda done: None

    def note(self, text: str) -> None:
        """Say nothing."""
