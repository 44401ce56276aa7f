from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inchorus.compiled import places, store
from inchorus.compiled.kernel import kernel
from inchorus.compiled.places import place


def twice(values: Any) -> int:
    total = 0
    for value in values:
        total += 2 * int(value)
    return total


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "package")
    place.cache_clear()
    yield tmp_path / "inchorus"
    place.cache_clear()


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*twice-*.nbc"))


def run() -> tuple[int, int]:
    """The result of a function that is compiled anew or read, and how often it was read."""
    made: Any = kernel(twice)
    result = made(np.array([1, 2], np.int64))
    return result, sum(made.stats.cache_hits.values())


def test_code_is_kept_once_for_each_signature_and_read(folder: Path) -> None:
    assert run() == (6, 0)
    assert run() == (6, 1)
    assert len(kept(folder)) == 1
    assert kernel(twice)(np.array([1.5])) == 2
    assert len(kept(folder)) == 2
    assert sorted(folder.iterdir()) == kept(folder)


def test_damaged_code_is_compiled_again(folder: Path) -> None:
    run()
    (file,) = kept(folder)
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:20], b"\0" + whole[1:], whole[:-1] + bytes([whole[-1] ^ 1])):
        file.write_bytes(damaged)
        assert run() == (6, 0)
        assert run() == (6, 1)


def test_code_of_other_sources_is_not_used_and_goes_after_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    (old,) = kept(folder)
    monkeypatch.setattr(store, "stamp", lambda path: "other sources")
    assert run() == (6, 0)
    assert len(kept(folder)) == 2
    os.utime(old, (0, 0))
    monkeypatch.setattr(store, "stamp", lambda path: "sources again")
    assert run() == (6, 0)
    assert old not in kept(folder)


def test_a_disk_that_fills_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write", full)
    assert run() == (6, 0)
    assert list(folder.iterdir()) == []


def _finishes(claim: Path, file: Path, whole: bytes) -> None:
    claim.write_text(f"{os.getpid()} {store._begun(os.getpid())}")
    time.sleep(0.5)
    file.write_bytes(whole)


def test_what_another_process_is_compiling_is_waited_for(folder: Path) -> None:
    run()
    (file,) = kept(folder)
    whole = file.read_bytes()
    file.unlink()
    claim = file.with_name(f"{file.name}.claim")
    other = multiprocessing.get_context("spawn").Process(target=_finishes, args=(claim, file, whole))
    other.start()
    while not claim.exists() or not claim.read_text():
        time.sleep(0.01)
    assert run() == (6, 1)
    other.join()


@pytest.mark.parametrize("left", ["999999999", "not a number", ""])
def test_what_is_left_of_a_process_that_died_is_not_waited_for(folder: Path, left: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    run()
    (file,) = kept(folder)
    file.unlink()
    claim = file.with_name(f"{file.name}.claim")
    claim.write_text(left)
    os.utime(claim, (0, 0))
    assert run() == (6, 0)
    assert not claim.exists()


def _waits() -> None:
    time.sleep(60)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not say when a process began")
def test_the_number_of_a_process_that_was_killed_may_be_anothers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    run()
    (file,) = kept(folder)
    file.unlink()
    claim = file.with_name(f"{file.name}.claim")
    other = multiprocessing.get_context("spawn").Process(target=_waits)
    other.start()
    try:
        claim.write_text(f"{other.pid} 1")  # alive, and it began at another time
        with monkeypatch.context() as patched:
            patched.setattr(time, "sleep", _not_permitted)  # it is not waited for
            assert run() == (6, 0)
        # alive, somebody else's, and older than anything that is waited for
        claim.write_text(f"{other.pid} {store._begun(other.pid or 0)}")
        os.utime(claim, (0, 0))
        monkeypatch.setattr(os, "kill", _not_permitted)
        assert not store._claimed(claim)
        os.utime(claim)
        assert store._claimed(claim)
    finally:
        monkeypatch.undo()
        other.terminate()
        other.join()


def _not_permitted(*_: object) -> None:
    raise PermissionError


def test_garbage_is_collected_again_after_a_kernel_was_compiled() -> None:
    seen = []
    with store.uncollected():
        seen.append(gc.isenabled())
        with store.uncollected():
            seen.append(gc.isenabled())
    with pytest.raises(ValueError, match="broken"), store.uncollected():
        raise ValueError("broken")
    assert [*seen, gc.isenabled()] == [False, False, True]
