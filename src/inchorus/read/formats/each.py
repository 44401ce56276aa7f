"""Readers of files in which every row, or every JSON object, is a document or is passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import Broken, Document, Found, Passed, later

if TYPE_CHECKING:
    from inchorus.read.json_tree import Item
    from inchorus.read.records import File

Made = dict[str, Any] | Passed | Broken

_rows = later("inchorus.read.csv_rows:csv_rows")
_items = later("inchorus.read.json_tree:items")
_SHOWN = 3


def each_row(made: Callable[[dict[str, str], File], Made]) -> Callable[[File], Iterator[Found]]:
    """A reader of CSV: `made` says what a row is, whose empty values are left out."""

    def found(file: File) -> Iterator[Found]:
        for row in _rows(file):
            yield row if isinstance(row, Broken) else _placed(made(row.values, file), row.line)

    return lambda file: _with_shared_names(file, found(file))


def each_row_of(made: Callable[[frozenset[str], dict[str, str]], Made]) -> Callable[[File], Iterator[Found]]:
    """The same, where all names of the columns say what the table is: they are given beside the row."""

    def found(file: File) -> Iterator[Found]:
        for row in _rows(file):
            yield row if isinstance(row, Broken) else _placed(made(row.names, row.values), row.line)

    return lambda file: _with_shared_names(file, found(file))


def each_object(made: Callable[[dict[str, Any]], Iterable[Made]], *lists: str) -> Callable[[File], Iterator[Found]]:
    """A reader of JSON: `made` says what an object holds. `lists` are those whose items come one by one."""
    return each_item(lambda item: made(item.value), *lists)


def each_item(made: Callable[[Item], Iterable[Made]], *lists: str) -> Callable[[File], Iterator[Found]]:
    """The same, where what stands around an object matters."""

    def found(file: File) -> Iterator[Found]:
        for item in _items(file, *lists):
            if isinstance(item, Broken):
                yield item
            elif not isinstance(item.value, dict):
                yield Broken("a record that is no object", "export it again", repr(item.value)[:200], item.line)
            else:
                for one in made(item):
                    yield _placed(one, item.line)

    return lambda file: _with_shared_names(file, found(file))


def _placed(made: Made, line: int) -> Found:
    if isinstance(made, Broken):
        return made._replace(line=line)
    return made if isinstance(made, Passed) else Document(made, line)


def _with_shared_names(file: File, found: Iterator[Found]) -> Iterator[Found]:
    """All that is found; names that several accounts have are said to be."""
    ids: dict[str, str] = {}
    shared: set[str] = set()
    for one in found:
        if isinstance(one, Document):
            name, number = one.values.get("source"), one.values.get("source_id")
            if isinstance(name, str) and number is not None and ids.setdefault(name, str(number)) != str(number):
                shared.add(name)
        yield one
    if shared:
        names = ", ".join(map(repr, sorted(shared)[:_SHOWN])) + (" …" if len(shared) > _SHOWN else "")
        file.notes.append(
            f"{len(shared):,} names in {file.name} are of several accounts each ({names}): "
            "--source source_id keeps these apart"
        )
