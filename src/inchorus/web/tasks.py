"""Calls under way, each in a thread, and what is done with their results, one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread
from typing import Any, TypeVar

R = TypeVar("R")


class Tasks:
    """Calls that were begun. The threads do not keep the program from ending, as a server may be silent for minutes.

    >>> tasks = Tasks()
    >>> tasks.begin(lambda: 1 + 1, print)
    >>> tasks.wait(None)
    >>> tasks.finish()
    2
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._done: deque[Callable[[], object]] = deque()
        self._under_way = 0

    def __len__(self) -> int:
        return self._under_way

    def begin(self, call: Callable[[], R], then: Callable[[R], object]) -> None:
        """Call in a thread; `then` gets the result, from `finish`, which raises what the call raises."""
        self._under_way += 1
        Thread(target=self._work, args=(call, then), daemon=True).start()

    def wait(self, seconds: float | None) -> None:
        """Wait until a result is there, or so many seconds have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._done, seconds)

    def finish(self) -> None:
        """Hand on all results that are there."""
        while self._done:
            self._under_way -= 1
            self._done.popleft()()

    def _work(self, call: Callable[[], Any], then: Callable[[Any], object]) -> None:
        try:
            result = call()
        except BaseException as error:
            self._put(partial(_raise, error))
        else:
            self._put(partial(then, result))

    def _put(self, last: Callable[[], object]) -> None:
        with self._changed:
            self._done.append(last)
            self._changed.notify_all()


def _raise(error: BaseException) -> None:
    raise error
