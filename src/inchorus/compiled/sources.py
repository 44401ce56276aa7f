"""What compiled code was made from: a module and all of this package that it imports."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from inchorus.compiled.places import PACKAGE

_IMPORT = re.compile(rb"^[ \t]*from[ \t]+inchorus([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE)
_NAME = re.compile(rb"\w+")


@cache
def stamp(path: Path) -> str:
    """A hash of the source of `path` and of every module of this package that it imports, directly or not.

    A kernel's machine code holds the code of the kernels that it calls and the constants that it
    names, wherever they are written; so it is current only while all of these are. Raises OSError where
    there is no source to read.
    """
    seen: set[Path] = set()
    waiting = {path}
    while waiting:
        one = waiting.pop()
        seen.add(one)
        waiting |= _read(one)[1] - seen
    whole = hashlib.sha256()
    for one in sorted(seen):
        whole.update(_read(one)[0])
    return whole.hexdigest()


@cache
def _read(path: Path) -> tuple[bytes, frozenset[Path]]:
    """The hash of a source, and the sources that it imports."""
    source = path.read_bytes()
    imported = set()
    for found in _IMPORT.finditer(source):
        base = PACKAGE.joinpath(*found[1].decode().strip(".").split("."))
        candidates = [base.with_suffix(".py"), base / "__init__.py"]
        candidates += [base / f"{name.decode()}.py" for name in _NAME.findall(found[2])]
        imported |= {one for one in candidates if one.is_file()}
    return hashlib.sha256(source).digest(), frozenset(imported)
