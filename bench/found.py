"""Studies of real corpora, each found once a run, whichever measures and processes ask for it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import inchorus
from bench.corpora import corpus
from inchorus import Study

VARIABLE = "INCHORUS_BENCH_FOUND"  # the folder of what this run has found, for the processes that it starts


@contextmanager
def kept() -> Iterator[None]:
    """While this lasts, what is found is kept for this process and those that it starts."""
    with TemporaryDirectory(prefix="inchorus-bench-") as folder:
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            del os.environ[VARIABLE]


def found(name: str, documents: Any, **options: Any) -> Study:
    """The study of `name` without ties, which nobody may write into: made anew outside of `kept`."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return inchorus.find(documents, no_ties=True, **options)
    place = Path(folder) / name
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():  # a study is put in place whole
            inchorus.find(documents, place, no_ties=True, **options)
    return inchorus.open(place)


def senate() -> Study:
    """The study of all press releases; Absent where they are not on this machine."""
    return found("senate", corpus("senate/press_releases.parquet"))
