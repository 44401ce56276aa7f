"""Standard input as an input."""

from __future__ import annotations

import io
import types
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Flow
from inchorus.cli import main

Captured = pytest.CaptureFixture[str]


def test_standard_input_is_a_file(flow: Flow, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    held: list[bytes] = []

    def find(inputs: list[Path], *others: Any) -> Any:
        held.append(inputs[0].read_bytes())
        return Flow.find(flow, inputs, *others)

    monkeypatch.setattr(flow, "find", find)
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"source,text\nHerald,words\n")))
    assert main(["find", "-", "a.csv", "--out", "study"]) == 0
    assert held == [b"source,text\nHerald,words\n"]
    assert [path.name for path in flow.called[0]] == ["standard input", "a.csv"]
    assert not flow.called[0][0].exists()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"")))
    assert main(["find", "-", "--out", "study"]) == 1
    assert "standard input: it is empty; pipe documents into it" in capsys.readouterr().err
    assert main(["find", "-", "-", "--out", "study"]) == 2
    assert "standard input, -, is given twice" in capsys.readouterr().err
