from __future__ import annotations

from importlib.metadata import Distribution
from pathlib import Path

import pytest

from inchorus.read import installed
from inchorus.read.installed import SCHEMA, installed_texts


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages with licences, and a record of what they hold."""
    files: dict[str, dict[str, bytes]] = {
        "Two_Birds": {
            "two_birds-1.dist-info/licenses/LICENSE.txt": b"Do as you like.",
            "two_birds-1.dist-info/COPYING": b"Do as you like.",
            "two_birds-1.dist-info/NOTICE": b"Made by \xe9lan.",
            "two_birds-1.dist-info/LICENSE.huge": b"x" * 1_000_001,
            "two_birds-1.dist-info/AUTHORS": b"Ada",
            "two_birds-1.dist-info/LICENSE": b" \n",
            "two_birds/license.py": b"LICENSE = 1",
        },
        "alone": {"alone-1.dist-info/licence.md": b"Do as you like."},
    }
    found = []
    for name, held in files.items():
        record = []
        for path, raw in held.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
            record.append(f"{path},,")
        folder = tmp_path / f"{name.lower()}-1.dist-info"
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (folder / "RECORD").write_text("\n".join([*record, f"{folder.name}/LICENSE.gone,,"]))
        found.append(Distribution.at(folder))
    monkeypatch.setattr(installed, "distributions", lambda: reversed(found))
    return tmp_path


@pytest.mark.usefixtures("packages")
def test_licences_and_notices_are_read_once_a_package() -> None:
    table = installed_texts()
    assert table.schema.equals(SCHEMA)
    assert [(row["source"], row["title"], row["text"]) for row in table.to_pylist()] == [
        ("alone", "licence.md", "Do as you like."),
        ("two-birds", "COPYING", "Do as you like."),
        ("two-birds", "NOTICE", "Made by \ufffdlan."),
    ]
    assert table["id"].to_pylist()[0] == "alone/alone-1.dist-info/licence.md"
    assert table["time"].null_count == table.num_rows


def test_this_machine_has_some_and_in_the_same_order() -> None:
    table = installed_texts()
    assert table.num_rows > 3
    assert len(set(table["id"].to_pylist())) == table.num_rows
    assert table["source"].to_pylist() == sorted(table["source"].to_pylist())
    assert table.equals(installed_texts())


def test_nothing_installed_gives_an_empty_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "distributions", list)
    assert installed_texts().equals(SCHEMA.empty_table())
