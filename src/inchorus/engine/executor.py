"""Work at the same time: one function over many parts, what is needed soon, what runs aside."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent import futures
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

R = TypeVar("R")
T = TypeVar("T")


class Begin(Protocol):
    """Begins a call aside, and gives what waits for its result."""

    def __call__(self, function: Callable[..., R], *arguments: Any) -> Callable[[], R]: ...


class Executor:
    """Runs a function over parts on `workers` of a pool: threads, unless told otherwise.

    Kernels release the interpreter lock, and threads share what they read. Of `concurrent.futures`, a pool of
    processes does as well, where the function can be pickled, and so does what libraries for clusters give in the
    shape of one.
    """

    def __init__(self, workers: int, pool: Callable[[int], futures.Executor] = futures.ThreadPoolExecutor) -> None:
        self._workers = workers
        self._pool = pool

    def map(self, function: Callable[[T], R], parts: Iterable[T], each: int = 2) -> Generator[R, None, None]:
        """The results in the order of the parts, whatever the number of workers; a single one needs no pool.

        At most `each * workers` results wait at any time, so that memory does not grow with the input. After an
        error, and where no more results are asked for, nothing else is begun.

        >>> list(Executor(2).map(lambda x: x * x, range(5)))
        [0, 1, 4, 9, 16]
        """
        if self._workers <= 1:
            yield from map(function, parts)
            return
        pool = self._pool(self._workers)
        waiting: deque[futures.Future[R]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(function, part))
                if len(waiting) > each * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            pool.shutdown()


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The items, none of them None, each made while the one before is used.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    with futures.ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


@contextmanager
def aside() -> Iterator[Begin]:
    """A function that begins calls, one after the other, beside what else is done; at the end no more are begun.

    >>> with aside() as begin:
    ...     total = begin(sum, [1, 2])
    ...     total()
    3
    """
    pool = futures.ThreadPoolExecutor(1)

    def begin(function: Callable[..., R], *arguments: Any) -> Callable[[], R]:
        return pool.submit(function, *arguments).result

    try:
        yield begin
    finally:
        pool.shutdown(cancel_futures=True)
