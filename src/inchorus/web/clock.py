"""Time as a collection sees it: one object, so that a test can have another."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

from inchorus.web.tasks import Tasks


class Clock(Protocol):
    """What tells the time and waits."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def wait(self, tasks: Tasks, seconds: float | None) -> None:
        """Wait until one of the tasks is done, or so many seconds have passed."""
        ...


class Real:
    """The machine's clock.

    >>> Real().now() > 1.7e9
    True
    """

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wait(self, tasks: Tasks, seconds: float | None) -> None:
        """Wait until one of the tasks is done, or so many seconds have passed."""
        tasks.wait(seconds)


def written(seconds: float) -> str:
    """A time as WARC has it.

    >>> written(1715603405.25)
    '2024-05-13T12:30:05Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
