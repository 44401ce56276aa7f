from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from inchorus.compiled import places
from inchorus.compiled.places import place

# What a first run needs is compiled for half a minute; one small kernel is enough to see where code goes.
ONE_KERNEL = """
import sys
import numpy as np
from inchorus.compiled.places import place
from inchorus.match.grams import _rank
_rank(np.zeros(2, np.uint32))
print(place().write, place().note, sep="\\n")
"""


@pytest.fixture(autouse=True)
def anew() -> None:
    place.cache_clear()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """The package in a folder where no `__pycache__` can be made, not even by root."""
    package = tmp_path / "site" / "inchorus"
    shutil.copytree(places.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "static", "tests"))
    (package / "__pycache__").write_text("in the way")
    return package.parent


def one_kernel(site: Path, **env: str) -> tuple[str, str]:
    shown = {k: v for k, v in os.environ.items() if k not in {"NUMBA_CACHE_DIR", "XDG_CACHE_HOME"}}
    shown |= {"PYTHONPATH": str(site), "HOME": "/dev/null/home", "PYTHONDONTWRITEBYTECODE": "1", **env}
    done = subprocess.run([sys.executable, "-c", ONE_KERNEL], env=shown, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    where, note = done.stdout.splitlines()
    return where, note


def test_without_a_folder_to_write_code_goes_to_a_private_temporary_folder(sealed: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    where, note = one_kernel(sealed, TMPDIR=str(temporary))
    assert Path(where).parent == temporary
    assert stat.S_IMODE(Path(where).stat().st_mode) == 0o700
    assert [p.name.split("-")[0] for p in Path(where).iterdir()] == ["match.grams._rank"]
    assert note.startswith(f"compiled code is kept in {where}, as nothing can be written in ")
    assert "NUMBA_CACHE_DIR" in note
    assert one_kernel(sealed, TMPDIR=str(temporary)) == (where, note)


def test_a_temporary_folder_that_another_user_could_write_is_not_used(sealed: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    taken = temporary / f"inchorus-{os.geteuid()}"
    taken.mkdir(parents=True)
    taken.chmod(0o777)
    where, note = one_kernel(sealed, TMPDIR=str(temporary))
    assert where == "None"
    assert note.startswith("every run compiles anew, as nothing can be written in ")
    assert list(taken.iterdir()) == []


def test_a_link_in_the_place_of_the_temporary_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o700)
    (tmp_path / f"inchorus-{os.geteuid()}").symlink_to(theirs)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(places, "PACKAGE", Path("/dev/null/package"))
    monkeypatch.setenv("HOME", "/dev/null/home")
    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert place().write is None
    assert list(theirs.iterdir()) == []


def test_the_users_cache_comes_before_the_temporary_folder(sealed: Path, tmp_path: Path) -> None:
    where, note = one_kernel(sealed, HOME=str(tmp_path / "home"))
    assert where == str(tmp_path / "home" / ".cache" / "inchorus")
    assert note == "None"
    where, note = one_kernel(sealed, XDG_CACHE_HOME=str(tmp_path / "xdg"))
    assert (where, note) == (str(tmp_path / "xdg" / "inchorus"), "None")


def test_the_named_folder_comes_first_and_one_that_cannot_be_written_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))
    assert place().write == tmp_path / "named" / "inchorus"
    place.cache_clear()
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/named")
    assert place().write == places.PACKAGE / "__pycache__" / "kernels"
    assert place().note is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as another user")
def test_a_user_who_owns_nothing_compiles_all_the_same(tmp_path: Path) -> None:
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    temporary = Path(tempfile.mkdtemp())
    temporary.chmod(0o777)
    env = {"TMPDIR": str(temporary), "HOME": "/nonexistent", "PYTHONPATH": str(places.PACKAGE.parent), "PATH": "/bin"}
    try:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not installed")
        command = [*drop, sys.executable, "-c"]
        if subprocess.run([*command, "import numba"], env=env, capture_output=True, check=False).returncode != 0:
            pytest.skip("another user cannot run this Python")
        done = subprocess.run([*command, ONE_KERNEL], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[0] == str(temporary / "inchorus-65534")
    finally:
        shutil.rmtree(temporary)
