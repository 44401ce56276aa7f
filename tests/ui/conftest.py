"""Studies to browse: a small one made by hand, and one in which everything is an attack, with ties."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from inchorus.api import Study
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def reader(small: Study) -> Iterator[Reader]:
    found = Reader(small)
    yield found
    found.close()


@pytest.fixture(scope="session")
def attacked(attacks: Study) -> Iterator[Reader]:
    found = Reader(attacks)
    yield found
    found.close()


@pytest.fixture(scope="session")
def client(reader: Reader) -> TestClient:
    return TestClient(application(reader), base_url=BASE)
