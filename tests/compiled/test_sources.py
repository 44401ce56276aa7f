from __future__ import annotations

from pathlib import Path

import pytest

from inchorus.compiled import sources
from inchorus.compiled.sources import stamp


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    (tmp_path / "deep").mkdir()
    texts = {
        "__init__": "",
        "caller": "from inchorus.deep.callee import work\n",
        "several": "from inchorus.deep import (\n    callee,\n    unrelated,\n)\n",
        "deep/__init__": "",
        "deep/callee": "from inchorus.deep.size import SIZE\n",
        "deep/size": "from inchorus.caller import again\nSIZE = 1\n",
        "deep/unrelated": "import numpy\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    return tmp_path


def stamps(package: Path) -> dict[str, str]:
    stamp.cache_clear()
    sources._read.cache_clear()
    return {name: stamp(package / f"{name}.py") for name in ("caller", "several", "deep/callee", "deep/unrelated")}


def test_an_edit_changes_the_stamps_of_all_that_import_it_and_no_others(package: Path) -> None:
    before = stamps(package)
    assert stamps(package) == before
    (package / "deep" / "size.py").write_text("from inchorus.caller import again\nSIZE = 2\n")
    after = stamps(package)
    assert {name for name in after if after[name] != before[name]} == {"caller", "several", "deep/callee"}
    (package / "deep" / "unrelated.py").write_text("import scipy\n")
    last = stamps(package)
    assert {name for name in last if last[name] != after[name]} == {"several", "deep/unrelated"}


def test_without_a_source_there_is_no_stamp(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        stamp(tmp_path / "absent.py")
