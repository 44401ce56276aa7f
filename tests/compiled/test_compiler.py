"""Kernels are compiled with what they call, and all that is compiled works: for Python, for kernels, and once kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from numba.core.codegen import JITCodeLibrary

from inchorus.compiled import places
from inchorus.compiled.kernel import kernel
from inchorus.compiled.parts import Part
from inchorus.compiled.places import place


@kernel
def inner(values: Any) -> Any:
    out = np.empty(len(values), np.int64)
    for i in range(len(values)):
        out[i] = values[i] + 1
    return out


@kernel
def middle(values: Any) -> int:
    return int(inner(values).sum())


@kernel
def outer(values: Any) -> int:
    return middle(values) + int(inner(values)[0])


@kernel
def steps(n: int) -> int:
    """Calls itself."""
    if n <= 1:
        return 1
    return steps(n // 2) + steps(n - n // 2)


@kernel
def calls_one_that_calls_itself(n: int) -> int:
    return 2 * steps(n)


@kernel
def divided(a: int, b: int) -> int:
    return a // b


@kernel
def divides(a: int, b: int) -> int:
    return divided(a, b) + 1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "package")
    place.cache_clear()
    yield tmp_path / "inchorus"
    place.cache_clear()


def test_a_function_that_kernels_call_is_called_by_python_too(folder: Path) -> None:
    assert outer(np.array([1, 2])) == 7
    assert inner(np.array([1, 2])).tolist() == [2, 3]
    assert middle(np.array([5])) == 6
    names = sorted({file.name.rpartition("-")[0].rpartition("test_compiler.")[2] for file in folder.iterdir()})
    assert names == ["inner", "inner.part", "middle", "middle.part", "outer"]


def test_a_part_that_was_kept_is_used_by_other_kernels(folder: Path) -> None:
    def first(values: Any) -> int:
        return middle(values)

    kept = middle.get_call_template.__self__  # type: ignore[attr-defined]
    kept.overloads.clear()
    assert kernel(first)(np.array([2.0])) == 3
    kept.overloads.clear()
    before = sum(kept.stats.cache_hits.values())

    def second(values: Any) -> int:
        return middle(values) + 1

    assert kernel(second)(np.array([2.0])) == 4
    assert sum(kept.stats.cache_hits.values()) == before + 1


def test_what_calls_itself_is_compiled_and_called(folder: Path) -> None:
    assert calls_one_that_calls_itself(10) == 20
    assert steps(7) == 7


def test_an_error_in_a_part_is_raised(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        divides(1, 0)
    assert divides(7, 2) == 4


def test_numba_is_left_as_it_was(folder: Path) -> None:
    def plain(a: int) -> int:
        return a + 1

    assert divides(8, 2) == 5
    made: Any = numba.njit(plain)
    assert made(1) == 2
    (result,) = made.overloads.values()
    assert type(result.library) is JITCodeLibrary
    assert not isinstance(result.library, Part)
    assert made.targetctx.codegen().__dict__.keys().isdisjoint({"set_env"})
    assert "resolve_function_type" not in vars(made.typingctx)
