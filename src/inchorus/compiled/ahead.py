"""Compiles what a first run will need in processes beside it, from the last stage to the first, until they meet."""

from __future__ import annotations

import atexit
import hashlib
import importlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from inchorus.compiled.places import PACKAGE, place
from inchorus.compiled.sources import stamp
from inchorus.progress import Progress

SIGNATURES = Path(__file__).with_name("signatures.txt")
# More processes wait for the kernel that takes longest, and each imports Numba anew: two took 0.7 of the
# time of one, three 0.65.
_MOST = 2
_begun: set[str] = set()  # parts that this process has others compile already


class Entry(NamedTuple):
    """A kernel that Python code calls, and what it is called with."""

    module: str
    function: str
    arguments: tuple[str, ...]


def entries(part: str) -> list[Entry]:
    """The kernels of a part of `signatures.txt`, in the order in which a run first calls them."""
    found = []
    lines = SIGNATURES.read_text(encoding="ascii").splitlines()
    for line in lines[lines.index(f"[{part}]") + 1 :]:
        if line.startswith("["):
            break
        name, *arguments = line.split()
        module, _, function = name.rpartition(".")
        found.append(Entry(f"inchorus.{module}", function, tuple(arguments)))
    return found


def begin(progress: Progress, threads: int | None, *parts: str) -> None:
    """Say what is unusual about the place of compiled code; start to compile `parts` where they are not there.

    With a single thread, or no place to keep code in, the run compiles by itself, as it needs it.
    """
    note = place().note
    if note is not None:
        progress.note(note)
    missing = [part for part in parts if part not in _begun and not _done(part).exists()]
    if not missing:
        return
    _begun.update(missing)
    if place().write is not None:  # else every run does, as was just said
        progress.note("the first run compiles, which takes a while; later ones do not")
    beside = min((threads or os.cpu_count() or 1) - 1, _MOST)
    python = Path(sys.executable or "").stem.startswith("python")  # and not a program that Python is part of
    if place().write is None or not python:
        return
    for _ in range(beside):
        with suppress(OSError):
            process = subprocess.Popen(  # noqa: S603 - this package, by this Python
                # Nothing is imported from the folder that the user happens to be in.
                [sys.executable, "-P", "-m", "inchorus.compiled.ahead", *missing],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(_paths())},
            )
            atexit.register(process.kill)


def compile_parts(parts: Sequence[str]) -> None:
    """Compile what is not kept yet of `parts`, of each the last first: a run compiles the first by itself."""
    for part in parts:
        whole = True
        for entry in reversed(entries(part)):
            try:
                _compile(entry)
            except Exception:  # the run that needs it will say what is wrong with it
                whole = False
        if whole and place().write is not None:
            _done(part).touch()


def _compile(entry: Entry) -> None:
    made: Any = getattr(importlib.import_module(entry.module), entry.function)
    arguments = tuple(type_of(name) for name in entry.arguments)
    if not made._cache.has(arguments, made.targetctx):
        try:
            made.compile(arguments)
        finally:
            made._cache.give_up()


def type_of(name: str) -> Any:
    """The type of Numba that a word of `signatures.txt` means: `int64`, `uint8[2]`, `const:uint8[1]`.

    >>> type_of("uint32[1]")
    Array(uint32, 1, 'C', False, aligned=True)
    """
    from numba import types

    constant = name.startswith("const:")
    scalar, _, dimensions = name.removeprefix("const:").partition("[")
    one = types.boolean if scalar == "bool" else getattr(types, scalar)
    return types.Array(one, int(dimensions[:-1]), "C", readonly=constant) if dimensions else one


def name_of(kind: Any) -> str:
    """The word of `signatures.txt` for a type of Numba; ValueError if there is none.

    >>> name_of(type_of("const:uint8[1]")), name_of(type_of("bool"))
    ('const:uint8[1]', 'bool')
    """
    array = hasattr(kind, "ndim")
    name = f"{kind.dtype}[{kind.ndim}]" if array else str(kind)
    name = f"const:{name}" if array and not kind.mutable else name
    try:
        same = type_of(name) == kind
    except (AttributeError, TypeError, ValueError):
        same = False
    if not same:
        raise ValueError(f"no word for {kind}")
    return name


def _done(part: str) -> Path:
    """The file that says that a part has been compiled from these sources, by these versions."""
    with suppress(OSError):
        modules = sorted({entry.module for entry in entries(part)})
        files = [PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py") for name in modules]
        made_of = [sys.version, platform.machine(), metadata.version("numba"), *map(stamp, files)]
        name = f"{part}-{hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]}"
        return next((f / name for f in place().read if (f / name).exists()), (place().write or PACKAGE) / name)
    return Path(os.devnull)  # without sources nothing is kept and nothing can be made ahead


def _paths() -> Iterator[str]:
    """Where the same package is found by another process."""
    yield str(PACKAGE.parent)
    if os.environ.get("PYTHONPATH"):
        yield os.environ["PYTHONPATH"]


if __name__ == "__main__":
    compile_parts(sys.argv[1:])
