"""`inchorus verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchorus.cli import main

Captured = pytest.CaptureFixture[str]


def test_verify_tells_what_changed(study: str, capsys: Captured) -> None:
    assert main(["verify", study]) == 0
    assert "changed" not in capsys.readouterr().out
    Path(study, "passages.parquet").write_bytes(b"")
    assert main(["verify", study, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [f["name"] for f in found["findings"] if f["state"] == "changed"] == ["passages"]
    assert found["good"] is False
