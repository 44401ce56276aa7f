"""What Python may give: documents in many forms, options by their names; what is wrong with them is said as ever."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from inchorus.errors import Defect, InchorusError, UsageError, nearest
from inchorus.options import path_of
from inchorus.read.in_memory import held
from inchorus.read.inputs import Held


class ArrowStream(Protocol):
    """A table of pandas, Polars, PyArrow, DuckDB or whatever else speaks Arrow's C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


AnyPath = str | os.PathLike[str]
Documents = AnyPath | Iterable[AnyPath] | Iterable[Mapping[str, Any]] | ArrowStream
Names = str | Sequence[str]


def day(value: date | str | None, name: str) -> date | None:
    """A day as a date, given as one or as 2024-05-01; UsageError for what is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UsageError(f"{name}={value!r} is not a day such as 2024-05-01") from None
    return value


def several(names: Names) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)


def none_wrong(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError, with the nearest that there is, for the first name that is no option."""
    names = sorted(known)
    for name in given:
        if name not in names:
            raise UsageError(f"no option {name!r}", fix=nearest(name, names) or f"there are {', '.join(names)}")


@contextmanager
def own_errors() -> Iterator[None]:
    """Nothing but errors of inchorus leaves, save what the machine lacks: memory, disk, a file that can be read."""
    try:
        yield
    except (InchorusError, MemoryError, OSError):
        raise
    except Exception as error:
        raise Defect(
            f"{type(error).__name__}: {error}", fix="this is a defect of inchorus: report it with what stands above"
        ) from error


def inputs_of(documents: Any) -> tuple[list[Path | Held], bool]:
    """What is to be read, and whether it is files."""
    paths = _paths(documents)
    return ([held(documents)], False) if paths is None else (list(paths), True)


def _paths(documents: Any) -> list[Path] | None:
    """The paths that are meant; None where the documents themselves are given."""
    if isinstance(documents, str | os.PathLike):
        return [path_of(documents, "documents")]
    if isinstance(documents, list | tuple | set | frozenset) and all(
        isinstance(d, str | os.PathLike) for d in documents
    ):
        return [path_of(d, "documents") for d in documents]
    return None


def said(given: Mapping[str, Any], *others: str) -> dict[str, Any]:
    """The options among the arguments of a function that are said, those that there are not among them.

    >>> said({"documents": [], "seed": 3, "threads": None, "wrong": {"sede": 4}}, "documents")
    {'seed': 3, 'sede': 4}
    """
    options = {name: value for name, value in given.items() if value is not None and name not in {*others, "wrong"}}
    return {**options, **given["wrong"]}
