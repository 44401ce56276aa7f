from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from inchorus.web.content_worker import message
from web.served import Web
from web.served import web as made


class InProcess:
    """What the processes that read answers do, in this one, where what they import is there already."""

    def __init__(self, module: str) -> None:
        assert module == "inchorus.web.content_worker"

    def ask(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(json.dumps(message(head, data)))
        return answer

    def close(self) -> None:
        pass


@pytest.fixture
def web(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    if "processes" not in request.fixturenames:
        monkeypatch.setattr("inchorus.web.run.Workers", InProcess)
    with made() as one:
        yield one


@pytest.fixture
def processes() -> None:
    """Have answers read by processes of their own, as users do."""
