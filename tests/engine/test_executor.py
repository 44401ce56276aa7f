"""Work at the same time gives what it gives one after the other, whoever does it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from multiprocessing import get_context

import pytest

from inchorus.engine.executor import Executor, ahead, aside


def processes(workers: int) -> futures.Executor:
    return futures.ProcessPoolExecutor(workers, get_context("spawn"))


def square(n: int) -> int:
    return n * n


def fails(n: int) -> int:
    raise ValueError(n)


def process(n: int) -> int:
    return os.getpid()


POOLS = pytest.mark.parametrize("pool", [futures.ThreadPoolExecutor, processes])


@POOLS
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_parts(workers: int, pool: Callable[[int], futures.Executor]) -> None:
    executor = Executor(workers, pool)
    assert list(executor.map(square, range(7))) == [0, 1, 4, 9, 16, 25, 36]
    assert list(executor.map(square, [])) == []


@POOLS
def test_what_goes_wrong_in_a_part_is_raised(pool: Callable[[int], futures.Executor]) -> None:
    with pytest.raises(ValueError, match="3"):
        list(Executor(2, pool).map(fails, [3]))


def test_processes_are_others() -> None:
    assert os.getpid() not in set(Executor(2, processes).map(process, range(3)))


def test_parts_are_taken_as_results_are() -> None:
    taken = 0

    def parts() -> Iterator[int]:
        nonlocal taken
        for n in range(100):
            taken += 1
            yield n

    found = Executor(2).map(square, parts())
    assert next(found) == 0
    assert taken == 5


def test_no_part_is_begun_after_an_error_or_when_no_more_is_asked_for() -> None:
    begun: list[int] = []
    may = threading.Event()

    def work(n: int) -> int:
        begun.append(n)
        if n == 1:
            may.wait(10)
        if n == 2:
            raise ValueError(n)
        return n

    found = Executor(2).map(work, range(100), 10)
    assert next(found) == 0
    threading.Timer(0.1, may.set).start()
    found.close()
    assert len(begun) <= 21
    may.set()
    begun.clear()
    with pytest.raises(ValueError, match="2"):
        list(Executor(2).map(work, range(100)))
    assert len(begun) <= 8


def test_one_item_ahead() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for n in range(3):
            made.append(n)
            yield n

    assert list(ahead(items())) == [0, 1, 2]
    assert made == [0, 1, 2]


def test_an_error_of_what_is_made_ahead_comes_where_the_item_would() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="no more"):
        next(found)


def test_what_has_not_begun_at_the_end_is_left() -> None:
    done: list[int] = []
    may = threading.Event()

    def first() -> None:
        may.wait(10)
        done.append(1)

    with aside() as begin:
        begin(first)
        for n in range(100):
            begin(done.append, n)
        threading.Timer(0.1, may.set).start()
    assert done == [1]
