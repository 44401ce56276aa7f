from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inchorus.progress import Silent
from inchorus.read import Documents, ReadOptions, read_documents

Read = Callable[..., Documents]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read inputs with options given by name."""

    def call(*inputs: Path, **options: Any) -> Documents:
        return read_documents(inputs, ReadOptions(**options), tmp_path / "scratch", Silent())

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "input"
    made.mkdir()
    return made
