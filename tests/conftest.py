"""Corpora that only some machines have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.corpora import Absent, corpus


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """The path of a corpus by name; skips the test where it is absent, fails where it must be there."""

    def found(name: str) -> Path:
        try:
            return corpus(name)
        except Absent as absent:
            pytest.skip(str(absent))

    return found
