"""The about page names all software that runs, with its licences."""

from __future__ import annotations

import csv
import io
from importlib.metadata import version
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inchorus.export.cells import defused
from inchorus.ui.page import Ask
from inchorus.ui.pages import about as module
from inchorus.ui.pages.about import about, running_with
from inchorus.ui.reader import Reader
from inchorus.ui.vendored import vendored


def test_every_package_that_is_needed_is_named_with_its_version_and_licence(reader: Reader) -> None:
    packages = {p["name"].lower(): p for p in about(reader, Ask("/about")).data["packages"]}
    assert {"duckdb", "numpy", "pyarrow", "click", "rich"} <= set(packages)
    assert "llvmlite" in packages  # which numba needs
    assert not {"pytest", "ruff", "inchorus"} & set(packages)
    assert packages["numpy"]["version"] == version("numpy")
    assert all(p["licence"] for p in packages.values())


def test_needs_of_extras_are_passed_over() -> None:
    assert "pytest" not in {found.name for found in running_with("w3lib")}


def test_every_script_is_named_with_its_whole_licence(client: TestClient) -> None:
    page = client.get("/about").text
    for script in vendored():
        assert f"{script.name}</th>" in page
        assert script.version in page
    assert page.count("<pre>") == len(vendored())


def test_the_scripts_are_a_file_with_their_licences(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/about.csv?table=scripts").text)))
    assert [(row["name"], row["version"]) for row in rows] == [(defused(p.name), p.version) for p in vendored()]
    assert all(row["text"] for row in rows)


def test_without_the_scripts_it_says_what_to_do(
    reader: Reader, client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "vendored", lambda: vendored(tmp_path))
    assert "The scripts of the browser are not installed" in client.get("/about").text.replace(
        "Packages.json: the", "The"
    )


def test_it_says_what_it_does_not_say(client: TestClient) -> None:
    page = client.get("/about").text
    assert "earliest in this corpus" in page
    assert "It says nothing of why" in page
